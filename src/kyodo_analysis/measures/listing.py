"""Names behind a number, so that every count leads back to the voices."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

SEPARATOR = "、"


def join_names(frame: pd.DataFrame, by: Sequence[str], name: str) -> "pd.Series[Any]":
    """List the distinct values of `name` in each group of `by`, in order of appearance."""
    return list_names(frame, by, name)["names"].rename(name)


def list_names(frame: pd.DataFrame, by: Sequence[str], name: str) -> pd.DataFrame:
    """List and count the distinct values of `name` in each group of `by`.

    Returns
    -------
    DataFrame
        Index: the groups. Columns: ``names``, in order of appearance; ``n_names``; ``n``, the
        rows.
    """
    groups = frame.groupby(list(by), observed=True)
    numbers, names = pd.factorize(frame[name])
    pairs = pd.unique(groups.ngroup().to_numpy() * len(names) + numbers)
    group, number = np.divmod(pairs, max(1, len(names)))
    order = np.argsort(group, kind="stable")
    listed = np.asarray(names, dtype=object)[number[order]].tolist()
    bounds = np.searchsorted(group[order], np.arange(groups.ngroups + 1))
    joined = [SEPARATOR.join(listed[first:last]) for first, last in pairwise(bounds.tolist())]
    table = groups.size().to_frame("n").assign(n_names=np.diff(bounds))
    return table.assign(names=pd.Series(joined, index=table.index, dtype="str"))
