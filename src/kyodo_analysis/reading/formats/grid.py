"""A sheet or a table as rectangular cells that know their places."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kyodo_analysis.errors import ReadingError
from kyodo_analysis.reading.findings import Finding

MOST_ROWS = 1_048_576
MOST_CELLS = 20_000_000


class Merge(NamedTuple):
    """Merged cells: the first and last row (from 1) and column (from 0)."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, eq=False)
class Grid:
    """The cells of one sheet, one table of a document, or one CSV file.

    Parameters
    ----------
    file : str
        The file's name without its folder.
    sheet : str or None
        The sheet's or table's name; None where the file holds only one.
    cells : DataFrame
        One row per row as Excel numbers them (index, from 1), one column per column (from 0);
        values as they were read, None where a cell is empty.
    merged : tuple of Merge
        The merged cells, whose value stands in the first one.
    formulas : mapping
        The formula at each (row, column) that holds one.
    is_hidden : bool
        Whether Excel does not show the sheet.
    hidden : frozenset of int
        The rows that Excel does not show, filtered ones among them.
    hidden_spans : tuple of range
        The columns (from 0) that Excel does not show, side by side.
    findings : tuple of Finding
        What the file says beside these cells, or of them, that is no value.
    """

    file: str
    sheet: str | None
    cells: pd.DataFrame
    merged: tuple[Merge, ...] = ()
    formulas: Mapping[tuple[int, int], str] = field(default_factory=dict)
    is_hidden: bool = False
    hidden: frozenset[int] = frozenset()
    hidden_spans: tuple[range, ...] = ()
    findings: tuple[Finding, ...] = ()

    @cached_property
    def texts(self) -> pd.DataFrame:
        """The cells as the text that an analyst sees, without filling merged ones."""
        return _as_texts(self.cells)

    @cached_property
    def filled(self) -> pd.DataFrame:
        """The cells with every merged one holding the value of the first."""
        if not self.merged:
            return self.cells
        values = self.cells.to_numpy(dtype=object, copy=True)
        height, width = values.shape
        for top, left, bottom, right in self.merged:
            if top <= height and left < width:
                values[top - 1 : bottom, left : right + 1] = values[top - 1, left]
        return pd.DataFrame(values, self.cells.index, self.cells.columns, dtype=object)

    @cached_property
    def filled_texts(self) -> pd.DataFrame:
        """The text of the cells, every merged one holding that of the first."""
        return _as_texts(self.filled) if self.merged else self.texts

    @cached_property
    def stripped(self) -> pd.DataFrame:
        """The text of the cells without blanks around it."""
        stripped: pd.DataFrame = self.texts.apply(lambda column: column.str.strip())
        return stripped

    def texts_at(self, rows: "pd.Index[Any]", columns: "pd.Series[int]") -> "pd.Series[str]":
        """Return the text of one cell in each of `rows`."""
        cells = self.texts.loc[rows].to_numpy()
        return pd.Series(cells[np.arange(len(rows)), columns], dtype="str")

    @property
    def is_blank(self) -> bool:
        """Whether no cell holds more than blanks."""
        return not (self.stripped != "").to_numpy().any()

    @property
    def hidden_rows(self) -> list[int]:
        """The rows that hold something and are not shown."""
        return [
            row
            for row in sorted(self.hidden)
            if row in self.texts.index and self.texts.loc[row].any()
        ]

    def hides(self, column: int) -> bool:
        """Tell whether Excel does not show this column."""
        return any(column in span for span in self.hidden_spans)

    def place(self, row: int, column: int) -> str:
        """Return how a cell is named in ``source``: ``意見.xlsx:意見!C12``, ``意見.csv:12行C列``."""
        before, after = self._around_row(column)
        return f"{before}{self._shown(row)}{after}"

    def name_rows(self, rows: Sequence[int]) -> str:
        """Return how several rows are named together: ``3・4行目``."""
        return "・".join(map(str, rows)) + "行目"

    def places(self, rows: "pd.Series[int]", column: int) -> "pd.Series[str]":
        """Return how the cells of one column are named in ``source``."""
        before, after = self._around_row(column)
        named: pd.Series[str] = before + self._shown(rows).astype("str") + after
        return named

    def _around_row(self, column: int) -> tuple[str, str]:
        letters = column_letters(column)
        if self.sheet is None:
            return f"{self.file}:", f"行{letters}列"
        return f"{self.source}!{letters}", ""

    def _shown(self, row: Any) -> Any:
        return row

    @property
    def name(self) -> str:
        """The name of the sheet, or of the file where there is only one."""
        return self.sheet or self.file

    @property
    def source(self) -> str:
        """Where the cells come from: ``意見.xlsx:意見``, ``意見.csv``."""
        return self.file if self.sheet is None else f"{self.file}:{self.sheet}"


