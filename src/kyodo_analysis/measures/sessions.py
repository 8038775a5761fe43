"""The sessions: who came, as far as the document lists it, and what each brought."""

from collections.abc import Iterable

import pandas as pd

from kyodo_analysis.measures.groups import groups_by
from kyodo_analysis.measures.listing import SEPARATOR, join_names
from kyodo_analysis.measures.tables import (
    ATTENDANCE_COUNTS,
    ORGANIZATION_TYPE_COUNTS,
    RETURNING,
    SESSION_THEMES,
)
from kyodo_analysis.measures.theme_counts import themes_of

TYPE_NOT_STATED = "記載なし"


def count_attendance(attendance: pd.DataFrame, sessions: pd.DataFrame) -> pd.DataFrame:
    """Count the organisations listed at each session, beside what the document states.

    Returns
    -------
    ATTENDANCE_COUNTS
        One row per session of either table, by number; a session without a listed organisation
        is kept as zero. No row where the document says nothing of who came: that is no zero.
    """
    stated_of = ["n_organizations_stated", "n_people_stated"]
    if attendance.empty and sessions[stated_of].isna().all(axis=None):
        return ATTENDANCE_COUNTS.make()
    listed = attendance.groupby("session")["organization"].agg(
        n_organizations="size", organizations=SEPARATOR.join
    )
    stated = sessions.set_index("session")[["date", *stated_of]]
    table = stated.join(listed, how="outer").sort_index().rename_axis("session").reset_index()
    filled = table.fillna({"n_organizations": 0, "organizations": ""})
    return ATTENDANCE_COUNTS.check(
        filled.astype({"n_organizations": "Int64", "organizations": "str"})[ATTENDANCE_COUNTS.names]
    )


def count_organization_types(attendance: pd.DataFrame) -> pd.DataFrame:
    """Count the organisations of each type at each session.

    Returns
    -------
    ORGANIZATION_TYPE_COUNTS
        One row per session and type, sessions by number, types by appearance; a type that did
        not come to a session is kept as zero, organisations without a type count as 記載なし, last.
    """
    kinds = attendance["organization_type"].astype("str").fillna(TYPE_NOT_STATED)
    levels = sorted(pd.unique(kinds), key=TYPE_NOT_STATED.__eq__)
    by = ["session", "organization_type"]
    rows = attendance.assign(
        organization_type=pd.Categorical(kinds, categories=levels),
        session=pd.Categorical(attendance["session"], ordered=True),
    )
    table = rows.groupby(by, observed=False).size().to_frame("n_organizations")
    table["organizations"] = join_names(rows, by, "organization").reindex(table.index)
    filled = table.reset_index().fillna({"organizations": ""})
    return ORGANIZATION_TYPE_COUNTS.check(filled.astype({"session": "Int64"}))


def find_returning(attendance: pd.DataFrame) -> pd.DataFrame:
    """Find the organisations that came to more than one session.

    Returns
    -------
    RETURNING
        One row per organisation, most sessions first, then by first appearance.
    """
    named = attendance.assign(label="第" + attendance["session"].astype("str") + "回")
    ordered = named.sort_values("session", kind="stable")
    visits = ordered.groupby("organization", sort=False)["label"].agg(
        n_sessions="size", sessions=SEPARATOR.join
    )
    several = visits.loc[visits["n_sessions"] > 1].reset_index()
    return RETURNING.check(
        several.sort_values("n_sessions", ascending=False, kind="stable", ignore_index=True)
    )


def describe_sessions(
    codings: pd.DataFrame, opinions: pd.DataFrame, sessions: pd.DataFrame, themes: Iterable[str]
) -> pd.DataFrame:
    """Say how many opinions each session gave, and which themes came up in it for the first time.

    Parameters
    ----------
    codings : CODINGS
    opinions : OPINIONS
    sessions : SESSIONS
        Sessions that gave no opinion are kept as zero.
    themes : iterable of str

    Returns
    -------
    SESSION_THEMES
        One row per session, by number; opinions without a session in a last row of their own,
        whose themes are new to no session.

    Raises
    ------
    NotInDataError
        No opinion's session is recorded.
    """
    groups_by(opinions, "session")
    placed = opinions[["opinion_id", "session"]].astype({"session": "Int64", "opinion_id": "str"})
    given = placed.groupby("session", dropna=False)["opinion_id"].agg(
        n_opinions="size", opinion_ids=SEPARATOR.join
    )
    carried = themes_of(codings, placed["opinion_id"], themes).merge(placed, on="opinion_id")
    given["n_themes"] = carried.groupby("session", dropna=False)["theme"].nunique()
    first = carried.dropna().sort_values(["session", "theme"]).drop_duplicates("theme")
    new = (
        first.astype({"theme": "str"})
        .groupby("session")["theme"]
        .agg(n_new_themes="size", new_themes=SEPARATOR.join)
    )
    table = given.join(new).reset_index()
    table = sessions[["session", "date"]].merge(table, on="session", how="outer")
    counts = dict.fromkeys(["n_opinions", "n_themes", "n_new_themes"], "Int64")
    filled = table.fillna(dict.fromkeys(counts, 0) | {"opinion_ids": "", "new_themes": ""})
    ordered = filled.astype(counts).sort_values("session", ignore_index=True)
    return SESSION_THEMES.check(ordered[SESSION_THEMES.names])
