"""Opinions divided into clusters: by NMF, and by Ward's method as a second opinion."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kyodo_analysis.errors import NotInDataError
from kyodo_analysis.themes.clusters.matrix import DocumentTermMatrix, weigh_with_compounds
from kyodo_analysis.themes.clusters.tables import SECOND_OPINION

if TYPE_CHECKING:
    from scipy import sparse

UNASSIGNED = -1
# More iterations change the fit in the fourth digit only.
ITERATIONS = 20
N_MAX = 5_000


def partition_by_nmf(weighted: sparse.csr_array, ks: Sequence[int]) -> list[np.ndarray]:
    """Return, for each k, the component that each row weighs most on; an empty row has -1.

    Components are numbered from 0 by size.

    Parameters
    ----------
    weighted : scipy.sparse.csr_array
        Term weights, opinions in rows.
    ks : sequence of int
        Numbers of components, each at most the number of rows and of columns.
    """
    from sklearn.decomposition import non_negative_factorization

    if not weighted.nnz:
        return [np.full(weighted.shape[0], UNASSIGNED, dtype=np.intp) for _ in ks]
    partitions = []
    for k in ks:
        weights, components, _ = non_negative_factorization(
            weighted, n_components=k, init="nndsvd", random_state=0, max_iter=ITERATIONS, tol=0
        )
        share = weights * np.linalg.norm(components, axis=1)
        labels = np.where(share.any(axis=1), share.argmax(axis=1), UNASSIGNED)
        partitions.append(number_by_size(labels))
    return partitions


def partition_by_ward(weighted: sparse.csr_array, ks: Sequence[int]) -> list[np.ndarray]:
    """Return, for each k, each row's cluster, 0 to k-1 by size; an empty row has -1.

    Rows have length 1, so that squared Euclidean distance is 2 - 2 x cosine.
    """
    from scipy.cluster.hierarchy import fcluster, ward
    from scipy.spatial.distance import squareform
    from sklearn.metrics import euclidean_distances

    used = np.flatnonzero(np.diff(weighted.indptr))
    partitions = np.full((len(ks), weighted.shape[0]), UNASSIGNED, dtype=np.intp)
    if len(used) >= 2:
        tree = ward(squareform(euclidean_distances(weighted[used]), checks=False))
        partitions[:, used] = [fcluster(tree, k, criterion="maxclust") for k in ks]
    return [number_by_size(labels) for labels in partitions]


def compare_with_ward(memberships: pd.DataFrame, matrix: DocumentTermMatrix) -> pd.DataFrame:
    """Cut a Ward tree at each k and say how far it agrees with the clusters found.

    Parameters
    ----------
    memberships : DataFrame
        As in a search: opinions in rows, one column per k.
    matrix : DocumentTermMatrix
        The terms of these opinions.

    Returns
    -------
    SECOND_OPINION

    Raises
    ------
    NotInDataError
        Above 5,000 opinions: the tree needs every pair.
    """
    from sklearn.metrics import adjusted_rand_score

    if len(matrix.opinion_ids) > N_MAX:
        found = f"意見が{len(matrix.opinion_ids)}件あり、すべての組を比べる Ward法には多すぎます"
        raise NotInDataError("Ward法", found, f"{N_MAX}件までです", "NMFの結果だけを使ってください")
    weighted = weigh_with_compounds(matrix)
    found_labels = memberships.reindex(matrix.opinion_ids).fillna(0).to_numpy(dtype=np.intp) - 1
    by_ward = partition_by_ward(weighted, [int(k) for k in memberships.columns])
    rows = []
    for k, labels, ward in zip(memberships.columns, found_labels.T, by_ward, strict=True):
        both = (labels != UNASSIGNED) & (ward != UNASSIGNED)
        rows.append(
            {
                "k": k,
                "agreement": adjusted_rand_score(labels[both], ward[both]),
                "silhouette": mean_silhouette(weighted, labels),
                "ward_silhouette": mean_silhouette(weighted, ward),
                "ward_sizes": listed_sizes(np.bincount(ward[ward != UNASSIGNED])),
            }
        )
    return SECOND_OPINION.make(rows)


def mean_silhouette(weighted: sparse.csr_array, labels: np.ndarray) -> float:
    """Mean silhouette (Rousseeuw 1987) by cosine distance; rows without a cluster are left out.

    NaN where there are fewer than two clusters, or one row for each.

    Parameters
    ----------
    weighted : scipy.sparse.csr_array
        TF-IDF, rows of length 1.
    labels : ndarray of int
        Cluster of each row from 0, or -1.
    """
    from sklearn.metrics import silhouette_score

    used = np.flatnonzero(labels != UNASSIGNED)
    if not 2 <= len(np.unique(labels[used])) < len(used):
        return float("nan")
    return float(silhouette_score(weighted[used], labels[used], metric="cosine"))


def cross_clusters(labels: np.ndarray) -> sparse.csr_array:
    """Cross clusters and rows, 0/1."""
    from scipy import sparse

    members = np.flatnonzero(labels != UNASSIGNED)
    shape = int(labels.max(initial=UNASSIGNED)) + 1, len(labels)
    ones = np.ones(len(members), dtype=np.int64)
    return sparse.csr_array((ones, (labels[members], members)), shape=shape)


def mean_similarity(weighted: sparse.csr_array, labels: np.ndarray) -> np.ndarray:
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
    membership = cross_clusters(labels)
    total: np.ndarray = (weighted @ (membership @ weighted).T).toarray()
    itself = membership.T.toarray()
    own_length = np.asarray((weighted * weighted).sum(axis=1))[:, None]
    others = itself.sum(axis=0) - itself
    similarity: np.ndarray = (total - itself * own_length) / np.maximum(others, 1)
    return similarity


def number_by_size(labels: np.ndarray) -> np.ndarray:
    """Renumber from 0, largest first, then by first appearance; -1 stays -1."""
    assigned = labels != UNASSIGNED
    values, first, codes, sizes = np.unique(
        labels[assigned], return_index=True, return_inverse=True, return_counts=True
    )
    rank = np.empty(len(values), dtype=np.intp)
    rank[np.lexsort((first, -sizes))] = np.arange(len(values))
    numbered = np.full(len(labels), UNASSIGNED, dtype=np.intp)
    numbered[assigned] = rank[codes]
    return numbered


def memberships_table(labels: Mapping[int, np.ndarray], opinion_ids: pd.Index) -> pd.DataFrame:
    """Labels from 0, or -1, to one column per k: clusters from 1, missing where there is none."""
    numbers = {k: pd.array(of_k + 1, dtype="Int64") for k, of_k in labels.items()}
    frame = pd.DataFrame(numbers, index=pd.Index(opinion_ids, name="opinion_id"))
    return frame.mask(frame == 0)


def listed_sizes(sizes: Iterable[int]) -> str:
    """Sizes as an analyst reads them: 120、80、35."""
    return "、".join(map(str, sizes))
