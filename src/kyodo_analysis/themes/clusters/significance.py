"""Scores of the text held against those of shuffled text, as tables and as a verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kyodo_analysis.themes.clusters.partition import listed_sizes, memberships_table
from kyodo_analysis.themes.clusters.search import ClusterSearch, ClusterSettings, choose_k
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
    return ClusterSearch(
        settings=settings,
        k=choose_k(by_k),
        by_k=by_k,
        by_cluster=by_cluster,
        duplicates=families,
        memberships=memberships,
    )


def hold_against(texts: Sequence[Sequence[Scores]], n_shuffles: int) -> pd.DataFrame:
    """Hold the scores of the first text against the lines of the others, which are shuffled.

    Each measure and k is put on one scale (its mean and standard deviation over all texts). A text
    counts by the lower of its two measures, at the k where that is highest; the 95 % point of these
    over the shuffled texts is carried back to each measure and k as its line (max-T, Westfall &
    Young 1993). So chance lies above both lines, at any k, in at most 5 % of texts.

    Parameters
    ----------
    texts : sequence of sequences of Scores
        For each text its scores by k.
    n_shuffles : int
        How many shuffled texts there are if none is spared.

    Returns
    -------
    DataFrame
        One row per k: `stability`, `held_out`, their lines, and whether both are above (`passes`).
    """
    scores = np.array([[(each.stability, each.held_out) for each in text] for text in texts])
    centre, spread = scores.mean(axis=0), scores.std(axis=0)
    scaled = (scores - centre) / np.where(spread > 0, spread, 1.0)
    joint = scaled.min(axis=2)
    line = line_above(joint[1:].max(axis=1), n_shuffles)
    lines = centre + np.where(spread > 0, spread, 1.0) * line
    return pd.DataFrame(
        {
            "stability": scores[0, :, 0],
            "stability_line": lines[:, 0],
            "held_out": scores[0, :, 1],
            "held_out_line": lines[:, 1],
            "passes": joint[0] > line,
        }
    )


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
    sizes = by_cluster.groupby("k")["n_opinions"].agg(listed_sizes).astype("str")
    table["sizes"] = sizes.reindex(table.index, fill_value="")
    return K_EVIDENCE.check(table.reset_index()[K_EVIDENCE.names])
