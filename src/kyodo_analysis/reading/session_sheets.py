"""The sheets beside the opinions: one row per session, one row per organisation at a session."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import pandas as pd

from kyodo_analysis.reading.findings import DOUBTFUL, NOTED, Finding, finding
from kyodo_analysis.reading.grid import Grid, as_text
from kyodo_analysis.reading.headers import read_headers
from kyodo_analysis.reading.normalise import to_count, to_date, to_session, to_times, to_weekday
from kyodo_analysis.reading.settings import AttendanceSheet, SessionSheet
from kyodo_analysis.tables import ATTENDANCE, SESSIONS

_NO_COLUMNS = ("sheet", "header_rows")


def read_session_sheet(grid: Grid, sheet: SessionSheet) -> tuple[pd.DataFrame, list[Finding]]:
    """Read the sheet of the sessions.

    Returns
    -------
    SESSIONS
        One row per session, by number; the first of two rows with the same number holds.
    findings : list of Finding
        Rows that name no session or one again, and dates that cannot be read.
    """
    cells, findings = _rows_of_sessions(grid, sheet, "sessions", fill_down=False)
    is_repeated = cells["session"].duplicated()
    repeated = [
        finding("回の表", DOUBTFUL, place, f"第{number}回が二度あります", "初めの行を使いました")
        for number, place in cells.loc[is_repeated, ["session", "place"]].itertuples(index=False)
    ]
    once = cells[~is_repeated].sort_values("session").to_dict("records")
    undated = [
        finding("開催日", DOUBTFUL, row["place"], text, "年月日が読めません。開催日は空になります")
        for row in once
        if (text := as_text(row.get("date"))) and to_date(row["date"]) is None
    ]
    return SESSIONS.make(_session(row) for row in once), [*findings, *repeated, *undated]


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
        Rows that name no session, and organisations that a session names twice.
    """
    cells, findings = _rows_of_sessions(grid, sheet, "attendance", fill_down=fill_down)
    rows = [
        {
            "session": row["session"],
            "organization": name,
            "organization_type": as_text(row.get("organization_type")) or types.get(name),
            "place": row["place"],
        }
        for row in cells.to_dict("records")
        for line in as_text(row["organization"]).splitlines()
        if (name := line.strip())
    ]
    table = pd.DataFrame(rows, columns=[*ATTENDANCE.names, "place"])
    is_repeated = table.duplicated([*ATTENDANCE.key])
    repeated = [
        finding(
            "団体の一覧", DOUBTFUL, place, name, f"第{session}回に二度あります。1団体と数えました"
        )
        for session, name, _, place in table[is_repeated].itertuples(index=False)
    ]
    once = table.loc[~is_repeated, ATTENDANCE.names].to_dict("records")
    return ATTENDANCE.make(once), [*findings, *repeated]


def sessions_of(opinions: pd.DataFrame) -> pd.DataFrame:
    """Return SESSIONS as the opinions name them, dated where all opinions of one share a date."""
    dates = opinions.dropna(subset="session").groupby("session")["date"]
    has_one_date = (dates.min() == dates.max()) & (dates.count() == dates.size())
    table = dates.first().where(has_one_date).reset_index().reindex(columns=SESSIONS.names)
    return SESSIONS.make(table.astype(object).where(table.notna(), None).to_dict("records"))


def _rows_of_sessions(
    grid: Grid, sheet: SessionSheet | AttendanceSheet, part: str, *, fill_down: bool
) -> tuple[pd.DataFrame, list[Finding]]:
    """Return the named cells of the rows with a session, its number and their ``place``."""
    headers = read_headers(grid, sheet.header_rows)
    named = {field.name: getattr(sheet, field.name) for field in fields(sheet)}
    columns = {
        key: headers.find(name, f"study.toml の [reading.{part}] {key}")
        for key, name in named.items()
        if name is not None and key not in _NO_COLUMNS
    }
    cells = grid.filled.loc[max(sheet.header_rows) + 1 :, list(columns.values())]
    cells = cells.set_axis([*columns], axis="columns")
    cells = cells[(grid.texts.loc[cells.index] != "").any(axis="columns")].dropna(how="all")
    session = cells["session"].ffill() if fill_down else cells["session"]
    numbers = session.map(lambda cell: to_session(as_text(cell)), na_action="ignore")
    places = [grid.place(row, columns["session"]) for row in cells.index]
    rows = cells.astype(object).where(cells.notna(), None).assign(session=numbers, place=places)
    unread = [
        finding("読まなかった行", NOTED, row["place"], text, "回が書かれていないか、読めない行です")
        for (_, row), text in zip(rows.iterrows(), _shown(cells), strict=True)
        if pd.isna(row["session"])
    ]
    return rows.dropna(subset="session").astype({"session": int}), unread


def _shown(cells: pd.DataFrame) -> list[str]:
    rows = cells.astype(object).where(cells.notna(), None).to_numpy().tolist()
    return [
        "、".join(dict.fromkeys(text for cell in row if (text := as_text(cell)))) for row in rows
    ]


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
