"""The rules of a page: straight horizontal and vertical strokes, however they were drawn."""

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from kyodo_analysis.reading.formats.pdf.geometry import Box, Frame

MOST_STROKES = 60_000

_THIN = 3.2
_SHORTEST = 5.0
_LARGEST_DOT = 9.0
_DOT_GAP = 8.0
_MOST_DOTS = 2_000
_DASH_GAP = 4.5
_SAME_LINE = 1.0
_DEEPEST = 5
_STRAIGHT = 0.7

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]
_AS_IT_IS: Matrix = (1, 0, 0, 1, 0, 0)


class Rule(NamedTuple):
    """A stroke: where it stands (`at`) and from where to where it goes."""

    at: float
    start: float
    end: float


class Rules(NamedTuple):
    """Those of one page, from above and from the left, and its dots, which may be bullets."""

    horizontal: list[Rule]
    vertical: list[Rule]
    dots: list[Box]


def read_rules(page: Any, frame: Frame) -> Rules:
    """Return the rules of a page, pieces of the same line joined.

    Drawn lines, edges of drawn boxes and thin filled boxes count alike, and so do dashes and dots.
    """
    horizontal: list[Rule] = []
    vertical: list[Rule] = []
    dots: list[Box] = []
    for number, box in enumerate(_strokes(page)):
        if number >= MOST_STROKES:
            return Rules([], [], [])
        shown = _on_page(frame.box(box.left, box.top, box.right, box.bottom), frame)
        if shown is None:
            continue
        if max(shown.width, shown.height) <= _LARGEST_DOT:
            dots.append(shown)
        if shown.height <= _THIN and shown.width >= shown.height:
            horizontal.append(Rule((shown.top + shown.bottom) / 2, shown.left, shown.right))
        if shown.width <= _THIN and shown.height >= shown.width:
            vertical.append(Rule((shown.left + shown.right) / 2, shown.top, shown.bottom))
    return Rules(_joined(horizontal), _joined(vertical), _alone(dots))


def _on_page(box: Box, frame: Frame) -> Box | None:
    """Return the part of a box that is on the page: browsers draw rows on below its end."""
    width, height = frame.size
    if box.right < 0 or box.left > width or box.bottom < 0 or box.top > height:
        return None
    left, top = max(box.left, 0), max(box.top, 0)
    return Box(left, top, min(box.right, width), min(box.bottom, height))


def _alone(dots: Sequence[Box]) -> list[Box]:
    """Return the round dots that are no part of a dotted line."""
    rounded = [dot for dot in dots if dot.width > 1 and abs(dot.width - dot.height) <= 1]
    if len(dots) > _MOST_DOTS:
        return []
    return [dot for dot in rounded if sum(_is_near(dot, other) for other in dots) == 1]


def _is_near(dot: Box, other: Box) -> bool:
    return abs(dot.left - other.left) < _DOT_GAP and abs(dot.top - other.top) < _DOT_GAP


def _joined(rules: Iterable[Rule]) -> list[Rule]:
    """Join what lies on one line with no more than a dash's gap between."""
    lines: list[list[Rule]] = []
    for rule in sorted(rules):
        if lines and rule.at - lines[-1][-1].at <= _SAME_LINE:
            lines[-1].append(rule)
        else:
            lines.append([rule])
    return sorted(rule for line in lines for rule in _runs(line))


def _runs(line: list[Rule]) -> Iterator[Rule]:
    at = sum(rule.at for rule in line) / len(line)
    start = end = None
    for rule in sorted(line, key=lambda rule: rule.start):
        if start is None or end is None or rule.start - end > _DASH_GAP:
            if start is not None and end is not None and end - start >= _SHORTEST:
                yield Rule(at, start, end)
            start, end = rule.start, rule.end
        end = max(end, rule.end)
    if start is not None and end is not None and end - start >= _SHORTEST:
        yield Rule(at, start, end)


def _strokes(page: Any) -> Iterator[Box]:
    """Yield the box of each straight stroke, in the page's coordinates (top and bottom unordered)."""
    import pypdfium2.raw as pdfium

    def within(holder: Any, count: Any, get: Any, outer: Matrix, depth: int) -> Iterator[Box]:
        for i in range(count(holder)):
            item = get(holder, i)
            kind = pdfium.FPDFPageObj_GetType(item)
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                yield from _strokes_of_path(item, _times(_matrix(item), outer))
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                corners = ((0.0, 0.0), (1.0, 1.0))
                yield _bounds([_moved(*p, _times(_matrix(item), outer)) for p in corners])
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
                count_in, get_in = pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject
                inner = _times(_matrix(item), outer)
                yield from within(item, count_in, get_in, inner, depth + 1)

    count, get = pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject
    return within(page.raw, count, get, _AS_IT_IS, 0)


def _strokes_of_path(path: Any, matrix: Matrix) -> Iterator[Box]:
    import pypdfium2.raw as pdfium

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    for points in _lines_of_path(path, matrix):
        if stroke.value:
            yield from (_bounds(ends) for ends in pairwise(points) if _is_straight(*ends))
        elif fill.value:
            yield _bounds(points)


def _lines_of_path(path: Any, matrix: Matrix) -> Iterator[list[Point]]:
    import pypdfium2.raw as pdfium

    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[Point] = []
    for i in range(min(pdfium.FPDFPath_CountSegments(path), MOST_STROKES + 1)):
        segment = pdfium.FPDFPath_GetPathSegment(path, i)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = _moved(x.value, y.value, matrix)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO:
            if points:
                yield points
            points = []
        points.append(point)
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield [*points, points[0]]
            points = []
    if points:
        yield points


def _is_straight(start: Point, end: Point) -> bool:
    return min(abs(start[0] - end[0]), abs(start[1] - end[1])) <= _STRAIGHT


def _bounds(points: Iterable[Point]) -> Box:
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def _matrix(item: Any) -> Matrix:
    import pypdfium2.raw as pdfium

    found = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(item, found)
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def _moved(x: float, y: float, matrix: Matrix) -> Point:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    (x0, y0), (x1, y1) = _moved(0, 0, then), _moved(e, f, then)
    (ax, ay), (cx, cy) = _moved(a, b, then), _moved(c, d, then)
    return (ax - x0, ay - y0, cx - x0, cy - y0, x1, y1)
