"""How far a clustering comes back when the opinions are drawn anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kyodo_analysis.themes.clusters.matrix import weigh
from kyodo_analysis.themes.clusters.partition import (
    UNASSIGNED,
    mean_silhouette,
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
    ari : float
        Mean adjusted Rand index against the bootstrap samples.
    silhouette : float
        Mean silhouette by cosine distance on TF-IDF; -1 where there are no two clusters.
    sizes, jaccard : ndarray
        Per cluster: rows, and mean over the samples of the best Jaccard index (Hennig 2007).
    """

    labels: np.ndarray
    ari: float
    silhouette: float
    sizes: np.ndarray
    jaccard: np.ndarray


def score_partitions(
    present: sparse.csr_array, settings: ClusterSettings, rng: np.random.Generator
) -> list[Scores]:
    """Cluster a 0/1 matrix for each k and score each clustering.

    A bootstrap sample counts each opinion that was drawn once, about 63 % of them, and weighs their
    words anew.

    The text as it is and each shuffled text pass through this same function.
    """
    weighted = weigh(present)
    n = present.shape[0]
    samples = [np.unique(rng.integers(0, n, n)) for _ in range(settings.n_bootstraps)]
    again = [partition_by_nmf(weigh(present[sample]), settings.ks) for sample in samples]
    return [
        _score(weighted, labels, samples, [drawn[place] for drawn in again])
        for place, labels in enumerate(partition_by_nmf(weighted, settings.ks))
    ]


def _score(
    weighted: sparse.csr_array,
    labels: np.ndarray,
    samples: list[np.ndarray],
    again: list[np.ndarray],
) -> Scores:
    from sklearn.metrics import adjusted_rand_score

    sizes = np.bincount(labels[labels != UNASSIGNED])
    pairs = [(labels[sample], drawn) for sample, drawn in zip(samples, again, strict=True)]
    jaccards = np.array([best_jaccard(before, after, len(sizes)) for before, after in pairs])
    drawn = ~np.isnan(jaccards)
    return Scores(
        labels=labels,
        ari=float(np.mean([adjusted_rand_score(*pair) for pair in pairs])),
        silhouette=np.nan_to_num(mean_silhouette(weighted, labels), nan=-1.0),
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
