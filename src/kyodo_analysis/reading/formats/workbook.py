"""An Excel workbook as grids: values as Excel last showed them, nothing ever computed."""

import html
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kyodo_analysis.reading.formats.grid import Grid, Merge, make_cells
from kyodo_analysis.reading.formats.office_file import open_office_file

_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?\bref="([A-Z]+\d+):([A-Z]+\d+)"')
_FORMULA = re.compile(
    rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]+\d+)"[^>]*>\s*<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>([^<]*)<)'
)
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\s(?=[^>]*\bhidden="(?:1|true)")[^>]*?\br="(\d+)"')
_CONTROL_CHARACTER = re.compile(r"_x00(0[1-9A-Fa-f]|1[0-9A-Fa-f])_")


def read_workbook(path: Path) -> tuple[Grid, ...]:
    """Read every sheet of an .xlsx file that holds cells.

    A formula gives the value that Excel last computed, or itself where none was kept.

    Raises
    ------
    ReadingError
        When the file may not be opened (:mod:`~kyodo_analysis.reading.formats.office_file`), is broken or
        too large.
    """
    from openpyxl.reader.excel import ExcelReader

    with (
        open_office_file(path) as content,
        zipfile.ZipFile(content) as package,
        warnings.catch_warnings(action="ignore"),
    ):
        reader = ExcelReader(content, read_only=True, data_only=True)
        reader.read()
        sheets = {sheet.title: sheet for sheet in reader.wb.worksheets}
        return tuple(
            _grid(path.name, sheets[part.name], package.read(relation.target))
            for part, relation in reader.parser.find_sheets()
            if part.name in sheets
        )


def _grid(file: str, sheet: Any, xml: bytes) -> Grid:
    formulas = {
        _position(cell): "=" + html.unescape(formula.decode())
        for cell, formula in _FORMULA.findall(xml)
    }
    return Grid(
        file,
        sheet.title,
        make_cells(_rows(sheet, formulas), f"{file}:{sheet.title}"),
        tuple(Merge(*_position(first), *_position(last)) for first, last in _MERGE.findall(xml)),
        formulas,
        is_hidden=sheet.sheet_state != "visible",
        hidden=frozenset(map(int, _HIDDEN_ROW.findall(xml))),
    )


def _position(coordinate: bytes) -> tuple[int, int]:
    from openpyxl.utils.cell import coordinate_to_tuple

    row, column = coordinate_to_tuple(coordinate.decode())
    return row, column - 1


def _rows(sheet: Any, formulas: Mapping[tuple[int, int], str]) -> Iterator[list[Any]]:
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        yield [
            formulas.get((number, column)) if value is None else _as_typed(value)
            for column, value in enumerate(row)
        ]


def _as_typed(value: Any) -> Any:
    """Return the character that Excel keeps as e.g. ``_x000D_``."""
    if isinstance(value, str) and "_x00" in value:
        return _CONTROL_CHARACTER.sub(lambda code: chr(int(code[1], 16)), value)
    return value
