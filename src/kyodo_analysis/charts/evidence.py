"""What speaks for each number of clusters, beside what shuffled text reaches."""

import pandas as pd
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from kyodo_analysis.charts.canvas import MM_PER_INCH, Canvas, require_columns
from kyodo_analysis.charts.style import HALF_WIDTH_MM, INK, PRINT, Style

_HEIGHT_MM = 45.0
_START_MM = 250.0
_MEASURES = (
    ("stability", "stability_line", "再現性(再抽出でのARI)"),
    ("held_out", "held_out_line", "残りの語での近さ(コサイン類似度)"),
)


def plot_cluster_evidence(table: pd.DataFrame, *, note: str = "", style: Style = PRINT) -> Figure:
    """Draw stability and closeness by words held out for each number of clusters, with the line of shuffled text.

    Parameters
    ----------
    table : DataFrame
        One row per number of clusters, ascending: ``k``, ``stability``, ``stability_line``,
        ``held_out``, ``held_out_line``, ``passes``.
    note : str, optional
        Printed below, such as n, the shuffles and the seed.

    Returns
    -------
    Figure
        One axes per measure; filled dots are numbers of clusters that lie above both lines.
    """
    require_columns(table, "k", *(name for pair in _MEASURES for name in pair[:2]), "passes")
    n_columns = 2 if style.width_mm > HALF_WIDTH_MM else 1
    n_rows = len(_MEASURES) // n_columns
    size = (style.width_mm / MM_PER_INCH, n_rows * _START_MM / MM_PER_INCH)
    with style.drawing():
        figure, grid = plt.subplots(n_rows, n_columns, figsize=size, squeeze=False)
        for ax, (measure, line, title) in zip(grid.flat, _MEASURES, strict=True):
            _draw_measure(ax, table, measure, line)
            ax.set_title(title)
        canvas = Canvas(figure, style)
        canvas.notes += [
            "横軸: まとまりの数。点と実線: この資料。破線: 語を入れ替えた文の95%点。"
            "黒い点: 再現性と残りの語での近さがともに破線より上",
            *([note] if note else []),
        ]
        canvas.finish(list(grid.flat), height_mm=_HEIGHT_MM, n_rows=n_rows)
    return figure


def _draw_measure(ax: Axes, table: pd.DataFrame, measure: str, line: str) -> None:
    ax.plot(table["k"], table[measure], color=INK, zorder=1)
    ax.plot(table["k"], table[line], color=INK, linestyle="--", zorder=1)
    passes = table["passes"].to_numpy(dtype=bool)
    for members, fill in ((passes, INK), (~passes, "white")):
        chosen = table[members]
        ax.scatter(chosen["k"], chosen[measure], s=24, facecolor=fill, edgecolor=INK, zorder=2)
    ax.set_xticks(table["k"])
    values = table[[measure, line]].to_numpy(dtype="float64")
    ticks = MaxNLocator(4).tick_values(min(0, values.min()), values.max())
    ax.set_yticks(ticks, labels=[f"{tick:.3g}" for tick in ticks])
    ax.set_ylim(ticks[0], ticks[-1])
