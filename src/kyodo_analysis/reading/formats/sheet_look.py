"""What a sheet's file says beside its values: what is hidden, computed, struck out or misplaced."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kyodo_analysis.reading.findings import DOUBTFUL, Finding, finding
from kyodo_analysis.reading.formats.besides import LOST, STRUCK
from kyodo_analysis.reading.formats.grid import Grid, Merge, as_text

Place = tuple[int, int]


class Remark(NamedTuple):
    """Something about one cell: its row (from 1) and column (from 0), and how a finding says it."""

    row: int
    column: int
    check: str
    found: str
    note: str


@dataclass
class SheetLook:
    """One sheet, looked at beside the library that reads its values.

    Parameters
    ----------
    name : str
        The sheet's name.
    values : dict
        Values that the library does not give, by row (from 1) and column (from 0): errors,
        formulas without a value, numbers as their format shows them.
    formulas : dict
        The formula at each place that holds one.
    merged : list of Merge
        Merged cells, where the library does not tell them.
    hidden, hidden_spans
        As :class:`~kyodo_analysis.reading.formats.grid.Grid` has them.
    remarks, findings : list
        What must be said of single cells, and of what stands outside the cells.
    """

    name: str
    values: dict[Place, Any] = field(default_factory=dict)
    formulas: dict[Place, str] = field(default_factory=dict)
    merged: list[Merge] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    hidden_spans: list[range] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def mend(self, values: NDArray[Any]) -> NDArray[Any]:
        """Return the library's values (None where a cell is empty) with those of this look."""
        places = [place for place, value in self.values.items() if value != ""]
        height, width = values.shape
        height = max([height, *(row for row, _ in places)])
        width = max([width, *(column + 1 for _, column in places)])
        mended = np.full((height, width), None, dtype=object)
        mended[: values.shape[0], : values.shape[1]] = values
        for row, column in places:
            mended[row - 1, column] = self.values[row, column]
        return mended

    def note_struck(self, place: Place, words: str) -> None:
        """Remember that words in a cell are struck out; all of them where `words` is empty."""
        self.remarks.append(Remark(*place, "取り消し線", words, STRUCK))

    def note_lost(self, place: Place, words: str) -> None:
        """Remember that a cell's words could not be read as its value; they are shown as written."""
        self.values[place] = words
        self.remarks.append(Remark(*place, "読めなかったセル", words, LOST))

    def about_cells(self, grid: Grid) -> list[Finding]:
        """Return the remarks as findings that name the cells of `grid`."""
        return [
            finding(
                check,
                DOUBTFUL,
                grid.place(row, column),
                found or as_text(grid.cells.at[row, column]),
                note,
            )
            for row, column, check, found, note in self.remarks
        ]


@dataclass(frozen=True)
class CellStyles:
    """What the styles of a workbook mean for its cells.

    Parameters
    ----------
    shown : mapping
        For the number of a style: the words before its number, how many digits it has at least,
        and the words after it.
    struck : collection of int
        The styles that strike a cell's words out.
    struck_strings : mapping
        The words that are struck out, by the number of the shared string that holds them.
    """

    shown: Mapping[int, tuple[str, int, str]] = field(default_factory=dict)
    struck: Collection[int] = ()
    struck_strings: Mapping[int, str] = field(default_factory=dict)

    def struck_words(self, number: str) -> str:
        """Return the words that are struck out in the shared string of this number."""
        return self.struck_strings.get(int(number), "") if self.struck_strings else ""

    @property
    def is_plain(self) -> bool:
        """Whether no cell looks other than its value."""
        return not (self.shown or self.struck or self.struck_strings)
