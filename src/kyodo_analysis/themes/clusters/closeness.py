"""How close each opinion is to each cluster, without a square of distances."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from scipy import sparse

UNASSIGNED = -1


def mean_closeness(weighted: sparse.csr_array, labels: np.ndarray) -> np.ndarray:
    """Mean cosine similarity of each row to the rows of each cluster, itself left out.

    Rows have length 1, so that the mean is one product with the sum over a cluster; memory stays
    rows x clusters. A row alone in its cluster has 0 there.

    Parameters
    ----------
    weighted : scipy.sparse.csr_array
        TF-IDF, rows of length 1 (empty rows of length 0).
    labels : ndarray of int
        Cluster of each row from 0, or -1.

    Returns
    -------
    ndarray
        Rows x clusters.
    """
    from scipy import sparse

    members = np.flatnonzero(labels != UNASSIGNED)
    own = labels[members]
    sizes = np.bincount(own)
    membership = sparse.csr_array(
        (np.ones(len(members)), (own, members)), shape=(len(sizes), len(labels))
    )
    total: np.ndarray = (weighted @ (membership @ weighted).T).toarray()
    others = np.tile(sizes, (len(labels), 1))
    total[members, own] -= 1
    others[members, own] -= 1
    return total / np.maximum(others, 1)