def make_cells(rows: Iterable[Iterable[Any]], where: str) -> pd.DataFrame:
    """Return the cells of `rows`, without the empty ones at the right and at the bottom.

    Raises
    ------
    ReadingError
        When there are more than `MOST_ROWS` rows or `MOST_CELLS` cells.
    """
    trimmed: list[list[Any]] = []
    width = 0
    for number, row in enumerate(rows, start=1):
        cells = [None if value == "" else value for value in row]
        while cells and cells[-1] is None:
            cells.pop()
        trimmed.append(cells)
        width = max(width, len(cells))
        check_size(number, width, where)
    for cells in trimmed:
        cells.extend(repeat(None, width - len(cells)))
    return as_cells(np.array(trimmed, dtype=object).reshape(len(trimmed), width))


def as_cells(values: NDArray[Any]) -> pd.DataFrame:
    """Return an array (None where a cell is empty) as cells, without empty rows and columns at its ends."""
    is_filled = is_given(values)
    height = int(np.flatnonzero(is_filled.any(axis=1)).max(initial=-1)) + 1
    width = int(np.flatnonzero(is_filled.any(axis=0)).max(initial=-1)) + 1
    rows, columns = pd.RangeIndex(1, height + 1), pd.RangeIndex(width)
    return pd.DataFrame(values[:height, :width], rows, columns, dtype=object)


def is_given(values: NDArray[Any]) -> NDArray[np.bool_]:
    """Tell of each value of an array of objects whether it is not None."""
    return np.asarray(values != np.array(None), dtype=bool)


def check_size(height: int, width: int, where: str) -> None:
    """Refuse a table of so many rows and columns, if it is too large.

    Raises
    ------
    ReadingError
        When there are more than `MOST_ROWS` rows or `MOST_CELLS` cells.
    """
    if height > MOST_ROWS or height * width > MOST_CELLS:
        raise ReadingError(
            where,
            f"表が大きすぎます({height:,}行 × {width:,}列)",
            action=f"離れた所({column_letters(max(width - 1, 0))}{height} のあたり)に書かれたセルを消すか、"
            "必要な列だけを新しいシートに写してください",
        )


def _as_texts(cells: pd.DataFrame) -> pd.DataFrame:
    texts = {
        column: pd.array([v if type(v) is str else as_text(v) for v in values], dtype="str")
        for column, values in enumerate(cells.to_numpy().T)
    }
    return pd.DataFrame(texts, cells.index, cells.columns)


def as_text(value: Any) -> str:
    """Return a cell's value as an analyst sees it; numbers without a needless ``.0``."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return str(value).upper()
        case float() if value.is_integer():
            return str(int(value))
        case datetime() if value.time() != time():
            return f"{value:%Y/%m/%d %H:%M}"
        case date():
            return f"{value:%Y/%m/%d}"
        case timedelta():
            minutes = int(value.total_seconds()) // 60
            return f"{minutes // 60}:{minutes % 60:02}"
        case time():
            return f"{value:%H:%M}"
    return str(value)


def column_letters(column: int) -> str:
    """Return A for 0, B for 1, AA for 26."""
    letters = ""
    rest = column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def column_number(letters: str) -> int:
    """Return 0 for A, 25 for Z, 26 for AA; -1 for no letters."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
