"""The sessions table of a meeting report: when and where, and who came."""

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from kyodo_analysis.errors import ReadingError
from kyodo_analysis.reading.decisions.organizations import ORGANIZATIONS_FILE, split_organizations
from kyodo_analysis.reading.findings import DOUBTFUL, NOTED, Finding, finding
from kyodo_analysis.reading.meeting_report.lines import Piece, Row
from kyodo_analysis.reading.meeting_report.sections import session_number
from kyodo_analysis.reading.normalise import plain, to_date, to_times, to_weekday
from kyodo_analysis.tables import ATTENDANCE, SESSIONS

_ROW_NAMES = {
    "日時": ("日時", "開催日時", "日程", "開催日"),
    "場所": ("場所", "開催場所", "会場"),
    "参加団体": ("参加団体", "参加者"),
}
_MONTH_AND_DAY = re.compile(r"(\d{1,2})\s*[月/]\s*(\d{1,2})")
_STATED = re.compile(
    r"[(（]\s*計\s*(?:(?P<organizations>\d{1,6})\s*団体)?[\s、・]*"
    r"(?:(?P<people>\d{1,6})\s*[名人])?\s*[)）]"
)


@dataclass(frozen=True)
class SessionCells:
    """One column of the sessions table; a cell that is not there has no text."""

    session: int
    when: Piece
    venue: Piece
    organizations: Piece


def find_session_cells(
    rows: Sequence[Row], *, source: str
) -> tuple[list[SessionCells], list[Finding]]:
    """Take the sessions table apart.

    Returns
    -------
    cells : list of SessionCells
        One per session, in the order of the table.
    findings : list of Finding
        Rows that are missing, and words that belong to no session.

    Raises
    ------
    ReadingError
        When two columns have the same session number.
    """
    if not rows:
        note = "開催日・場所・参加団体は分かりません"
        return [], [finding("回の表", DOUBTFUL, source, "回の表がありません", note)]
    numbers = _session_numbers(rows[0])
    found = _rows_by_name(rows)
    nothing = replace(rows[0][0], text="")
    cells = [
        SessionCells(number, *(row[at] if at < len(row) else nothing for row in found.values()))
        for at, number in numbers.items()
    ]
    return cells, _about_table(rows, found, numbers)


def _session_numbers(names: Row) -> dict[int, int]:
    read = {at: session_number(cell.text) for at, cell in enumerate(names) if at}
    numbers = {at: number for at, number in read.items() if number is not None}
    repeated = [number for number in numbers.values() if [*numbers.values()].count(number) > 1]
    if repeated:
        raise ReadingError(
            names[0].place,
            f"第{repeated[0]}回が二つあります",
            "回の番号は1回に1つです",
            "元の資料と見比べ、正しい資料を置いてください",
        )
    return numbers


def _rows_by_name(rows: Sequence[Row]) -> dict[str, Row]:
    named = {plain(row[0].text): row for row in reversed(rows[1:])}
    return {
        kind: next((named[name] for name in names if name in named), ())
        for kind, names in _ROW_NAMES.items()
    }


def _about_table(
    rows: Sequence[Row], found: Mapping[str, Row], numbers: Mapping[int, int]
) -> list[Finding]:
    source = rows[0][0].place
    note = "この行から分かることは空になります"
    missing = [
        finding("回の表", DOUBTFUL, source, f"「{kind}」の行がありません", note)
        for kind, row in found.items()
        if not row
    ]
    known = [rows[0], *found.values()]
    unread = [
        finding("読み取らなかった語", NOTED, cell.place, cell.text, "どの回にも属しません")
        for row in rows
        for at, cell in enumerate(row)
        if cell.text and not (row in known and (at == 0 or at in numbers))
    ]
    return missing + unread


def read_sessions(
    cells: Sequence[SessionCells], reported_on: datetime.date | None
) -> tuple[pd.DataFrame, list[Finding]]:
    """Read dates, times, venues and stated counts.

    A date without a year is the last such day up to `reported_on`, the day of the report.

    Returns
    -------
    SESSIONS
        One row per session, by number.
    findings : list of Finding
        The dates that cannot be read.
    """
    by_number = sorted(cells, key=lambda cell: cell.session)
    rows = [_session(cell, reported_on) for cell in by_number]
    findings = [
        finding(
            "開催日",
            DOUBTFUL,
            cell.when.place,
            f"第{cell.session}回: {cell.when.text}",
            "日付が分かりません。開催日は空になります",
        )
        for cell, row in zip(by_number, rows, strict=True)
        if row["date"] is None
    ]
    return SESSIONS.make(rows), findings


def _session(cells: SessionCells, reported_on: datetime.date | None) -> dict[str, object]:
    times = (*to_times(cells.when.text), None, None)
    stated = _STATED.search(cells.organizations.text)
    return {
        "session": cells.session,
        "date": to_date(cells.when.text) or _day_before(cells.when.text, reported_on),
        "weekday": to_weekday(cells.when.text),
        "start": times[0],
        "end": times[1],
        "venue": cells.venue.text or None,
        "n_organizations_stated": _number(stated, "organizations"),
        "n_people_stated": _number(stated, "people"),
    }


def _number(stated: re.Match[str] | None, name: str) -> int | None:
    return int(stated[name]) if stated and stated[name] else None


def _day_before(text: str, reported_on: datetime.date | None) -> datetime.date | None:
    found = _MONTH_AND_DAY.search(text)
    if not found or reported_on is None:
        return None
    month, day = int(found[1]), int(found[2])
    is_last_year = (month, day) > (reported_on.month, reported_on.day)
    try:
        return datetime.date(reported_on.year - is_last_year, month, day)
    except ValueError:
        return None


def read_attendance(
    cells: Sequence[SessionCells], organizations: pd.DataFrame
) -> tuple[pd.DataFrame, list[Finding]]:
    """Split the cells 参加団体 by the study's reviewed list.

    Returns
    -------
    ATTENDANCE
        One row per organisation at a session, in the order of the report.
    findings : list of Finding
        Words that are no reviewed name, and names that stand twice in a cell.
    """
    kinds = dict(organizations.itertuples(index=False, name=None))
    split = {
        cell: split_organizations(_STATED.sub(" ", cell.organizations.text), [*kinds])
        for cell in cells
    }
    rows = [
        {"session": cell.session, "organization": name, "organization_type": kinds[name]}
        for cell, (names, _) in split.items()
        for name in dict.fromkeys(names)
    ]
    doubts = [doubt for cell, parts in split.items() for doubt in _doubted_names(cell, *parts)]
    return ATTENDANCE.make(rows), doubts


def _doubted_names(
    cell: SessionCells, names: Sequence[str], left_over: Sequence[str]
) -> list[Finding]:
    unknown = (
        f"{ORGANIZATIONS_FILE} にない名前です。数えていません。確かめて一覧に書き足してください"
    )
    repeated = f"第{cell.session}回に二度書かれています。1団体と数えました"
    twice = [name for name in dict.fromkeys(names) if names.count(name) > 1]
    notes = [*((words, unknown) for words in left_over), *((name, repeated) for name in twice)]
    source = cell.organizations.place
    return [finding("団体の一覧", DOUBTFUL, source, found, note) for found, note in notes]
