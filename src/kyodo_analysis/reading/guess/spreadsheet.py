"""A proposal for a workbook or CSV file."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from kyodo_analysis.errors import ReadingError
from kyodo_analysis.files import read_text
from kyodo_analysis.reading.decisions.settings import (
    AttendanceSheet,
    SessionSheet,
    SpreadsheetSettings,
)
from kyodo_analysis.reading.formats.grid import Grid
from kyodo_analysis.reading.formats.spreadsheet_file import DELIMITED, read_grids
from kyodo_analysis.reading.guess.choices import Choice, choice
from kyodo_analysis.reading.guess.columns import TableProfile, profile, weigh_text_columns
from kyodo_analysis.reading.guess.table import propose_table
from kyodo_analysis.reading.normalise import to_session
from kyodo_analysis.reading.opinion_table.checks import HIDDEN_COLUMNS
from kyodo_analysis.reading.result import Reading
from kyodo_analysis.reading.spreadsheet.opinion_sheets import read_opinion_sheets
from kyodo_analysis.reading.spreadsheet.sheets import name_hidden_rows, sheets_read
from kyodo_analysis.tables import FINDINGS


def propose_spreadsheet(
    path: Path,
) -> tuple[SpreadsheetSettings, Reading, list[Choice]]:
    """Propose how to read a workbook or CSV file, and read its opinions so.

    Sheets that Excel does not show are left out and named.

    Raises
    ------
    ReadingError
        When the file cannot be read, or no column holds sentences.
    """
    grids = read_grids(path)
    tables = [profile(grid) for grid in grids if not grid.is_hidden]
    table, text = _find_opinions(tables, path)
    proposed = propose_table(table, text)
    same = _same_sheets(tables, table)
    others = [other for other in tables if other not in same]
    sessions = next(filter(None, map(_session_sheet, others)), None)
    attendance = next(filter(None, map(_attendance_sheet, others)), None)
    settings = SpreadsheetSettings(
        proposed.columns,
        sheet=same[0].grid.sheet,
        more_sheets=tuple(other.grid.name for other in same[1:]),
        header_rows=proposed.header_rows,
        fill_down=proposed.fill_down,
        sessions=sessions,
        attendance=attendance,
    )
    reading = read_opinion_sheets([other.grid for other in same], settings)
    beside = FINDINGS.make(found for grid in grids for found in grid.findings)
    reading = replace(reading, findings=pd.concat([beside, reading.findings], ignore_index=True))
    choices = [
        *_about_file(path, table, len(tables)),
        *proposed.choices,
        *_about_sheets(settings),
        *_about_hidden(grids, settings),
        *_about_hidden_columns(reading),
        *_about_unused_sheets(tables, settings),
    ]
    return settings, reading, choices


def _find_opinions(tables: Sequence[TableProfile], path: Path) -> tuple[TableProfile, int]:
    weights = {
        (number, column): weight
        for number, table in enumerate(tables)
        for column, weight in weigh_text_columns(table).items()
    }
    if not weights:
        raise ReadingError(
            path.name,
            "意見らしい文章の列が見つかりません",
            "意見が1行に1件ずつ書かれた列が要ります",
            "意見の列があるかを確かめてください",
        )
    number, column = max(weights, key=weights.__getitem__)
    return tables[number], column


def _same_sheets(tables: Sequence[TableProfile], table: TableProfile) -> list[TableProfile]:
    """Return the sheets like `table`, one per session; only `table` if they may be copies of it."""
    alike = [
        other
        for other in tables
        if (other.header_rows, other.headers.names) == (table.header_rows, table.headers.names)
    ]
    numbers = [to_session(other.grid.name) for other in alike]
    return alike if None not in numbers and len(set(numbers)) == len(alike) else [table]


def _session_sheet(table: TableProfile) -> SessionSheet | None:
    session = table.find("session", set())
    if session is None or table.grid.sheet is None:
        return None
    names = ("date", "start", "end", "venue", "n_organizations", "n_people")
    found = {name: table.find(name, {session}, by_header=True) for name in names}
    if found["date"] is None and found["venue"] is None:
        return None
    label = table.headers.label
    columns = {name: label(column) for name, column in found.items() if column is not None}
    return SessionSheet(table.grid.sheet, label(session), table.header_rows, **columns)


def _attendance_sheet(table: TableProfile) -> AttendanceSheet | None:
    session = table.find("session", set())
    organization = table.find("organization", set())
    if session is None or organization is None or table.grid.sheet is None:
        return None
    kind = table.find("organization_type", {session, organization})
    label = table.headers.label
    return AttendanceSheet(
        table.grid.sheet,
        label(session),
        label(organization),
        table.header_rows,
        None if kind is None else label(kind),
    )


def about_encoding(path: Path) -> Choice:
    """Say in which encoding a text was read."""
    return choice("文字コード", read_text(path).encoding, "この文字コードで正しく読めました")


def _about_file(path: Path, table: TableProfile, n_sheets: int) -> list[Choice]:
    if path.suffix.lower() in DELIMITED:
        return [about_encoding(path)]
    reason = f"{n_sheets}枚のうち、意見らしい文章の最も多いシートです"
    return [choice("シート", table.grid.name, reason)]


def _about_sheets(settings: SpreadsheetSettings) -> list[Choice]:
    more = "、".join(settings.more_sheets)
    reasons = (
        ("回のシート", settings.sessions, "回と、日付か会場の列があります"),
        ("参加団体のシート", settings.attendance, "回と団体の列があります"),
    )
    return [
        *([choice("続きのシート", more, "見出しが同じで、名前が回を表しています")] if more else []),
        *(choice(item, sheet.sheet, reason) for item, sheet, reason in reasons if sheet),
    ]


def _about_hidden(grids: Sequence[Grid], settings: SpreadsheetSettings) -> list[Choice]:
    unread = "、".join(grid.name for grid in grids if grid.is_hidden)
    why = "Excel で非表示のシートなので、読みません。読むなら、Excel で再表示してから作ってください"
    rows = "Excel で非表示の行(フィルターで隠れた行も)です。意見に数えてよいかを確かめてください"
    return [
        *([choice("使わないシート", unread, why)] if unread else []),
        *(
            choice("非表示の行", f"{grid.name}の{name_hidden_rows(grid)}", rows)
            for grid in sheets_read(grids, settings)
            if grid.hidden_rows
        ),
    ]


def _about_hidden_columns(reading: Reading) -> list[Choice]:
    findings = reading.findings
    names = findings.loc[findings["check"] == HIDDEN_COLUMNS, "found"]
    why = "Excel で非表示の列です。使ってよいものかを確かめてください"
    return [choice(HIDDEN_COLUMNS, name, why) for name in names.unique()]


def _about_unused_sheets(
    tables: Sequence[TableProfile], settings: SpreadsheetSettings
) -> list[Choice]:
    grids = [table.grid for table in tables]
    read = sheets_read(grids, settings)
    unused = [grid for grid in grids if grid not in read]
    names = "、".join(f"{grid.name}({len(grid.cells)}行)" for grid in unused)
    why = "意見があれば、study.toml の sheet か more_sheets に書くか、別の資料にしてください"
    return [choice("使わないシート", names, why)] if names else []
