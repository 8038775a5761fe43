"""Small multiples: the same small chart for every theme, session by session."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from kyodo_analysis.charts.canvas import MM_PER_INCH, PAGE_MM, Canvas, keep_largest, require_columns
from kyodo_analysis.charts.intervals import (
    DOT,
    INTERVAL_NOTE,
    LEAST_FOR_SHARES,
    percent_ticks,
    reach,
)
from kyodo_analysis.charts.sessions import dated_names
from kyodo_analysis.charts.style import GUIDE, PRINT, Style
from kyodo_analysis.errors import NotInDataError

LEAST_FOR_PANELS = 100

_PANEL_MM = 48.0
_PER_SESSION_MM = 12.5
_AXIS_MM = 10.0
_HEIGHT_MM = 26.0
_START_MM = 150.0


def plot_theme_panels_by_session(
    table: pd.DataFrame, sessions: pd.DataFrame, *, style: Style = PRINT
) -> Figure:
    """Draw one panel per theme: its share of each session's opinions, with intervals.

    Parameters
    ----------
    table : DataFrame
        One row per theme and session, in the order of drawing: ``theme``, ``group`` (第N回),
        ``n_opinions``, ``n_group``, ``share``, ``low``, ``high``. A session of fewer than 30
        opinions has no share and gets no dot; opinions without a session are left out and counted
        in a note.
    sessions : DataFrame
        One row per session: ``session``, ``date`` (may be missing).

    Returns
    -------
    Figure
        One axes per theme, all with the same scales; after them the rest of the last row, which hold only
        the sessions of the panels above them.

    Raises
    ------
    NotInDataError
        Fewer than 100 opinions with a session, or no session of 30.
    """
    require_columns(table, "theme", "group", "n_opinions", "n_group", "share", "low", "high")
    names = dated_names(sessions)
    has_session = table["group"].isin(list(names))
    sizes, without = _group_sizes(table[has_session]), _group_sizes(table[~has_session]).sum()
    _require_enough(sizes)
    heads = [f"{names[str(group)]}\n{size}件" for group, size in sizes.items()]
    with style.drawing():
        themes = list(table["theme"].unique())
        per_row = _n_columns(style, heads)
        of_theme = table[has_session].groupby("theme", sort=False, observed=True)["n_opinions"]
        kept, left_out = keep_largest(
            np.full(len(themes), _HEIGHT_MM), of_theme.sum(), "テーマ", PAGE_MM * per_row
        )
        themes = [theme for theme, is_kept in zip(themes, kept, strict=True) if is_kept]
        canvas, axes = _new_panels(style, themes, heads)
        ticks = percent_ticks(table[has_session])
        panels = table[has_session & table["theme"].isin(themes)].groupby(
            "theme", sort=False, observed=True
        )
        for ax, (_, rows) in zip(axes, panels, strict=False):
            ax.errorbar(range(len(rows)), rows["share"], yerr=reach(rows), **DOT)
            ax.set(yticks=ticks, ylim=(0, ticks[-1]))
        canvas.notes += left_out
        canvas.notes.append(f"各回の意見に占める割合。縦線は{INTERVAL_NOTE}")
        if (sizes < LEAST_FOR_SHARES).any():
            canvas.notes.append(f"{LEAST_FOR_SHARES}件に満たない回には点を打たない")
        if without:
            canvas.notes.append(f"回の記録がない意見{without}件は除く")
        canvas.finish(axes, height_mm=_HEIGHT_MM, n_rows=-(-len(axes) // min(per_row, len(themes))))
    return canvas.figure


def _group_sizes(table: pd.DataFrame) -> "pd.Series[int]":
    plain = table.astype({"group": "object"})
    return plain.drop_duplicates("group").set_index("group")["n_group"]


def _require_enough(sizes: "pd.Series[int]") -> None:
    if sizes.sum() < LEAST_FOR_PANELS or sizes.max() < LEAST_FOR_SHARES:
        raise NotInDataError(
            "回ごとの割合の図",
            f"回の分かる意見が{sizes.sum()}件、最も多い回で{sizes.max()}件です",
            f"割合を示すのは、合わせて{LEAST_FOR_PANELS}件以上、"
            f"{LEAST_FOR_SHARES}件以上の回がある場合です",
            "件数の図を使ってください",
        )


def _n_columns(style: Style, heads: Sequence[str]) -> int:
    return max(1, int(style.width_mm // max(_PANEL_MM, _PER_SESSION_MM * len(heads))))


def _new_panels(
    style: Style, themes: Sequence[object], heads: Sequence[str]
) -> tuple[Canvas, list[Axes]]:
    """Open a canvas of panels, their scales written along its left and lower edges only."""
    n_columns = min(_n_columns(style, heads), len(themes))
    n_rows = -(-len(themes) // n_columns)
    inches = (style.width_mm / MM_PER_INCH, (_START_MM + n_rows * 2 * _HEIGHT_MM) / MM_PER_INCH)
    figure, grid = plt.subplots(n_rows, n_columns, figsize=inches, squeeze=False)
    canvas, panel_mm = Canvas(figure, style), (style.width_mm - _AXIS_MM) / n_columns
    written = canvas.heads(heads, [panel_mm / len(heads)] * len(heads))
    for place, ax in enumerate(grid.flat):
        is_lowest = place // n_columns == n_rows - 1
        ax.set_xticks(range(len(heads)), labels=written if is_lowest else [""] * len(heads))
        ax.set_xlim(-0.5, len(heads) - 0.5)
        ax.tick_params(labelleft=place % n_columns == 0)
    for ax, theme in zip(grid.flat, themes, strict=False):
        ax.set_title(canvas.lines(theme, panel_mm - _AXIS_MM))
        ax.grid(axis="y", color=GUIDE)
        ax.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    for spare in grid.flat[len(themes) :]:
        spare.set(frame_on=False, xticks=[], yticks=[])
        for place, head in enumerate(written):
            below_panel = spare.get_xaxis_transform()
            spare.text(place, 1, head, ha="center", va="top", transform=below_panel)
    return canvas, list(grid.flat)
