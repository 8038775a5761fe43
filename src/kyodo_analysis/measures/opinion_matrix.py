"""Themes in rows, one column per opinion: what the opinion matrix draws."""

from collections.abc import Iterable

import pandas as pd

from kyodo_analysis.measures.groups import groups_by
from kyodo_analysis.measures.tables import OPINION_MATRIX
from kyodo_analysis.measures.theme_counts import count_themes, themes_of


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
