"""Which rows of a grid are its headers."""

import re
from collections.abc import Mapping

import pandas as pd

from kyodo_analysis.reading.formats.grid import Grid
from kyodo_analysis.reading.opinion_table.header_words import (
    INSIDE,
    fit,
    is_header_word,
    is_question,
)
from kyodo_analysis.reading.opinion_table.headers import is_part_word

_FIRST_ROWS = 30
_MOST_HEADER_ROWS = 3
_MEANINGS_OF_QUESTIONS = ("text", "attributes", "reply")
_LONGEST_UNKNOWN_HEADER = 20
_CLEARLY = 3
_ENDS_LIKE_A_SENTENCE = re.compile(r".*(?:[。！!]|[^\W\d_]{2,}\s.*[a-z)]\.)[」』)）\s]*", re.DOTALL)
_LONGEST_HEADER = 80
_MOST_REPEATS = 0.5

_Rows = Mapping[int, list[str]]


def guess_header_rows(grid: Grid) -> tuple[int, ...]:
    """Return the rows that seem to hold the headers; none where the first row is no header.

    A row that holds what somebody said, or values that come again below it, is none. Of the
    others the first wins, unless a later one clearly has more words that name a column. Rows above
    and below belong to it where merged headers reach over them, or where they name parts of its
    questions.
    """
    texts = grid.stripped
    filled = texts[(texts != "").any(axis="columns")]
    first_rows = filled.head(_FIRST_ROWS)
    rows = {row: [text for text in first_rows.loc[row] if text] for row in first_rows.index}
    possible = [row for row in rows if _may_be_headers(filled, row)]
    if not possible:
        return ()
    scores = {row: _score(rows[row], is_first=row == min(rows)) for row in possible}
    best = max(possible, key=lambda row: (scores[row], len(rows[row])))
    first = next((row for row in possible if scores[row]), best)
    if scores[best] < scores[first] + _CLEARLY and len(rows[first]) > 1:
        best = first
    if not scores[best]:
        best = min(rows)
        if best not in possible or not _could_be_headers(filled, rows[best]):
            return ()
    return tuple(range(_top(grid, best, rows), _bottom(grid, filled, best) + 1))


def _score(texts: list[str], *, is_first: bool) -> int:
    questions = sum(map(_asks, texts)) if is_first else 0
    return 2 * sum(map(is_header_word, texts)) + questions


def _asks(text: str) -> bool:
    return is_question(text) or any(
        fit(text, meaning) == INSIDE for meaning in _MEANINGS_OF_QUESTIONS
    )


def _may_be_headers(filled: pd.DataFrame, row: int) -> bool:
    """Tell whether no cell of a row is what somebody said, and few come again below it."""
    cells = _texts(filled, row)
    cells = cells[cells != ""]
    if any(map(_is_said, cells)):
        return False
    below = filled.loc[row + 1 :, list(cells.index)]
    is_same = below == cells
    others = ~is_same.all(axis="columns") & (is_same.sum(axis="columns") < max(2, len(cells)))
    repeated = is_same[others].any()
    return bool(repeated.mean() < _MOST_REPEATS) or not repeated.any()


def _is_said(text: str) -> bool:
    """Tell whether a cell holds a sentence that asks nothing."""
    if is_question(text):
        return False
    return len(text) > _LONGEST_HEADER or bool(_ENDS_LIKE_A_SENTENCE.fullmatch(text))


def _could_be_headers(filled: pd.DataFrame, texts: list[str]) -> bool:
    """Tell whether a first row of unknown words stands above others like a row of headers."""
    is_short = all(len(text) <= _LONGEST_UNKNOWN_HEADER for text in texts)
    if len(texts) > 1:
        return is_short and not all(text[:1].isdigit() for text in texts)
    below = filled.iloc[1:].max(axis="columns")
    return is_short and len(below) > 1 and bool(below.str.endswith("。").mean() > 0.9)


def _top(grid: Grid, row: int, rows: _Rows) -> int:
    above = row - 1
    has_groups = any(m.top <= above <= m.bottom and m.left < m.right for m in grid.merged)
    return above if has_groups and len(rows.get(above, [])) > 1 else row


def _bottom(grid: Grid, filled: pd.DataFrame, row: int) -> int:
    reaching = [m.bottom for m in grid.merged if m.top <= row <= m.bottom < row + _MOST_HEADER_ROWS]
    below = row + 1
    has_second_level = below in filled.index and (
        _all_header_words(_texts(filled, below)) or _names_parts(filled, row)
    )
    return max([row, *reaching, row + has_second_level])


def _all_header_words(cells: "pd.Series[str]") -> bool:
    texts = [text for text in cells if text]
    return len(texts) > 1 and all(map(is_header_word, texts))


def _names_parts(filled: pd.DataFrame, row: int) -> bool:
    """Tell whether the next row names parts of questions, as exports of forms do.

    It is blank where the header stands above a column that every answer fills, and filled beside
    the first column of a question, where the header is blank.
    """
    above, parts, answers = _texts(filled, row), _texts(filled, row + 1), filled.loc[row + 2 :]
    always = (answers != "").mean() > 0.9
    skipped = always & (above != "") & (parts == "")
    beside = (above == "") & (parts != "")
    is_said = any(_is_said(text) for text in parts if text)
    generic = any(map(is_part_word, parts))
    return bool(skipped.any() and (beside.any() or generic) and not is_said and len(answers))


def _texts(filled: pd.DataFrame, row: int) -> "pd.Series[str]":
    return pd.Series(filled.loc[row])
