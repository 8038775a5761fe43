"""An Excel workbook as grids: values as Excel last showed them, nothing ever computed."""

import warnings
import zipfile
from pathlib import Path
from typing import Any

from kyodo_analysis.reading.formats.cell_values import value_reader
from kyodo_analysis.reading.formats.grid import Grid, make_cells
from kyodo_analysis.reading.formats.office_file import open_office_file
from kyodo_analysis.reading.formats.sheet_xml import SheetXml, ToValue, read_strings


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
            for sheet, relation in reader.parser.find_sheets()
            if "chartsheet" not in relation.Type and relation.target in package.namelist()
        )


def _strings(manifest: Any, package: zipfile.ZipFile) -> list[str]:
    from openpyxl.xml.constants import SHARED_STRINGS

    part = manifest.find(SHARED_STRINGS)
    if part is None:
        return []
    with package.open(part.PartName[1:]) as stream:
        return read_strings(stream)


def _grid(file: str, sheet: Any, package: zipfile.ZipFile, part: str, to_value: ToValue) -> Grid:
    xml = SheetXml(to_value)
    with package.open(part) as stream:
        cells = make_cells(xml.read_rows(stream), f"{file}:{sheet.name}")
    return Grid(
        file,
        sheet.name,
        cells,
        tuple(xml.merged),
        xml.formulas,
        is_hidden=sheet.state != "visible",
        hidden=frozenset(xml.hidden),
        hidden_spans=tuple(xml.hidden_spans),
    )
