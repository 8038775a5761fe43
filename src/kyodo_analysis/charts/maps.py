"""Maps of words, each drawn only if it holds against shuffled opinions, and saying how far."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from kyodo_analysis.charts.canvas import Canvas, new_canvas, require_columns
from kyodo_analysis.charts.placing import place_names
from kyodo_analysis.charts.style import GUIDE, INK, LINE_POINTS, PRINT, Style
from kyodo_analysis.errors import NotInDataError
from kyodo_analysis.lettering import MM_PER_POINT

_HEIGHT_SHARE = 0.85
_FLATTEST, _TALLEST = 0.6, 1.3
_TINY = 1e-9
_MARGIN = 0.06
_NO_LINES = np.zeros((0, 2, 2))
_POINT = 24.0
_LEAST_POINT, _GROWTH = 14.0, 120.0
_WIDENING = 1.25
_LINE = "#7F7F7F"
_FIRMNESS = (("実線", "-", 0.8), ("破線", "--", 0.5), ("点線", ":", 0.0))


def plot_network(
    edges: pd.DataFrame,
    nodes: pd.DataFrame,
    check: pd.DataFrame,
    *,
    ax: Axes | None = None,
    style: Style = PRINT,
) -> Axes:
    """Draw the co-occurrence network: words that meet, and how firmly each line stands.

    Parameters
    ----------
    edges : DataFrame
        One row per line: ``word_a``, ``word_b``, ``jaccard``, ``support`` (the share of resamples
        in which the line came back).
    nodes : DataFrame
        One row per word: ``word``, ``n_texts``, ``community`` (from 1), ``x``, ``y``.
    check : DataFrame
        One row, as :func:`~kyodo_analysis.charts.maps.require_holding` needs it.

    Returns
    -------
    Axes
        Points as large as words are frequent, in the tone of their community (from the fifth on
        the same one); lines as thick as the pair is strong, broken where resamples lose them.

    Raises
    ------
    NotInDataError
        The network does not hold; the message says by how much. Or its names do not fit.
    """
    require_columns(edges, "word_a", "word_b", "jaccard", "support")
    require_columns(nodes, "word", "n_texts", "community", "x", "y")
    require_holding(check)
    with new_canvas(style, ax) as (canvas, ax):
        sizes = _LEAST_POINT + _GROWTH * nodes["n_texts"] / nodes["n_texts"].max()
        points = nodes.rename(columns={"word": "name"}).assign(size=sizes, framed=False)
        lines = _draw_edges(ax, edges, nodes)
        _draw_nodes(ax, points, style)
        canvas.notes += [
            "点の大きさ: その語を使った文の数。濃淡: 語のまとまり",
            _say_firmness(edges),
        ]
        largest_first = points.sort_values("size", ascending=False, kind="stable")
        height_mm = style.width_mm * _HEIGHT_SHARE
        _finish_map(canvas, ax, largest_first, check, height_mm, lines=lines)
    return ax


def plot_correspondence(
    points: pd.DataFrame,
    axes: pd.DataFrame,
    check: pd.DataFrame,
    *,
    ax: Axes | None = None,
    style: Style = PRINT,
) -> Axes:
    """Draw words and groups on the first two axes of a correspondence analysis.

    Parameters
    ----------
    points : DataFrame
        One row per word or group: ``kind`` (語 or 組), ``name``, ``x``, ``y``.
    axes : DataFrame
        One row per axis, the first two first: ``inertia``, ``share``, ``reference``.
    check : DataFrame
        One row, as :func:`~kyodo_analysis.charts.maps.require_holding` needs it.

    Raises
    ------
    NotInDataError
        The axes do not hold; the message says by how much. Or the names do not fit.
    """
    require_columns(points, "kind", "name", "x", "y")
    require_columns(axes, "inertia", "share", "reference")
    require_holding(check)
    with new_canvas(style, ax) as (canvas, ax):
        placed = points.assign(size=_POINT, framed=points["kind"].astype("str") == "組")
        ax.axhline(0, color=GUIDE, linewidth=LINE_POINTS)
        ax.axvline(0, color=GUIDE, linewidth=LINE_POINTS)
        for is_group, marker, tone in ((False, "o", style.tones[2]), (True, "s", style.tones[0])):
            chosen = placed[placed["framed"] == is_group]
            ax.scatter(chosen["x"], chosen["y"], s=_POINT, marker=marker, color=tone.color)
        ax.set_aspect("equal", adjustable="datalim")
        canvas.notes += ["丸: 語、四角と枠: 組。中心に近い語は、どの組にも同じように現れる"]
        canvas.notes += _say_axes(axes)
        groups_first = placed.sort_values("framed", ascending=False, kind="stable")
        _finish_map(canvas, ax, groups_first, check, _height_mm(points, style), lines=_NO_LINES)
    return ax


def _finish_map(
    canvas: Canvas,
    ax: Axes,
    points: pd.DataFrame,
    check: pd.DataFrame,
    height_mm: float,
    *,
    lines: npt.NDArray[np.float64],
) -> None:
    """Clear the axes, add the check's note, and place the names.

    Parameters
    ----------
    canvas, ax
    points : DataFrame
        ``name``, ``x``, ``y``, ``size`` (in points squared, as drawn), ``framed``; those with the
        best claim to their place first.
    check : DataFrame
    height_mm : float
    lines : ndarray, (n, 2, 2)
        What no name is written over.
    """
    ax.set(xticks=[], yticks=[])
    ax.spines[:].set_visible(False)
    ax.margins(_MARGIN)
    canvas.notes.append(say_check(check))
    names = [canvas.text(name) for name in points["name"]]
    canvas.finish([ax], height_mm=height_mm)
    radii_mm = np.sqrt(points["size"].to_numpy(dtype="float64") / np.pi) * MM_PER_POINT
    place_names(
        ax, names, points[["x", "y"]].to_numpy(), radii_mm, points["framed"].tolist(), lines=lines
    )


def _height_mm(points: pd.DataFrame, style: Style) -> float:
    """Return the height that equal scales ask for, neither flat nor taller than a page."""
    ratio = np.ptp(points["y"]) / max(np.ptp(points["x"]), _TINY)
    return style.width_mm * float(np.clip(ratio, _FLATTEST, _TALLEST))


def _by_firmness(edges: pd.DataFrame) -> Iterator[tuple[str, str, npt.NDArray[np.bool_]]]:
    """Yield each kind of line, by name and style, and which edges are drawn with it."""
    upper = np.inf
    for name, line, least in _FIRMNESS:
        yield name, line, edges["support"].between(least, upper, inclusive="left").to_numpy()
        upper = least


def _draw_edges(ax: Axes, edges: pd.DataFrame, nodes: pd.DataFrame) -> npt.NDArray[np.float64]:
    """Draw the lines and return their ends."""
    places = nodes.set_index("word")[["x", "y"]]
    first, second = (places.loc[edges[word]].to_numpy() for word in ("word_a", "word_b"))
    ends = np.stack([first, second], axis=1)
    widths = (LINE_POINTS + _WIDENING * edges["jaccard"] / edges["jaccard"].max()).to_numpy()
    for _, line, chosen in _by_firmness(edges):
        ax.add_collection(
            LineCollection(
                list(ends[chosen]),
                linewidths=widths[chosen],
                linestyles=line,
                color=_LINE,
                zorder=1,
            )
        )
    return ends


def _draw_nodes(ax: Axes, points: pd.DataFrame, style: Style) -> None:
    ranks = points["community"].clip(upper=len(style.tones))
    for rank, tone in enumerate(style.tones, start=1):
        chosen = points[ranks == rank]
        ax.scatter(
            chosen["x"],
            chosen["y"],
            s=chosen["size"],
            facecolor=tone.color,
            edgecolor=INK,
            hatch=tone.hatch or None,
            zorder=2,
        )


def _say_firmness(edges: pd.DataFrame) -> str:
    numbers = [f"{name}{chosen.sum()}本" for name, _, chosen in _by_firmness(edges)]
    return (
        f"線: 意見を選び直しても8割以上で残る{numbers[0]}、5割以上の{numbers[1]}、"
        f"それ未満の{numbers[2]}。太さ: Jaccard係数"
    )


def _say_axes(axes: pd.DataFrame) -> list[str]:
    return [
        f"{direction}: 成分{number}、寄与率{axis['share']:.0%}"
        f"(固有値{axis['inertia']:.3f}、入れ替えた場合の95%点{axis['reference']:.3f})"
        for number, (direction, (_, axis)) in enumerate(
            zip(("横", "縦"), axes.head(2).iterrows(), strict=True), start=1
        )
    ]


def require_holding(check: pd.DataFrame) -> None:
    """Raise NotInDataError with the check's sentence unless the map holds.

    Parameters
    ----------
    check : DataFrame
        One row: ``map``, ``n_opinions``, ``n_texts``, ``measure``, ``observed``, ``reference``,
        ``n_shuffles``, ``seed``, ``holds``, ``sentence``.
    """
    require_columns(
        check,
        *("map", "n_opinions", "n_texts", "measure", "observed", "reference"),
        *("n_shuffles", "seed", "holds", "sentence"),
    )
    row = check.iloc[0]
    if not row["holds"]:
        sentence = str(row["sentence"]).removeprefix(f"{row['map']}: ")
        raise NotInDataError(str(row["map"]), sentence.removesuffix("。"))


def say_check(check: pd.DataFrame) -> str:
    """Say in one line on what a map rests."""
    row = check.iloc[0]
    return (
        f"意見{row['n_opinions']}件(異なる文{row['n_texts']})。"
        f"{row['measure']}{row['observed']:.3f}は、ランダムに入れ替えた{row['n_shuffles']}回の"
        f"95%点{row['reference']:.3f}を上回る(乱数の種{row['seed']})"
    )
