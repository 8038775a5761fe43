"""Every character of a file, by another reader, held against what a reading accounts for.

`Account` is what a reading says of a file, collected from its tables alone; a reader of another
kind of file fills one of its own. :func:`raw_cells` is the oracle for tables, and
:func:`unaccounted` what is in no opinion, in no field that was read, and nowhere named.
"""

import csv
import io
import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
from openpyxl.utils import column_index_from_string

from kyodo_analysis.reading import Reading, SpreadsheetSettings
from kyodo_analysis.reading.formats.delimited import _find_delimiter
from kyodo_analysis.reading.formats.spreadsheet_file import read_grids
from kyodo_analysis.reading.opinion_table.sorted_table import sort_table

MARKS_OF_LISTS = re.compile(r"[・･•●○◯◎■□◆◇▪▶►➢*＊\-‐–—－①-⑳().)．)、\d０-９\s]*")
Place = tuple[str, int, int]
"""Sheet ('' in a CSV file), row from 1, column from 0."""


@dataclass
class Account:
    """Whole sheets, rows and columns, cells, and the parts of cells that became opinions."""

    sheets: set[str] = field(default_factory=set)
    rows: set[tuple[str, int]] = field(default_factory=set)
    columns: set[tuple[str, int]] = field(default_factory=set)
    cells: set[Place] = field(default_factory=set)
    spans: dict[Place, list[tuple[int, int]]] = field(default_factory=dict)

    def missing(self, place: Place, text: str) -> str:
        """Return the characters of a cell that are accounted for nowhere, blanks aside."""
        sheet, row, column = place
        is_named = sheet in self.sheets or place in self.cells
        if is_named or (sheet, row) in self.rows or (sheet, column) in self.columns:
            return ""
        rest = list(text)
        for start, end in self.spans.get(place, ()):
            rest[start:end] = [""] * (end - start)
        left = "".join("".join(rest).split())
        return "" if place in self.spans and MARKS_OF_LISTS.fullmatch(left) else left


def raw_cells(path: Path) -> dict[Place, str]:
    """Return the text of every cell by the csv module or by openpyxl, which raise what they like."""
    if path.suffix == ".xlsx":
        return {
            (sheet.title, cell.row, cell.column - 1): str(cell.value)
            for sheet in openpyxl.load_workbook(io.BytesIO(path.read_bytes())).worksheets
            for row in sheet.iter_rows()
            for cell in row
            if cell.value not in (None, "")
        }
    content = path.read_bytes()
    is_utf16 = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    try:
        text = content.decode("utf-16" if is_utf16 else "utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp932")
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_find_delimiter(text))
    return {
        ("", row, column): cell
        for row, cells in enumerate(rows, start=1)
        for column, cell in enumerate(cells)
        if cell
    }


def words_outside_cells(path: Path) -> list[str]:
    """Return the words of notes and boxes in an .xlsx file, part by part."""
    is_beside = re.compile(r".*(?:comments?/?|drawing)\d+\.xml")
    with zipfile.ZipFile(path) as package:
        roots = [
            ElementTree.fromstring(package.read(n))
            for n in package.namelist()
            if is_beside.fullmatch(n)
        ]
    return [t.text or "" for root in roots for t in root.iter() if t.tag.endswith("}t")]


def account_of(path: Path, settings: SpreadsheetSettings, reading: Reading) -> Account:
    """Collect what the reading of a workbook or CSV file accounts for."""
    account, grids = Account(), read_grids(path)
    names = {settings.sheet or grids[0].sheet, *settings.more_sheets}
    for grid in grids:
        sheet = grid.sheet or ""
        if grid.sheet not in names:
            continue
        table = sort_table(grid, settings)
        account.rows.update((sheet, row) for row in settings.header_rows)
        read = table.columns.used - {*table.columns.questions}
        account.columns.update((sheet, column) for column in read)
        unread = reading.findings.loc[
            reading.findings["check"].str.startswith("読まなかった")
            & (reading.findings["source"] == grid.source),
            "found",
        ]
        labels = {label for found in unread for label in found.split("、")}
        account.columns.update(
            (sheet, column)
            for column in range(grid.cells.shape[1])
            if table.headers.label(column) in labels
        )
    for row in reading.opinions.itertuples():
        account.spans.setdefault(_place(row.source), []).append((row.source_start, row.source_end))
    account.rows.update(_place(source)[:2] for source in reading.set_aside["source"])
    for check, source in reading.findings[["check", "source"]].itertuples(index=False):
        if check == "読まなかったシート":
            account.sheets.add(source.partition(":")[2])
        elif re.search(r"![A-Z]+\d+$|行[A-Z]+列$", source):
            account.cells.add(_place(source))
    return account


def unaccounted(path: Path, settings: SpreadsheetSettings, reading: Reading) -> dict[Place, str]:
    """Return the characters of a table that nothing accounts for, by their cells.

    A file that only the oracle cannot read is taken as accounted for.
    """
    try:
        cells = raw_cells(path)
    except Exception:  # broken in a way that openpyxl or the codec does not bear
        return {}
    account = account_of(path, settings, reading)
    missing = {place: account.missing(place, text) for place, text in cells.items()}
    return {place: text for place, text in missing.items() if text}


def _place(source: str) -> Place:
    where = source.partition(":")[2]
    if found := re.fullmatch(r"(\d+)行([A-Z]+)列", where):
        return "", int(found[1]), column_index_from_string(found[2]) - 1
    sheet, _, cell = where.rpartition("!")
    letters = cell.rstrip("0123456789")
    return sheet, int(cell.removeprefix(letters)), column_index_from_string(letters) - 1
