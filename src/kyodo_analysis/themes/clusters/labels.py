"""Cluster numbers mean nothing by themselves: here they are given by size."""

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from kyodo_analysis.themes.clusters.closeness import UNASSIGNED


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
