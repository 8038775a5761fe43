"""Scores of the text held against those of shuffled text, as tables and as a verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kyodo_analysis.themes.clusters.partition import listed_sizes, memberships_table
from kyodo_analysis.themes.clusters.search import ClusterSearch, ClusterSettings, holds
from kyodo_analysis.themes.clusters.tables import CLUSTER_EVIDENCE, K_EVIDENCE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyodo_analysis.themes.clusters.stability import Scores

LEVEL = 0.05
# Shuffled clusters that a cluster is held against: enough for a 95 % point, near enough in size.
NEIGHBOURS = 99


def judge(
    observed: Sequence[Scores],
    shuffled: Sequence[Sequence[Scores]],
    families: pd.DataFrame,
    settings: ClusterSettings,
) -> ClusterSearch:
    """Hold each clustering, and each cluster, against the lines of shuffled text.

    Of the numbers of clusters that hold, the one with the most clusters above their own line is
    taken, then the one with the most opinions in them.

    Parameters
    ----------
    observed : sequence of Scores
        One per k of `settings`, rows in the order of the families; empty if not computed.
    shuffled : sequence of sequences of Scores
        The same for each shuffled text.
    families : FAMILIES
        It carries clusters from the first of a family to all its opinions.
    settings : ClusterSettings
        As used for the scores.
    """
    row_of = pd.Index(families.loc[families["is_first"], "opinion_id"]).get_indexer(
        families["family"]
    )
    labels = {k: each.labels[row_of] for k, each in zip(settings.ks, observed, strict=False)}
    memberships = memberships_table(labels, pd.Index(families["opinion_id"]))
    by_cluster = _cluster_table(observed, shuffled, memberships)
    by_k = _k_table(observed, shuffled, settings, by_cluster)
    holding = by_k[holds(by_k)].sort_values(
        ["n_clusters_shown", "n_opinions_shown", "k"], ascending=[False, False, True]
    )
    return ClusterSearch(
        settings=settings,
        k=None if holding.empty else int(holding["k"].iloc[0]),
        n_opinions=len(families),
        n_merged=int(families["is_first"].sum()),
        by_k=by_k,
        by_cluster=by_cluster,
        duplicates=families,
        memberships=memberships,
    )


def hold_against(texts: Sequence[Sequence[Scores]], n_shuffles: int) -> pd.DataFrame:
    """Hold the scores of the first text against the lines of the others, which are shuffled.

    Returns
    -------
    DataFrame
        One row per k: `stability`, `silhouette`, their lines, and whether both are above (`passes`).
    """
    stability = np.array([[scores.ari for scores in text] for text in texts])
    silhouette = np.array([[scores.silhouette for scores in text] for text in texts])
    table = pd.DataFrame(
        {
            "stability": stability[0],
            "stability_line": lines_over_ks(stability, n_shuffles),
            "silhouette": silhouette[0],
            "silhouette_line": lines_over_ks(silhouette, n_shuffles),
        }
    )
    above = [table[name] > table[f"{name}_line"] for name in ("stability", "silhouette")]
    return table.assign(passes=above[0] & above[1])


def line_above(values: np.ndarray, n_shuffles: int) -> float:
    """Return the value that chance exceeds with a probability of at most 5 %.

    Of N shuffles it is the floor(0.05 (N + 1))-th largest, so that text without clusters lies
    above it in at most 5 % of cases, whatever the distribution (Besag & Clifford 1989). The same
    place among fewer values can only be lower: what is below it then will not pass.
    """
    place = int(LEVEL * (n_shuffles + 1) + 1e-9)
    if not place:
        return float("inf")
    return float(np.sort(values)[-place]) if place <= len(values) else float("-inf")


def lines_over_ks(scores: np.ndarray, n_shuffles: int) -> np.ndarray:
    """Return one line per k such that chance crosses any of them in at most 5 % of texts.

    Each k is put on one scale (its mean and standard deviation over all texts), the maximum over
    k is taken in each shuffled text, and its 95 % point is carried back to each k (max-T,
    Westfall & Young 1993).

    Parameters
    ----------
    scores : ndarray
        Texts x ks; row 0 is the text as it is, the others are shuffled.
    n_shuffles : int
        How many shuffled texts there are if none is spared.
    """
    centre, spread = scores.mean(axis=0), scores.std(axis=0)
    scaled = (scores - centre) / np.where(spread > 0, spread, 1.0)
    lines: np.ndarray = centre + spread * line_above(scaled[1:].max(axis=1), n_shuffles)
    return lines


def cluster_lines(sizes: np.ndarray, shuffled: Sequence[Scores]) -> np.ndarray:
    """Return, for clusters of these sizes, the 95 % point of shuffled clusters of like size.

    Sizes are alike when their ratio is near 1; the `NEIGHBOURS` nearest are taken.
    """
    of_size = np.log(np.concatenate([scores.sizes for scores in shuffled]))
    jaccard = np.concatenate([scores.jaccard for scores in shuffled])
    order = np.lexsort((jaccard, of_size))
    of_size, jaccard = of_size[order], jaccard[order]
    nearest = [
        np.argsort(np.abs(of_size - size), kind="stable")[:NEIGHBOURS] for size in np.log(sizes)
    ]
    return np.array([line_above(jaccard[near], len(near)) for near in nearest])


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
    settings: ClusterSettings,
    by_cluster: pd.DataFrame,
) -> pd.DataFrame:
    if not observed:
        return K_EVIDENCE.make()
    table = hold_against([observed, *shuffled], settings.n_shuffles)
    table = table.set_axis(pd.Index(settings.ks, name="k")).assign(
        n_shuffles=len(shuffled), n_clusters_shown=0, n_opinions_shown=0
    )
    shown = by_cluster[by_cluster["passes"]].groupby("k")["n_opinions"]
    table["n_clusters_shown"] = shown.size().reindex(table.index, fill_value=0)
    table["n_opinions_shown"] = shown.sum().reindex(table.index, fill_value=0)
    table["sizes"] = by_cluster.groupby("k")["n_opinions"].agg(listed_sizes).astype("str")
    return K_EVIDENCE.check(table.reset_index()[K_EVIDENCE.names])
