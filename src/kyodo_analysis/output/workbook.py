"""Tables as one Excel workbook: text stays text, and the same tables give the same bytes."""

import math
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

import pandas as pd

from kyodo_analysis.errors import OutputError, shown
from kyodo_analysis.files import LONGEST_CELL, put_text, save_to_bytes, write_bytes

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.styles import Alignment

MOST_ROWS = 1_048_576

_NAME_LENGTH = 28  # Excel takes 31; a number may follow a repeated name
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_NOT_IN_XML = re.compile(
    r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)", re.ASCII
)
_NUMBER, _SHARE = "0.000", "0.0%"
_CUT = "…【長すぎるため、ここで切れています。全文は CSV にあります】"
_NARROWEST, _WIDEST, _SAMPLE = 8, 60, 1000
_LINE_POINTS, _TALLEST_POINTS = 18.0, 409.0
_EDGES = 2  # of a cell, in characters
_A4 = 9


def write_workbook(
    tables: Mapping[str, pd.DataFrame], path: Path, *, shares: Collection[str] = ()
) -> Path:
    """Write tables as the sheets of one .xlsx file.

    Every text is a text cell, whatever it begins with. Characters that a workbook cannot hold are
    written as Excel writes them (``_x0001_``) and counted in a printed line. So are texts longer
    than a cell, which are cut with a mark at their end. Headers stay in view, long texts are
    wrapped in rows as tall as they need, and of a number three decimals are shown. All columns of
    a sheet print on A4.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Sheet names (shortened to 28 characters) and tables, headers as they shall be read.
    path : Path
    shares : collection of str
        The headers below which numbers from 0 to 1 are shown in percent.

    Raises
    ------
    OutputError
        The file cannot be written, or a table is longer than a workbook allows.
    """
    from openpyxl import Workbook

    workbook = Workbook(write_only=True)
    for name, table in tables.items():
        _require_room(table, f"{shown(path)} のシート「{name}」")
        _fill(workbook.create_sheet(_NOT_IN_NAMES.sub("_", name)[:_NAME_LENGTH]), table, shares)
    if n_escaped := sum(len(_NOT_IN_XML.findall(text)) for text in _texts(tables.values())):
        print(
            f"{shown(path)}: そのままではExcelに書けない文字{n_escaped}か所を _x0001_ のような形で書きました"
        )
    if n_cut := sum(len(_escaped(text)) > LONGEST_CELL for text in _texts(tables.values())):
        print(
            f"{shown(path)}: Excelの1つのセルに入る{LONGEST_CELL:,}文字を超える文{n_cut}か所は、"
            "途中で切って印を付けました。全文は CSV にあります"
        )
    return write_bytes(path, save_to_bytes(workbook))


def _texts(tables: Iterable[pd.DataFrame]) -> Iterator[str]:
    cells = chain.from_iterable(table.astype("object").to_numpy().flat for table in tables)
    return (cell for cell in cells if isinstance(cell, str))


def _require_room(table: pd.DataFrame, where: str) -> None:
    if len(table) >= MOST_ROWS:
        raise OutputError(
            where,
            f"{len(table):,}行あり、Excelの{MOST_ROWS:,}行に入りません",
            action="CSVで書き出してください",
        )


def _fill(sheet: Any, table: pd.DataFrame, shares: Collection[str]) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    _set_up(sheet)
    rows = table.astype("object").where(table.notna(), None)
    widths = [
        _width([str(column), *rows[column].head(_SAMPLE).map(_shown)]) for column in rows.columns
    ]
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    headers = [_cell(sheet, str(column)) for column in rows.columns]
    for header in headers:
        header.font = Font(bold=True)
    sheet.append(headers)
    numbers = [_SHARE if column in shares else _NUMBER for column in rows.columns]
    for number, row in enumerate(rows.itertuples(index=False, name=None), start=2):
        sheet.row_dimensions[number].height = _height(row, widths)
        sheet.append([_cell(sheet, *each) for each in zip(row, numbers, strict=True)])
        del sheet.row_dimensions[number]


def _set_up(sheet: Any) -> None:
    """Keep the headers in view, on the screen and on each sheet of A4, which holds all columns."""
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", _A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToHeight = 0


def _height(row: Sequence[Any], widths: Sequence[int]) -> float | None:
    """Return a height in points for texts of several lines; None leaves it to the reader's Excel.

    Excel measures rows that say nothing of their height, LibreOffice takes them for one line.
    """
    cells = zip(row, widths, strict=True)
    lines = [_count_lines(text, width) for text, width in cells if isinstance(text, str)]
    most = max(lines, default=1)
    return min(most * _LINE_POINTS, _TALLEST_POINTS) if most > 1 else None


def _count_lines(text: str, width: int) -> int:
    """Estimate how many lines a text takes; words that are kept whole may need one more."""
    return sum(
        1
        if (columns := _columns(line)) <= width
        else math.ceil(columns / (width - _EDGES)) + (" " in line)
        for line in text.splitlines()
    )


def _cell(sheet: Any, value: Any, number: str = _NUMBER) -> "Cell":
    from openpyxl.cell import WriteOnlyCell

    if isinstance(value, float) and not math.isfinite(value):
        value = str(value)
    if isinstance(value, str):
        cell = put_text(WriteOnlyCell(sheet), _fitted(_escaped(value)))
    else:
        cell = WriteOnlyCell(sheet, value)
        cell.number_format = _format_of(value, number)
    is_long = isinstance(value, str) and (len(value) > _NARROWEST or "\n" in value)
    cell.alignment = _alignment(wraps=is_long)
    return cell


@cache
def _alignment(*, wraps: bool) -> "Alignment":
    from openpyxl.styles import Alignment

    return Alignment(wrap_text=wraps, vertical="top")


def _format_of(value: object, number: str) -> str:
    """Return how Excel shows a value; the value itself keeps all of its digits."""
    if isinstance(value, datetime):
        return "yyyy-mm-dd"
    return number if isinstance(value, float) else "General"


def _shown(value: object) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}"
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def _escaped(text: str) -> str:
    return _NOT_IN_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def _fitted(text: str) -> str:
    """Cut what is longer than a cell, and say so at its end."""
    if len(text) <= LONGEST_CELL:
        return text
    return text[: LONGEST_CELL - len(_CUT)] + _CUT


def _width(lines: Iterable[str]) -> int:
    """Return a column width in characters, full-width ones counted twice."""
    broken = chain.from_iterable(line.splitlines() for line in lines)
    return min(_WIDEST, max(_NARROWEST, *map(_columns, broken), 0))


def _columns(line: str) -> int:
    return sum(1 + (east_asian_width(character) in "WFA") for character in line)
