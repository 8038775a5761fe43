from unicodedata import east_asian_width

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kyodo_analysis.errors import NotInDataError
from kyodo_analysis.measures import find_concordance
from kyodo_analysis.tables import OPINIONS


def _opinion(text: str) -> pd.DataFrame:
    row = {"opinion_id": "A1", "text": text, "raw_text": text, "source": "opinions.txt:1行"}
    return OPINIONS.make([row | {"source_start": 0, "source_end": len(text)}])


def _screen_width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WFA" else 1 for character in text)


def test_contexts_are_cut_and_padded_on_the_far_side(opinions: pd.DataFrame) -> None:
    rows = find_concordance(opinions, "広報", width=4)

    assert rows.to_numpy().tolist() == [
        ["B1", "かった。", "広報", "で知らせ", 12, 14],
        ["B2", "\u3000\u3000\u3000\u3000", "広報", "は読みや", 0, 2],
    ]


def test_a_phrase_across_words_is_found_as_often_as_it_stands_there() -> None:
    rows = find_concordance(_opinion("バスの本数、バスの本数"), "バスの本数")

    assert rows["start"].to_list() == [0, 6]


def test_a_word_with_the_signs_of_a_pattern_is_taken_literally() -> None:
    assert find_concordance(_opinion("監査(評価)はあったのか?"), "(評価)")["start"].to_list() == [2]


def test_a_term_is_found_in_the_forms_it_takes(opinions: pd.DataFrame, terms: pd.DataFrame) -> None:
    rows = find_concordance(opinions, "知る", terms=terms.iloc[::-1])

    assert rows[["opinion_id", "matched", "start"]].to_numpy().tolist() == [
        ["B1", "知ら", 5],
        ["B1", "知ら", 15],
    ]


def test_a_line_break_shows_as_one_space_in_the_context_only() -> None:
    rows = find_concordance(_opinion("橋が\n古い"), "古い", width=3)

    assert rows["left"].to_list() == [" 橋が "]


def test_a_word_that_nobody_used_gives_no_rows(opinions: pd.DataFrame) -> None:
    assert find_concordance(opinions, "図書館").empty


def test_an_empty_word_is_refused(opinions: pd.DataFrame) -> None:
    with pytest.raises(NotInDataError, match="言葉が空です"):
        find_concordance(opinions, "")


@settings(deadline=None, derandomize=True, max_examples=30)
@given(
    st.text("税aｱ…市\n 、", max_size=20), st.text("税aｱ…市\n 、", max_size=20), st.integers(1, 9)
)
def test_both_contexts_are_equally_wide_on_screen(before: str, after: str, width: int) -> None:
    text = f"{before}橋{after}"

    row = find_concordance(_opinion(text), "橋", width=width).loc[0]

    assert _screen_width(row["left"]) == _screen_width(row["right"]) == 2 * width
    assert text[row["start"] : row["end"]] == row["matched"]
    assert before.replace("\n", " ").endswith(row["left"].lstrip(" \u3000"))
