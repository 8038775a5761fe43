"""What a cluster is about: its terms, its most typical opinions, and those on its border."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kyodo_analysis.themes.clusters.matrix import (
    DocumentTermMatrix,
    document_frequencies,
    weigh_with_compounds,
)
from kyodo_analysis.themes.clusters.partition import UNASSIGNED, cross_clusters, mean_similarity
from kyodo_analysis.themes.clusters.tables import (
    BORDERLINE_OPINIONS,
    CLUSTER_TERMS,
    TYPICAL_OPINIONS,
)

if TYPE_CHECKING:
    from kyodo_analysis.contract import Table


def find_cluster_terms(
    clusters: pd.DataFrame, matrix: DocumentTermMatrix, *, n_terms: int = 10
) -> pd.DataFrame:
    """Find the terms that define each cluster, by Jaccard index as KH Coder does.

    Only terms that a larger share of the cluster than of the other opinions uses; 未分類 opinions
    belong to the others.

    Returns
    -------
    DataFrame
        The cluster_terms table.
    """
    numbers, labels = _labels(clusters, matrix)
    present = matrix.counts.minimum(1)
    inside = (cross_clusters(labels) @ present).tocoo()
    cluster, term = inside.coords
    table = pd.DataFrame({"row": cluster, "column": term, "n_with_term": inside.data})
    table["n_cluster"] = np.bincount(labels[labels != UNASSIGNED])[cluster]
    table["n_elsewhere"] = document_frequencies(present)[term] - table["n_with_term"]
    table["jaccard"] = table["n_with_term"] / (table["n_cluster"] + table["n_elsewhere"])
    n_others = len(labels) - table["n_cluster"]
    more = table["n_with_term"] * n_others > table["n_elsewhere"] * table["n_cluster"]
    best = table[more].sort_values(["row", "jaccard", "column"], ascending=[True, False, True])
    best["rank"] = best.groupby("row").cumcount() + 1
    best = best[best["rank"] <= n_terms]
    best["cluster"] = numbers[best["row"]]
    best["term"] = matrix.terms[best["column"]]
    return _checked(CLUSTER_TERMS, best)


def find_typical_opinions(
    clusters: pd.DataFrame, matrix: DocumentTermMatrix, opinions: pd.DataFrame, *, n: int = 3
) -> pd.DataFrame:
    """Find the opinions closest to the rest of their cluster, in their own words.

    Returns
    -------
    DataFrame
        The typical_opinions table.
    """
    table = _members(clusters, matrix, opinions).sort_values(
        ["cluster", "closeness"], ascending=[True, False], kind="stable"
    )
    return _checked(TYPICAL_OPINIONS, _first(table, n))


def find_borderline_opinions(
    clusters: pd.DataFrame, matrix: DocumentTermMatrix, opinions: pd.DataFrame, *, n: int = 3
) -> pd.DataFrame:
    """Find the opinions of each cluster that are nearest to another one; none if there is one.

    Returns
    -------
    DataFrame
        The borderline_opinions table.
    """
    table = _members(clusters, matrix, opinions).dropna(subset="other_cluster")
    table = table.sort_values(["cluster", "margin"], kind="stable")
    return _checked(BORDERLINE_OPINIONS, _first(table, n))


def _labels(clusters: pd.DataFrame, matrix: DocumentTermMatrix) -> tuple[np.ndarray, np.ndarray]:
    """Cluster numbers, and for each row of the matrix the place of its number, or -1."""
    of_row = clusters.set_index("opinion_id")["cluster"].reindex(matrix.opinion_ids)
    labels, numbers = pd.factorize(of_row, sort=True)
    return np.asarray(numbers, dtype=np.int64), labels


def _members(
    clusters: pd.DataFrame, matrix: DocumentTermMatrix, opinions: pd.DataFrame
) -> pd.DataFrame:
    numbers, labels = _labels(clusters, matrix)
    rows = np.flatnonzero(labels != UNASSIGNED)
    own = labels[rows]
    closeness = mean_similarity(weigh_with_compounds(matrix), labels)[rows]
    here = np.arange(len(rows))
    # Rounded, so that ties keep the order of the opinions on any machine.
    nearness = closeness[here, own].round(12)
    closeness[here, own] = -np.inf
    other = closeness.argmax(axis=1) if len(numbers) > 1 else own
    text_of = opinions.set_index("opinion_id")["text"]
    table = pd.DataFrame(
        {
            "cluster": numbers[own],
            "opinion_id": matrix.opinion_ids[rows],
            "closeness": nearness,
            "other_cluster": pd.Series(numbers[other], dtype="Int64"),
            "margin": (nearness - closeness[here, other]).round(12),
        }
    )
    table["other_cluster"] = table["other_cluster"].mask(other == own)
    return table.assign(text=text_of.reindex(table["opinion_id"]).to_numpy())


def _first(table: pd.DataFrame, n: int) -> pd.DataFrame:
    ranked = table.assign(rank=table.groupby("cluster").cumcount() + 1)
    return ranked[ranked["rank"] <= n]


def _checked(contract: Table, table: pd.DataFrame) -> pd.DataFrame:
    return contract.check(table[contract.names].reset_index(drop=True))
