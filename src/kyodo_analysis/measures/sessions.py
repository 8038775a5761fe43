"""What each session brought."""

from collections.abc import Iterable

import pandas as pd

from kyodo_analysis.measures.groups import groups_by
from kyodo_analysis.measures.listing import SEPARATOR
from kyodo_analysis.measures.tables import SESSION_THEMES
from kyodo_analysis.measures.theme_counts import themes_of


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
