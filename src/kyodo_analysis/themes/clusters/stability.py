"""How far a clustering comes back in other opinions, and holds in words that it was not made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kyodo_analysis.themes.clusters.matrix import weigh
from kyodo_analysis.themes.clusters.partition import (
    UNASSIGNED,
    mean_similarity,
    partition_by_nmf,
)

if TYPE_CHECKING:
    from scipy import sparse

    from kyodo_analysis.themes.clusters.search import ClusterSettings


@dataclass(frozen=True, eq=False)
class Scores:
    """One clustering and how well it holds.

    Parameters
    ----------
    labels : ndarray of int
        Cluster of each row, 0 the largest; -1 none.
    stability : float
        Mean adjusted Rand index against the bootstrap samples.
    held_out : float
        Clusters made of half of the words: mean cosine similarity within them by the other half.
    sizes, jaccard : ndarray
        Per cluster: rows, and mean over the samples of the best Jaccard index (Hennig 2007).
    """

    labels: np.ndarray
    stability: float
    held_out: float
    sizes: np.ndarray
    jaccard: np.ndarray


def score_partitions(
    present: sparse.csr_array, settings: ClusterSettings, rng: np.random.Generator
) -> list[Scores]:
    """Cluster a 0/1 matrix for each k and score each clustering.

    A bootstrap sample counts each opinion that was drawn once, about 63 % of them, and weighs their
    words anew. Words held out are what tells short texts from shuffled ones: it is there that a
    silhouette, taken on the words that made the clusters, does not (docs/evidence.md).

    The text as it is and each shuffled text pass through this same function.
    """
    partitions = partition_by_nmf(weigh(present), settings.ks)
    n, n_words = present.shape
    samples = [np.unique(rng.integers(0, n, n)) for _ in range(settings.n_bootstraps)]
    again = [partition_by_nmf(weigh(present[sample]), settings.ks) for sample in samples]
    halves = [np.array_split(rng.permutation(n_words), 2) for _ in range(settings.n_splits)]
    held_out = np.mean([_hold_out(present, used, rest, settings) for used, rest in halves], axis=0)
    return [
        _score(labels, samples, drawn, similarity)
        for labels, drawn, similarity in zip(
            partitions, zip(*again, strict=True), held_out, strict=True
        )
    ]


def _hold_out(
    present: sparse.csr_array, used: np.ndarray, others: np.ndarray, settings: ClusterSettings
) -> list[float]:
    """Make clusters of some words, and say for each k how alike they are by the others."""
    weighted = weigh(present[:, others])
    return [
        _within(mean_similarity(weighted, labels), labels)
        for labels in partition_by_nmf(weigh(present[:, used]), settings.ks)
    ]


def _within(similarity: np.ndarray, labels: np.ndarray) -> float:
    rows = np.flatnonzero(labels != UNASSIGNED)
    return float(similarity[rows, labels[rows]].sum() / max(len(rows), 1))


def _score(
    labels: np.ndarray, samples: list[np.ndarray], again: tuple[np.ndarray, ...], held_out: float
) -> Scores:
    from sklearn.metrics import adjusted_rand_score

    sizes = np.bincount(labels[labels != UNASSIGNED])
    pairs = [(labels[sample], drawn) for sample, drawn in zip(samples, again, strict=True)]
    jaccards = np.array([best_jaccard(before, after, len(sizes)) for before, after in pairs])
    drawn = ~np.isnan(jaccards)
    return Scores(
        labels=labels,
        stability=float(np.mean([adjusted_rand_score(*pair) for pair in pairs])),
        held_out=float(held_out),
        sizes=sizes,
        jaccard=np.nansum(jaccards, axis=0) / np.maximum(drawn.sum(axis=0), 1),
    )


def best_jaccard(before: np.ndarray, after: np.ndarray, n_clusters: int) -> np.ndarray:
    """For each cluster of `before`, the Jaccard index with the cluster of `after` nearest to it.

    A cluster without a row here has NaN.
    """
    both = np.zeros((n_clusters + 1, int(after.max()) + 2))
    np.add.at(both, (before, after), 1)
    union = both.sum(axis=1, keepdims=True) + both.sum(axis=0) - both
    share = np.divide(both, union, out=np.zeros_like(both), where=union > 0)
    best = share[:n_clusters, : both.shape[1] - 1].max(axis=1, initial=0)
    return np.where(both[:n_clusters].sum(axis=1) > 0, best, np.nan)
