"""An Excel workbook as grids: values as Excel last showed them, nothing ever computed."""

import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kyodo_analysis.errors import ReadingError
from kyodo_analysis.reading.formats.cell_values import value_reader
from kyodo_analysis.reading.formats.grid import Grid
from kyodo_analysis.reading.formats.office_file import open_office_file
from kyodo_analysis.reading.formats.sheet_xml import SheetXml, ToValue, read_strings


def read_workbook(path: Path) -> tuple[Grid, ...]:
    """Read every sheet of an .xlsx file that holds cells.

    A formula gives the value that Excel last computed, or itself where none was kept.

    Raises
    ------
    ReadingError
        When the file may not be opened (:mod:`~kyodo_analysis.reading.formats.office_file`), is
        broken or too large, or lacks a sheet that it lists.
    """
    from openpyxl.reader.excel import ExcelReader
    from openpyxl.styles.stylesheet import apply_stylesheet

    with (
        open_office_file(path) as content,
        zipfile.ZipFile(content) as package,
        warnings.catch_warnings(action="ignore"),
    ):
        reader = ExcelReader(content, read_only=True)
        reader.read_manifest()
        reader.read_workbook()
        apply_stylesheet(package, reader.wb)
        to_value = value_reader(reader.wb, _strings(reader.package, package))
        return tuple(
            _grid(path.name, sheet, package, relation.target, to_value)
            for sheet, relation in _find_sheets(path.name, reader.parser, package)
            if "chartsheet" not in relation.Type
        )


def _find_sheets(file: str, workbook: Any, package: zipfile.ZipFile) -> Iterator[tuple[Any, Any]]:
    """Yield each sheet that the workbook lists, with the relation that names its part."""
    parts = {*package.namelist()}
    for sheet in workbook.sheets:
        relation = workbook.rels.get(sheet.id)
        if relation is None or relation.target not in parts:
            raise ReadingError(
                f"{file}:{sheet.name}",
                "シートの名前だけがあり、中身がファイルの中にありません",
                action="Excel で開いて中身を確かめ、新しい名前で保存し直してください",
            )
        yield sheet, relation


def _strings(manifest: Any, package: zipfile.ZipFile) -> list[str]:
    from openpyxl.xml.constants import SHARED_STRINGS

    part = manifest.find(SHARED_STRINGS)
    if part is None:
        return []
    with package.open(part.PartName[1:]) as stream:
        return read_strings(stream)


def _grid(file: str, sheet: Any, package: zipfile.ZipFile, part: str, to_value: ToValue) -> Grid:
    xml = SheetXml(to_value, f"{file}:{sheet.name}")
    with package.open(part) as stream:
        xml.read(stream)
    return Grid(
        file,
        sheet.name,
        xml.cells,
        tuple(xml.merged),
        xml.formulas,
        is_hidden=sheet.state != "visible",
        hidden=frozenset(xml.hidden),
        hidden_spans=tuple(xml.hidden_spans),
    )
