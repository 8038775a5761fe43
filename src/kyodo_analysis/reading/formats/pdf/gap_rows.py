"""The rows of a table without rules between its columns: by rules across, gaps, or numbers."""

import re
import statistics
from collections.abc import Sequence
from itertools import pairwise

from kyodo_analysis.reading.formats.pdf.gaps import Region, by_column
from kyodo_analysis.reading.formats.pdf.geometry import Box, around
from kyodo_analysis.reading.formats.pdf.lines import Line
from kyodo_analysis.reading.formats.pdf.page import PageCell, PageTable, Part
from kyodo_analysis.reading.formats.pdf.rules import Rule
from kyodo_analysis.reading.normalise import plain

_CLEAR = 0.25
_NEXT = 1.45
_MOSTLY = 0.8
_ENDED = re.compile(r"[。．！？!?」』）)…]\s*\Z")
_LEVEL = 0.3
_ASCENT, _DESCENT = 0.88, 0.12
_NUMBER = re.compile(
    r"[((]?(?:no\.?|第)?\s*[a-zA-Z]?[-－]?\d{1,5}(?:[-－]\d{1,4})?[))．.]?", re.IGNORECASE
)


def make_table(page: int, region: Region, rules: Sequence[Rule]) -> PageTable | None:
    """Return the cells of a table without rules; None where its rows cannot be told apart.

    Parameters
    ----------
    page : int
        Its page.
    region : Region
        Its lines.
    rules : sequence of Rule
        The horizontal rules of the page.
    """
    if region.is_cut:
        return None
    gutters = region.columns.gutters
    box = around(line.box for line in region.lines)
    columns = by_column(gutters, [glyph for line in region.lines for glyph in line.glyphs])
    across = sorted(
        rule.at
        for rule in rules
        if box.top < rule.at < box.bottom
        and min(rule.end, box.right) - max(rule.start, box.left) > 0.6 * box.width
    )
    tops = _row_tops(columns, across, _header_end(region), box)
    if tops is None:
        return None
    xs = (box.left, *((start + end) / 2 for start, end in gutters), box.right)
    bounds = _without_empty((*tops, box.bottom + 1), columns)
    cells = tuple(
        _cell(page, row, column, lines, bounds, xs)
        for row in range(len(bounds) - 1)
        for column, lines in enumerate(columns)
    )
    return PageTable(page, xs, box, cells, len(bounds) - 1, is_ruled=False)


def _header_end(region: Region) -> float | None:
    lines = region.lines[: region.n_header_lines]
    return max(line.level + _DESCENT * line.em for line in lines) + 0.5 if lines else None


def _cell(
    page: int,
    row: int,
    column: int,
    lines: Sequence[Line],
    bounds: Sequence[float],
    xs: Sequence[float],
) -> PageCell:
    inside = tuple(line for line in lines if bounds[row] <= _middle(line) < bounds[row + 1])
    empty = Box(xs[column], bounds[row], xs[column + 1], bounds[row + 1])
    box = around(line.box for line in inside) if inside else empty
    return PageCell(row, column, row, column, Part(page, box, inside))


def _middle(line: Line) -> float:
    return line.level - (_ASCENT - _DESCENT) / 2 * line.em


def _without_empty(bounds: Sequence[float], columns: Sequence[Sequence[Line]]) -> tuple[float, ...]:
    """Leave out rows in which nothing stands."""
    middles = [_middle(line) for lines in columns for line in lines]
    kept = [
        low for low, high in pairwise(bounds) if any(low <= middle < high for middle in middles)
    ]
    return (*kept, bounds[-1])


def _row_tops(
    columns: Sequence[Sequence[Line]],
    across: Sequence[float],
    header_end: float | None,
    box: Box,
) -> list[float] | None:
    """Return where each row begins: below a rule, below a wide gap, or at its number."""
    first = box.top - 1
    below = first if header_end is None else header_end
    body = [[line for line in lines if _middle(line) > below] for lines in columns]
    keys = _keys(body)
    inside = [at for at in across if at > below + 2]
    tops = [first] if header_end is None else [first, header_end]
    if len(inside) > 1 and (not keys or _fits(inside, keys)):
        return sorted({*tops, *inside})
    gaps = sorted({*_wide_gaps(body), *inside})
    if _fits(gaps, keys):
        return [*tops, *_with_keys(gaps, keys)]
    if _begin_rows(body, keys):
        return [*tops, *(_top(key) - 0.5 for key in keys)]
    n_lines = max(map(len, body), default=0)
    is_plain = n_lines <= 1 or (len(keys) == 0 and len(gaps) > 0)
    return [*tops, *gaps] if is_plain else None


def _top(line: Line) -> float:
    return line.level - _ASCENT * line.em


def _keys(body: Sequence[Sequence[Line]]) -> list[Line]:
    """Return the numbers in the first column that holds nothing else; 1 and 0 below it are 10."""
    for lines in body:
        if lines and all(_NUMBER.fullmatch(plain(line.text)) for line in lines):
            return list(lines) if _increase(lines) else _firsts(lines)
    return []


def _increase(lines: Sequence[Line]) -> bool:
    numbers = [int("".join(filter(str.isdecimal, line.text)) or 0) for line in lines]
    return all(before < after for before, after in pairwise(numbers))


def _firsts(lines: Sequence[Line]) -> list[Line]:
    """Return the lines that follow none closely."""
    pairs = pairwise(lines)
    return [
        lines[0],
        *(after for before, after in pairs if after.level - before.level > _NEXT * after.em),
    ]


def _wide_gaps(body: Sequence[Sequence[Line]]) -> list[float]:
    """Return where all columns leave more room than between the lines of a row."""
    lines = [line for column in body for line in column]
    if not lines:
        return []
    em = statistics.median(line.em for line in lines)
    pitches = [b.level - a.level for column in body for a, b in pairwise(column)]
    usual = min(pitches, default=em) - em
    gaps = []
    bottom = None
    for line in sorted(lines, key=_top):
        if bottom is not None and _top(line) - bottom > usual + _CLEAR * em:
            gaps.append((_top(line) + bottom) / 2)
        bottom = max(bottom or 0, line.level + _DESCENT * line.em)
    return gaps


def _fits(tops: Sequence[float], keys: Sequence[Line]) -> bool:
    """Tell whether every row holds one number at most, and there is more than one row."""
    rows = [sum(top <= _middle(key) for top in tops) for key in keys]
    return len(keys) > 0 and len(set(rows)) == len(rows)


def _with_keys(tops: Sequence[float], keys: Sequence[Line]) -> list[float]:
    """Join rows without a number to the one above; only above the first number they may stand."""
    bounds = [*tops, float("inf")]
    return [
        top
        for top, end in pairwise(bounds)
        if _middle(keys[0]) >= end or any(top <= _middle(key) < end for key in keys)
    ]


def _begin_rows(body: Sequence[Sequence[Line]], keys: Sequence[Line]) -> bool:
    """Tell whether every column begins its rows at the height of their numbers, with whole texts."""
    if len(keys) < 2:
        return False
    bounds = [*(key.level - _LEVEL * key.em for key in keys), float("inf")]
    for lines in body:
        rows = [[x for x in lines if low <= x.level < high] for low, high in pairwise(bounds)]
        if any(
            abs(row[0].level - key.level) > _LEVEL * key.em
            for row, key in zip(rows, keys, strict=True)
            if row
        ):
            return False
        ends = [bool(_ENDED.search(row[-1].text)) for row in rows[:-1] if row]
        is_prose = any("。" in line.text for line in lines)
        if is_prose and sum(ends) < _MOSTLY * len(ends):
            return False
    return True
