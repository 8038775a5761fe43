"""Scores of the text and of shuffled text to tables and a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kyodo_analysis.themes.clusters.finding import ClusterFinding, holds
from kyodo_analysis.themes.clusters.labels import listed_sizes, memberships_table
from kyodo_analysis.themes.clusters.null import cluster_lines, lines_over_ks
from kyodo_analysis.themes.clusters.tables import CLUSTER_EVIDENCE, K_EVIDENCE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyodo_analysis.themes.clusters.settings import ClusterSettings
    from kyodo_analysis.themes.clusters.stability import Scores


def judge(
    observed: Sequence[Scores],
    shuffled: Sequence[Sequence[Scores]],
    duplicates: pd.DataFrame,
    settings: ClusterSettings,
) -> ClusterFinding:
    """Hold each clustering, and each cluster, against the lines of shuffled text.

    Of the numbers of clusters that hold, the one with the most clusters above their own line is
    taken, then the one with the most opinions in them.

    Parameters
    ----------
    observed : sequence of Scores
        One per k of `settings`, rows in the order of the representatives; empty if not computed.
    shuffled : sequence of sequences of Scores
        The same for each shuffled text.
    duplicates : DataFrame
        The duplicates table; it carries clusters from representatives to all opinions.
    settings : ClusterSettings
        As used for the scores.
    """
    memberships = _memberships(observed, duplicates, settings.ks)
    by_cluster = _cluster_table(observed, shuffled, memberships)
    by_k = _k_table(observed, shuffled, memberships, by_cluster)
    holding = by_k[holds(by_k)].sort_values(
        ["n_clusters_shown", "n_opinions_shown", "k"], ascending=[False, False, True]
    )
    return ClusterFinding(
        settings=settings,
        k=None if holding.empty else int(holding["k"].iloc[0]),
        n_opinions=len(duplicates),
        n_merged=int(duplicates["is_first"].sum()),
        by_k=by_k,
        by_cluster=by_cluster,
        duplicates=duplicates,
        memberships=memberships,
    )


def _memberships(
    observed: Sequence[Scores], duplicates: pd.DataFrame, ks: tuple[int, ...]
) -> pd.DataFrame:
    leaders = duplicates.loc[duplicates["is_first"], "opinion_id"]
    row_of = pd.Index(leaders).get_indexer(duplicates["family"])
    labels = {k: scores.labels[row_of] for k, scores in zip(ks, observed, strict=False)}
    return memberships_table(labels, pd.Index(duplicates["opinion_id"]))


def _cluster_table(
    observed: Sequence[Scores], shuffled: Sequence[Sequence[Scores]], memberships: pd.DataFrame
) -> pd.DataFrame:
    pool = [scores for text in shuffled for scores in text]
    tables = [
        pd.DataFrame(
            {
                "k": k,
                "cluster": np.arange(1, len(scores.sizes) + 1),
                "n_opinions": memberships[k].value_counts().sort_index().to_numpy(),
                "n_merged": scores.sizes,
                "stability": scores.jaccard,
                "line": cluster_lines(scores.sizes, pool),
            }
        )
        for k, scores in zip(memberships.columns, observed, strict=True)
    ]
    if not tables:
        return CLUSTER_EVIDENCE.make()
    table = pd.concat(tables, ignore_index=True)
    return CLUSTER_EVIDENCE.check(table.assign(passes=table["stability"] > table["line"]))


def _k_table(
    observed: Sequence[Scores],
    shuffled: Sequence[Sequence[Scores]],
    memberships: pd.DataFrame,
    by_cluster: pd.DataFrame,
) -> pd.DataFrame:
    if not observed:
        return K_EVIDENCE.make()
    texts = [observed, *shuffled]
    stability = np.array([[scores.ari for scores in text] for text in texts])
    silhouette = np.array([[scores.silhouette for scores in text] for text in texts])
    lines = lines_over_ks(stability), lines_over_ks(silhouette)
    ks = memberships.columns.to_numpy()
    shown = by_cluster[by_cluster["passes"]].groupby("k")
    table = pd.DataFrame(
        {
            "k": ks,
            "stability": stability[0],
            "stability_line": lines[0],
            "silhouette": silhouette[0],
            "silhouette_line": lines[1],
            "passes": (stability[0] > lines[0]) & (silhouette[0] > lines[1]),
            "n_clusters_shown": shown.size().reindex(ks, fill_value=0).to_numpy(),
            "n_opinions_shown": shown["n_opinions"].sum().reindex(ks, fill_value=0).to_numpy(),
            "sizes": by_cluster.groupby("k")["n_opinions"].agg(listed_sizes).reindex(ks).to_numpy(),
        }
    )
    return K_EVIDENCE.check(table.astype({"sizes": "str"}))
