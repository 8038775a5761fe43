"""Workbooks whose texts stay texts, and that are the same bytes at any time of day."""

from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, TypeVar
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from kyodo_analysis.files.formula_guard import RUNS_AS_FORMULA

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.workbook import Workbook

LONGEST_CELL = 32_767
"""The most characters that Excel takes in one cell."""

_EPOCH = datetime(1980, 1, 1)

AnyCell = TypeVar("AnyCell", bound="Cell | MergedCell")


def put_text(cell: AnyCell, text: str) -> AnyCell:
    """Put `text` into `cell`, which is a text whatever it begins with, and return the cell."""
    cell.value = text
    cell.data_type = "s"
    cell.quotePrefix = text.startswith(RUNS_AS_FORMULA)
    return cell


def save_to_bytes(book: "Workbook") -> bytes:
    """Return the .xlsx file of `book` with one fixed time in it."""
    from openpyxl.writer.excel import ExcelWriter

    book.properties.created = book.properties.modified = _EPOCH
    dated, undated = BytesIO(), BytesIO()
    with ZipFile(dated, "w") as archive:
        ExcelWriter(book, archive).write_data()
    with ZipFile(dated) as parts, ZipFile(undated, "w") as archive:
        for name in parts.namelist():
            archive.writestr(ZipInfo(name), parts.read(name), ZIP_DEFLATED)
    return undated.getvalue()
