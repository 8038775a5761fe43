"""A workbook or CSV file of opinions, with the sheets of its sessions and organisations."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from kyodo_analysis.reading.checks.last_steps import correct_and_check
from kyodo_analysis.reading.checks.sessions import (
    check_attendance,
    check_returning,
    check_session_link,
    check_weekdays,
)
from kyodo_analysis.reading.decisions.settings import SpreadsheetSettings
from kyodo_analysis.reading.findings import DOUBTFUL, NOTED, Finding, finding
from kyodo_analysis.reading.formats.grid import Grid
from kyodo_analysis.reading.formats.spreadsheet_file import find_sheet, read_grids
from kyodo_analysis.reading.opinion_table.sessions import sessions_of
from kyodo_analysis.reading.opinion_table.unlike import has_column_of_sentences
from kyodo_analysis.reading.result import Reading
from kyodo_analysis.reading.spreadsheet.opinion_sheets import read_opinion_sheets
from kyodo_analysis.reading.spreadsheet.session_sheets import (
    read_attendance_sheet,
    read_session_sheet,
)
from kyodo_analysis.reading.spreadsheet.sheets import find_hidden, sheets_read
from kyodo_analysis.reading.tables import ORGANIZATIONS
from kyodo_analysis.tables import ATTENDANCE, FINDINGS


def read_spreadsheet(
    path: Path,
    *,
    settings: SpreadsheetSettings,
    corrections: pd.DataFrame,
    organizations: pd.DataFrame | None = None,
) -> Reading:
    """Read an .xlsx, .csv or .tsv file of opinions.

    Parameters
    ----------
    path : Path
        The raw file.
    settings : SpreadsheetSettings
        Which sheet and columns hold what.
    corrections : CORRECTIONS
        What is read differently from the raw words.
    organizations : ORGANIZATIONS, optional
        The reviewed list; it gives the types of organisations where the file does not.

    Returns
    -------
    Reading
        Every row with any content, headers aside, is an opinion or set aside with its reason.
        ``raw_text`` is exactly what stands between ``source_start`` and ``source_end`` of its cell.

    Raises
    ------
    ReadingError
        When the file cannot be opened or read.
    StudyError
        When the settings or corrections do not fit it.
    """
    grids = read_grids(path)
    sheet = find_sheet(grids, settings.sheet, _where("sheet"))
    more = [find_sheet(grids, name, _where("more_sheets")) for name in settings.more_sheets]
    table = read_opinion_sheets([sheet, *more], settings)
    sessions, about_sessions = _sessions(grids, settings, table.opinions)
    attendance, about_attendance = _attendance(grids, settings, sessions, organizations)
    findings = [
        *about_sessions,
        *about_attendance,
        *check_session_link(table.opinions, sessions, source=path.name),
        *(found for grid in grids for found in grid.findings),
        *find_hidden(sheets_read(grids, settings)),
        *_find_unread_sheets(grids, settings),
    ]
    reading = replace(
        table,
        sessions=sessions,
        attendance=attendance,
        findings=pd.concat([FINDINGS.make(findings), table.findings], ignore_index=True),
    )
    return correct_and_check(reading, corrections)


def _where(key: str) -> str:
    return f"study.toml の [reading] {key}"


def _sessions(
    grids: Sequence[Grid], settings: SpreadsheetSettings, opinions: pd.DataFrame
) -> tuple[pd.DataFrame, list[Finding]]:
    if settings.sessions is None:
        sessions = sessions_of(opinions)
        note = "開催日は、その回の意見の日付がすべて同じときだけ、その日付です"
        found = f"意見に書かれた{len(sessions)}回"
        source = find_sheet(grids, settings.sheet, _where("sheet")).source
        return sessions, [finding("回の表", NOTED, source, found, note)] if len(sessions) else []
    grid = find_sheet(grids, settings.sessions.sheet, _where("sessions.sheet"))
    sessions, findings = read_session_sheet(grid, settings.sessions)
    unknown = sorted(set(opinions["session"].dropna()) - set(sessions["session"]))
    note = "開催日や場所は分かりません。回の表か、意見の回を確かめてください"
    missing = [
        finding("回の表", DOUBTFUL, grid.source, f"意見にある第{session}回がありません", note)
        for session in unknown
    ]
    return sessions, [*check_weekdays(sessions, source=grid.source), *findings, *missing]


def _attendance(
    grids: Sequence[Grid],
    settings: SpreadsheetSettings,
    sessions: pd.DataFrame,
    organizations: pd.DataFrame | None,
) -> tuple[pd.DataFrame, list[Finding]]:
    if settings.attendance is None:
        return ATTENDANCE.make(), []
    known = ORGANIZATIONS.make() if organizations is None else organizations
    types = dict(known.dropna().itertuples(index=False, name=None))
    grid = find_sheet(grids, settings.attendance.sheet, _where("attendance.sheet"))
    attendance, findings = read_attendance_sheet(
        grid, settings.attendance, types=types, fill_down=settings.fill_down
    )
    checks = [
        *check_attendance(sessions, attendance, source=grid.source),
        *check_returning(attendance, source=grid.source),
    ]
    return attendance, [*findings, *checks]


def _find_unread_sheets(grids: Sequence[Grid], settings: SpreadsheetSettings) -> list[Finding]:
    read = sheets_read(grids, settings)
    note = "study.toml に書かれていないシートです"
    doubt = (
        "。文章が書かれています。意見なら、sheet か more_sheets に書くか、別の資料にしてください"
    )
    return [
        finding(
            "読まなかったシート",
            DOUBTFUL if has_sentences else NOTED,
            grid.source,
            f"{len(grid.cells)}行",
            note + (doubt if has_sentences else ""),
        )
        for grid in grids
        if grid not in read
        for has_sentences in [has_column_of_sentences(grid)]
    ]
