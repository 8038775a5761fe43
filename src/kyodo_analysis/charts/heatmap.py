"""Counts as a grid: each cell printed, zero left white, the size of every group beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, Normalize

from kyodo_analysis.charts.page import (
    EDGE_MM,
    Millimetres,
    Page,
    fit_on_page,
    label_rows,
    middles,
    new_page,
    require_columns,
    require_some,
    row_edges,
    widest_mm,
)
from kyodo_analysis.charts.style import GUIDE, INK, LINE_POINTS, PRINT, Style
from kyodo_analysis.errors import NotInDataError
from kyodo_analysis.lettering import width_mm

_LEAST_COLUMN_MM = 5.0
_WIDEST_COLUMN_MM = 22.0
_FAINTEST = 0.12
# At this luminance white and black stand out equally, at 4.6 to 1.
_DARK_ENOUGH_FOR_WHITE_TEXT = 0.18
_LUMINANCE_OF_RGB = (0.2126, 0.7152, 0.0722)
_GAMMA = 2.2
_GROUP_SIZE = "n"


@dataclass(frozen=True)
class Grid:
    """Counts by row and column, and how large each row's or column's group is.

    Parameters
    ----------
    counts : DataFrame
        Whole numbers; missing where nothing is known.
    column_sizes : Series or None
        The n of each column, printed in a last row.
    row_sizes : Series or None
        The n of each row, printed in a last column.
    """

    counts: pd.DataFrame
    column_sizes: "pd.Series[int] | None" = None
    row_sizes: "pd.Series[int] | None" = None

    def head(self, n_rows: int) -> "Grid":
        """Return the same grid with its first rows only."""
        return Grid(self.counts.head(n_rows), self.column_sizes, self.row_sizes)

    @property
    def turned(self) -> "Grid":
        """The same grid with rows and columns exchanged."""
        return Grid(self.counts.T, self.row_sizes, self.column_sizes)

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
        where there are too many groups for the width.

    Raises
    ------
    NotInDataError
        Neither groups nor themes fit into the width.
    """
    require_columns(table, "theme", "group", "n_opinions", "n_group")
    sizes = table.drop_duplicates("group").set_index("group")["n_group"]
    with new_page(style, ax) as (page, ax):
        page.notes.append("数字は意見の数(件)。n はその組の意見の数")
        draw_grid(page, ax, Grid(spread(table, "theme", "group", "n_opinions"), sizes))
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
    with new_page(style, ax) as (page, ax):
        page.notes.append("数字はその表現を含む意見の数(件)。n はそのテーマの意見の数")
        draw_grid(page, ax, Grid(spread(table, "theme", "kind", "n_opinions"), row_sizes=sizes))
    return ax


def spread(table: pd.DataFrame, rows: str, columns: str, values: str) -> pd.DataFrame:
    """Return a column of a long table as numbers in rows by columns, in order of appearance."""
    plain = table.astype({rows: "object", columns: "object"})
    wide = plain.pivot(index=rows, columns=columns, values=values)
    ordered = wide.reindex(index=plain[rows].unique(), columns=plain[columns].unique())
    return ordered.astype("float64")


def draw_grid(page: Page, ax: Axes, grid: Grid) -> None:
    """Draw a grid on an open page, turned if its columns do not fit, and finish the page.

    Rows that the page does not hold are left out, and a note says so.

    Raises
    ------
    NotInDataError
        The grid fits neither way, or holds nothing but zeros.
    """
    require_some(grid.counts)
    for candidate in (grid, grid.turned):
        labels = _row_labels(page, candidate)
        column = _column_mm(page, candidate, labels)
        if column >= max(_LEAST_COLUMN_MM, candidate.widest_number_mm + 1):
            break
    else:
        raise NotInDataError(
            "図",
            f"{grid.counts.shape[0]}行×{grid.counts.shape[1]}列は幅 {page.style.width_mm:.0f} mm に入りません",
            action="同じ数値の表をご覧ください",
        )
    candidate, labels = _on_page(page, candidate, labels)
    edges = row_edges(labels)
    label_rows(ax, edges, labels)
    _fill(ax, candidate.counts, edges, page.style)
    _print_sizes(ax, candidate, edges)
    heads = [*candidate.counts.columns, *([] if candidate.row_sizes is None else [_GROUP_SIZE])]
    _head_columns(ax, page.heads(heads, [column] * candidate.n_columns))
    room = _room_mm(page, labels)
    ax.set_xlim(0, max(candidate.n_columns, room / column))
    page.finish([ax], height_mm=edges[-1])


def _on_page(page: Page, grid: Grid, labels: list[str]) -> tuple[Grid, list[str]]:
    """Return the rows that one page holds above the row of n, and all their labels."""
    edges, n_rows = row_edges(labels), len(grid.counts)
    n_shown, left_out = fit_on_page(edges[1 : n_rows + 1] + (edges[-1] - edges[n_rows]))
    page.notes += left_out
    return grid.head(n_shown), [*labels[:n_shown], *labels[n_rows:]]


def _row_labels(page: Page, grid: Grid) -> list[str]:
    sizes = [] if grid.column_sizes is None else [_GROUP_SIZE]
    return page.labels([*grid.counts.index, *sizes], share=0.3)


def _room_mm(page: Page, labels: Sequence[str]) -> float:
    return page.style.width_mm - widest_mm(labels) - 3 * EDGE_MM


def _column_mm(page: Page, grid: Grid, labels: Sequence[str]) -> float:
    return min(_WIDEST_COLUMN_MM, _room_mm(page, labels) / grid.n_columns)


def _fill(ax: Axes, counts: pd.DataFrame, edges: Millimetres, style: Style) -> None:
    values = counts.to_numpy()
    tone = np.where(values > 0, _FAINTEST + (1 - _FAINTEST) * values / max(1, np.nanmax(values)), 0)
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


def _print_sizes(ax: Axes, grid: Grid, edges: Millimetres) -> None:
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
