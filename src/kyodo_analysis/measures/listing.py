"""Names behind a number, so that every count leads back to the voices."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

SEPARATOR = "、"


def join_names(frame: pd.DataFrame, by: Sequence[str], name: str) -> "pd.Series[Any]":
    """List the distinct values of `name` in each group of `by`, in order of appearance."""
    distinct = frame[[*by, name]].drop_duplicates()
    return distinct.astype({name: "str"}).groupby(list(by), observed=True)[name].agg(SEPARATOR.join)
