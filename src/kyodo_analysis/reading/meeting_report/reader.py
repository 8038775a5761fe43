"""A meeting report (意見交換会の実施報告) becomes opinions, sessions and attendance."""

import datetime
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from kyodo_analysis.reading.checks.last_steps import correct_and_check
from kyodo_analysis.reading.checks.sessions import (
    check_attendance,
    check_returning,
    check_session_link,
    check_weekdays,
)
from kyodo_analysis.reading.findings import Finding
from kyodo_analysis.reading.formats.document_file import read_document_file
from kyodo_analysis.reading.meeting_report.header import (
    check_selection,
    read_header,
    unread_lines,
)
from kyodo_analysis.reading.meeting_report.lines import Row, lines_of
from kyodo_analysis.reading.meeting_report.opinions import check_opinions_table, read_opinions
from kyodo_analysis.reading.meeting_report.sections import find_sections
from kyodo_analysis.reading.meeting_report.sessions import (
    find_session_cells,
    read_attendance,
    read_sessions,
)
from kyodo_analysis.reading.result import Reading
from kyodo_analysis.tables import FINDINGS


def read_meeting_report(
    path: Path, *, organizations: pd.DataFrame, corrections: pd.DataFrame
) -> Reading:
    """Read a meeting report, and check it against itself.

    The report holds title, date and department; a table whose columns, parted by tabs in a text,
    are the sessions (回, 日時, 場所, 参加団体); and a table of opinions by category (分類, 内容).

    Parameters
    ----------
    path : Path
        The report, a Word file (.docx) or a text.
    organizations : ORGANIZATIONS
        The study's reviewed list; without it no attendance can be read.
    corrections : CORRECTIONS
        The study's corrections, applied to ``text`` only.

    Returns
    -------
    Reading
        Opinions are numbered by category (``A1``); their session is missing, as the report does
        not say it. ``raw_text`` is exactly the words between ``source_start`` and ``source_end``
        of their line.

    Raises
    ------
    ReadingError
        When the file is no such report, holds no opinions, or is cut short before them.
    StudyError
        When a correction does not fit.
    """
    document = read_document_file(path)
    name = document.name
    lines = lines_of(document)
    report = find_sections(name, lines)
    header, about_header = read_header(report.head, source=name)
    sessions, attendance, about_sessions = _read_sessions(
        report.session_rows, header.date, organizations, name
    )
    found = read_opinions(report.categories, source=name)
    last_line = next(line.text.rstrip() for line in reversed(lines) if line.text.strip())
    findings = [
        *about_header,
        *about_sessions,
        *check_selection(report.opinions_title),
        *check_session_link(found.opinions, sessions, source=name),
        *check_opinions_table(found, report.categories, last_line, source=name),
        *unread_lines(report.unread),
        *document.unread,
    ]
    reading = Reading(
        opinions=found.opinions,
        reconciliation=found.reconciliation,
        set_aside=found.set_aside,
        sessions=sessions,
        attendance=attendance,
        findings=FINDINGS.make(findings),
        header=header,
    )
    return correct_and_check(reading, corrections)


def _read_sessions(
    rows: Sequence[Row],
    reported_on: datetime.date | None,
    organizations: pd.DataFrame,
    name: str,
) -> tuple[pd.DataFrame, pd.DataFrame, list[Finding]]:
    cells, about_table = find_session_cells(rows, source=name)
    sessions, about_dates = read_sessions(cells, reported_on)
    attendance, about_names = read_attendance(cells, organizations)
    about_all = [*about_table, *about_dates, *about_names]
    if not cells:
        return sessions, attendance, about_all
    listed = cells[0].organizations.place
    checks = [
        *check_weekdays(sessions, source=cells[0].when.place),
        *check_attendance(sessions, attendance, source=listed),
        *check_returning(attendance, source=listed),
    ]
    return sessions, attendance, [*about_all, *checks]
