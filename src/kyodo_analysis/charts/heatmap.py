"""Counts as a grid: each cell printed, zero left white, the size of every group beside it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, Normalize

from kyodo_analysis.charts.canvas import (
    EDGE_MM,
    PAGE_MM,
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
from kyodo_analysis.charts.intervals import LEAST_FOR_SHARES
from kyodo_analysis.charts.style import GUIDE, INK, LINE_POINTS, PRINT, Style
from kyodo_analysis.lettering import width_mm

_LEAST_COLUMN_MM = 5.0
_WIDEST_COLUMN_MM = 22.0
_FAINTEST = 0.12
_TINY = 1e-9
# At this luminance white and black stand out equally, at 4.6 to 1.
_DARK_ENOUGH_FOR_WHITE_TEXT = 0.18
_LUMINANCE_OF_RGB = (0.2126, 0.7152, 0.0722)
_GAMMA = 2.2
_GROUP_SIZE = "n"


@dataclass(frozen=True)
class CountGrid:
    """Counts by row and column, and how large each row's or column's group is.

    Parameters
    ----------
    counts : DataFrame
        Whole numbers; missing where nothing is known.
    column_sizes : Series or None
        The n of each column, printed in a last row.
    row_sizes : Series or None
        The n of each row, printed in a last column.
    by_share : bool, default False
        Whether a cell is as dark as its share of its group is large, not as its count.
    """

    counts: pd.DataFrame
    column_sizes: "pd.Series[int] | None" = None
    row_sizes: "pd.Series[int] | None" = None
    by_share: bool = False

    @property
    def darkness(self) -> pd.DataFrame:
        """What the shading shows; least where a group is too small for shares."""
        along: Literal["columns", "index"] = "index" if self.column_sizes is None else "columns"
        sizes = self.row_sizes if self.column_sizes is None else self.column_sizes
        if not self.by_share or sizes is None:
            return self.counts
        enough = sizes.where(sizes >= LEAST_FOR_SHARES)
        shares = self.counts.div(enough, axis=along).fillna(0)
        return shares.reindex_like(self.counts)

    def keep(self, rows: npt.NDArray[np.bool_]) -> "CountGrid":
        """Return the same grid with some of its rows."""
        return replace(self, counts=self.counts[rows])

    @property
    def size_of_rows(self) -> Iterable[float]:
        """How large each row is: its n where known, else its sum."""
        sizes = self.counts.sum(axis=1) if self.row_sizes is None else self.row_sizes
        return sizes.reindex(self.counts.index)

    @property
    def turned(self) -> "CountGrid":
        """The same grid with rows and columns exchanged."""
        return CountGrid(self.counts.T, self.row_sizes, self.column_sizes, self.by_share)

    @property
    def n_columns(self) -> int:
        """How many columns are drawn, the one with the rows' n included."""
        return self.counts.shape[1] + (self.row_sizes is not None)

    @property
    def widest_number_mm(self) -> float:
        """The width of the longest number in the grid."""
        sizes = [part for part in (self.column_sizes, self.row_sizes) if part is not None]
        return max(width_mm(str(int(np.nanmax(part)))) for part in [self.counts, *sizes])


def plot_counts_heatmap(
    table: pd.DataFrame, *, ax: Axes | None = None, style: Style = PRINT
) -> Axes:
    """Draw how many opinions of each group carry each theme.

    Parameters
    ----------
    table : DataFrame
        One row per theme and group, both in the order of drawing: ``theme``, ``group``,
        ``n_opinions``, ``n_group`` (opinions of the group).

    Returns
    -------
    Axes
        Themes in rows and groups in columns, n of each group in a last row; the other way round
        where there are too many groups for the width. Shaded by share where groups differ in size
        and two have 30 opinions (smaller ones evenly), else by count.

    Raises
    ------
    NotInDataError
        No opinion of any group carries a theme.
    """
    require_columns(table, "theme", "group", "n_opinions", "n_group")
    sizes = table.drop_duplicates("group").set_index("group")["n_group"]
    with new_canvas(style, ax) as (canvas, ax):
        large = sizes[sizes >= LEAST_FOR_SHARES]
        by_share = len(large) > 1 and bool((sizes != sizes.iloc[0]).any())
        counts = spread(table, "theme", "group", "n_opinions")
        canvas.notes.append("数字は意見の数(件)。n はその組の意見の数")
        if by_share:
            few = f"({LEAST_FOR_SHARES}件に満たない組は一様に薄い)" * (len(large) < len(sizes))
            canvas.notes.append(f"濃さは、組の意見に占める割合{few}")
        draw_grid(canvas, ax, CountGrid(counts, sizes, by_share=by_share))
    return ax


def plot_modality_by_theme(
    table: pd.DataFrame, *, ax: Axes | None = None, style: Style = PRINT
) -> Axes:
    """Draw in how many opinions of each theme each kind of phrase stands.

    Parameters
    ----------
    table : DataFrame
        One row per theme and kind, in the order of drawing: ``theme``, ``kind``, ``n_opinions``,
        ``n_theme`` (opinions of the theme).
    """
    require_columns(table, "theme", "kind", "n_opinions", "n_theme")
    sizes = table.drop_duplicates("theme").set_index("theme")["n_theme"]
    with new_canvas(style, ax) as (canvas, ax):
        canvas.notes.append("数字はその表現を含む意見の数(件)。n はそのテーマの意見の数")
        draw_grid(
            canvas, ax, CountGrid(spread(table, "theme", "kind", "n_opinions"), row_sizes=sizes)
        )
    return ax


