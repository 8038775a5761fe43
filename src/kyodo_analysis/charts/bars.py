"""Horizontal bars from zero, each with its number."""

from collections.abc import Iterable, Sequence

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
from kyodo_analysis.charts.style import HALO, INK, PRINT, Style, Tone

_BAR_MM = 3.0


def plot_ranked_terms(table: pd.DataFrame, *, ax: Axes | None = None, style: Style = PRINT) -> Axes:
    """Draw in how many opinions each term stands, and how often in all.

    Parameters
    ----------
    table : DataFrame
        One row per term, in the order of drawing: ``term``, ``n_opinions``, ``n`` (occurrences).

    Returns
    -------
    Axes
        Per term a long pale bar for the occurrences and a dark one over it for the opinions.
    """
    require_columns(table, "term", "n_opinions", "n")
    with new_canvas(style, ax) as (canvas, ax):
        table, labels = canvas.rows(table, "term", size="n_opinions")
        numbers = [f"{row.n_opinions}件({row.n}回)" for row in table.itertuples()]
        dark, pale, *_ = style.tones
        places = _draw_bars(ax, labels, table["n"], numbers, pale)
        add_bars(ax, places, table["n_opinions"], tone=dark)
        canvas.notes.append(
            "棒の全体: 出現回数(回)。そのうち濃い部分の長さ: その語を含む意見の数(件)"
        )
        canvas.finish([ax], height_mm=row_edges(labels)[-1])
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
    with new_canvas(style, ax) as (canvas, ax):
        table, labels = canvas.rows(table, "group", size="n_opinions")
        numbers = [f"{n}件" for n in table["n_opinions"]]
        _draw_bars(ax, labels, table["n_opinions"], numbers, style.tones[0])
        canvas.finish([ax], height_mm=row_edges(labels)[-1])
    return ax


def _draw_bars(
    ax: Axes, labels: Sequence[str], lengths: "pd.Series[int]", numbers: Sequence[str], tone: Tone
) -> Millimetres:
    """Draw one labelled bar a row and return the middles of the rows."""
    edges = row_edges(labels)
    label_rows(ax, edges, labels)
    add_bars(ax, middles(edges), lengths, tone=tone)
    print_at_end(ax, middles(edges), lengths, numbers)
    ax.set_xlim(0, max(1, lengths.max()))
    return middles(edges)


def add_bars(ax: Axes, places: Millimetres, lengths: "pd.Series[int]", *, tone: Tone) -> None:
    """Add horizontal bars from zero; the axis is hidden, since every bar has its number."""
    ax.barh(
        places,
        lengths.astype("float64"),
        height=_BAR_MM,
        facecolor=tone.color,
        edgecolor=INK,
        hatch=tone.hatch or None,
        clip_on=False,
    )
    ax.set_xticks([])


def print_at_end(
    ax: Axes, places: Millimetres, lengths: Iterable[float], numbers: Sequence[str]
) -> None:
    """Print a number at the end of each bar."""
    for place, length, number in zip(places, lengths, numbers, strict=True):
        ax.annotate(
            number,
            (length, place),
            (3, 0),
            textcoords="offset points",
            va="center_baseline",
            path_effects=HALO,
        )
