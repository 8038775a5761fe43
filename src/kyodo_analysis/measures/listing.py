"""Names behind a number, so that every count leads back to the voices."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

SEPARATOR = "、"


def join_names(frame: pd.DataFrame, by: Sequence[str], name: str) -> "pd.Series[Any]":
    """List the distinct values of `name` in each group of `by`, in order of appearance."""
    distinct = frame[[*by, name]].drop_duplicates()
    groups = distinct.groupby(list(by), observed=True)
    order = np.argsort(groups.ngroup().to_numpy(), kind="stable")
    names = distinct[name].astype("str").to_numpy(dtype=object)[order].tolist()
    sizes = groups.size()
    bounds = pairwise([0, *sizes.cumsum()])
    joined = [SEPARATOR.join(names[first:last]) for first, last in bounds]
    return pd.Series(joined, index=sizes.index, name=name, dtype="str")
