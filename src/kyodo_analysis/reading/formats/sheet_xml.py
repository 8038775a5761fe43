"""A workbook's strings and sheets as their XML says them."""

from collections.abc import Callable, Iterator
from functools import cache
from itertools import repeat
from typing import IO, Any

from kyodo_analysis.reading.formats.grid import Merge
from kyodo_analysis.reading.formats.xml_events import hear_elements

ToValue = Callable[[str, str, int], Any]

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

    def _end_ruby(self, _: str) -> None:
        self._is_ruby = False

    def _end_run(self, text: str) -> None:
        if not self._is_ruby:
            self.words += text


def read_strings(stream: IO[bytes]) -> list[str]:
    """Return the strings that the cells of all sheets share, in the order of their numbers."""
    runs, strings = _Runs(), list[str]()

    def start(_: dict[str, str]) -> None:
        runs.words = ""

    def end(_: str) -> None:
        strings.append(runs.words.replace("x005F_", ""))

    for _ in hear_elements(stream, {**runs.starts, "si": start}, {**runs.ends, "si": end}):
        pass
    return strings


class SheetXml:
    """One sheet; all but its rows is known once the last of them is read.

    Parameters
    ----------
    to_value : callable
        Makes a cell's value of its type, its text and the number of its style.
    """

    def __init__(self, to_value: ToValue) -> None:
        self.merged: list[Merge] = []
        self.formulas: dict[tuple[int, int], str] = {}
        self.hidden: set[int] = set()
        self.hidden_spans: list[range] = []
        self._to_value = to_value
        self._rows: list[tuple[int, list[Any]]] = []
        self._number = 0
        self._row: list[Any] = []
        self._column = -1
        self._cell: dict[str, str] = {}
        self._runs = _Runs()
        self._value = ""
        self._formula: str | None = None

    def read_rows(self, stream: IO[bytes]) -> Iterator[list[Any]]:
        """Yield every row from the first, those without cells too; None where a cell is empty.

        Raises
        ------
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
        n_rows = 0
        for _ in hear_elements(
            stream, {**self._runs.starts, **starts}, {**self._runs.ends, **ends}
        ):
            for number, row in self._rows:
                yield from repeat([], number - n_rows - 1)
                yield row
                n_rows = number
            self._rows.clear()

    def _start_columns(self, attributes: dict[str, str]) -> None:
        if _is_hidden(attributes):
            self.hidden_spans.append(range(int(attributes["min"]) - 1, int(attributes["max"])))

    def _start_row(self, attributes: dict[str, str]) -> None:
        number = float(attributes.get("r", self._number + 1))
        if number <= self._number or not number.is_integer():
            raise ValueError(f"row {number} after {self._number}")
        self._number, self._row, self._column = int(number), [], -1
        if _is_hidden(attributes):
            self.hidden.add(self._number)

    def _end_row(self, _: str) -> None:
        self._rows.append((self._number, self._row))

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._cell, self._runs.words, self._value, self._formula = attributes, "", "", None

    def _end_value(self, text: str) -> None:
        self._value = text

    def _end_formula(self, text: str) -> None:
        self._formula = f"={text}"

    def _end_cell(self, _: str) -> None:
        kind, style = self._cell.get("t", "n"), int(self._cell.get("s", 0))
        text = self._runs.words if kind == "inlineStr" else self._value
        self._column = self._find_column()
        if self._formula is not None:
            self.formulas[self._number, self._column] = self._formula
        value = self._to_value(kind, text, style) if text else self._formula
        if value is not None:
            self._row.extend(repeat(None, self._column + 1 - len(self._row)))
            self._row[self._column] = value

    def _find_column(self) -> int:
        coordinate = self._cell.get("r")
        return _column(coordinate.rstrip(_DIGITS)) if coordinate else self._column + 1

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
