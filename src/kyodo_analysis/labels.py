"""Label columns: few names that stand many times."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd


def number_names(labels: "pd.Series[Any]") -> tuple[npt.NDArray[np.intp], pd.Index]:
    """Give the values of a label column numbers in the order of their names.

    Returns
    -------
    array of int, one per value
        The number of its name.
    Index of str
        The names in use, sorted.
    """
    codes, values = pd.factorize(labels.astype("category"))
    places, names = pd.factorize(values.astype("str"), sort=True)
    return places[codes], names
