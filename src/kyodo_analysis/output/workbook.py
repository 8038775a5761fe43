"""Tables as one Excel workbook: text stays text, and the same tables give the same bytes."""

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

import pandas as pd

from kyodo_analysis.errors import OutputError, shown
from kyodo_analysis.files import LONGEST_CELL, put_text, save_to_bytes, write_bytes

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell

MOST_ROWS = 1_048_576

_NAME_LENGTH = 28  # Excel takes 31; a number may follow a repeated name
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_NOT_IN_XML = re.compile(
    r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)", re.ASCII
)
_CUT = "…【長すぎるため、ここで切れています。全文は CSV にあります】"
_NARROWEST, _WIDEST, _SAMPLE = 8, 60, 1000


def write_workbook(tables: Mapping[str, pd.DataFrame], path: Path) -> Path:
    """Write tables as the sheets of one .xlsx file.

    Every text is a text cell, whatever it begins with. Characters that a workbook cannot hold are
    written as Excel writes them (``_x0001_``) and counted in a printed line. So are texts longer
    than a cell, which are cut with a mark at their end. Headers stay in view, long texts are
    wrapped, and of a number three decimals are shown.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Sheet names (shortened to 28 characters) and tables, headers as they shall be read.
    path : Path

    Raises
    ------
    OutputError
        The file cannot be written, or a table is longer than a workbook allows.
    """
    from openpyxl import Workbook

    workbook = Workbook(write_only=True)
    for name, table in tables.items():
        _require_room(table, f"{shown(path)} のシート「{name}」")
        _fill(workbook.create_sheet(_NOT_IN_NAMES.sub("_", name)[:_NAME_LENGTH]), table)
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


def _fill(sheet: Any, table: pd.DataFrame) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = "A2"
    rows = table.astype("object").where(table.notna(), None)
    for place, column in enumerate(rows.columns, start=1):
        lines = [str(column), *rows[column].head(_SAMPLE).map(_shown)]
        sheet.column_dimensions[get_column_letter(place)].width = _width(lines)
    headers = [_cell(sheet, str(column)) for column in rows.columns]
    for header in headers:
        header.font = Font(bold=True)
    sheet.append(headers)
    for row in rows.itertuples(index=False, name=None):
        sheet.append([_cell(sheet, value) for value in row])


def _cell(sheet: Any, value: Any) -> "Cell":
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment

    if isinstance(value, float) and not math.isfinite(value):
        value = str(value)
    if not isinstance(value, str):
        cell = WriteOnlyCell(sheet, value)
        cell.number_format = _format_of(value)
        return cell
    cell = put_text(WriteOnlyCell(sheet), _fitted(_escaped(value)))
    if len(value) > _NARROWEST:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _format_of(value: object) -> str:
    """Return how Excel shows a value; the value itself keeps all of its digits."""
    if isinstance(value, datetime):
        return "yyyy-mm-dd"
    return "0.000" if isinstance(value, float) else "General"


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
    widths = (sum(1 + (east_asian_width(c) in "WFA") for c in line) for line in broken)
    return min(_WIDEST, max(_NARROWEST, *widths, 0))
