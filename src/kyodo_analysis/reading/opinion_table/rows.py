"""Which rows of a table hold an opinion, and why the others do not."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from typing import Any

import numpy as np
import pandas as pd

from kyodo_analysis.reading.formats.grid import Grid, Merge
from kyodo_analysis.reading.normalise import plain
from kyodo_analysis.reading.not_opinions import (
    EMPTY,
    NOTE,
    NOTHING,
    POLITE,
    REFERS,
    REFERS_ELSEWHERE,
    SAYS_NOTHING,
    SAYS_ONLY_POLITE_WORDS,
    WITHOUT_WORDS,
    WORDLESS,
)

BEFORE_TABLE, HEADER, TOTAL = "表の前", "見出しの繰り返し", "合計"
BELOW_TABLE = "表の下"
DIVIDER, CONTINUED, ERROR = "見出し・説明", "結合の続き", "読めない"

_REASONS = {
    BEFORE_TABLE: "見出しより上にある行です",
    HEADER: "見出しの行が繰り返されています",
    TOTAL: "合計の行です",
    BELOW_TABLE: "合計の行より下にある、番号や分類の無い行です",
    NOTE: "※や注で始まる、ほかの欄の無い行です",
    DIVIDER: "意見の欄でない、1つの欄だけの行です(見出しや説明)",
    CONTINUED: "意見の欄が上の行と結合されています(意見は上の行で数えました)",
    EMPTY: "意見の欄が空です",
    ERROR: "Excel のエラー値です",
    NOTHING: "意見が無いという回答です",
    REFERS: "ほかの意見や別紙を指す記入です",
    POLITE: "あいさつだけの記入です",
    WORDLESS: "数字と記号だけで、言葉がありません",
}
_SAYINGS = {NOTHING: SAYS_NOTHING, REFERS: REFERS_ELSEWHERE, POLITE: SAYS_ONLY_POLITE_WORDS}
_BESIDE_THE_TABLE = (BEFORE_TABLE, HEADER, TOTAL, BELOW_TABLE, NOTE, DIVIDER)
NOTE_MARK = r"[※*＊]|[(（]?注(?:[)）:：.．\s\d]|[記釈]|$)|以上$|以下余白|備考(?:[:：\s]|$)"
_HAS_WORDS = r"(?!\d{4}[/-]).*[^\W\d_]"
_TOTALS = ("合計", "小計", "総計", "総数", "計")
_ERRORS = ("#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!")


@dataclass(frozen=True, eq=False)
class TextColumn:
    """The column of a grid that holds the opinions.

    Parameters
    ----------
    grid : Grid
        All cells.
    header_rows : tuple of int
        The rows of the headers.
    number : int
        The column, from 0.
    entry_columns : tuple of int
        The columns that every opinion of the table fills, such as its number.
    """

    grid: Grid
    header_rows: tuple[int, ...]
    number: int
    entry_columns: tuple[int, ...] = ()

    @cached_property
    def texts(self) -> pd.DataFrame:
        """All cells as text without blanks around it."""
        stripped: pd.DataFrame = self.grid.texts.apply(lambda column: column.str.strip())
        return stripped

    @cached_property
    def answers(self) -> list[str]:
        """The different texts in the column."""
        return self.texts[self.number].unique().tolist()

    @cached_property
    def is_wordless(self) -> "pd.Series[bool]":
        """Whether the column holds something without words."""
        wordless = list(filter(WITHOUT_WORDS.fullmatch, self.answers))
        return self.texts[self.number].isin(wordless)

    @property
    def first_texts(self) -> "pd.Series[str]":
        """The first text of each row."""
        columns = [texts for _, texts in self.texts.items()]
        return reduce(lambda right, left: left.where(left != "", right), reversed(columns))

    def rows_of(self, merges: Sequence[Merge]) -> "pd.Series[bool]":
        """Tell of each row whether one of `merges` lies on its text cell."""
        numbers = pd.Series(self.texts.index, index=self.texts.index)
        on_text = [m for m in merges if m.left <= self.number <= m.right]
        inside = [range(max(m.top, 1), min(m.bottom, len(numbers)) + 1) for m in on_text]
        return numbers.isin([row for rows in inside for row in rows])

    @property
    def with_other_columns(self) -> list[Merge]:
        """The merges that cover more than one column with a header."""
        headers = (self.texts.loc[list(self.header_rows)] != "").any()
        return [m for m in self.grid.merged if headers.loc[m.left : m.right].sum() > 1]

    @property
    def with_rows_above(self) -> list[Merge]:
        """The merges without their first rows."""
        return [m._replace(top=m.top + 1) for m in self.grid.merged]


def sort_rows(
    column: TextColumn, *, nothing_phrases: Sequence[str] = (), count_phrases: Sequence[str] = ()
) -> pd.DataFrame:
    """Say of every row with any content, headers aside, what it is.

    Returns
    -------
    DataFrame
        Index: the row's number. Columns: ``treatment``, empty for an opinion; ``reason``;
        ``column``, the number of the cell that shows it.
    """
    is_filled = column.texts != ""
    rows = is_filled.index[is_filled.any(axis="columns")].difference(list(column.header_rows))
    tests = _tests(column, is_filled, nothing_phrases, count_phrases)
    treatment = np.select(
        [test.loc[rows].to_numpy(dtype=bool) for test in tests.values()], list(tests), default=""
    )
    frame = pd.DataFrame({"treatment": treatment}, index=rows, dtype="str")
    first = is_filled.loc[rows].to_numpy().argmax(axis=1)
    return frame.assign(
        reason=frame["treatment"].map(_REASONS).fillna("").astype("str"),
        column=np.where(frame["treatment"].isin(_BESIDE_THE_TABLE), first, column.number),
    )


def _tests(
    column: TextColumn,
    is_filled: pd.DataFrame,
    nothing_phrases: Sequence[str],
    count_phrases: Sequence[str],
) -> dict[str, "pd.Series[Any]"]:
    """Map each treatment to the rows that it fits; the first that fits a row holds."""
    answer = column.texts[column.number]
    numbers = pd.Series(is_filled.index, index=is_filled.index)
    is_alone = is_filled.sum(axis="columns") == 1
    is_only_column = is_filled.any().sum() == 1
    first = column.first_texts
    is_title = _match(first, _HAS_WORDS, among=is_alone & (answer == ""))
    is_banner = column.rows_of(column.with_other_columns)
    is_total = _is_total(column)
    says = _find_sayings(column.answers, nothing_phrases, count_phrases)
    return {
        BEFORE_TABLE: numbers < max(column.header_rows, default=0),
        HEADER: _repeats_headers(column),
        TOTAL: is_total,
        BELOW_TABLE: _is_below_table(column, is_total),
        NOTE: _match(first, NOTE_MARK, among=is_alone & ~(is_only_column & (answer != ""))),
        CONTINUED: (answer == "") & column.rows_of(column.with_rows_above),
        DIVIDER: is_title | is_alone & is_banner,
        EMPTY: answer == "",
        ERROR: answer.isin(_ERRORS),
        **{name: answer.isin(texts) for name, texts in says.items()},
        WORDLESS: column.is_wordless,
    }


def _match(texts: "pd.Series[str]", pattern: str, *, among: "pd.Series[bool]") -> "pd.Series[bool]":
    """Tell of each text whether it begins as `pattern` says and is `among` those in question."""
    return texts[among].str.match(pattern).reindex(texts.index, fill_value=False)


def _repeats_headers(column: TextColumn) -> "pd.Series[bool]":
    """Tell of each row whether it is the headers again, all of them or the first two and more."""
    repeats = {}
    for row in column.header_rows:
        header = column.texts.loc[row]
        same = (column.texts == header) & (header != "")
        other = (column.texts != header) & (column.texts != "") & (header != "")
        repeats[row] = (same.sum(axis="columns") >= min(2, (header != "").sum())) & ~other.any(
            axis="columns"
        )
    return pd.DataFrame(repeats, index=column.texts.index).any(axis="columns")


def _is_total(column: TextColumn) -> "pd.Series[bool]":
    answer = column.texts[column.number]
    is_named = column.texts.isin(_TOTALS).any(axis="columns")
    return _match(answer, rf"(?:[\d,.\s]*[件人名]?|{'|'.join(_TOTALS)})\Z", among=is_named)


def _is_below_table(column: TextColumn, is_total: "pd.Series[bool]") -> "pd.Series[bool]":
    """Tell of each row whether it is below a total and below the last entry of the table."""
    filled = column.grid.filled_texts[list(column.entry_columns)]
    has_words = (column.texts[column.number] != "") & ~column.is_wordless
    is_filled = (filled.apply(lambda cells: cells.str.strip()) != "").any(axis="columns")
    is_entry = is_filled & has_words & ~is_total
    entries, totals = is_entry.index[is_entry], is_total.index[is_total]
    numbers = pd.Series(is_total.index, index=is_total.index)
    is_known = not entries.empty and not totals.empty
    return numbers.gt(max(totals.min(), entries.max())) if is_known else numbers.lt(0)


def _find_sayings(
    texts: Sequence[str], phrases: Sequence[str], counted: Sequence[str]
) -> dict[str, list[str]]:
    """Find the texts that are no opinions; most texts hold a letter that no such text does."""
    nothing, kept = {_bare(phrase) for phrase in phrases}, {_bare(phrase) for phrase in counted}
    used = "".join(nothing) + "".join(pattern.pattern for pattern in _SAYINGS.values())
    letters = re.escape(used + unicodedata.normalize("NFKD", used))
    other = re.compile(f"(?![{letters}])[ぁ-ゖァ-ヺ一-鿿]")
    bare = {text: _bare(text) for text in texts if not other.search(text)}
    return {
        name: [
            text
            for text, words in bare.items()
            if words not in kept
            and (pattern.fullmatch(words) or (name == NOTHING and words in nothing))
        ]
        for name, pattern in _SAYINGS.items()
    }


def _bare(text: str) -> str:
    return plain(text).casefold().strip("「」[]()").rstrip("。．.、,!")