def spread(table: pd.DataFrame, rows: str, columns: str, values: str) -> pd.DataFrame:
    """Return a column of a long table as numbers in rows by columns, in order of appearance."""
    plain = table.astype({rows: "object", columns: "object"})
    wide = plain.pivot(index=rows, columns=columns, values=values)
    ordered = wide.reindex(index=plain[rows].unique(), columns=plain[columns].unique())
    return ordered.astype("float64")


def draw_grid(canvas: Canvas, ax: Axes, grid: CountGrid) -> None:
    """Draw a grid on an open canvas, turned if its columns do not fit, and finish it.

    The largest rows and columns are kept where there is no room for all, and a note says so.

    Raises
    ------
    NotInDataError
        The grid holds nothing but zeros.
    """
    require_some(grid.counts)
    candidate, labels, column = _turned_to_fit(canvas, grid)
    candidate, labels = _on_paper(canvas, candidate, labels)
    edges = row_edges(labels)
    label_rows(ax, edges, labels)
    _fill(ax, candidate, edges, canvas.style)
    _print_sizes(ax, candidate, edges)
    heads = [*candidate.counts.columns, *([] if candidate.row_sizes is None else [_GROUP_SIZE])]
    _head_columns(ax, canvas.heads(heads, [column] * candidate.n_columns))
    room = _room_mm(canvas, labels)
    ax.set_xlim(0, max(candidate.n_columns, room / column))
    canvas.finish([ax], height_mm=edges[-1])


def _turned_to_fit(canvas: Canvas, grid: CountGrid) -> tuple[CountGrid, list[str], float]:
    """Return the grid the way round that its columns fit, its row labels and a column's width."""
    for candidate in (grid, grid.turned):
        labels = _row_labels(canvas, candidate)
        column = _column_mm(canvas, candidate, labels)
        least = max(_LEAST_COLUMN_MM, candidate.widest_number_mm + 1)
        if column >= least:
            return candidate, labels, column
    labels = _row_labels(canvas, grid)
    room = _room_mm(canvas, labels) - least * (grid.row_sizes is not None)
    kept, left_out = keep_largest(
        np.full(grid.counts.shape[1], least), grid.turned.size_of_rows, "列", room
    )
    canvas.notes += left_out
    return grid.turned.keep(kept).turned, labels, least


def _on_paper(canvas: Canvas, grid: CountGrid, labels: list[str]) -> tuple[CountGrid, list[str]]:
    """Return the largest rows that one page holds above the row of n, and all their labels."""
    heights, n_rows = np.diff(row_edges(labels)), len(grid.counts)
    room = PAGE_MM - heights[n_rows:].sum()
    kept, left_out = keep_largest(heights[:n_rows], grid.size_of_rows, room=room)
    canvas.notes += left_out
    named = [label for label, is_kept in zip(labels, kept, strict=False) if is_kept]
    return grid.keep(kept), [*named, *labels[n_rows:]]


def _row_labels(canvas: Canvas, grid: CountGrid) -> list[str]:
    sizes = [] if grid.column_sizes is None else [_GROUP_SIZE]
    return canvas.labels([*grid.counts.index, *sizes], share=0.3)


def _room_mm(canvas: Canvas, labels: Sequence[str]) -> float:
    return canvas.style.width_mm - widest_mm(labels) - 3 * EDGE_MM


def _column_mm(canvas: Canvas, grid: CountGrid, labels: Sequence[str]) -> float:
    return min(_WIDEST_COLUMN_MM, _room_mm(canvas, labels) / grid.n_columns)


def _fill(ax: Axes, grid: CountGrid, edges: Millimetres, style: Style) -> None:
    values, dark = grid.counts.to_numpy(), grid.darkness.to_numpy()
    darkest = max(_TINY, np.nanmax(dark))
    tone = np.where(values > 0, _FAINTEST + (1 - _FAINTEST) * dark / darkest, 0)
    n_rows, n_columns = values.shape
    ramp = LinearSegmentedColormap.from_list("counts", style.ramp)
    ax.pcolormesh(
        np.arange(n_columns + 1),
        edges[: n_rows + 1],
        tone,
        cmap=ramp,
        norm=Normalize(0, 1),
        edgecolors=GUIDE,
        linewidth=LINE_POINTS,
    )
    luminance = ramp(tone)[..., :3] ** _GAMMA @ _LUMINANCE_OF_RGB
    for (row, column), value in np.ndenumerate(values):
        color = "white" if luminance[row, column] < _DARK_ENOUGH_FOR_WHITE_TEXT else "black"
        text = "―" if np.isnan(value) else f"{value:.0f}"
        _print(ax, column, float(middles(edges)[row]), text, color=color)


def _print_sizes(ax: Axes, grid: CountGrid, edges: Millimetres) -> None:
    n_rows, n_columns = grid.counts.shape
    if grid.column_sizes is not None:
        for column, size in enumerate(grid.column_sizes[grid.counts.columns]):
            _print(ax, column, middles(edges)[n_rows], str(size))
    if grid.row_sizes is not None:
        for row, size in enumerate(grid.row_sizes[grid.counts.index]):
            _print(ax, n_columns, middles(edges)[row], str(size))


def _print(ax: Axes, column: int, middle: float, text: str, *, color: str = INK) -> None:
    # Clipped texts need not be measured when the figure is laid out.
    ax.text(
        column + 0.5, middle, text, ha="center", va="center_baseline", color=color, clip_on=True
    )


def _head_columns(ax: Axes, heads: Sequence[str]) -> None:
    ax.xaxis.tick_top()
    ax.set_xticks(np.arange(len(heads)) + 0.5, labels=heads)
    ax.tick_params(axis="x", length=0)
    ax.spines["left"].set_visible(False)
