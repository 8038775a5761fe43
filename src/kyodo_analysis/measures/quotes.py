"""The voices behind a theme, in their own words."""

from collections.abc import Iterable

import pandas as pd

from kyodo_analysis.measures.copies import families_of
from kyodo_analysis.measures.listing import SEPARATOR
from kyodo_analysis.measures.tables import QUOTES
from kyodo_analysis.measures.theme_counts import themes_of

_KEY = ["theme", "opinion_id"]
_DENIAL = "否定"
_CLAUSE_ENDS = r"[。\n!?!?]"


def select_quotes(
    opinions: pd.DataFrame,
    codings: pd.DataFrame,
    evidence: pd.DataFrame,
    themes: str | Iterable[str],
    *,
    per_theme: int | None = None,
    phrases: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Select opinions that carry a theme, with the words for which they were coded.

    Parameters
    ----------
    opinions : OPINIONS
    codings : CODINGS
    evidence : EVIDENCE
        May be empty, as for human codings.
    themes : str or iterable of str
    per_theme : int, optional
        How many opinions of each theme; all of them by default. What speaks of few themes comes
        first; the first of each category come before the second of each, so that no category
        speaks for all. Last come opinions that deny what was found, copies of one already taken,
        and those already taken for a theme before.
    phrases : PHRASES, optional
        Say which opinions deny what was found in them.

    Returns
    -------
    QUOTES
        One row per theme and opinion, themes in the given order, opinions in theirs. ``text`` is
        the raw text, also where a correction is analysed; evidence that a correction brought in
        or moved has 訂正後 in place of its place. ``n_copies`` counts the theme's opinions with the
        same or nearly the same text.
    """
    wanted = [themes] if isinstance(themes, str) else list(themes)
    known = opinions.assign(family=families_of(opinions).array)
    pairs = themes_of(codings, opinions["opinion_id"], wanted).astype({"theme": "str"})
    rows = pairs.merge(known, on="opinion_id")
    rows["n_copies"] = rows.groupby(["theme", "family"])["opinion_id"].transform("size")
    rows["denied"] = _are_denied(rows, evidence, phrases)
    chosen = rows.loc[sorted(_choose(rows, len(rows) if per_theme is None else per_theme))]
    found = _evidence_by_opinion(evidence, chosen)
    quotes = chosen.merge(found, on=_KEY, how="left").assign(text=lambda each: each["raw_text"])
    in_order = quotes.sort_values(
        "theme", key=lambda theme: theme.map(wanted.index), kind="stable", ignore_index=True
    )
    kinds = {"evidence": "str", "n_copies": "int64", "denied": "bool"}
    return QUOTES.check(in_order.astype(kinds)[QUOTES.names])


def _choose(rows: pd.DataFrame, per_theme: int) -> list[int]:
    """Return the rows that have their turn, theme after theme, so that no voice comes twice."""
    n_themes = rows.groupby("opinion_id")["theme"].transform("size")
    turns = pd.DataFrame(
        {
            "taken": False,
            "repeated": rows.duplicated(["theme", "family"]),
            "denied": rows["denied"],
            "round": rows.assign(n_themes=n_themes)
            .sort_values(["denied", "n_themes"], kind="stable")
            .groupby(["theme", "category"], observed=True, dropna=False)
            .cumcount(),
            "n_themes": n_themes,
        }
    )
    chosen: list[int] = []
    taken: set[int] = set()
    for _, members in rows.groupby("theme", sort=False):
        turn = turns.loc[members.index].assign(taken=members["family"].isin(taken))
        order = turn.sort_values(list(turns.columns), kind="stable").index[:per_theme]
        chosen += order.tolist()
        taken |= set(members.loc[order, "family"])
    return chosen


def _are_denied(
    rows: pd.DataFrame, evidence: pd.DataFrame, phrases: pd.DataFrame | None
) -> "pd.Series[bool]":
    """Tell where everything that spoke for the theme is denied in the same sentence."""
    if phrases is None or evidence.empty:
        return pd.Series(data=False, index=rows.index)
    denials = phrases.loc[phrases["kind"] == _DENIAL, ["opinion_id", "start"]]
    denials = denials.astype({"opinion_id": "str"})
    texts = rows.drop_duplicates("opinion_id")[["opinion_id", "text"]].astype("str")
    found = evidence[["opinion_id", "code", "start", "end"]].rename(
        columns={"code": "theme", "start": "begin"}
    )
    found = found.astype(dict.fromkeys(_KEY, "str"))
    met = found.merge(texts, on="opinion_id").merge(denials, on="opinion_id", how="left")
    between = [
        text[end : int(start)] if pd.notna(start) and start >= end else "。"
        for text, end, start in zip(met["text"], met["end"], met["start"], strict=True)
    ]
    met["denied"] = ~pd.Series(between, index=met.index).str.contains(_CLAUSE_ENDS)
    by_place = met.groupby([*_KEY, "begin", "end"], observed=True)["denied"].any()
    by_opinion = by_place.groupby(_KEY, observed=True).all()
    keys = rows[_KEY].astype("str").join(by_opinion, on=_KEY)
    return keys["denied"].eq(other=True)


def _evidence_by_opinion(evidence: pd.DataFrame, chosen: pd.DataFrame) -> pd.DataFrame:
    """Write the evidence of the chosen opinions as it stands in CODINGS: 理解[12-14]."""
    raw = chosen[[*_KEY, "raw_text"]]
    rows = evidence.rename(columns={"code": "theme"}).merge(raw, on=_KEY).drop_duplicates()
    ordered = rows.sort_values(["start", "end"], kind="stable")
    place = "[" + ordered["start"].astype("str") + "-" + ordered["end"].astype("str") + "]"
    written = ordered["matched"] + place.where(_stands_in_raw(ordered), "(訂正後)")
    return (
        written.groupby([ordered[key] for key in _KEY])
        .agg(SEPARATOR.join)
        .reset_index(name="evidence")
    )


def _stands_in_raw(evidence: pd.DataFrame) -> "pd.Series[bool]":
    spans = zip(evidence["raw_text"], evidence["start"], evidence["end"], strict=True)
    there = pd.Series(
        [raw[start:end] for raw, start, end in spans], index=evidence.index, dtype="str"
    )
    return there.eq(evidence["matched"])
