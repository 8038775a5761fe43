"""How many opinions carry each theme: in all, per group, and with which kind of phrase."""

from collections.abc import Iterable
from typing import Final

import pandas as pd

from kyodo_analysis.measures.groups import named_groups
from kyodo_analysis.measures.intervals import shares_of
from kyodo_analysis.measures.listing import join_names
from kyodo_analysis.measures.tables import PHRASE_COUNTS, THEME_COUNTS
from kyodo_analysis.tables import CROSS_TABLE

PHRASE_KINDS: Final = ("要望", "提案", "義務", "疑問", "否定", "対比")


def themes_of(
    codings: pd.DataFrame, opinion_ids: "pd.Series[str]", themes: Iterable[str]
) -> pd.DataFrame:
    """Say once per opinion which of `themes` it carries, whoever coded it.

    Returns
    -------
    DataFrame
        One row per opinion and theme, in the order of the opinions, then of the themes:
        ``opinion_id``, ``theme`` (an ordered categorical).
    """
    pairs = _coded_pairs(codings, themes)
    place = pd.Series(range(len(opinion_ids)), index=opinion_ids.to_numpy(), dtype="Int64")
    pairs["place"] = pairs["opinion_id"].map(place)
    ordered = pairs.dropna().sort_values(["place", "theme"], ignore_index=True)
    return ordered[["opinion_id", "theme"]]


def _coded_pairs(codings: pd.DataFrame, themes: Iterable[str]) -> pd.DataFrame:
    listed = list(themes)
    wanted = codings.loc[codings["code"].isin(listed), ["opinion_id", "code"]].drop_duplicates()
    theme = pd.Categorical(wanted["code"], categories=listed, ordered=True)
    return pd.DataFrame({"opinion_id": wanted["opinion_id"].array, "theme": theme})


def count_themes(
    codings: pd.DataFrame, opinions: pd.DataFrame, themes: Iterable[str]
) -> pd.DataFrame:
    """Count the opinions that carry each theme.

    Parameters
    ----------
    codings : CODINGS
        An opinion coded alike by several coders counts once; codings of other opinions or themes
        than the given ones do not count.
    opinions : OPINIONS
        What is counted over.
    themes : iterable of str
        Every theme, in the codebook's order.

    Returns
    -------
    THEME_COUNTS
        One row per theme, most opinions first, ties in the given order; themes without an
        opinion are kept as zero. Shares and Wilson intervals only from 30 opinions on.
    """
    pairs = themes_of(codings, opinions["opinion_id"], themes)
    table = pairs.groupby("theme", observed=False).size().to_frame("n_opinions")
    table["n_total"] = len(opinions)
    table = table.join(shares_of(table["n_opinions"], table["n_total"]))
    table["opinion_ids"] = join_names(pairs, ["theme"], "opinion_id").reindex(table.index)
    ranked = table.sort_values("n_opinions", ascending=False, kind="stable").reset_index()
    return THEME_COUNTS.check(ranked.fillna({"opinion_ids": ""}).astype({"theme": "str"}))


def count_themes_by_group(
    codings: pd.DataFrame, groups: pd.DataFrame, themes: Iterable[str]
) -> pd.DataFrame:
    """Count the opinions of each group that carry each theme.

    Parameters
    ----------
    codings : CODINGS
    groups : GROUPS
        From :func:`groups_by`.
    themes : iterable of str
        Every theme, in the order wanted.

    Returns
    -------
    CROSS_TABLE
        One row per theme and group, themes in the given order, groups in theirs. Groups without
        opinions and themes without hits are kept as zero; opinions without a group count as
        記録なし. Shares and Wilson intervals only in groups of 30 opinions and more.
    """
    named = named_groups(groups)
    pairs = themes_of(codings, named["opinion_id"], themes).merge(named, on="opinion_id")
    table = pairs.groupby(["theme", "group"], observed=False).size().reset_index(name="n_opinions")
    sizes = named.groupby("group", observed=False).size()
    table["n_group"] = table["group"].map(sizes).astype("int64")
    table = table.join(shares_of(table["n_opinions"], table["n_group"]))
    return CROSS_TABLE.check(table)


def count_phrases_by_theme(
    phrases: pd.DataFrame, codings: pd.DataFrame, themes: Iterable[str]
) -> pd.DataFrame:
    """Count, per theme, the opinions that request, propose, oblige, ask, deny or contrast.

    An opinion that carries several themes gives its phrases to each of them.

    Returns
    -------
    PHRASE_COUNTS
        One row per theme and kind, themes in the given order; ``n_opinions`` counts opinions,
        ``n`` occurrences; combinations without any are kept as zero.
    """
    pairs = _coded_pairs(codings, themes)
    found = pairs.merge(phrases[["opinion_id", "kind"]], on="opinion_id")
    kinds = list(dict.fromkeys([*PHRASE_KINDS, *phrases["kind"]]))
    found["kind"] = pd.Categorical(found["kind"], categories=kinds, ordered=True)
    by = ["theme", "kind"]
    table = found.groupby(by, observed=False)["opinion_id"].agg(n_opinions="nunique", n="size")
    table["opinion_ids"] = join_names(found, by, "opinion_id").reindex(table.index)
    sizes = pairs.groupby("theme", observed=False).size().rename("n_theme")
    filled = table.fillna({"opinion_ids": ""}).reset_index().join(sizes, on="theme")
    return PHRASE_COUNTS.check(filled[PHRASE_COUNTS.names])
