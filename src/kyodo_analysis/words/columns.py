"""Label columns as categoricals that depend on their values alone, however they were put together."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

_AT_ONCE = 40

Column = pd.Categorical | npt.NDArray[Any]
Columns = dict[str, Column]
"""A table's columns by their names, each free to be let go before the others."""


def stack_columns(parts: Sequence[Columns]) -> Columns:
    """Put tables with the same columns below each other.

    The categories of label columns are those in use, sorted, however the rows were spread. The
    parts are emptied column by column, so that never all is held twice.
    """
    filled = [part for part in parts if count_rows(part)] or parts[:1]
    return {name: _stack([part.pop(name) for part in filled]) for name in list(filled[0])}


def stack_stream(parts: Iterable[Columns]) -> Columns:
    """Stack parts as they come, some at a time, so that the many small ones are soon let go."""
    waiting = iter(parts)
    stacks = []
    while some := list(islice(waiting, _AT_ONCE)):
        stacks.append(stack_columns(some))
    return stack_columns(stacks)


def count_rows(part: Columns) -> int:
    """Return how many rows columns have."""
    return len(next(iter(part.values())))


def _stack(columns: Sequence[Column]) -> Column:
    labels = [column for column in columns if isinstance(column, pd.Categorical)]
    if not labels:
        return np.concatenate(columns) if len(columns) > 1 else columns[0]
    if len(labels) == 1 and _is_tidy(labels[0]):
        return labels[0]
    parts = [_find_used(part) for part in labels]
    numbers, categories = pd.factorize(np.concatenate([used for used, _ in parts]), sort=True)
    offsets = np.cumsum([0, *(len(used) for used, _ in parts)])
    codes = [
        numbers.astype(np.int32)[offset + part_codes]
        for offset, (_, part_codes) in zip(offsets, parts, strict=False)
    ]
    return pd.Categorical.from_codes(
        np.concatenate(codes), categories=pd.Index(categories, dtype="str")
    )


def _is_tidy(labels: pd.Categorical) -> bool:
    categories = labels.categories
    return (
        categories.dtype == "str"
        and categories.is_monotonic_increasing
        and bool(np.bincount(labels.codes, minlength=len(categories)).all())
    )


def keep_used(column: Column) -> Column:
    """Return a column without the names that it does not use, its own order kept."""
    if not isinstance(column, pd.Categorical):
        return column
    used, codes = renumber(column.codes, len(column.categories))
    return pd.Categorical.from_codes(codes, categories=column.categories[used])


def renumber(
    codes: npt.NDArray[Any], n_names: int
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.int32]]:
    """Tell which of so many names are in use, and number those alone."""
    used = np.bincount(codes, minlength=n_names) > 0
    return used, (np.cumsum(used, dtype=np.int32) - np.int32(1))[codes]


def _find_used(labels: pd.Categorical) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    """Return the categories in use, and the codes that go with them."""
    used, codes = renumber(labels.codes, len(labels.categories))
    return labels.categories.to_numpy(dtype=object)[used], codes
