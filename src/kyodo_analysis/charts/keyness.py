"""Characteristic words of each group, beside what chance would make stand out."""

from itertools import chain

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from kyodo_analysis.charts.bars import add_bars, print_at_end
from kyodo_analysis.charts.canvas import (
    Canvas,
    Millimetres,
    keep_largest,
    label_rows,
    middles,
    new_canvas,
    require_columns,
    row_edges,
)
from kyodo_analysis.charts.style import HALO, INK, LINE_POINTS, PRINT, Style

_FEWEST = 2


def plot_keyness(
    table: pd.DataFrame,
    *,
    per_group: int = 5,
    ax: Axes | None = None,
    style: Style = PRINT,
) -> Axes:
    """Draw the words that stand out in each group, and the line that chance reaches.

    Parameters
    ----------
    table : DataFrame
        One row per group and word, groups in the order of drawing, their words most telling
        first: ``group``, ``term``, ``n_opinions``, ``n_group``, ``g2``, ``g2_line``,
        ``above_line``, ``n_shuffles``, ``seed``.
    per_group : int, default 5
        How many words of each group are drawn at most; of those below the line no more than fill
        two places.

    Returns
    -------
    Axes
        Below each group's name a bar of G2 per word: dark above the line, pale below it.
    """
    require_columns(
        table,
        *("group", "term", "n_opinions", "n_group"),
        *("g2", "g2_line", "above_line", "n_shuffles", "seed"),
    )
    blocks = [
        rows.head(min(per_group, max(_FEWEST, int(rows["above_line"].sum()))))
        for _, rows in table.groupby("group", sort=False, observed=True)
    ]
    with new_canvas(style, ax) as (canvas, ax):
        blocks, named = _on_paper(canvas, blocks)
        labels, drawn = list(chain.from_iterable(named)), pd.concat(blocks)
        edges = row_edges(labels)
        label_rows(ax, edges, labels)
        is_word = np.concatenate([np.arange(len(names)) > 0 for names in named])
        _draw_bars(ax, middles(edges)[is_word], drawn, style)
        _draw_line(ax, drawn["g2_line"].iloc[0], 0, edges[-1])
        ax.set_xlim(0, _reach(drawn))
        canvas.notes.append(
            "棒: G2(対数尤度比)。縦線: 意見を組に配り直したとき"
            f"({table['n_shuffles'].iloc[0]}回、乱数の種{table['seed'].iloc[0]})の、どの組のどの語かを問わず最大のG2の95%点。"
            "濃い棒: それを上回る語。右: その語を使った意見の数/組の意見の数"
        )
        canvas.finish([ax], height_mm=edges[-1])
    return ax


def _on_paper(
    canvas: Canvas, blocks: list[pd.DataFrame]
) -> tuple[list[pd.DataFrame], list[list[str]]]:
    """Return the largest groups that one page holds whole, and their labels: group, then words."""
    named = [canvas.labels([f"【{rows['group'].iloc[0]}】", *rows["term"]]) for rows in blocks]
    heights = [row_edges(names)[-1] for names in named]
    kept, left_out = keep_largest(heights, (rows["n_group"].iloc[0] for rows in blocks), "組")
    canvas.notes += left_out
    chosen = [
        pair for pair, is_kept in zip(zip(blocks, named, strict=True), kept, strict=True) if is_kept
    ]
    return [rows for rows, _ in chosen], [names for _, names in chosen]


def _draw_bars(ax: Axes, places: Millimetres, drawn: pd.DataFrame, style: Style) -> None:
    above = drawn["above_line"].to_numpy(dtype=bool)
    for members, tone in ((above, style.tones[0]), (~above, style.tones[1])):
        add_bars(ax, places[members], drawn["g2"][members], tone=tone)
    numbers = [f"{row.n_opinions}/{row.n_group}件" for row in drawn.itertuples()]
    # All at the right edge, where no line runs through them.
    print_at_end(ax, places, [_reach(drawn)] * len(drawn), numbers)


def _reach(drawn: pd.DataFrame) -> float:
    return float(drawn[["g2", "g2_line"]].max().max())


def _draw_line(ax: Axes, value: float, top: float, bottom: float) -> None:
    """Draw a line that is seen on dark bars and on white paper."""
    ax.vlines(value, top, bottom, color=INK, linewidth=LINE_POINTS, path_effects=HALO)
