"""How many opinions carry each theme: in all, per group, together, and with which phrases."""

from collections.abc import Iterable
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from kyodo_analysis.measures.contingency import jaccard
from kyodo_analysis.measures.copies import count_behind, design_effects, people_of
from kyodo_analysis.measures.groups import groups_by, named_groups
from kyodo_analysis.measures.intervals import shares_of
from kyodo_analysis.measures.listing import join_names
from kyodo_analysis.measures.matrices import theme_matrix
from kyodo_analysis.measures.tables import (
    OPINION_MATRIX,
    PHRASE_COUNTS,
    THEME_COUNTS,
    THEME_PAIRS,
)
from kyodo_analysis.tables import CROSS_TABLE

PHRASE_KINDS: Final = ("要望", "提案", "義務", "疑問", "否定", "対比")
_PAIR: Final = ["theme_a", "theme_b"]
_CELL: Final = ["theme", "group"]


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
        What is counted over; says which texts are copies, and who gave several opinions.
    themes : iterable of str
        Every theme, in the codebook's order.

    Returns
    -------
    THEME_COUNTS
        One row per theme, most opinions first, ties in the given order; themes without an
        opinion are kept as zero. Shares and Wilson intervals only from 30 opinions on; where
        people gave several opinions, over as many as these are worth (design effect).
    """
    pairs = themes_of(codings, opinions["opinion_id"], themes)
    table = pairs.groupby("theme", observed=False).size().to_frame("n_opinions")
    table = table.join(count_behind(pairs, ["theme"], opinions))
    table["n_total"] = len(opinions)
    table = table.join(
        shares_of(
            table["n_opinions"], table["n_total"], _effects(pairs, opinions["opinion_id"], opinions)
        )
    )
    table["opinion_ids"] = join_names(pairs, ["theme"], "opinion_id").reindex(table.index)
    ranked = table.sort_values("n_opinions", ascending=False, kind="stable").reset_index()
    filled = ranked.fillna({"opinion_ids": ""}).astype({"theme": "str"})
    return THEME_COUNTS.check(filled[THEME_COUNTS.names])


def _effects(
    pairs: pd.DataFrame, ids: "pd.Series[str]", opinions: pd.DataFrame | None
) -> npt.NDArray[np.float64]:
    """Give each theme's design effect over the opinions of `ids`; 1 where nobody knows."""
    if opinions is None or opinions["respondent"].isna().all():
        return np.ones(len(pairs["theme"].cat.categories))
    index = pd.Index(ids.astype("str"))
    return design_effects(theme_matrix(pairs, index), people_of(opinions)[index].to_numpy())


def count_themes_by_group(
    codings: pd.DataFrame,
    groups: pd.DataFrame,
    themes: Iterable[str],
    *,
    opinions: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Count the opinions of each group that carry each theme.

    Parameters
    ----------
    codings : CODINGS
    groups : GROUPS
        From :func:`groups_by`.
    themes : iterable of str
        Every theme, in the order wanted.
    opinions : OPINIONS, optional
        Says which texts are copies, and who gave several opinions; without them both counts are
        missing, and intervals take every opinion for a person.

    Returns
    -------
    CROSS_TABLE
        One row per theme and group, themes in the given order, groups in theirs. Groups without
        opinions and themes without hits are kept as zero; opinions without a group count as
        記録なし. Shares and Wilson intervals only in groups of 30 opinions and more.
    """
    named = named_groups(groups)
    pairs = themes_of(codings, named["opinion_id"], themes).merge(named, on="opinion_id")
    table = pairs.groupby(_CELL, observed=False).size().to_frame("n_opinions")
    table = table.join(count_behind(pairs, _CELL, opinions))
    table["opinion_ids"] = join_names(pairs, _CELL, "opinion_id").reindex(table.index)
    table = table.fillna({"opinion_ids": ""}).astype({"opinion_ids": "str"}).reset_index()
    of_group = named.groupby("group", observed=False)["opinion_id"]
    table["n_group"] = table["group"].map(of_group.size()).astype("int64")
    effects = [_effects(pairs[pairs["group"] == name], ids, opinions) for name, ids in of_group]
    effect = np.stack(effects, axis=1).ravel()
    table = table.join(shares_of(table["n_opinions"], table["n_group"], effect))
    return CROSS_TABLE.check(table[CROSS_TABLE.names])


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


def count_theme_pairs(
    codings: pd.DataFrame, opinions: pd.DataFrame, themes: Iterable[str]
) -> pd.DataFrame:
    """Count the opinions that carry two themes at once.

    Returns
    -------
    THEME_PAIRS
        One row per pair of themes, in the given order; pairs without an opinion are kept as zero.
    """
    listed = list(themes)
    carried = themes_of(codings, opinions["opinion_id"], listed)
    sizes = carried.groupby("theme", observed=False).size()
    found = carried.merge(carried, on="opinion_id", suffixes=("_a", "_b"))
    names = np.array(listed, dtype=object)
    first, second = np.triu_indices(len(listed), k=1)
    pairs = pd.DataFrame({"theme_a": names[first], "theme_b": names[second]}, dtype="str")
    pairs = pairs.join(found.groupby(_PAIR, observed=True).size().rename("n_both"), on=_PAIR)
    pairs = pairs.join(join_names(found, _PAIR, "opinion_id").rename("opinion_ids"), on=_PAIR)
    pairs = pairs.fillna({"n_both": 0, "opinion_ids": ""}).astype({"n_both": "int64"})
    pairs["n_a"], pairs["n_b"] = sizes.to_numpy()[first], sizes.to_numpy()[second]
    numbers = (pairs[name].to_numpy(dtype=float) for name in ("n_both", "n_a", "n_b"))
    table = pairs.assign(jaccard=jaccard(*numbers))
    return THEME_PAIRS.check(table[THEME_PAIRS.names])


def opinion_matrix(
    codings: pd.DataFrame, opinions: pd.DataFrame, themes: Iterable[str]
) -> pd.DataFrame:
    """Lay out which opinion carries which theme, in the order of drawing.

    Returns
    -------
    OPINION_MATRIX
        One row per theme and opinion: themes with most opinions first, opinions by category
        (those without one last), within a category in their own order.
    """
    listed = list(themes)
    ranked = count_themes(codings, opinions, listed)["theme"]
    columns = _ordered_by_category(opinions)
    pairs = themes_of(codings, opinions["opinion_id"], listed).assign(coded=True)
    cells = pd.DataFrame({"theme": ranked, "row": range(len(ranked))}).merge(columns, how="cross")
    cells = cells.merge(pairs.astype({"theme": "str"}), on=["theme", "opinion_id"], how="left")
    cells["coded"] = cells["coded"].notna()
    cells["n_theme"] = cells.groupby("theme")["coded"].transform("sum").astype("int64")
    cells["n_themes"] = cells.groupby("opinion_id")["coded"].transform("sum").astype("int64")
    return OPINION_MATRIX.check(cells.astype({"category": "str"})[OPINION_MATRIX.names])


def _ordered_by_category(opinions: pd.DataFrame) -> pd.DataFrame:
    columns = opinions[["opinion_id", "category"]].reset_index(drop=True)
    if columns["category"].notna().any():
        columns["category"] = groups_by(opinions, "category")["group"].array
        columns = columns.sort_values("category", kind="stable", ignore_index=True)
    return columns.assign(position=range(len(columns)))
