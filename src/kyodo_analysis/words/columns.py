"""Label columns as categoricals that depend on their values alone, however they were put together."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd


def make_labels(values: Sequence[str], codes: npt.NDArray[Any]) -> pd.Categorical:
    """Return ``values[codes]`` with the values in use, sorted, as categories."""
    used = np.bincount(codes, minlength=len(values)) > 0
    categories = sorted({value for value, wanted in zip(values, used, strict=True) if wanted})
    numbers = {value: number for number, value in enumerate(categories)}
    recode = np.array([numbers.get(value, -1) for value in values], dtype=np.int32)
    return pd.Categorical.from_codes(recode[codes], categories=pd.Index(categories, dtype="str"))


def tidy_labels(frame: pd.DataFrame) -> pd.DataFrame:
    """Return `frame` with the categories of every label column in use and sorted."""
    tidied = {
        str(name): make_labels(column.cat.categories.tolist(), column.cat.codes.to_numpy())
        for name, column in frame.items()
        if isinstance(column.dtype, pd.CategoricalDtype)
    }
    return frame.assign(**tidied)


def stack_frames(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Put frames with the same columns below each other; label columns stay categorical."""
    first = frames[0]
    if len(frames) == 1:
        return first
    return pd.DataFrame(
        {
            name: pd.api.types.union_categoricals([frame[name] for frame in frames])
            if isinstance(first[name].dtype, pd.CategoricalDtype)
            else np.concatenate([frame[name].to_numpy() for frame in frames])
            for name in first.columns
        }
    )
