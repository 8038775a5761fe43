"""Text in two or more columns: the lines of each, in order of reading."""

from collections.abc import Sequence
from itertools import pairwise

from kyodo_analysis.reading.formats.pdf.lines import Line

_GUTTER = 1.0
_FEWEST = 4
_MIDDLE = (0.3, 0.7)


def reading_order(lines: Sequence[Line]) -> list[tuple[Line, ...]]:
    """Return the columns of text among `lines`, each from first to last line.

    A line that crosses the gap between columns ends them; the columns above it are read first.
    """
    down = tuple(line for line in lines if line.is_down)
    across = [line for line in lines if not line.is_down]
    gap = _gutter(across)
    if gap is None:
        return [part for part in (tuple(across), down) if part]
    groups: list[tuple[Line, ...]] = []
    left: list[Line] = []
    right: list[Line] = []
    for line in across:
        halves = _halves(line, gap)
        if halves is None:
            groups += [tuple(side) for side in (left, right) if side]
            groups.append((line,))
            left, right = [], []
            continue
        left += halves[0]
        right += halves[1]
    groups += [tuple(side) for side in (left, right) if side]
    return [part for part in (*_neighbours_joined(groups, gap), down) if part]


def _neighbours_joined(
    groups: Sequence[tuple[Line, ...]], gap: float
) -> list[tuple[Line, ...]]:
    """Put lines that cross the gap one below the other into one group."""
    joined: list[tuple[Line, ...]] = []
    for group in groups:
        crosses = len(group) == 1 and _halves(group[0], gap) is None
        before = joined[-1] if joined else ()
        if crosses and before and all(_halves(line, gap) is None for line in before):
            joined[-1] = (*before, *group)
        else:
            joined.append(group)
    return joined


def _gutter(lines: Sequence[Line]) -> float | None:
    """Return the middle of a gap that stands open between the halves of enough lines."""
    if not lines:
        return None
    start = min(line.start for line in lines)
    width = max(line.end for line in lines) - start
    spans: list[tuple[float, float]] = []
    for line in lines:
        for before, after in pairwise(line.glyphs):
            low, high = before.box.right, after.box.left
            is_inside = _MIDDLE[0] < ((low + high) / 2 - start) / max(width, 1) < _MIDDLE[1]
            if high - low >= _GUTTER * line.em and is_inside:
                spans.append((low, high))
    starts = [line.start for line in lines]
    candidates = {(low + high) / 2 for low, high in spans}
    candidates |= {at - 0.5 for at in starts if at - start > _MIDDLE[0] * width}
    counted = [(_n_beside(lines, at), at) for at in sorted(candidates)]
    best = max(counted, default=None)
    if best is None or best[0] < _FEWEST:
        return None
    n, at = best
    crossing = sum(_halves(line, at) is None for line in lines)
    return at if n > crossing / 2 else None


def _n_beside(lines: Sequence[Line], at: float) -> int:
    """Return on how many lines each side of a place has text, whichever side has fewer."""
    halves = [found for line in lines if (found := _halves(line, at)) is not None]
    return min(sum(bool(left) for left, _ in halves), sum(bool(right) for _, right in halves))


def _halves(line: Line, at: float) -> tuple[list[Line], list[Line]] | None:
    """Return the parts of a line on both sides; None where it crosses."""
    if any(glyph.box.left < at - 0.5 and glyph.box.right > at + 0.5 for glyph in line.glyphs):
        return None
    sides = [
        tuple(glyph for glyph in line.glyphs if (glyph.middle[0] < at) == is_left)
        for is_left in (True, False)
    ]
    if all(sides):
        gap = sides[1][0].box.left - sides[0][-1].box.right
        if gap < 0.7 * line.em:
            return None
    left, right = ([Line(side, False)] if side else [] for side in sides)
    return left, right
