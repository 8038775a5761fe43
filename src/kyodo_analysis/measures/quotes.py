"""The voices behind a theme, in their own words."""

from collections.abc import Iterable

import pandas as pd

from kyodo_analysis.measures.listing import SEPARATOR
from kyodo_analysis.measures.tables import QUOTES
from kyodo_analysis.measures.theme_counts import themes_of

_KEY = ["theme", "opinion_id"]


def select_quotes(
    opinions: pd.DataFrame,
    codings: pd.DataFrame,
    evidence: pd.DataFrame,
    themes: str | Iterable[str],
    *,
    per_theme: int | None = None,
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
        How many opinions of each theme; all of them by default. The first of each category come
        first, then the second of each, so that no category speaks for all; an opinion whose text
        was already taken comes last.

    Returns
    -------
    QUOTES
        One row per theme and opinion, themes in the given order, opinions in theirs. ``text`` is
        the raw text, also where a correction is analysed; evidence that a correction brought in
        or moved has 訂正後 in place of its place.
    """
    wanted = [themes] if isinstance(themes, str) else list(themes)
    pairs = themes_of(codings, opinions["opinion_id"], wanted).astype({"theme": "str"})
    rows = pairs.merge(opinions, on="opinion_id")
    chosen = rows.loc[_turn(rows) < (len(rows) if per_theme is None else per_theme)]
    found = _evidence_by_opinion(evidence, chosen)
    quotes = chosen.merge(found, on=_KEY, how="left").assign(text=lambda each: each["raw_text"])
    in_order = quotes.sort_values(
        "theme", key=lambda theme: theme.map(wanted.index), kind="stable", ignore_index=True
    )
    return QUOTES.check(in_order.astype({"evidence": "str"})[QUOTES.names])


def _turn(rows: pd.DataFrame) -> "pd.Series[int]":
    """Say when each opinion's turn comes within its theme, counted from 0."""
    ranked = pd.DataFrame(
        {
            "theme": rows["theme"],
            "repeated": rows.duplicated(["theme", "text"]),
            "round": rows.groupby(["theme", "category"], observed=True, dropna=False).cumcount(),
        }
    ).sort_values(["theme", "repeated", "round"], kind="stable")
    return ranked.groupby("theme", observed=True).cumcount().reindex(rows.index)


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
