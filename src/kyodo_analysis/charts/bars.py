"""Horizontal bars from zero, each with its number."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from kyodo_analysis.charts.page import (
    Page,
    label_rows,
    middles,
    new_page,
    require_columns,
    row_edges,
)
from kyodo_analysis.charts.style import INK, PRINT, Style, Tone

_BAR_MM = 3.0


def plot_ranked_terms(table: pd.DataFrame, *, ax: Axes | None = None, style: Style = PRINT) -> Axes:
    """Draw in how many opinions each term stands, and how often in all.

    Parameters
    ----------
    table : DataFrame
        One row per term, in the order of drawing: ``term``, ``part_of_speech``, ``n_opinions``,
        ``n`` (occurrences). A term that stands there twice is told apart by its part of speech.

    Returns
    -------
    Axes
        Per term a long pale bar for the occurrences and a dark one over it for the opinions.
    """
    require_columns(table, "term", "part_of_speech", "n_opinions", "n")
    twice = table["term"].duplicated(keep=False)
    kind = "(" + table["part_of_speech"].astype("str").str.split(",").str[0] + ")"
    named = table["term"].astype("str") + kind.where(twice, "")
    numbers = [f"{row.n_opinions}件({row.n}回)" for row in table.itertuples()]
    with new_page(style, ax) as (page, ax):
        labels = page.labels(named)
        dark, pale, *_ = style.tones
        _draw_bars(page, ax, labels, table["n"], numbers, tone=pale)
        _add_bars(ax, row_edges(labels), table["n_opinions"], tone=dark)
        page.notes.append("濃い棒: その語を含む意見の数(件)。淡い棒: 出現回数(回)")
        page.finish([ax], height_mm=row_edges(labels)[-1])
    return ax


def plot_opinions_per_category(
    table: pd.DataFrame, *, ax: Axes | None = None, style: Style = PRINT
) -> Axes:
    """Draw how many opinions each group holds.

    Parameters
    ----------
    table : DataFrame
        One row per group, in the order of drawing: ``group``, ``n_opinions``.
    """
    require_columns(table, "group", "n_opinions")
    with new_page(style, ax) as (page, ax):
        labels = page.labels(table["group"])
        numbers = [f"{n}件" for n in table["n_opinions"]]
        _draw_bars(page, ax, labels, table["n_opinions"], numbers, tone=style.tones[0])
        page.finish([ax], height_mm=row_edges(labels)[-1])
    return ax


def _draw_bars(
    page: Page,
    ax: Axes,
    labels: Sequence[str],
    lengths: "pd.Series[int]",
    numbers: Sequence[str],
    *,
    tone: Tone,
) -> None:
    edges = row_edges(labels)
    label_rows(ax, edges, labels)
    _add_bars(ax, edges, lengths, tone=tone)
    for length, middle, number in zip(lengths, middles(edges), numbers, strict=True):
        ax.annotate(number, (length, middle), (3, 0), textcoords="offset points", va="center")
    ax.set_xlim(0, max(1, lengths.max()))
    ax.set_xticks([])


def _add_bars(ax: Axes, edges: np.ndarray, lengths: "pd.Series[int]", *, tone: Tone) -> None:
    ax.barh(
        middles(edges),
        lengths.astype("float64"),
        height=_BAR_MM,
        facecolor=tone.color,
        edgecolor=INK,
        hatch=tone.hatch or None,
        clip_on=False,
    )
