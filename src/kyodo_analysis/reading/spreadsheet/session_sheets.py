"""The sheets beside the opinions: one row per session, one row per organisation at a session."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from typing import Any

import pandas as pd

from kyodo_analysis.reading.decisions.settings import AttendanceSheet, SessionSheet
from kyodo_analysis.reading.findings import DOUBTFUL, NOTED, Finding, finding
from kyodo_analysis.reading.formats.grid import Grid, as_text
from kyodo_analysis.reading.normalise import to_count, to_date, to_session, to_times, to_weekday
from kyodo_analysis.reading.opinion_table.checks import check_columns
from kyodo_analysis.reading.opinion_table.headers import Headers, read_headers
from kyodo_analysis.tables import ATTENDANCE, SESSIONS

_NO_COLUMNS = ("sheet", "header_rows")
_READERS: dict[str, tuple[str, str, Callable[[Any], object]]] = {
    "date": ("開催日", "年月日が読めません。開催日は空になります", to_date),
    "start": ("開始時刻", "時刻が読めません。開始時刻は空になります", to_times),
    "end": ("終了時刻", "時刻が読めません。終了時刻は空になります", to_times),
    "n_organizations": (
        "団体数",
        "数が読めません。団体数は空になります",
        lambda cell: to_count(as_text(cell)),
    ),
    "n_people": (
        "人数",
        "数が読めません。人数は空になります",
        lambda cell: to_count(as_text(cell)),
    ),
}


def read_session_sheet(grid: Grid, sheet: SessionSheet) -> tuple[pd.DataFrame, list[Finding]]:
    """Read the sheet of the sessions.

    Returns
    -------
    SESSIONS
        One row per session, by number; the first of two rows with the same number holds.
    findings : list of Finding
        Rows that name no session or one again, cells that cannot be read, and unused columns.
    """
    rows, findings = _rows_of_sessions(grid, sheet, "sessions", fill_down=False)
    once = {row["session"]: row for row in reversed(rows)}
    repeated = [
        finding(
            "回の表",
            DOUBTFUL,
            row["place"],
            f"第{row['session']}回が二度あります",
            "初めの行を使いました",
        )
        for row in rows
        if row is not once[row["session"]]
    ]
    sessions = SESSIONS.make(_session(once[number]) for number in sorted(once))
    used = [row for row in rows if row is once[row["session"]]]
    unread = [found for row in used for found in _find_unread(row)]
    return sessions, [*findings, *repeated, *unread]


def read_attendance_sheet(
    grid: Grid, sheet: AttendanceSheet, *, types: Mapping[str, str], fill_down: bool
) -> tuple[pd.DataFrame, list[Finding]]:
    """Read the sheet of the organisations; each line of a cell is one of them.

    Parameters
    ----------
    grid : Grid
        Its cells.
    sheet : AttendanceSheet
        Its columns.
    types : mapping
        The type of organisations for which the sheet has none.
    fill_down : bool
        Whether an empty session means the one above.

    Returns
    -------
    ATTENDANCE
        One row per organisation at a session, in the order of the sheet.
    findings : list of Finding
        Rows that name no session, organisations that a session names twice, and unused columns.
    """
    rows, findings = _rows_of_sessions(grid, sheet, "attendance", fill_down=fill_down)
    named = [
        (
            row["session"],
            name,
            as_text(row.get("organization_type")) or types.get(name),
            row["place"],
        )
        for row in rows
        for line in as_text(row["organization"]).splitlines()
        if (name := line.strip())
    ]
    table = pd.DataFrame(named, columns=[*ATTENDANCE.names, "place"])
    is_repeated = table.duplicated([*ATTENDANCE.key])
    note = "同じ回に二度あります。1団体と数えました"
    repeated = [
        finding("団体の一覧", DOUBTFUL, place, f"第{session}回 {name}", note)
        for session, name, _, place in table[is_repeated].itertuples(index=False)
    ]
    once = table.loc[~is_repeated, ATTENDANCE.names].itertuples(index=False)
    attendance = ATTENDANCE.make(dict(zip(ATTENDANCE.names, row, strict=True)) for row in once)
    return attendance, [*findings, *repeated]


def _rows_of_sessions(
    grid: Grid, sheet: SessionSheet | AttendanceSheet, part: str, *, fill_down: bool
) -> tuple[list[dict[str, Any]], list[Finding]]:
    """Return the named cells of each row with a session, its number and its ``place``."""
    headers = read_headers(grid, sheet.header_rows)
    columns = _find_columns(headers, sheet, part)
    cells = _cells_below_headers(grid, sheet, columns)
    written = cells["session"].ffill() if fill_down else cells["session"]
    rows: list[dict[str, Any]] = [
        dict(zip(columns, values, strict=True))
        | {"session": to_session(as_text(number)), "place": grid.place(row, columns["session"])}
        for row, number, values in zip(cells.index, written, cells.to_numpy(), strict=True)
    ]
    texts = ["、".join(dict.fromkeys(filter(None, map(as_text, v)))) for v in cells.to_numpy()]
    unread = [
        finding("読まなかった行", NOTED, row["place"], text, "回が書かれていないか、読めない行です")
        for row, text in zip(rows, texts, strict=True)
        if row["session"] is None
    ]
    about_columns = check_columns(grid, headers, cells.index, {*columns.values()})
    read = [row for row in rows if row["session"] is not None]
    return read, [*unread, *about_columns]


def _find_unread(row: Mapping[str, Any]) -> Iterator[Finding]:
    for name, (check, note, reader) in _READERS.items():
        is_said_before = name == "end" and row.get("end") == row.get("start")
        text = as_text(row.get(name)).strip()
        if text and not is_said_before and reader(row[name]) in (None, ()):
            yield finding(check, DOUBTFUL, row["place"], text, note)


def _find_columns(
    headers: Headers, sheet: SessionSheet | AttendanceSheet, part: str
) -> dict[str, int]:
    named = {field.name: getattr(sheet, field.name) for field in fields(sheet)}
    return {
        key: headers.find(name, f"study.toml の [reading.{part}] {key}")
        for key, name in named.items()
        if name is not None and key not in _NO_COLUMNS
    }


def _cells_below_headers(
    grid: Grid, sheet: SessionSheet | AttendanceSheet, columns: Mapping[str, int]
) -> pd.DataFrame:
    """Return the rows in which any of `columns` is filled, by their names."""
    places = [*columns.values()]
    below = grid.texts.loc[max(sheet.header_rows, default=0) + 1 :, places]
    is_filled = (below != "").any(axis="columns")
    cells = grid.filled.loc[below.index[is_filled], places]
    return cells.set_axis([*columns], axis="columns")


def _session(cells: Mapping[str, Any]) -> dict[str, Any]:
    starts, ends = to_times(cells.get("start")), to_times(cells.get("end"))
    is_one_cell = cells.get("start") == cells.get("end")
    return {
        "session": cells["session"],
        "date": to_date(cells.get("date")),
        "weekday": to_weekday(as_text(cells.get("date"))),
        "start": starts[0] if starts else None,
        "end": ends[-1] if len(ends) > is_one_cell else None,
        "venue": as_text(cells.get("venue")) or None,
        "n_organizations_stated": to_count(as_text(cells.get("n_organizations"))),
        "n_people_stated": to_count(as_text(cells.get("n_people"))),
    }
