"""Mean silhouette on the term weights themselves, without a square of distances."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kyodo_analysis.themes.clusters.nmf import UNASSIGNED

if TYPE_CHECKING:
    from scipy import sparse


def mean_silhouette(weighted: sparse.csr_array, labels: np.ndarray) -> float:
    """Mean silhouette (Rousseeuw 1987) by cosine distance; rows without a cluster are left out.

    Rows have length 1, so a row's mean distance to a cluster is 1 minus its product with that
    cluster's mean; memory stays rows x clusters. NaN where there are fewer than two clusters.

    Parameters
    ----------
    weighted : scipy.sparse.csr_array
        TF-IDF, rows of length 1.
    labels : ndarray of int
        Cluster from 0, or -1.
    """
    from scipy import sparse

    rows = np.flatnonzero(labels != UNASSIGNED)
    own = labels[rows]
    sizes = np.bincount(own)
    if len(sizes) < 2:
        return float("nan")
    inside = weighted[rows]
    members = sparse.csr_array(
        (np.ones(len(rows)), (own, np.arange(len(rows)))), shape=(len(sizes), len(rows))
    )
    closeness = (inside @ (members @ inside).T).toarray()
    here = np.arange(len(rows))
    alone = sizes[own] == 1
    within = 1 - (closeness[here, own] - 1) / np.where(alone, 1, sizes[own] - 1)
    distance = 1 - closeness / sizes
    distance[here, own] = np.inf
    nearest = distance.min(axis=1)
    widest = np.maximum(np.maximum(within, nearest), np.finfo(float).tiny)
    return float(np.where(alone, 0.0, (nearest - within) / widest).mean())
