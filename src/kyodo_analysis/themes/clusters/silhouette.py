"""Mean silhouette on the term weights themselves, without a square of distances."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kyodo_analysis.themes.clusters.closeness import UNASSIGNED, mean_closeness

if TYPE_CHECKING:
    from scipy import sparse


def mean_silhouette(weighted: sparse.csr_array, labels: np.ndarray) -> float:
    """Mean silhouette (Rousseeuw 1987) by cosine distance; rows without a cluster are left out.

    NaN where there are fewer than two clusters; a row alone in its cluster counts 0.

    Parameters
    ----------
    weighted : scipy.sparse.csr_array
        TF-IDF, rows of length 1.
    labels : ndarray of int
        Cluster of each row from 0, or -1.
    """
    own = labels[labels != UNASSIGNED]
    if own.size == 0 or own.max() == 0:
        return float("nan")
    distance = 1 - mean_closeness(weighted, labels)[labels != UNASSIGNED]
    here = np.arange(len(own))
    within = distance[here, own]
    distance[here, own] = np.inf
    nearest = distance.min(axis=1)
    widest = np.maximum(np.maximum(within, nearest), np.finfo(float).tiny)
    alone = np.bincount(own)[own] == 1
    return float(np.where(alone, 0.0, (nearest - within) / widest).mean())
