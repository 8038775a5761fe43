import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from kyodo_analysis.privacy import PERSONAL_DATA, find_personal_data
from kyodo_analysis.tables import TOKENS

FAMILY = "名詞,固有名詞,人名,姓"
TITLE = "名詞,接尾,人名,*"
NO_TOKENS = TOKENS.make()


def test_names_and_numbers_of_one_opinion_come_in_the_order_of_the_text(
    opinions_of, tokens_of
) -> None:
    opinions = opinions_of("山田さん 00-0000-1111 sora@example.com")
    tokens = tokens_of([("山田", FAMILY), ("さん", TITLE)])
    found = find_personal_data(opinions, tokens)
    assert found[["kind", "matched", "start", "end"]].to_numpy().tolist() == [
        ["人名", "山田", 0, 2],
        ["電話番号", "00-0000-1111", 5, 17],
        ["メール", "sora@example.com", 18, 34],
    ]
    assert found["column"].eq("意見").all()
    assert list(found.columns) == PERSONAL_DATA.names


@pytest.mark.parametrize(
    ("kind", "words", "text"),
    [
        ("メール", "sora@example.com", "メールはsora@example.comへ"),
        ("メール", "ｓｏｒａ＠ｅｘａｍｐｌｅ．ｃｏｍ", "ｓｏｒａ＠ｅｘａｍｐｌｅ．ｃｏｍです"),
        ("メール", "sora(at)example.com", "sora(at)example.com まで"),
        ("住所", "〒000-1111", "〒000-1111 架空市"),
        ("住所", "000-1111", "架空市 000-1111"),
        ("住所", "三丁目12-5", "丘の上三丁目12-5に住む"),
        ("住所", "3丁目5番2号", "丘の上3丁目5番2号"),
        ("住所", "三丁目十二番地五号", "三丁目十二番地五号の者"),
        ("住所", "34番地", "川端34番地の角"),
        ("住所", "2-3-15", "港町2-3-15です"),
        ("住所", "12-3", "川端町12-3の裏"),
        ("住所", "203号室", "団地の203号室"),
        ("生年月日", "昭和23年5月3日", "昭和23年5月3日生まれです"),
        ("生年月日", "1948/5/3", "1948/5/3生。"),
        ("生年月日", "平成元年四月一日", "生年月日:平成元年四月一日"),
        ("生年月日", "5月3日", "誕生日は5月3日"),
        ("個人番号", "1111 2222 3333", "番号は1111 2222 3333"),
        ("個人番号", "１１１１２２２２３３３３", "１１１１２２２２３３３３です"),
    ],
)
def test_each_kind_is_found_once_with_its_exact_words(
    opinions_of, kind: str, words: str, text: str
) -> None:
    found = find_personal_data(opinions_of(text), NO_TOKENS)
    assert found[["kind", "matched"]].to_numpy().tolist() == [[kind, words]]


def test_one_place_has_one_kind(opinions_of) -> None:
    found = find_personal_data(opinions_of("住所は港町0000-11-2222"), NO_TOKENS)
    assert found["kind"].tolist() == ["電話番号"]


def test_all_that_lies_within_a_longer_finding_is_part_of_it(opinions_of) -> None:
    found = find_personal_data(opinions_of("00-0000-1111.000-2222@example.com"), NO_TOKENS)
    assert found[["kind", "start", "end"]].to_numpy().tolist() == [["メール", 0, 33]]


def test_the_raw_text_is_searched_only_where_a_correction_made_it_differ(opinions_of) -> None:
    opinions = opinions_of("電話00-0000-1111", ("担当者に電話した", "佐原さんに00-0000-1111で電話"))
    found = find_personal_data(opinions, NO_TOKENS)
    assert found[["opinion_id", "column", "matched"]].to_numpy().tolist() == [
        ["X1", "意見", "00-0000-1111"],
        ["X2", "原文", "佐原"],
        ["X2", "原文", "00-0000-1111"],
    ]


def test_ids_outlive_other_changes_of_the_text(opinions_of) -> None:
    before = find_personal_data(opinions_of("00-0000-1111と00-0000-1111"), NO_TOKENS)
    after = find_personal_data(
        opinions_of("電話は00-0000-1111、または00-0000-1111。メールはa@example.com"), NO_TOKENS
    )
    assert before["finding_id"].is_unique
    assert after["finding_id"].tolist()[:2] == before["finding_id"].tolist()


def test_ids_differ_between_opinions_with_the_same_words(opinions_of) -> None:
    found = find_personal_data(opinions_of("00-0000-1111", "00-0000-1111"), NO_TOKENS)
    assert found["finding_id"].nunique() == 2


def test_opinions_without_personal_data_give_an_empty_table(opinions) -> None:
    assert find_personal_data(opinions, NO_TOKENS).empty


def test_no_opinions_give_an_empty_table(opinions_of) -> None:
    assert find_personal_data(opinions_of(), NO_TOKENS).empty


def test_inputs_stay_as_they_are_and_the_result_is_the_same_twice(opinions_of, tokens_of) -> None:
    opinions = opinions_of("山田さん 00-0000-1111")
    tokens = tokens_of([("山田", FAMILY), ("さん", TITLE)])
    given = opinions.copy(), tokens.copy()
    first, second = (find_personal_data(opinions, tokens) for _ in range(2))
    assert_frame_equal(first, second)
    assert_frame_equal(opinions, given[0])
    assert_frame_equal(tokens, given[1])


@given(
    st.lists(
        st.lists(
            st.sampled_from(
                ["電話", "00-0000-1111", "😢", "三丁目1-2", "a@example.com", "\n", "は"]
            )
        ).map("".join),
        max_size=5,
    )
)
@settings(deadline=None, derandomize=True, max_examples=15)
def test_words_and_offsets_always_agree_and_places_never_hide_in_one_another(
    opinions_of, texts: list[str]
) -> None:
    found = find_personal_data(opinions_of(*texts), NO_TOKENS)
    text_of = {f"X{number}": text for number, text in enumerate(texts, start=1)}
    assert all(
        text_of[row.opinion_id][row.start : row.end] == row.matched for row in found.itertuples()
    )
    ends: pd.Series = found.groupby("opinion_id")["end"].diff().dropna()
    assert (ends > 0).all()
