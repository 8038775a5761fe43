"""Shares with intervals, and when neither may be shown."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.ticker import MaxNLocator

from kyodo_analysis.charts.style import INK

LEAST_FOR_SHARES = 30
INTERVAL_NOTE = "95%区間(仮に無作為標本とみた場合の目安)"
DOT: dict[str, Any] = {"fmt": "o", "color": INK, "markersize": 4, "capsize": 2, "clip_on": False}


def percent_ticks(table: pd.DataFrame) -> npt.NDArray[np.float64]:
    """Return round shares from zero to just above the largest upper bound."""
    ticks = MaxNLocator(4, steps=[1, 2, 5, 10]).tick_values(0, float(table["high"].max()))
    return np.array([tick for tick in ticks if tick <= 1])


def reach(table: pd.DataFrame) -> npt.NDArray[np.float64]:
    """Return how far the interval reaches below and above each share."""
    return np.array([table["share"] - table["low"], table["high"] - table["share"]])
