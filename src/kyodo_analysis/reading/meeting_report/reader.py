"""A meeting report (意見交換会の実施報告) becomes opinions, sessions and attendance."""

import datetime
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from kyodo_analysis.files import TextFile
from kyodo_analysis.reading.checks.last_steps import correct_and_check
from kyodo_analysis.reading.checks.sessions import (
    check_attendance,
    check_returning,
    check_session_link,
    check_weekdays,
)
from kyodo_analysis.reading.findings import DOUBTFUL, NOTED, Finding, finding
from kyodo_analysis.reading.html_remains import HTML_REMAINS, LIST_TAG
from kyodo_analysis.reading.meeting_report.checks import (
    check_categories,
    check_end,
    check_selection,
)
from kyodo_analysis.reading.meeting_report.header import read_header, unread_lines
from kyodo_analysis.reading.meeting_report.items import UNCLEAR_BLANK
from kyodo_analysis.reading.meeting_report.layout import Block, Layout, find_layout
from kyodo_analysis.reading.meeting_report.opinions import ReportOpinions, read_opinions
from kyodo_analysis.reading.meeting_report.pieces import Row
from kyodo_analysis.reading.meeting_report.sessions import (
    find_session_cells,
    read_attendance,
    read_sessions,
)
from kyodo_analysis.reading.meeting_report.word_text import read_report_text
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
        The report, see :func:`~kyodo_analysis.reading.meeting_report.word_text.read_report_text`.
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
    file = read_report_text(path)
    layout = find_layout(file)
    header, about_header = read_header(layout.head, file)
    sessions, attendance, about_sessions = _read_sessions(
        layout.session_rows, header.date, organizations, file
    )
    found = read_opinions(layout.blocks, file)
    findings = [
        *about_header,
        *about_sessions,
        *_check_table(layout, found, sessions, file),
        *unread_lines(layout.unread, file),
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
    file: TextFile,
) -> tuple[pd.DataFrame, pd.DataFrame, list[Finding]]:
    cells, about_table = find_session_cells(rows, file)
    sessions, about_dates = read_sessions(cells, reported_on, file)
    attendance, about_names = read_attendance(cells, organizations, file)
    about_all = [*about_table, *about_dates, *about_names]
    if not cells:
        return sessions, attendance, about_all
    listed = file.place(cells[0].organizations.line)
    checks = [
        *check_weekdays(sessions, source=file.place(cells[0].when.line)),
        *check_attendance(sessions, attendance, source=listed),
        *check_returning(attendance, source=listed),
    ]
    return sessions, attendance, [*about_all, *checks]


def _check_table(
    layout: Layout, found: ReportOpinions, sessions: pd.DataFrame, file: TextFile
) -> list[Finding]:
    title = layout.opinions_title
    codes = [category.code for category in found.categories if category.code]
    return [
        *(check_selection(title.text, source=file.place(title.line)) if title else []),
        *check_session_link(found.opinions, sessions, source=file.name),
        *check_categories(codes, found.reconciliation, source=file.name),
        *check_end(found.opinions, file.text),
        *_html_around_opinions(layout.blocks, file),
        *_unclear_blanks(found.opinions),
    ]


def _html_around_opinions(blocks: Sequence[Block], file: TextFile) -> list[Finding]:
    note = "表の作りを表す HTML の記号です。意見や分類の言葉には入れていません"
    marked = [
        *((block.label, HTML_REMAINS) for block in blocks if block.label),
        *((line, LIST_TAG) for block in blocks for line in block.content),
    ]
    return [
        finding("HTMLの残り", NOTED, file.place(words.line), tags, note)
        for words, marks in marked
        if (tags := "、".join(mark[0] for mark in marks.finditer(words.text)))
    ]


def _unclear_blanks(opinions: pd.DataFrame) -> list[Finding]:
    rows = opinions[["opinion_id", "source", "text"]].itertuples(index=False, name=None)
    note = "空白が意見の区切りか、言葉の中の空白か分かりません。1件のまま数えています"
    return [
        finding("文の中の空白", DOUBTFUL, source, "、".join(blanks), note, opinion_id=opinion_id)
        for opinion_id, source, text in rows
        if (blanks := UNCLEAR_BLANK.findall(text))
    ]
