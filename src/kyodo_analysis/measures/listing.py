"""Names behind a number, so that every count leads back to the voices."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

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
        rows. Rows without a group or a name do not count.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    rows = frame[[*by, name]].dropna()
    sizes = rows.groupby(list(by), observed=True).size()
    group, (numbers, names) = _number_groups(rows, by), pd.factorize(rows[name])
    order = np.argsort(group, kind="stable")
    pairs = (group * len(names) + numbers)[order]
    pairs = pairs[_are_new(pairs)]
    group, number = np.divmod(pairs, len(names))
    bounds = np.searchsorted(group, np.arange(len(sizes) + 1))
    listed = pa.array(np.asarray(names, dtype=object), pa.large_string()).take(pa.array(number))
    joined = pc.binary_join(
        pa.LargeListArray.from_arrays(bounds, listed), pa.scalar(SEPARATOR, pa.large_string())
    )
    table = sizes.to_frame("n").assign(n_names=np.diff(bounds))
    return table.assign(names=pd.Series(joined, index=table.index, dtype="str"))


def _number_groups(rows: pd.DataFrame, by: Sequence[str]) -> NDArray[np.integer[Any]]:
    """Return the number of each row's group, labels by their codes: pandas would rank them anew."""
    columns = [rows[name] for name in by]
    keys = [
        column.cat.codes if isinstance(column.dtype, pd.CategoricalDtype) else column
        for column in columns
    ]
    return rows.groupby(keys).ngroup().to_numpy()


def _are_new(pairs: NDArray[np.integer[Any]]) -> NDArray[np.bool_]:
    """Tell which numbers were not there before; those that rise need no more than a glance."""
    if (pairs[1:] >= pairs[:-1]).all():
        return np.append(True, pairs[1:] != pairs[:-1])[: len(pairs)]
    return ~pd.Series(pairs).duplicated().to_numpy()
