"""Shares as dots with intervals, only where there are enough opinions for a share."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator, PercentFormatter

from kyodo_analysis.charts.page import (
    Millimetres,
    label_rows,
    middles,
    new_page,
    require_columns,
    row_edges,
)
from kyodo_analysis.charts.style import GUIDE, INK, PRINT, Style
from kyodo_analysis.errors import NotInDataError

LEAST_FOR_SHARES = 30
INTERVAL_NOTE = "95%区間(仮に無作為標本とみた場合の目安)"
DOT: dict[str, Any] = {"fmt": "o", "color": INK, "markersize": 4, "capsize": 2, "clip_on": False}


def plot_themes_with_intervals(
    table: pd.DataFrame, *, ax: Axes | None = None, style: Style = PRINT
) -> Axes:
    """Draw each theme's share of the opinions as a dot with its interval.

    Parameters
    ----------
    table : DataFrame
        One row per theme, in the order of drawing: ``theme``, ``n_opinions``, ``n_total``,
        ``share``, ``low``, ``high`` (0 to 1).

    Raises
    ------
    NotInDataError
        There are fewer than 30 opinions.
    """
    require_columns(table, "theme", "n_opinions", "n_total", "share", "low", "high")
    if (n := int(table["n_total"].min())) < LEAST_FOR_SHARES:
        raise NotInDataError(
            "テーマの割合の図",
            f"意見が{n}件で、{LEAST_FOR_SHARES}件に満たないため、割合は示しません",
            action="件数の図を使ってください",
        )
    with new_page(style, ax) as (page, ax):
        table, labels = page.rows(table, "theme")
        edges = row_edges(labels)
        label_rows(ax, edges, labels)
        _draw_shares(ax, table, middles(edges))
        page.notes.append(f"点は全{n}件に占める割合、横線は{INTERVAL_NOTE}")
        page.finish([ax], height_mm=edges[-1])
    return ax


def _draw_shares(ax: Axes, table: pd.DataFrame, places: Millimetres) -> None:
    ticks = percent_ticks(table)
    ax.set_xticks(ticks)
    ax.xaxis.set_major_formatter(PercentFormatter(1))
    ax.grid(axis="x", color=GUIDE)
    ax.set_xlim(0, ticks[-1])
    ax.errorbar(table["share"], places, xerr=reach(table), **DOT)
    for place, row in zip(places, table.itertuples(), strict=True):
        ax.annotate(
            f"{row.n_opinions}件 {row.share:.0%}",
            (ticks[-1], place),
            (3, 0),
            textcoords="offset points",
            va="center_baseline",
        )


def percent_ticks(table: pd.DataFrame) -> npt.NDArray[np.float64]:
    """Return round shares from zero to just above the largest upper bound."""
    ticks = MaxNLocator(4, steps=[1, 2, 5, 10]).tick_values(0, float(table["high"].max()))
    return np.array([tick for tick in ticks if tick <= 1])


def reach(table: pd.DataFrame) -> npt.NDArray[np.float64]:
    """Return how far the interval reaches below and above each share."""
    return np.array([table["share"] - table["low"], table["high"] - table["share"]])
