"""Shares and their intervals, and when neither may be shown."""

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]

MIN_FOR_SHARE: Final = 30
Z_95: Final = 1.959963984540054


def wilson_interval(hits: npt.ArrayLike, totals: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Give the 95 % score interval of each share, after Wilson (1927).

    Parameters
    ----------
    hits, totals : array-like of int
        How many of how many; broadcast against each other. Totals are above zero.

    Returns
    -------
    low, high : ndarray
        Shares between 0 and 1.
    """
    n = np.asarray(totals, dtype=float)
    share = np.asarray(hits, dtype=float) / n
    spread = Z_95**2 / n
    centre = (share + spread / 2) / (1 + spread)
    half = Z_95 * np.sqrt(share * (1 - share) / n + spread / (4 * n)) / (1 + spread)
    # rounding must not put the ends on the wrong side of a share of nothing or all
    return np.clip(centre - half, 0, share), np.clip(centre + half, share, 1)


def shares_of(
    hits: "pd.Series[int]", totals: "pd.Series[int]", effects: npt.ArrayLike = 1.0
) -> pd.DataFrame:
    """Give ``share``, ``low`` and ``high``; missing where a total is too small for percentages.

    Parameters
    ----------
    hits, totals : Series of int
    effects : array-like, default 1
        Design effects: of how many opinions each is worth one (Franco et al. 2019).
    """
    enough = (totals >= MIN_FOR_SHARE).to_numpy(dtype=bool)
    n = np.where(enough, totals.to_numpy(dtype=float), np.nan)
    share = hits.to_numpy(dtype=float) / n
    worth = n / np.asarray(effects)
    low, high = wilson_interval(share * worth, worth)
    return pd.DataFrame({"share": share, "low": low, "high": high}, index=hits.index)
