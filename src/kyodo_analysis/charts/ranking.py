"""The ranking of themes: how many opinions carry each, and how far that may be from the truth."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from kyodo_analysis.charts.bars import add_bars, print_at_end
from kyodo_analysis.charts.canvas import (
    Millimetres,
    label_rows,
    middles,
    new_canvas,
    require_columns,
    require_some,
    row_edges,
)
from kyodo_analysis.charts.intervals import INTERVAL_NOTE
from kyodo_analysis.charts.style import HALO, INK, PRINT, Style

_RANKED_MM = 6.5
_WHISKER_MM = 2.3


def plot_ranked_themes(
    table: pd.DataFrame,
    words: pd.DataFrame | None = None,
    corrected: pd.DataFrame | None = None,
    *,
    ax: Axes | None = None,
    style: Style = PRINT,
) -> Axes:
    """Draw how many opinions carry each theme, and how far that may be from the truth.

    Parameters
    ----------
    table : DataFrame
        One row per theme, in the order of drawing: ``theme``, ``n_opinions``, ``n_texts``,
        ``n_respondents`` (both may be missing), ``n_total``, ``share``, ``low``, ``high`` (missing
        below 30 opinions).
    words : DataFrame, optional
        One row per theme and word of its rule: ``theme``, ``n_left``.
    corrected : DataFrame, optional
        One row per theme and person: ``theme``, ``coder``, ``n_read``, ``n_total``,
        ``n_corrected``, ``low``, ``high``.
        Only the first person's are drawn.

    Returns
    -------
    Axes
        A bar per theme, pale where opinions hang on a single word. A dot with a line is the count
        as mended by a person's reading, a line alone the interval of a random sample.
    """
    require_columns(
        table,
        *("theme", "n_opinions", "n_texts", "n_respondents", "n_total", "share", "low", "high"),
    )
    require_some(table[["n_opinions"]])
    with new_canvas(style, ax) as (canvas, ax):
        table, labels = canvas.rows(table, "theme", size="n_opinions", least=_RANKED_MM)
        table = table.reset_index(drop=True)
        edges = row_edges(labels, least=_RANKED_MM)
        label_rows(ax, edges, labels)
        places, lengths = middles(edges), table["n_opinions"]
        dark, pale, *_ = style.tones
        add_bars(ax, places, lengths, tone=dark if words is None else pale)
        if words is not None:
            add_bars(ax, places, _left(table, words), tone=dark)
            canvas.notes.append(
                "棒の淡い部分: ルールの語を1つ外すだけで消える意見(最も多い語の場合)"
            )
        whiskers = _whiskers(table, corrected)
        reach_mm = max(1.0, float(lengths.max()), float(np.nanmax([0.0, *whiskers["high"]])))
        _draw_whiskers(ax, places, whiskers)
        print_at_end(ax, places, [reach_mm] * len(table), _say_counts(table))
        ax.set_xlim(0, reach_mm)
        canvas.notes += _say_whiskers(table, corrected)
        canvas.finish([ax], height_mm=edges[-1])
    return ax


def _left(table: pd.DataFrame, words: pd.DataFrame) -> "pd.Series[int]":
    least = words.astype({"theme": "object"}).groupby("theme")["n_left"].min()
    return table["theme"].astype("object").map(least).fillna(table["n_opinions"]).astype("int64")


def _whiskers(table: pd.DataFrame, corrected: pd.DataFrame | None) -> pd.DataFrame:
    """Give the middle (missing where there is none), low and high of each theme, in opinions."""
    if corrected is None:
        bounds = table[["low", "high"]].mul(table["n_total"], axis=0)
        return bounds.assign(middle=np.nan).astype("float64")
    first = corrected[corrected["coder"] == corrected["coder"].iloc[0]]
    by_theme = (
        first.astype({"theme": "object"})
        .set_index("theme")
        .rename(columns={"n_corrected": "middle"})
    )
    known: pd.DataFrame = by_theme.reindex(table["theme"])[["middle", "low", "high"]]
    return known.reset_index(drop=True)


def _draw_whiskers(ax: Axes, places: Millimetres, whiskers: pd.DataFrame) -> None:
    """Draw lines that are seen on dark bars and on white paper."""
    known = whiskers["low"].notna().to_numpy()
    below = places[known] + _WHISKER_MM
    low, high = (whiskers[name][known] for name in ("low", "high"))
    ax.hlines(below, low, high, color=INK, linewidth=1, path_effects=HALO)
    ax.scatter(
        whiskers["middle"][known],
        below,
        s=14,
        color=INK,
        edgecolor="white",
        zorder=3,
        clip_on=False,
    )


def _say_counts(table: pd.DataFrame) -> list[str]:
    """Write each theme's count, with its share and with what stands behind it where that differs."""

    def say(row: Any) -> str:
        behind = [
            f"{name}{int(number)}"
            for name, number in (("異なる文", row.n_texts), ("人数", row.n_respondents))
            if pd.notna(number) and number < row.n_opinions
        ]
        share = "" if pd.isna(row.share) else f" {row.share:.0%}"
        return f"{row.n_opinions}件{share}" + (f"({'、'.join(behind)})" if behind else "")

    return [say(row) for row in table.itertuples()]


def _say_whiskers(table: pd.DataFrame, corrected: pd.DataFrame | None) -> list[str]:
    if corrected is not None:
        row = corrected.iloc[0]
        if row["n_read"] == row["n_total"]:
            return [f"点: {row['coder']}が全{row['n_total']}件を読んで付けた数"]
        return [f"点と横線: {row['coder']}が読んだ{row['n_read']}件から直した数と、その95%区間"]
    return [] if table["share"].isna().all() else [f"横線: {INTERVAL_NOTE}"]
