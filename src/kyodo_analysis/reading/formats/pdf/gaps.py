"""Tables without rules between their columns: found by their headers, parted by the gaps below."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kyodo_analysis.reading.formats.pdf.glyphs import Glyph
from kyodo_analysis.reading.formats.pdf.lines import Line, read_lines
from kyodo_analysis.reading.normalise import plain

_HEADER_WORDS = re.compile(
    r"(?:(?:no|№|#)\.?|番号|項番|通番|連番|整理番号|受付番号|意見番号|件数|人数|提出者数|区分|種別|種類|分類|項目"
    r"|対応(?:状況|区分|方針)?|.{0,8}(?:箇所|ページ|頁|章)"
    r"|.{0,12}(?:意見|要望|提案|質問|回答|考え方|内容|概要|要旨|趣旨|理由|結果)等?(?:の(?:概要|内容|要旨|要約|趣旨))?"
    r"|年代|性別|地区|会場|回|日付|日時|場所|備考|参加団体)(?:[((].*[))])?",
    re.IGNORECASE,
)
_LONGEST_HEADER = 20
_HEADER_GAP = 0.5
_GUTTER = 0.4
_APART = 0.15
_STILL_COLUMNS = 2
_MOST_HEADER_LINES = 4
_NEXT_LINE = 1.9
_HALF = frozenset("、。，．」』）)・")

Span = tuple[float, float]


@dataclass(frozen=True)
class Header:
    """A row of headers: its lines, and where each header begins and ends."""

    lines: tuple[Line, ...]
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Columns:
    """Where columns are parted.

    Parameters
    ----------
    heads : tuple of Span
        Where the headers stand.
    free : tuple of tuple of Span
        Between each header and the next, where no line has a character yet.
    """

    heads: tuple[Span, ...]
    free: tuple[tuple[Span, ...], ...]

    def without(self, line: Line) -> "Columns | None":
        """Return what a further line leaves; None where it crosses from one column to the next."""
        left = tuple(tuple(_without(spans, line)) for spans in self.free)
        return Columns(self.heads, left) if all(left) else None

    @property
    def gutters(self) -> list[Span]:
        """The gap between each header and the next."""
        pairs = zip(self.free, pairwise(self.heads), strict=True)
        return [_gutter(spans, left, right) for spans, (left, right) in pairs]


def _gutter(spans: Sequence[Span], left: Span, right: Span) -> Span:
    """Return the gap that leaves words between two gaps to the header that they are nearer to."""
    for (start, end), (next_start, _) in pairwise(spans):
        if right[0] - next_start < end - left[1]:
            return start, end
    return spans[-1]


def _without(spans: Iterable[Span], line: Line) -> Iterator[Span]:
    taken = list(_inked(line))
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


def _inked(line: Line) -> Iterator[Span]:
    """Yield what characters cover; of 、 and 。 before a gap, which may hang out, the first half."""
    glyphs = [glyph for glyph in line.glyphs if not glyph.text.isspace()]
    for glyph, after in zip(glyphs, [*glyphs[1:], None], strict=True):
        low, high = line.span(glyph)
        is_last = after is None or line.span(after)[0] - high > _APART * line.em
        yield (low, (low + high) / 2) if is_last and glyph.text in _HALF else (low, high)


@dataclass(frozen=True)
class Region:
    """The lines of a table without rules on one page, and how its columns are parted.

    `is_cut` says that a line crosses the columns and further lines below keep to them again.
    """

    lines: tuple[Line, ...]
    columns: Columns
    n_header_lines: int
    is_cut: bool = False


def find_regions(lines: Sequence[Line], before: Columns | None) -> list[Region]:
    """Return the tables without rules among the lines of a page.

    Parameters
    ----------
    lines : sequence of Line
        Those outside ruled tables, heads and feet, from above.
    before : Columns, optional
        Those of a table with which the page before ends.
    """
    across = [line for line in lines if not line.is_down]
    regions: list[Region] = []
    inside: list[Line] = []
    columns, n_header_lines = before, 0
    number = 0
    while number < len(across):
        header = find_header(across[number : number + _MOST_HEADER_LINES])
        line = across[number]
        if header:
            _close(regions, inside, columns, n_header_lines)
            inside, columns = list(header.lines), _columns_below(header)
            n_header_lines = len(header.lines)
            number += n_header_lines
            continue
        narrowed = columns.without(line) if columns else None
        if narrowed is None:
            is_cut = columns is not None and _keep_to(columns, across[number + 1 :])
            _close(regions, inside, columns, n_header_lines, is_cut=is_cut)
            inside, columns, n_header_lines = [], None, 0
        else:
            inside, columns = [*inside, line], narrowed
        number += 1
    if columns and inside:  # headers that end a page have their rows on the next
        regions.append(Region(tuple(inside), columns, n_header_lines))
    return regions


def _close(
    regions: list[Region],
    inside: Sequence[Line],
    columns: Columns | None,
    n_header_lines: int,
    *,
    is_cut: bool = False,
) -> None:
    if columns and len(inside) > n_header_lines:
        regions.append(Region(tuple(inside), columns, n_header_lines, is_cut))


def _keep_to(columns: Columns, lines: Sequence[Line]) -> bool:
    """Tell whether lines fill two columns or more and cross none, up to the next headers."""
    n = 0
    for number, line in enumerate(lines):
        if find_header(lines[number : number + _MOST_HEADER_LINES]):
            break
        sides = {sum(g.middle[0] > (a + b) / 2 for a, b in columns.gutters) for g in line.glyphs}
        n += len(sides) > 1 and columns.without(line) is not None
    return n >= _STILL_COLUMNS


def find_header(lines: Sequence[Line]) -> Header | None:
    """Return the row of headers that begins with the first of `lines`, over one line or more."""
    best: tuple[int, Header] | None = None
    if not lines or _longest_run(lines[0]) > _LONGEST_HEADER:
        return None
    for n in range(1, len(lines) + 1):
        if n > 1 and lines[n - 1].level - lines[n - 2].level > _NEXT_LINE * lines[n - 1].em:
            break
        header = Header(tuple(lines[:n]), tuple(_spans(lines[:n])))
        if len(header.spans) < 2:
            continue
        if _most_characters(header) > _LONGEST_HEADER:
            break
        names = [plain(text) for text in _texts(header)]
        named = sum(bool(_HEADER_WORDS.fullmatch(name)) for name in names)
        is_sure = named == len(names) if n > 1 else 2 * named >= len(names)
        score = 2 * named - len(names)
        if named >= 2 and is_sure and (best is None or score >= best[0]):
            best = (score, header)
    return best[1] if best else None


def _longest_run(line: Line) -> int:
    """Return how many characters stand without a gap at most."""
    longest = run = 1
    for before, after in pairwise(line.glyphs):
        gap = line.span(after)[0] - line.span(before)[1]
        run = 1 if gap > _HEADER_GAP * line.em else run + 1
        longest = max(longest, run)
    return longest


def _spans(lines: Sequence[Line]) -> Iterator[Span]:
    """Yield where the words of lines, put upon each other, begin and end."""
    taken = sorted(line.span(glyph) for line in lines for glyph in line.glyphs)
    em = max(line.em for line in lines)
    start, end = taken[0]
    for low, high in taken[1:]:
        if low - end > _HEADER_GAP * em:
            yield start, end
            start = low
        end = max(end, high)
    yield start, end


def _most_characters(header: Header) -> int:
    """Return how many characters the longest header has."""
    starts = [start for start, _ in header.spans]
    glyphs = ((line, glyph) for line in header.lines for glyph in line.glyphs)
    return max(Counter(bisect_right(starts, line.span(g)[0]) for line, g in glyphs).values())


def _texts(header: Header) -> list[str]:
    glyphs = [glyph for line in header.lines for glyph in line.glyphs]
    parts = by_column(gaps_between(header.spans), glyphs)
    return ["".join(line.text for line in lines) for lines in parts]


def gaps_between(spans: Sequence[Span]) -> list[Span]:
    """Return the gaps between spans."""
    return [(end, start) for (_, end), (start, _) in pairwise(spans)]


def by_column(gutters: Sequence[Span], glyphs: Iterable[Glyph]) -> list[list[Line]]:
    """Return the lines of each column, which `gutters` part."""
    columns: list[list[Glyph]] = [[] for _ in range(len(gutters) + 1)]
    for glyph in glyphs:
        x = glyph.middle[0]
        columns[sum(x > (start + end) / 2 for start, end in gutters)].append(glyph)
    return [read_lines(column, is_down=False) for column in columns]


def _columns_below(header: Header) -> Columns | None:
    middles = [(start + end) / 2 for start, end in header.spans]
    free = tuple(((low, high),) for low, high in pairwise(middles))
    columns: Columns | None = Columns(header.spans, free)
    for line in header.lines:
        columns = columns.without(line) if columns else None
    return columns
