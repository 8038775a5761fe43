import pandas as pd

from kyodo_analysis.privacy.names import find_names

FAMILY = "名詞,固有名詞,人名,姓"
GIVEN = "名詞,固有名詞,人名,名"
PLACE = "名詞,固有名詞,地域,一般"
TITLE = "名詞,接尾,人名,*"
NOUN = "名詞,一般,*,*"
PARTICLE = "助詞,格助詞,一般,*"


def _spans(found: pd.DataFrame) -> list[tuple[str, int, int]]:
    return list(found[["opinion_id", "start", "end"]].itertuples(index=False, name=None))


def test_a_name_before_a_title_is_found_without_the_title(tokens_of) -> None:
    found = find_names(tokens_of([("山田", FAMILY), ("さん", TITLE), ("が", PARTICLE)]))
    assert _spans(found) == [("X1", 0, 2)]
    assert found["reason"].tolist() == ["後に「さん」が続く"]


def test_family_and_given_name_are_one_finding_also_with_a_space_between(tokens_of) -> None:
    tokens = tokens_of(
        [("山田", FAMILY), ("太郎", GIVEN)],
        [("山田", FAMILY), " ", ("太郎", GIVEN)],
        [("山田", FAMILY), ("\u3000", "記号,空白,*,*"), ("太郎", GIVEN)],
    )
    assert _spans(find_names(tokens)) == [("X1", 0, 4), ("X2", 0, 5), ("X3", 0, 5)]


def test_names_in_neighbouring_opinions_are_not_joined(tokens_of) -> None:
    tokens = tokens_of([("担当", NOUN), ("山田", FAMILY)], [("太郎", GIVEN), ("様", TITLE)])
    assert _spans(find_names(tokens)) == [("X1", 2, 4), ("X2", 0, 2)]


def test_a_title_in_the_next_opinion_makes_no_name(tokens_of) -> None:
    assert find_names(tokens_of([("太郎", GIVEN)], [("さん", TITLE)])).empty


def test_a_job_before_san_is_no_name(tokens_of) -> None:
    assert find_names(tokens_of([("運転", NOUN), ("手", NOUN), ("さん", TITLE)])).empty


def test_a_family_name_alone_is_found_only_in_two_or_more_kanji(tokens_of) -> None:
    tokens = tokens_of([("高橋", FAMILY), ("に", PARTICLE)], [("ミラー", FAMILY)], [("原", FAMILY)])
    assert _spans(find_names(tokens)) == [("X1", 0, 2)]


def test_a_word_that_names_a_place_elsewhere_is_a_person_only_before_san(tokens_of) -> None:
    tokens = tokens_of(
        [("川端", FAMILY), ("地区", NOUN)],
        [("川端", FAMILY), ("に", PARTICLE)],
        [("川端", FAMILY), ("市長", NOUN)],
        [("川端", FAMILY), ("さん", TITLE)],
    )
    assert _spans(find_names(tokens)) == [("X4", 0, 2)]


def test_a_place_name_is_a_person_before_san_but_not_before_an_office(tokens_of) -> None:
    tokens = tokens_of([("千葉", PLACE), ("さん", TITLE)], [("千葉", PLACE), ("知事", NOUN)])
    assert _spans(find_names(tokens)) == [("X1", 0, 2)]


def test_no_tokens_give_a_table_without_rows(tokens_of) -> None:
    assert list(find_names(tokens_of()).columns) == ["opinion_id", "start", "end", "reason"]
