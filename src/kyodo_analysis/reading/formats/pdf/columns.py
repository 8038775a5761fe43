"""Text in two or more columns: the lines of each, in order of reading."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from kyodo_analysis.reading.formats.pdf.glyphs import Glyph
from kyodo_analysis.reading.formats.pdf.lines import Line

_GUTTER = 1.0
_FEWEST = 4
_MIDDLE = (0.3, 0.7)


def reading_order(lines: Sequence[Line]) -> list[tuple[Line, ...]]:
    """Return the columns of text among `lines`, each from first to last line.

    A line that crosses the gap between columns ends them; the columns above it are read first.
    """
    sets = ([line for line in lines if line.is_down == is_down] for is_down in (False, True))
    return [part for alike in sets for part in _columns(alike)]


def _columns(lines: Sequence[Line]) -> list[tuple[Line, ...]]:
    gap = _gutter(lines)
    if gap is None:
        return [tuple(lines)] if lines else []
    groups: list[tuple[Line, ...]] = []
    left: list[Line] = []
    right: list[Line] = []
    for line in lines:
        halves = _halves(line, gap)
        if halves is None:
            groups += [tuple(side) for side in (left, right) if side]
            groups.append((line,))
            left, right = [], []
            continue
        left += halves[0]
        right += halves[1]
    groups += [tuple(side) for side in (left, right) if side]
    return _neighbours_joined(groups, gap)


def _neighbours_joined(groups: Sequence[tuple[Line, ...]], gap: float) -> list[tuple[Line, ...]]:
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
            low, high = line.span(before)[1], line.span(after)[0]
            is_inside = _MIDDLE[0] < ((low + high) / 2 - start) / max(width, 1) < _MIDDLE[1]
            if high - low >= _GUTTER * line.em and is_inside:
                spans.append((low, high))
    starts = [line.start for line in lines]
    candidates = {(low + high) / 2 for low, high in spans}
    candidates |= {at - 0.5 for at in starts if at - start > _MIDDLE[0] * width}
    counted = [(_n_beside(lines, at) - 2 * _n_crossing(lines, at), at) for at in candidates]
    best = max((n for n, _ in counted), default=0)
    if best < _FEWEST:
        return None
    places = sorted(at for n, at in counted if n == best)
    return places[len(places) // 2]


def _n_crossing(lines: Sequence[Line], at: float) -> int:
    return sum(_halves(line, at) is None for line in lines)


def _n_beside(lines: Sequence[Line], at: float) -> int:
    """Return on how many lines each side of a place has text, whichever side has fewer."""
    halves = [found for line in lines if (found := _halves(line, at)) is not None]
    return min(sum(any(map(_has_words, pair[side])) for pair in halves) for side in (0, 1))


def _has_words(line: Line) -> bool:
    return len(line.glyphs) > 1


def _halves(line: Line, at: float) -> tuple[list[Line], list[Line]] | None:
    """Return the parts of a line on both sides; None where it crosses."""
    first: list[Glyph] = []
    second: list[Glyph] = []
    for glyph in line.glyphs:
        low, high = line.span(glyph)
        if low < at - 0.5 and high > at + 0.5:
            return None
        (first if low + high < 2 * at else second).append(glyph)
    if first and second and line.span(second[0])[0] - line.span(first[-1])[1] < 0.7 * line.em:
        return None
    left, right = ([replace(line, glyphs=tuple(side))] if side else [] for side in (first, second))
    return left, right
