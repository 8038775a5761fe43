"""A tree of words, drawn only if it holds against shuffled opinions."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.ticker import MaxNLocator

from kyodo_analysis.charts.canvas import label_rows, middles, new_canvas, require_columns, row_edges
from kyodo_analysis.charts.maps import require_holding, say_check
from kyodo_analysis.charts.style import INK, PRINT, Style


def plot_dendrogram(
    merges: pd.DataFrame,
    leaves: pd.DataFrame,
    check: pd.DataFrame,
    *,
    ax: Axes | None = None,
    style: Style = PRINT,
) -> Axes:
    """Draw words as leaves of a tree: the further left two branches meet, the closer they are.

    Parameters
    ----------
    merges : DataFrame
        One row per merge, lowest first: ``node``, ``left``, ``right`` (numbers of nodes),
        ``height``.
    leaves : DataFrame
        One row per word, in the order of drawing: ``word``, ``node``, ``n_texts``.
    check : DataFrame
        One row, as :func:`~kyodo_analysis.charts.maps.require_holding` needs it.

    Raises
    ------
    NotInDataError
        The tree does not hold; the message says by how much.
    """
    require_columns(merges, "node", "left", "right", "height")
    require_columns(leaves, "word", "node", "n_texts")
    require_holding(check)
    with new_canvas(style, ax) as (canvas, ax):
        words = leaves["word"].astype("str") + "(" + leaves["n_texts"].astype("str") + ")"
        labels = canvas.labels(words)
        edges = row_edges(labels, gap=0)
        label_rows(ax, edges, labels)
        places = dict(zip(leaves["node"], middles(edges), strict=True))
        ax.add_collection(LineCollection(_brackets(merges, places), color=INK))
        ticks = MaxNLocator(4).tick_values(0, merges["height"].max())
        ax.set_xticks(ticks, labels=[f"{tick:g}" for tick in ticks])
        ax.set_xlim(0, ticks[-1])
        ax.spines["bottom"].set_visible(True)
        canvas.notes.append(
            "横軸: 併合の水準(Ward法、Jaccard距離)。かっこの中: その語を使った文の数"
        )
        canvas.notes.append(say_check(check))
        canvas.finish([ax], height_mm=edges[-1])
    return ax


def _brackets(merges: pd.DataFrame, places: dict[int, float]) -> list[np.ndarray]:
    """Return one bracket per merge: from each branch's own height to where they meet."""
    heights, rows = dict.fromkeys(places, 0.0), dict(places)
    lines = []
    for node, left, right, height in merges[["node", "left", "right", "height"]].itertuples(
        index=False, name=None
    ):
        lines.append(
            np.array(
                [
                    (heights[left], rows[left]),
                    (height, rows[left]),
                    (height, rows[right]),
                    (heights[right], rows[right]),
                ]
            )
        )
        heights[node], rows[node] = height, (rows[left] + rows[right]) / 2
    return lines
