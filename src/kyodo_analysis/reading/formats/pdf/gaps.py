"""Tables without rules between their columns: columns by the gaps below a row of headers."""

import re
import statistics
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kyodo_analysis.reading.formats.pdf.geometry import Box, around
from kyodo_analysis.reading.formats.pdf.lines import Line, read_lines
from kyodo_analysis.reading.formats.pdf.page import PageCell, PageTable, Part
from kyodo_analysis.reading.formats.pdf.rules import Rule
from kyodo_analysis.reading.normalise import plain

_HEADER_WORDS = re.compile(
    r"(?:(?:no|№|#)\.?|番号|項番|通番|連番|整理番号|受付番号|意見番号|件数|人数|提出者数|区分|種別|種類|分類|項目"
    r"|対応(?:状況|区分|方針)?|.{0,8}(?:箇所|ページ|頁|章)"
    r"|.{0,12}(?:意見|要望|提案|質問|回答|考え方|内容|概要|要旨|趣旨|理由|結果)等?(?:の(?:概要|内容|要旨|要約|趣旨))?"
    r"|年代|性別|地区|会場|回|日付|日時|場所|備考|参加団体)(?:[((].*[))])?",
    re.IGNORECASE,
)
_LONGEST_HEADER = 16
_HEADER_GAP = 0.8
_GUTTER = 0.4
_MOST_HEADER_LINES = 3
_CLEAR = 0.25
_NUMBER = re.compile(
    r"[((]?(?:no\.?|第)?\s*[a-zA-Z]?[-－]?\d{1,5}(?:[-－]\d{1,4})?[))．.]?", re.IGNORECASE
)

Span = tuple[float, float]


@dataclass(frozen=True)
class Columns:
    """Where columns are parted: for each pair of neighbours, where no line has a character yet."""

    free: tuple[tuple[Span, ...], ...]

    def without(self, line: Line) -> "Columns | None":
        """Return what a further line leaves; None where it crosses from one column to the next."""
        left = tuple(tuple(_without(spans, line)) for spans in self.free)
        return Columns(left) if all(left) else None

    @property
    def gutters(self) -> tuple[Span, ...]:
        """All gaps that are left."""
        return tuple(span for spans in self.free for span in spans)


def _without(spans: Iterable[Span], line: Line) -> Iterator[Span]:
    taken = [line.span(glyph) for glyph in line.glyphs if not glyph.text.isspace()]
    for span in spans:
        left = [span]
        for low, high in taken:
            left = [
                part
                for start, end in left
                for part in ((start, min(end, low)), (max(start, high), end))
                if part[1] > part[0]
            ]
        yield from (part for part in left if part[1] - part[0] >= _GUTTER * line.em)


def pieces_of(line: Line) -> list[Line]:
    """Return the parts of a line that stand clearly apart."""
    parts = [[line.glyphs[0]]]
    for before, after in pairwise(line.glyphs):
        if line.span(after)[0] - line.span(before)[1] > _HEADER_GAP * line.em:
            parts.append([])
        parts[-1].append(after)
    inked = (part for part in parts if any(not glyph.text.isspace() for glyph in part))
    return [Line(tuple(part), line.is_down) for part in inked]


def is_header(line: Line) -> bool:
    """Tell whether a line names columns: short words far apart, most of them such names."""
    pieces = [plain(piece.text) for piece in pieces_of(line)]
    if len(pieces) < 2 or any(len(piece) > _LONGEST_HEADER for piece in pieces):
        return False
    named = [piece for piece in pieces if _HEADER_WORDS.fullmatch(piece)]
    return len(named) >= 2 and len(named) * 2 >= len(pieces)


@dataclass(frozen=True)
class Region:
    """The lines of a table without rules on one page, and how its columns are parted."""

    lines: tuple[Line, ...]
    columns: Columns
    has_header: bool


def find_regions(lines: Sequence[Line], before: Columns | None) -> list[Region]:
    """Return the tables without rules among the lines of a page.

    Parameters
    ----------
    lines : sequence of Line
        Those outside ruled tables, heads and feet, from above.
    before : Columns, optional
        Those of a table with which the page before ends.
    """
    regions: list[Region] = []
    inside: list[Line] = []
    columns, has_header = before, False
    for line in [line for line in lines if not line.is_down]:
        narrowed = columns.without(line) if columns else None
        if is_header(line) and (narrowed is None or not inside or not has_header):
            regions += [Region(tuple(inside), columns, has_header)] if columns and inside else []
            inside, columns, has_header = [line], _columns_below(line), True
        elif narrowed:
            inside, columns = [*inside, line], narrowed
        elif columns:
            regions += [Region(tuple(inside), columns, has_header)] if inside else []
            inside, columns, has_header = [], None, False
    if columns and inside:
        regions.append(Region(tuple(inside), columns, has_header))
    return [region for region in regions if len(region.lines) > 1 or not region.has_header]


def _columns_below(header: Line) -> Columns | None:
    pieces = pieces_of(header)
    middles = [(piece.start + piece.end) / 2 for piece in pieces]
    return Columns(tuple(((low, high),) for low, high in pairwise(middles))).without(header)


