"""Names behind a number, so that every count leads back to the voices."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

SEPARATOR = "、"


def join_names(frame: pd.DataFrame, by: Sequence[str], name: str) -> "pd.Series[Any]":
    """List the distinct values of `name` in each group of `by`, in order of appearance."""
    groups = frame.groupby(list(by), observed=True)
    numbers, names = pd.factorize(frame[name])
    pairs = pd.unique(groups.ngroup().to_numpy() * len(names) + numbers)
    group, number = np.divmod(pairs, max(1, len(names)))
    order = np.argsort(group, kind="stable")
    listed = np.asarray(names, dtype=object)[number[order]].tolist()
    bounds = pairwise(np.searchsorted(group[order], np.arange(groups.ngroups + 1)).tolist())
    joined = [SEPARATOR.join(listed[first:last]) for first, last in bounds]
    return pd.Series(joined, index=groups.size().index, name=name, dtype="str")
