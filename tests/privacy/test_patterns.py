import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from kyodo_analysis.privacy import patterns
from kyodo_analysis.privacy.patterns import PATTERNS, TITLED, Pattern, find_patterns, simplify


def _found(*texts: str) -> list[tuple[str, str]]:
    places = find_patterns(pd.Series(texts, dtype="str"), PATTERNS)
    return [
        (row.kind, texts[row.place][row.start : row.end])
        for row in places.sort_values(["place", "start"]).itertuples()
    ]


@pytest.mark.parametrize(
    "number",
    [
        "090-0000-1111",
        "０９０－００００－１１１１",
        "09000001111",
        "00-0000-0000",
        "0000-11-2222",
        "(00)0000-1111",
        "00(0000)1111",
        "００ー００００ー１１１１",
        "0120-000-000",
        "+81-90-0000-1111",
    ],
)
def test_a_telephone_number_is_found_however_it_is_written(number: str) -> None:
    assert _found(f"連絡は{number}へ。") == [("電話番号", number)]


def test_a_number_without_area_code_is_found_after_the_word_telephone() -> None:
    assert _found("電話番号は00-1111です。", "会員00-1111です。") == [("電話番号", "00-1111")]


def test_a_circled_digit_before_a_number_is_not_part_of_it() -> None:
    assert _found("①00-0000-1111") == [("電話番号", "00-0000-1111")]


@pytest.mark.parametrize(
    ("before", "kind", "number"),
    [
        ("サポートセンター", "電話番号", "00-0000-1111"),
        ("エレベーター", "電話番号", "090-0000-1111"),
        ("マイナンバー", "個人番号", "0000-1111-2222"),
        ("郵便ナンバー", "住所", "000-1111"),
    ],
)
def test_a_number_that_touches_a_long_vowel_is_found(before: str, kind: str, number: str) -> None:
    assert _found(f"{before}{number}") == [(kind, number)]
    assert _found(f"{before}{number}ー") == [(kind, number)]


def test_a_number_within_a_longer_one_is_not_found() -> None:
    assert _found("品番9-00-0000-1111-2、12-0000-1111-2222-3") == []


@pytest.mark.parametrize(
    "text",
    [
        "三丁目、四丁目は停留所が遠い。港町2丁目の振動。",
        "2丁目一番の坂と、一番地下の駐車場。",
        "対象は2-3歳で、町10-20人ほど。100-1000円。",
        "2025/7/10に行った。令和7年6月3日の会。7月10日生産の車。",
        "朝9:00-12:00、30-40分おき。予算は3億2,000万円。",
        "系統は9-10-11です。1234567890人。",
        "昭和23年生まれです。",
    ],
)
def test_ordinary_numbers_are_left_alone(text: str) -> None:
    assert _found(text) == []


def test_nothing_is_found_across_the_border_of_two_opinions() -> None:
    assert _found("電話", "00-1111", "00-0000-", "1111") == []


def test_no_text_gives_a_table_without_rows() -> None:
    found = find_patterns(pd.Series([], dtype="str"), PATTERNS)
    assert list(found.columns) == ["place", "kind", "start", "end", "rank", "reason"]
    assert found.empty


def test_words_before_a_title_are_found_by_form_where_asked() -> None:
    found = find_patterns(pd.Series(["きのう佐原さんと話した"], dtype="str"), (TITLED,))
    assert found[["start", "end"]].to_numpy().tolist() == [[3, 5]]


@given(st.text())
@settings(deadline=None, derandomize=True)
def test_simplifying_keeps_every_code_point_in_its_place(text: str) -> None:
    assert len(simplify(text)) == len(text)


@given(st.lists(st.text(alphabet="0９1-ー(）@a.丁目番地〒年月日生まれ\x00 "), max_size=8))
@settings(deadline=None, derandomize=True)
def test_every_place_lies_within_its_own_text(texts: list[str]) -> None:
    found = find_patterns(pd.Series(texts, dtype="str"), PATTERNS)
    lengths = found["place"].map(dict(enumerate(map(len, texts))))
    assert (found["start"] >= 0).all()
    assert (found["start"] < found["end"]).all()
    assert (found["end"] <= lengths).all()


@pytest.mark.parametrize("pattern", [*PATTERNS, TITLED], ids=lambda pattern: pattern.reason)
@given(data=st.data())
@settings(deadline=None, derandomize=True, max_examples=20)
def test_whatever_has_a_form_has_its_sign(pattern: Pattern, data: st.DataObject) -> None:
    text = simplify(data.draw(st.from_regex(pattern.form)))
    if re.search(pattern.form, text):
        assert re.search(pattern.sign, text)


def test_how_many_texts_are_searched_at_once_changes_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    texts = pd.Series(["電話00-1111", "", "a@example.jpと電話00-1111", "三丁目1-2"], dtype="str")
    together = find_patterns(texts, PATTERNS).sort_values(["place", "start", "rank"])
    monkeypatch.setattr(patterns, "_TEXTS_AT_ONCE", 1)
    apart = find_patterns(texts, PATTERNS).sort_values(["place", "start", "rank"])
    assert together["place"].tolist() == [0, 2, 2, 3]
    assert_frame_equal(apart.reset_index(drop=True), together.reset_index(drop=True))


def test_a_date_followed_by_the_word_birthday_is_not_taken_for_a_birth() -> None:
    assert _found("会は5月3日 誕生日の話もした") == []
