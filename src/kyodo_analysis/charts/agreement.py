"""How far two coders agree, code by code."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from kyodo_analysis.charts.canvas import (
    Millimetres,
    label_rows,
    middles,
    new_canvas,
    require_columns,
    row_edges,
)
from kyodo_analysis.charts.intervals import DOT, reach
from kyodo_analysis.charts.style import GUIDE, PRINT, Style

_STEP = 0.5


def plot_agreement(
    table: pd.DataFrame, *, note: str = "", ax: Axes | None = None, style: Style = PRINT
) -> Axes:
    """Draw Cohen's kappa of each code with its interval; what is undefined says so.

    Parameters
    ----------
    table : DataFrame
        One row per code, in the order of drawing: ``code``, ``first``, ``second`` (coders),
        ``n_opinions``, ``n_first``, ``n_second``, ``n_both``, ``kappa``, ``kappa_low``,
        ``kappa_high``, ``reason`` (all four may be missing).
    note : str, optional
        Printed below, such as the seed.

    Returns
    -------
    Axes
        x is kappa, from 0 (or lower, where a value lies below) to 1.
    """
    require_columns(
        table,
        *("code", "first", "second", "n_opinions", "n_first", "n_second", "n_both"),
        *("kappa", "kappa_low", "kappa_high", "reason"),
    )
    with new_canvas(style, ax) as (canvas, ax):
        named = table.assign(label=_name_rows(table))
        table, labels = canvas.rows(named, "label")
        edges = row_edges(labels)
        label_rows(ax, edges, labels)
        _draw_kappas(ax, table, middles(edges))
        for place, row in zip(middles(edges), table.itertuples(), strict=True):
            number = f"{row.n_first}・{row.n_second}・{row.n_both}"
            ax.annotate(
                number, (1, place), (5, 0), textcoords="offset points", va="center_baseline"
            )
        canvas.notes += [*_say_coders(table), *_say_reasons(table), *([note] if note else [])]
        canvas.finish([ax], height_mm=edges[-1])
    return ax


def _draw_kappas(ax: Axes, table: pd.DataFrame, places: Millimetres) -> None:
    named = {"kappa": "share", "kappa_low": "low", "kappa_high": "high"}
    values = table[list(named)].rename(columns=named).astype("float64")
    lowest = np.floor(min(0, values.min().min()) / _STEP) * _STEP
    ticks = np.arange(lowest, 1 + _STEP / 2, _STEP)
    ax.set_xticks(ticks, labels=[f"{tick:g}" for tick in ticks])
    ax.set_xlim(lowest, 1)
    ax.spines["bottom"].set_visible(True)
    ax.axvline(0, color=GUIDE)
    ax.errorbar(values["share"], places, xerr=reach(values), **DOT)
    for place in places[values["share"].isna()]:
        ax.text(0, place, " 計算できない", va="center_baseline")


def _name_rows(table: pd.DataFrame) -> "pd.Series[str]":
    """Name the codes, and below each the two coders where there are several pairs of them."""
    code = table["code"].astype("str")
    return code + "\n(" + _pairs(table) + ")" if len(_pairs(table).unique()) > 1 else code


def _pairs(table: pd.DataFrame) -> "pd.Series[str]":
    return table["first"].astype("str") + "・" + table["second"].astype("str")


def _say_coders(table: pd.DataFrame) -> list[str]:
    sizes, pairs = table["n_opinions"].unique(), _pairs(table).unique()
    n = f"{sizes[0]}件" if len(sizes) == 1 else "2人とも判定した意見"
    coders = pairs[0] if len(pairs) == 1 else "1人目・2人目"
    return [
        "点: カッパ係数(0は偶然と同じ、1は完全な一致)。横線: 95%ブートストラップ区間",
        f"右の数: {n}のうち、{coders}・両方が付けた数",
    ]


def _say_reasons(table: pd.DataFrame) -> list[str]:
    explained = table.loc[table["reason"].notna(), ["label", "reason"]].astype("str")
    names = explained["label"].str.replace("\n", "")
    return [
        f"{'、'.join(labels)}: {reason}"
        for reason, labels in names.groupby(explained["reason"], sort=False)
    ]