def make_table(page: int, region: Region, rules: Sequence[Rule]) -> PageTable | None:
    """Return the cells of a table without rules; None where its rows cannot be told apart."""
    gutters = region.columns.gutters
    box = around(line.box for line in region.lines)
    xs = (box.left, *((start + end) / 2 for start, end in gutters), box.right)
    columns = _by_column(region.lines, gutters)
    across = [
        rule.at
        for rule in rules
        if min(rule.end, box.right) - max(rule.start, box.left) > 0.6 * box.width
    ]
    tops = _row_tops(columns, across, box)
    if tops is None:
        return None
    bounds = (*tops, box.bottom + 1)
    cells = tuple(
        _cell(page, row, column, lines, bounds, xs)
        for column, lines in enumerate(columns)
        for row in range(len(tops))
    )
    return PageTable(page, xs, box, tuple(sorted(cells, key=lambda c: (c.top, c.left))), len(tops), is_ruled=False)


def _cell(
    page: int,
    row: int,
    column: int,
    lines: Sequence[Line],
    bounds: Sequence[float],
    xs: Sequence[float],
) -> PageCell:
    inside = tuple(
        line for line in lines if bounds[row] <= _middle(line) < bounds[row + 1]
    )
    box = (
        around(line.box for line in inside)
        if inside
        else Box(xs[column], bounds[row], xs[column + 1], bounds[row + 1])
    )
    return PageCell(row, column, row, column, Part(page, box, inside))


def _by_column(lines: Sequence[Line], gutters: Sequence[Span]) -> list[list[Line]]:
    glyphs = defaultdict(list)
    for line in lines:
        for glyph in line.glyphs:
            x = glyph.middle[0]
            glyphs[sum(x > (start + end) / 2 for start, end in gutters)].append(glyph)
    return [read_lines(glyphs[column], is_down=False) for column in range(len(gutters) + 1)]


def _middle(line: Line) -> float:
    return line.level - 0.38 * line.em


def _row_tops(
    columns: Sequence[Sequence[Line]], across: Sequence[float], box: Box
) -> list[float] | None:
    """Return where each row begins: below a rule, below a wide gap, or at its number."""
    first = box.top - 1
    inside = sorted(at for at in across if box.top < at < box.bottom)
    by_rules = [first, *inside]
    keys = _keys(columns)
    if len(inside) > 1 and len(by_rules) >= len(keys):
        return by_rules
    by_gaps = _by_gaps(columns, first)
    starts = sorted({*by_gaps, *inside})
    if _fits(starts, keys):
        return _with_keys(starts, keys)
    by_keys = _by_keys(columns, keys, first)
    if by_keys:
        return by_keys
    return starts if len(keys) < 2 and len(starts) > 2 else None


def _keys(columns: Sequence[Sequence[Line]]) -> list[Line]:
    """Return the numbers of the first column that holds little else."""
    for lines in columns:
        numbered = [line for line in lines if _NUMBER.fullmatch(plain(line.text))]
        if len(numbered) >= 1 and len(numbered) >= len(lines) - _MOST_HEADER_LINES:
            return numbered
    return []


def _by_gaps(columns: Sequence[Sequence[Line]], first: float) -> list[float]:
    """Return where all columns leave more room than between the lines of a row."""
    lines = [line for column in columns for line in column]
    em = statistics.median(line.em for line in lines)
    pitches = [
        after.level - before.level for column in columns for before, after in pairwise(column)
    ]
    usual = min(pitches, default=0) - em
    tops = [first]
    bottom = None
    for line in sorted(lines, key=lambda line: line.level - 0.88 * line.em):
        top = line.level - 0.88 * line.em
        if bottom is not None and top - bottom > usual + _CLEAR * em:
            tops.append((top + bottom) / 2)
        bottom = max(bottom or 0, line.level + 0.12 * line.em)
    return tops


def _fits(tops: Sequence[float], keys: Sequence[Line]) -> bool:
    """Tell whether no row holds two numbers."""
    rows = [sum(top <= _middle(key) for top in tops) for key in keys]
    return len(keys) > 0 and len(set(rows)) == len(rows)


def _with_keys(tops: list[float], keys: Sequence[Line]) -> list[float]:
    """Join what has no number to the row above; only above the first number may rows lack one."""
    kept = tops[:1]
    for number, top in enumerate(tops[1:], start=1):
        end = tops[number + 1] if number + 1 < len(tops) else float("inf")
        holds_key = any(top <= _middle(key) < end for key in keys)
        is_above_first = keys and _middle(keys[0]) >= end
        if holds_key or is_above_first:
            kept.append(top)
    return kept


def _by_keys(
    columns: Sequence[Sequence[Line]], keys: Sequence[Line], first: float
) -> list[float] | None:
    """Return the rows that begin at a number, where other columns have a line at the same height."""
    if len(keys) < 2:
        return None
    tops = [key.level - 0.95 * key.em for key in keys]
    others = [line for column in columns for line in column if line not in keys]
    begin = [any(abs(line.level - key.level) < 0.3 * key.em for line in others) for key in keys]
    return [first, *tops] if all(begin) else None
