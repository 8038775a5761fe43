"""NMF: each opinion goes to the component that it weighs most on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from kyodo_analysis.themes.clusters.closeness import UNASSIGNED
from kyodo_analysis.themes.clusters.labels import memberships_table, number_by_size
from kyodo_analysis.themes.clusters.matrix import DocumentTermMatrix
from kyodo_analysis.themes.clusters.parts import weigh_with_parts
from kyodo_analysis.themes.clusters.svd import find_largest

if TYPE_CHECKING:
    import pandas as pd
    from scipy import sparse

# More iterations change the fit in the fourth digit only.
ITERATIONS = 20
_TINY = np.finfo(float).tiny


def cluster_by_nmf(matrix: DocumentTermMatrix, ks: Sequence[int]) -> pd.DataFrame:
    """Cluster opinions for each k without asking for evidence: 100,000 take a few seconds.

    Parameters
    ----------
    matrix : DocumentTermMatrix
        The terms of the opinions.
    ks : sequence of int
        Numbers of clusters.

    Returns
    -------
    DataFrame
        One row per opinion (index: opinion_id), one column per k: the cluster from 1 by size,
        missing for an opinion without a kept term. A look, not a result: for reports there is
        ``find_clusters``.
    """
    partitions = partition_by_nmf(weigh_with_parts(matrix), ks)
    return memberships_table(dict(zip(ks, partitions, strict=True)), matrix.opinion_ids)


def partition_by_nmf(weighted: sparse.csr_array, ks: Sequence[int]) -> list[np.ndarray]:
    """Return, for each k, each row's component: 0 to k-1 by size; an empty row has -1.

    Parameters
    ----------
    weighted : scipy.sparse.csr_array
        Term weights, opinions in rows.
    ks : sequence of int
        Numbers of components, each at most the number of rows and of columns.
    """
    left, right = _starting_point(weighted, max(ks))
    return [_partition(weighted, left[:, :k], right[:k]) for k in ks]


def _partition(weighted: sparse.csr_array, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    weights, components = left.T.copy(), right.copy()
    opinions, terms = weighted, weighted.T  # not copied: read by opinions, it is multiplied faster
    for _ in range(ITERATIONS):
        _improve(weights, components, opinions @ components.T)
        _improve(components, weights, terms @ weights.T)
    share = weights * np.linalg.norm(components, axis=1)[:, None]
    return number_by_size(np.where(share.any(axis=0), share.argmax(axis=0), UNASSIGNED))


def _improve(factor: np.ndarray, other: np.ndarray, product: np.ndarray) -> None:
    """Improve one factor in place, component by component (HALS, Cichocki & Phan 2009).

    It is what scikit-learn's coordinate descent does, without its copies and checks, which took
    longer than the work itself on a few hundred opinions.

    Parameters
    ----------
    factor, other : ndarray
        Components in rows.
    product : ndarray
        The weighted matrix times `other`, components in columns.
    """
    squares = other @ other.T
    for place in np.flatnonzero(squares.diagonal() > 0):
        step = (product[:, place] - squares[place] @ factor) / squares[place, place]
        np.maximum(factor[place] + step, 0, out=factor[place])


def _starting_point(weighted: sparse.csr_array, k: int) -> tuple[np.ndarray, np.ndarray]:
    """NNDSVD (Boutsidis & Gallopoulos 2008); its first j columns are the start for j components.

    Of each pair of singular vectors the heavier sign is kept.
    """
    u, s, v = find_largest(weighted, k)
    sign = np.where(_weight(u, v) >= _weight(-u, -v), 1, -1)
    x, y = np.maximum(u * sign, 0), np.maximum(v.T * sign, 0).T
    x_length, y_length = np.linalg.norm(x, axis=0), np.linalg.norm(y, axis=1)
    left = x * np.sqrt(s * y_length / np.maximum(x_length, _TINY))
    right = y.T * np.sqrt(s * x_length / np.maximum(y_length, _TINY))
    return left, right.T


def _weight(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    weight: np.ndarray = np.linalg.norm(np.maximum(u, 0), axis=0) * np.linalg.norm(
        np.maximum(v, 0), axis=1
    )
    return weight
