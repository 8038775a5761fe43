"""A workbook's strings and sheets as their XML says them."""

from array import array
from collections.abc import Callable, Sequence
from functools import cache
from typing import IO, Any

import pandas as pd

from kyodo_analysis.reading.formats.grid import Merge, check_size, place_cells
from kyodo_analysis.reading.formats.xml_events import hear_elements

ToValue = Callable[[str, str, str], Any]

_DIGITS = "0123456789"


class _Runs:
    """The words of the string that is being read, run by run, without the ruby beside them."""

    def __init__(self) -> None:
        self.words = ""
        self._is_ruby = False
        self.starts = {"rPh": self._start_ruby}
        self.ends = {"rPh": self._end_ruby, "t": self._end_run}

    def _start_ruby(self, _: dict[str, str]) -> None:
        self._is_ruby = True

    def _end_ruby(self, _: Sequence[str]) -> None:
        self._is_ruby = False

    def _end_run(self, text: Sequence[str]) -> None:
        if not self._is_ruby:
            self.words += "".join(text)


def read_strings(stream: IO[bytes]) -> list[str]:
    """Return the strings that the cells of all sheets share, in the order of their numbers."""
    runs, strings = _Runs(), list[str]()

    def start(_: dict[str, str]) -> None:
        runs.words = ""

    def end(_: Sequence[str]) -> None:
        strings.append(runs.words.replace("x005F_", ""))

    hear_elements(stream, {**runs.starts, "si": start}, {**runs.ends, "si": end})
    return strings


class SheetXml:
    """One sheet; what it holds is known once it is read.

    Parameters
    ----------
    to_value : callable
        Makes a cell's value of its type, its text and the number of its style.
    where : str
        What the sheet is called in messages.
    """

    def __init__(self, to_value: ToValue, where: str) -> None:
        self.merged: list[Merge] = []
        self.formulas: dict[tuple[int, int], str] = {}
        self.hidden: set[int] = set()
        self.hidden_spans: list[range] = []
        self._to_value, self._where = to_value, where
        self._rows, self._columns, self._values = array("q"), array("q"), list[Any]()
        self._row: dict[str, str] = {}
        self._is_numbered = True
        self._last = self._number = self._width = 0
        self._column = -1
        self._cell: dict[str, str] = {}
        self._runs = _Runs()
        self._value = ""
        self._formula: str | None = None

    @property
    def cells(self) -> pd.DataFrame:
        """The cells, as :func:`~kyodo_analysis.reading.formats.grid.place_cells` gives them."""
        return place_cells(self._rows, self._columns, self._values)

    def read(self, stream: IO[bytes]) -> None:
        """Hear the whole sheet.

        Raises
        ------
        ReadingError
            When the sheet is too large.
        ValueError
            When the rows are not in order, or something in them cannot be.
        """
        starts = {
            "col": self._start_columns,
            "row": self._start_row,
            "c": self._start_cell,
            "mergeCell": self._start_merge,
        }
        ends = {
            "row": self._end_row,
            "c": self._end_cell,
            "v": self._end_value,
            "f": self._end_formula,
        }
        hear_elements(stream, {**self._runs.starts, **starts}, {**self._runs.ends, **ends})

    def _start_columns(self, attributes: dict[str, str]) -> None:
        if _is_hidden(attributes):
            self.hidden_spans.append(range(int(attributes["min"]) - 1, int(attributes["max"])))

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._row, self._column, self._last = attributes, -1, self._number
        self._is_numbered = "r" in attributes
        self._number_row(attributes.get("r", self._last + 1))

    def _number_row(self, written: str | int) -> None:
        number = float(written)
        if number <= self._last or not number.is_integer():
            raise ValueError(f"row {number} after {self._last}")
        self._number = int(number)

    def _end_row(self, _: Sequence[str]) -> None:
        if _is_hidden(self._row):
            self.hidden.add(self._number)
        height = self._rows[-1] if self._rows else 0
        check_size(self._number, height, self._width, self._where)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._cell, self._runs.words, self._value, self._formula = attributes, "", "", None

    def _end_value(self, text: Sequence[str]) -> None:
        self._value = "".join(text)

    def _end_formula(self, text: Sequence[str]) -> None:
        self._formula = f"={''.join(text)}"

    def _end_cell(self, _: Sequence[str]) -> None:
        cell = self._cell
        kind = cell.get("t", "n")
        text = self._runs.words if kind == "inlineStr" else self._value
        self._find_place(cell.get("r"))
        if self._formula is not None:
            self.formulas[self._number, self._column] = self._formula
        value = self._to_value(kind, text, cell.get("s", "0")) if text else self._formula
        if value is not None and value != "":
            self._rows.append(self._number)
            self._columns.append(self._column)
            self._values.append(value)
            if self._column >= self._width:
                self._width = self._column + 1

    def _find_place(self, coordinate: str | None) -> None:
        """Go to a cell, one without a coordinate being the next; it numbers a row without one."""
        if not coordinate:
            self._column += 1
            return
        letters = coordinate.rstrip(_DIGITS)
        self._column = _column(letters)
        if not self._is_numbered:
            self._number_row(coordinate.removeprefix(letters))

    def _start_merge(self, attributes: dict[str, str]) -> None:
        from openpyxl.worksheet.cell_range import CellRange

        left, top, right, bottom = CellRange(attributes["ref"]).bounds
        if (left, top) != (right, bottom):
            self.merged.append(Merge(top, left - 1, bottom, right - 1))


def _is_hidden(attributes: dict[str, str]) -> bool:
    return attributes.get("hidden") in ("1", "true")


@cache
def _column(letters: str) -> int:
    from openpyxl.utils.cell import column_index_from_string

    return column_index_from_string(letters) - 1
