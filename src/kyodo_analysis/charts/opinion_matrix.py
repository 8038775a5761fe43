"""Every mark is one opinion."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import PatchCollection
from matplotlib.patches import Rectangle

from kyodo_analysis.charts.canvas import (
    EDGE_MM,
    Canvas,
    Millimetres,
    keep_largest,
    label_rows,
    middles,
    new_canvas,
    require_columns,
    require_some,
    row_edges,
    widest_mm,
)
from kyodo_analysis.charts.heatmap import spread
from kyodo_analysis.charts.style import GUIDE, LINE_POINTS, PRINT, Style
from kyodo_analysis.errors import NotInDataError
from kyodo_analysis.lettering import LINE_MM, width_mm

LEAST_CELL_MM = 0.8

_WIDEST_MARK_MM = 4.0
_GAP_MM = 1.6
_BETWEEN_IDS_MM = 1.0
_ROW_MM = 5.0
_FILLED = 0.8
_UNRECORDED = "記録なし"


def plot_opinion_matrix(
    table: pd.DataFrame, *, ax: Axes | None = None, style: Style = PRINT
) -> Axes:
    """Draw one row per theme, one column per opinion, a mark where the opinion carries the theme.

    Parameters
    ----------
    table : DataFrame
        One row per theme and opinion, in the order of drawing, the opinions of a category side by
        side: ``theme``, ``opinion_id``, ``category`` (may be missing), ``coded`` (bool).

    Returns
    -------
    Axes
        x and y are millimetres; the number of opinions of each theme stands at its row's end.

    Raises
    ------
    NotInDataError
        No opinion carries a theme; or a column would be narrower than 0.8 mm, or a category too
        narrow for its name (about 110 opinions at 160 mm): single opinions cannot be told apart.
    """
    require_columns(table, "theme", "opinion_id", "category", "coded")
    marks = spread(table, "theme", "opinion_id", "coded").astype(bool)
    require_some(marks)
    named = table.assign(category=_named(table["category"]))
    categories = named.drop_duplicates("opinion_id")["category"]
    with new_canvas(style, ax) as (canvas, ax):
        labels = canvas.labels(marks.index, share=0.3)
        columns = _lay_out(categories.tolist(), _room_mm(canvas, labels, marks))
        if not columns.legible:
            raise NotInDataError(
                "意見1件を1つの印で示す図",
                f"意見が{marks.shape[1]}件あり、1件ずつの印では読めません",
                action="分類ごとの、テーマの意見数の図をご覧ください",
            )
        _draw(canvas, ax, marks, columns, labels)
    return ax


def _named(categories: "pd.Series[str]") -> "pd.Series[str]":
    """Name what has no category, unless nothing has one."""
    unnamed = "" if categories.isna().all() else _UNRECORDED
    return categories.astype("object").fillna(unnamed)


@dataclass(frozen=True)
class _Columns:
    """Where the columns lie: their width and left edges, and the categories over them, in mm."""

    cell: float
    lefts: Millimetres
    names: list[str]
    name_middles: Millimetres
    name_widths: Millimetres

    @property
    def legible(self) -> bool:
        return self.cell >= LEAST_CELL_MM and (
            self.names == [""] or bool(self.name_widths.min() >= LINE_MM)
        )

    @property
    def right(self) -> float:
        return float(self.lefts[-1]) + self.cell


def _lay_out(categories: list[str], room: float) -> _Columns:
    begins = np.array([True, *(a != b for a, b in pairwise(categories))])
    group = np.cumsum(begins) - 1
    cell = (room - _GAP_MM * group[-1]) / len(categories)
    lefts = np.arange(len(categories)) * cell + group * _GAP_MM
    sizes = np.bincount(group)
    return _Columns(
        cell,
        lefts,
        [name for name, first in zip(categories, begins, strict=True) if first],
        lefts[begins] + sizes * cell / 2,
        sizes * cell + _GAP_MM,
    )


def _room_mm(canvas: Canvas, labels: list[str], marks: pd.DataFrame) -> float:
    total = width_mm(f" {marks.to_numpy().sum(axis=1).max()}件")
    return canvas.style.width_mm - widest_mm(labels) - total - 3 * EDGE_MM


def _draw(
    canvas: Canvas, ax: Axes, marks: pd.DataFrame, columns: _Columns, labels: list[str]
) -> None:
    heights = np.diff(row_edges(labels, least=_ROW_MM))
    kept, left_out = keep_largest(heights, marks.sum(axis=1))
    canvas.notes += left_out
    marks = marks[kept]
    labels = [label for label, is_kept in zip(labels, kept, strict=True) if is_kept]
    edges = row_edges(labels, least=_ROW_MM)
    label_rows(ax, edges, labels)
    ax.hlines(edges, 0, columns.right, color=GUIDE, linewidth=LINE_POINTS)
    ax.add_collection(_squares(marks, columns, middles(edges), canvas.style))
    for middle, total in zip(middles(edges), marks.to_numpy().sum(axis=1), strict=True):
        ax.annotate(
            f"{total}件",
            (columns.right, middle),
            (3, 0),
            textcoords="offset points",
            va="center_baseline",
        )
    _name_columns(canvas, ax, marks.columns, columns)
    ax.set_xlim(0, columns.right)
    ax.spines["left"].set_visible(False)
    canvas.notes.append("塗りつぶし: その意見(列)にそのテーマ(行)が付いた。右端は意見の数")
    canvas.finish([ax], height_mm=edges[-1])


def _squares(
    marks: pd.DataFrame, columns: _Columns, row_middles: Millimetres, style: Style
) -> PatchCollection:
    width = min(columns.cell * _FILLED, _WIDEST_MARK_MM)
    height = max(width, _ROW_MM / 2)
    return PatchCollection(
        [
            Rectangle(
                (columns.lefts[column] + (columns.cell - width) / 2, row_middles[row] - height / 2),
                width,
                height,
            )
            for row, column in np.argwhere(marks.to_numpy())
        ],
        facecolor=style.tones[0].color,
        linewidth=0,
    )


def _name_columns(
    canvas: Canvas, ax: Axes, opinion_ids: "pd.Index[str]", columns: _Columns
) -> None:
    """Write categories above and, where they fit, opinion ids below the columns."""
    ax.set_xticks(columns.name_middles, labels=canvas.heads(columns.names, columns.name_widths))
    ax.tick_params(axis="x", labeltop=True, labelbottom=False)
    if columns.cell >= LINE_MM:
        ids = [canvas.text(opinion_id) for opinion_id in opinion_ids]
        rotation = 0 if widest_mm(ids) + _BETWEEN_IDS_MM < columns.cell else 90
        middles_mm = columns.lefts + columns.cell / 2
        ax.set_xticks(middles_mm, labels=ids, minor=True)
        ax.tick_params(axis="x", which="minor", labelrotation=rotation)
        ax.xaxis.remove_overlapping_locs = False
    ax.tick_params(axis="x", which="both", length=0)
