"""How many different themes and words have come up after so many opinions."""

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib import pyplot as plt
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from kyodo_analysis.charts.canvas import MM_PER_INCH, Canvas, require_columns
from kyodo_analysis.charts.style import HALF_WIDTH_MM, INK, PRINT, Style

_HEIGHT_MM = 40.0
_START_MM = 250.0


def plot_saturation(table: pd.DataFrame, *, style: Style = PRINT) -> Figure:
    """Draw how the number of different themes and of different words grows with reading.

    Parameters
    ----------
    table : DataFrame
        One row per kind and number of opinions read, ascending: ``kind``, ``n_read``, ``n_found``,
        ``low``, ``high``, ``n_shuffles``, ``seed``.

    Returns
    -------
    Figure
        One axes per kind, from 0: the mean as a line, 95 % of random orders as a band.
    """
    require_columns(table, "kind", "n_read", "n_found", "low", "high", "n_shuffles", "seed")
    kinds = list(table.astype({"kind": "object"}).groupby("kind", sort=False))
    n_columns = min(len(kinds), 2 if style.width_mm > HALF_WIDTH_MM else 1)
    n_rows = -(-len(kinds) // n_columns)
    size = (style.width_mm / MM_PER_INCH, n_rows * _START_MM / MM_PER_INCH)
    with style.drawing():
        figure, grid = plt.subplots(n_rows, n_columns, figsize=size, squeeze=False)
        for ax, (kind, rows) in zip(grid.flat, kinds, strict=True):
            ax.fill_between(rows["n_read"], rows["low"], rows["high"], color=style.tones[1].color)
            ax.plot(rows["n_read"], rows["n_found"], color=INK)
            ax.set_title(f"異なる{kind}の数")
            x, y = (_ticks(rows[name].max()) for name in ("n_read", "high"))
            ax.set(xticks=x, yticks=y, xlim=(0, x[-1]), ylim=(0, y[-1]))
        canvas = Canvas(figure, style)
        canvas.notes.append(
            f"横軸: 読んだ意見の数。線: 平均。帯: 読む順を{table['n_shuffles'].iloc[0]}回入れ替えた"
            f"95%の範囲(乱数の種{table['seed'].iloc[0]})"
        )
        canvas.finish(list(grid.flat), height_mm=_HEIGHT_MM, n_rows=n_rows)
    return figure


def _ticks(largest: float) -> npt.NDArray[np.float64]:
    return np.asarray(MaxNLocator(4, integer=True).tick_values(0, max(1.0, largest)))
