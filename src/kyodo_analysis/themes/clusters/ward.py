"""Ward's method as a second opinion on how the opinions fall apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kyodo_analysis.errors import NotInDataError
from kyodo_analysis.themes.clusters.closeness import UNASSIGNED
from kyodo_analysis.themes.clusters.labels import listed_sizes, number_by_size
from kyodo_analysis.themes.clusters.matrix import DocumentTermMatrix
from kyodo_analysis.themes.clusters.parts import weigh_with_parts
from kyodo_analysis.themes.clusters.silhouette import mean_silhouette
from kyodo_analysis.themes.clusters.tables import SECOND_OPINION

if TYPE_CHECKING:
    from scipy import sparse

N_MAX = 5_000


def compare_with_ward(memberships: pd.DataFrame, matrix: DocumentTermMatrix) -> pd.DataFrame:
    """Cut a Ward tree at each k and say how far it agrees with the clusters found.

    Parameters
    ----------
    memberships : DataFrame
        As in a finding: opinions in rows, one column per k.
    matrix : DocumentTermMatrix
        The terms of these opinions.

    Returns
    -------
    DataFrame
        The second_opinion table.

    Raises
    ------
    NotInDataError
        Above 5,000 opinions: the tree needs every pair.
    """
    from sklearn.metrics import adjusted_rand_score

    if len(matrix.opinion_ids) > N_MAX:
        found = f"意見が{len(matrix.opinion_ids)}件あり、すべての組を比べる Ward法には多すぎます"
        raise NotInDataError("Ward法", found, f"{N_MAX}件までです", "NMFの結果だけを使ってください")
    weighted = weigh_with_parts(matrix)
    found_labels = memberships.reindex(matrix.opinion_ids).fillna(0).to_numpy(dtype=np.intp) - 1
    rows = []
    for k, labels in zip(memberships.columns, found_labels.T, strict=True):
        ward = partition_by_ward(weighted, int(k))
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


def partition_by_ward(weighted: sparse.csr_array, k: int) -> np.ndarray:
    """Return each row's cluster, 0 to k-1 by size; an empty row has -1.

    Rows have length 1, so that squared Euclidean distance is 2 - 2 x cosine.
    """
    from scipy.cluster.hierarchy import fcluster, ward
    from scipy.spatial.distance import squareform

    used = np.flatnonzero(np.diff(weighted.indptr))
    labels = np.full(weighted.shape[0], UNASSIGNED, dtype=np.intp)
    if len(used) < 2:
        return labels
    cosine = (weighted[used] @ weighted[used].T).toarray()
    distance = np.sqrt(np.maximum(2 - 2 * cosine, 0))
    np.fill_diagonal(distance, 0)
    labels[used] = fcluster(ward(squareform(distance, checks=False)), k, criterion="maxclust")
    return number_by_size(labels)
