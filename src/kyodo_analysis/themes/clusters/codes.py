"""Clusters beside the codebook: where both agree, and what the codebook may have missed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from kyodo_analysis.themes.clusters.describe import find_typical_opinions
from kyodo_analysis.themes.clusters.tables import CLUSTER_CODES, CODE_SUGGESTIONS

if TYPE_CHECKING:
    from kyodo_analysis.themes.clusters.matrix import DocumentTermMatrix


def compare_clusters_with_codes(clusters: pd.DataFrame, codings: pd.DataFrame) -> pd.DataFrame:
    """Count how far each cluster overlaps each code.

    Opinions may carry several codes, so that the counts of a cluster do not add up to its size.

    Parameters
    ----------
    clusters, codings : DataFrame
        The clusters and codings tables; a code that several coders gave counts once.

    Returns
    -------
    DataFrame
        The cluster_codes table: every cluster with every code; empty without codes.
    """
    given = codings.loc[codings["opinion_id"].isin(clusters["opinion_id"]), ["opinion_id", "code"]]
    given = given.astype("str").drop_duplicates()
    n_cluster = clusters["cluster"].value_counts().sort_index()
    n_code = given["code"].value_counts(sort=False)
    both = given.merge(clusters, on="opinion_id").groupby(["cluster", "code"]).size()
    return CLUSTER_CODES.make(
        {"cluster": cluster, "code": code, "n_both": n, "n_cluster": in_cluster, "n_code": coded}
        | {"jaccard": n / (in_cluster + coded - n)}
        for cluster, in_cluster in n_cluster.items()
        for code, coded in n_code.items()
        for n in [both.get((cluster, code), 0)]
    )


def suggest_codes(
    clusters: pd.DataFrame,
    codings: pd.DataFrame,
    matrix: DocumentTermMatrix,
    opinions: pd.DataFrame,
    *,
    n_quotes: int = 3,
) -> pd.DataFrame:
    """Quote the clusters that no code covers by half: candidates for the codebook.

    Parameters
    ----------
    clusters, codings, opinions : DataFrame
        The tables of these names.
    matrix : DocumentTermMatrix
        The terms of these opinions.
    n_quotes : int, default 3
        Typical opinions per cluster.

    Returns
    -------
    DataFrame
        The code_suggestions table; empty where every cluster has its code.
    """
    overlaps = compare_clusters_with_codes(clusters, codings)
    nearest = overlaps.sort_values(["cluster", "n_both"], ascending=[True, False], kind="stable")
    nearest = nearest.drop_duplicates("cluster").set_index("cluster")
    sizes = clusters["cluster"].value_counts().sort_index()
    n_both = nearest["n_both"].reindex(sizes.index, fill_value=0)
    uncoded = clusters[~clusters["opinion_id"].isin(codings["opinion_id"])]
    about = pd.DataFrame(
        {
            "nearest_code": nearest["code"].reindex(sizes.index).mask(n_both == 0),
            "n_both": n_both,
            "n_uncoded": uncoded["cluster"].value_counts().reindex(sizes.index, fill_value=0),
            "n_cluster": sizes,
        }
    )
    about = about[about["n_both"] * 2 < about["n_cluster"]]
    typical = find_typical_opinions(clusters, matrix, opinions, n=n_quotes)
    table = typical.merge(about, left_on="cluster", right_index=True)
    return CODE_SUGGESTIONS.check(table[CODE_SUGGESTIONS.names].reset_index(drop=True))
