"""Names beside points, where none covers another or a point."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes

from kyodo_analysis.charts.canvas import MM_PER_INCH
from kyodo_analysis.charts.style import HALO, INK, LINE_POINTS
from kyodo_analysis.errors import NotInDataError
from kyodo_analysis.lettering import LINE_MM, MM_PER_POINT, width_mm

Floats = npt.NDArray[np.float64]

_DIRECTIONS, _RINGS, _NEAREST_MM, _MOST_TRIED = 24, 40, 0.05, 200
_ALONG = np.linspace(0.1, 1, 10)
_AIR_MM = 0.4
_FAR_MM = 1.2
_DETOUR_MM = 12.0
_STEP_MM = 1.0
_FRAME = {"boxstyle": "square,pad=0.15", "facecolor": "white", "linewidth": LINE_POINTS}
_LEADER = {"arrowstyle": "-", "color": INK, "linewidth": LINE_POINTS, "shrinkA": 0, "shrinkB": 0}


def place_names(
    ax: Axes,
    names: Sequence[str],
    points: Floats,
    radii_mm: Floats,
    framed: Sequence[bool],
    *,
    lines: Floats,
) -> None:
    """Write each name as near to its point as the names before it, all points and lines allow.

    A name that had to move away is joined to its point by a thin line. The axes must have their
    final size and limits.

    Parameters
    ----------
    ax : Axes
    names : sequence of str
        Readable texts, those with the best claim to their place first.
    points : ndarray, (n, 2)
        In data coordinates.
    radii_mm : ndarray, (n,)
        How large the points are drawn.
    framed : sequence of bool
        Which names stand in a frame.
    lines : ndarray, (n, 2, 2)
        The ends of lines that no name is written over, in data coordinates, unless there is no
        room beside them.

    Raises
    ------
    NotInDataError
        There is no room left for a name.
    """
    to_mm = MM_PER_INCH / ax.figure.dpi
    centers = np.asarray(ax.transData.transform(points)) * to_mm
    frame = np.array(ax.get_window_extent().extents) * to_mm
    sizes = np.array([(width_mm(name), LINE_MM) for name in names]) + 2 * _AIR_MM
    sizes[np.asarray(framed)] += 2 * _AIR_MM
    taken = _boxes(centers, np.repeat(2 * radii_mm[:, None], 2, axis=1))
    ends = np.asarray(ax.transData.transform(lines.reshape(-1, 2))).reshape(-1, 2, 2) * to_mm
    drawn = np.concatenate([np.zeros((0, 4)), *map(_along_line, ends)])
    for place, (name, point) in enumerate(zip(names, points, strict=True)):
        center, size, radius = centers[place], sizes[place], radii_mm[place]
        offset = _free_offset(place, center, size, radius, taken, frame, drawn)
        if offset is None:
            offset = _free_offset(place, center, size, radius, taken, frame, drawn[:0])
        if offset is None:
            raise NotInDataError(
                "図",
                f"{len(names)}の名前が、重ならずには1枚に入りません",
                action="同じ数値の表をご覧ください",
            )
        gap = np.hypot(*np.maximum(np.abs(offset) - size / 2, 0)) - radius
        taken = np.vstack([taken, _boxes(center + offset, size)])
        if gap > _FAR_MM:
            taken = np.vstack([taken, _boxes(_leader(center, offset), np.zeros(2))])
        ax.annotate(
            name,
            point,
            tuple(offset / MM_PER_POINT),
            textcoords="offset points",
            ha="center",
            va="center",
            zorder=3,
            bbox=_FRAME if framed[place] else None,
            arrowprops=_LEADER if gap > _FAR_MM else None,
            path_effects=HALO,
        )


def _boxes(centers: Floats, sizes: Floats) -> Floats:
    return np.atleast_2d(np.concatenate([centers - sizes / 2, centers + sizes / 2], axis=-1))


def _along_line(ends: Floats) -> Floats:
    """Return points along a line, close enough for a name not to slip between."""
    n = int(np.hypot(*(ends[1] - ends[0])) / _STEP_MM) + 2
    return _boxes(np.linspace(ends[0], ends[1], n), np.zeros(2))


def _leader(center: Floats, offsets: Floats) -> Floats:
    """Return points along the way from a point to names at some offsets."""
    return np.asarray(center + offsets[..., None, :] * _ALONG[:, None])


def _free_offset(
    place: int,
    center: Floats,
    size: Floats,
    radius: float,
    taken: Floats,
    frame: Floats,
    drawn: Floats,
) -> Floats | None:
    """Look around a point, ring by ring, for the place of its name; None where there is none.

    The name's box must not meet what is taken or drawn; rather than let the way to it meet what others have
    taken, it goes up to 12 mm further away.
    """
    rings = radius + np.geomspace(_NEAREST_MM, np.hypot(*(frame[2:] - frame[:2])), _RINGS)
    angles = np.linspace(0, 2 * np.pi, _DIRECTIONS, endpoint=False)
    toward = np.column_stack([np.cos(angles), np.sin(angles)])
    offsets = (toward * (rings[:, None, None] + size / 2)).reshape(-1, 2)
    boxes = _boxes(center + offsets, size)
    inside = ((boxes[:, :2] >= frame[:2]) & (boxes[:, 2:] <= frame[2:])).all(axis=1)
    blocked = _meet(boxes, np.vstack([taken, drawn]))
    free = np.flatnonzero(inside & ~blocked)[:_MOST_TRIED]
    if not len(free):
        return None
    ways = _boxes(_leader(center, offsets[free]).reshape(-1, 2), np.zeros(2))
    crosses = _meet(ways, np.delete(taken, place, axis=0)).reshape(len(free), -1).any(axis=1)
    cost = np.repeat(rings, _DIRECTIONS)[free] + _DETOUR_MM * crosses
    return np.asarray(offsets[free[cost.argmin()]])


def _meet(boxes: Floats, others: Floats) -> npt.NDArray[np.bool_]:
    """Say which boxes meet any of the others."""
    low = np.maximum(boxes[:, None, :2], others[None, :, :2])
    high = np.minimum(boxes[:, None, 2:], others[None, :, 2:])
    return np.asarray(np.any(np.all(low <= high, axis=2), axis=1))
