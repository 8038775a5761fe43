"""All pages together: tables over pages, paragraphs, and what stands at the edges of pages."""

import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kyodo_analysis.reading.formats.pdf.columns import reading_order
from kyodo_analysis.reading.formats.pdf.gap_rows import make_table
from kyodo_analysis.reading.formats.pdf.gaps import Columns, Region, find_regions
from kyodo_analysis.reading.formats.pdf.joining import between, full_line, join_lines
from kyodo_analysis.reading.formats.pdf.lines import Line, box_of
from kyodo_analysis.reading.formats.pdf.page import Page, PageTable, Part
from kyodo_analysis.reading.formats.pdf.running import Running, find_running
from kyodo_analysis.reading.formats.pdf.tables import (
    WholeTable,
    add_piece,
    goes_on,
    start_table,
)

_PARAGRAPH_GAP = 1.35
_SAME_SIZE = 0.08
_FEW_LINES = 5
_PADDING = 6.0
_NOTES = ("※", "*", "＊", "注", "(注", "（注", "1)", "１）")


@dataclass(frozen=True)
class TextBlock:
    """A paragraph: its lines, page by page, and where a full line of it ends."""

    parts: tuple[Part, ...]
    limit: float

    @property
    def lines(self) -> list[Line]:
        """Its lines on all pages."""
        return [line for part in self.parts for line in part.lines]

    @property
    def text(self) -> str:
        """Its words."""
        return join_lines(self.lines, self.limit)


@dataclass(frozen=True)
class Unclear:
    """A table without rules whose rows cannot be told apart."""

    page: int
    region: Region


@dataclass(frozen=True)
class Layout:
    """What a PDF holds, in order, and what belongs to none of it."""

    blocks: tuple[TextBlock | WholeTable, ...]
    running: tuple[Running, ...]
    unclear: tuple[Unclear, ...] = field(default=())


@dataclass(frozen=True)
class _Piece:
    """A paragraph's worth of lines, or a table, on one page."""

    page: int
    what: PageTable | Region | tuple[Line, ...]
    is_single: bool = False


def lay_out(pages: Sequence[Page]) -> Layout:
    """Put the pages of a PDF together."""
    running = find_running(pages)
    at_edge = {id(found.line) for found in running}
    blocks: list[TextBlock | WholeTable] = []
    unclear: list[Unclear] = []
    columns: Columns | None = None
    widest = _widest(pages)
    for page in pages:
        lines = [line for line in page.lines if id(line) not in at_edge]
        regions = find_regions(lines, columns)
        columns = regions[-1].columns if regions and _ends_page(regions[-1], lines) else None
        for piece in _pieces(page, lines, regions):
            _add(blocks, unclear, page, piece, widest)
    return Layout(tuple(_paragraphs_joined(blocks)), tuple(running), tuple(unclear))


def _ends_page(region: Region, lines: Sequence[Line]) -> bool:
    below = [line for line in lines if line.level > region.lines[-1].level]
    return all(line.text.lstrip().startswith(_NOTES) for line in below)


def _pieces(page: Page, lines: Sequence[Line], regions: Sequence[Region]) -> Iterator[_Piece]:
    """Yield what stands on a page, in order of reading."""
    in_regions = {id(line) for region in regions for line in region.lines}
    loose = [line for line in lines if id(line) not in in_regions]
    standing: list[PageTable | Region] = [*page.tables, *regions]
    tables = sorted(standing, key=_top)
    bounds = [float("-inf"), *map(_top, tables), float("inf")]
    for number, (low, high) in enumerate(pairwise(bounds)):
        if number:
            yield _Piece(page.number, tables[number - 1])
        group = [line for line in loose if low <= line.box.top < high]
        columns = reading_order(group) if group else []
        for column in columns:
            yield _Piece(page.number, column, is_single=len(columns) == 1)


def _top(table: PageTable | Region) -> float:
    return table.box.top if isinstance(table, PageTable) else box_of(table.lines).top


def _add(
    blocks: list[TextBlock | WholeTable],
    unclear: list[Unclear],
    page: Page,
    piece: _Piece,
    widest: float,
) -> None:
    what = piece.what
    if isinstance(what, tuple):
        limit = full_line(what)
        is_whole_width = piece.is_single and not what[0].is_down and len(what) < _FEW_LINES
        blocks.extend(
            _paragraphs(page.number, what, max(limit, widest) if is_whole_width else limit)
        )
        return
    table = what
    if isinstance(table, Region):
        made = make_table(page.number, table, page.rules.horizontal)
        if made is None:
            unclear.append(Unclear(page.number, table))
            blocks.extend(_paragraphs(page.number, table.lines, full_line(table.lines)))
            return
        table = made
    at = _last_table(blocks)
    last = blocks[at] if at is not None else None
    if at is not None and isinstance(last, WholeTable) and goes_on(last, table):
        blocks[at] = add_piece(last, table)
    else:
        blocks.append(start_table(table))


def _last_table(blocks: Sequence[TextBlock | WholeTable]) -> int | None:
    """Return where the table stands that ends the page before; notes may stand below it."""
    for number in range(len(blocks) - 1, -1, -1):
        block = blocks[number]
        if isinstance(block, WholeTable):
            return number
        if not block.text.lstrip().startswith(_NOTES):
            return None
    return None


def _widest(pages: Sequence[Page]) -> float:
    """Return where full lines of the text end, as far as lines and tables show it."""
    lines = (line for page in pages for line in page.lines if not line.is_down)
    tables = (table.box.right - _PADDING for page in pages for table in page.tables)
    return max((full_line(lines), *tables))


def _paragraphs(page: int, lines: Sequence[Line], limit: float) -> Iterator[TextBlock]:
    """Yield the paragraphs among the lines of one column, in which full ones end at `limit`."""
    pitch = _usual_pitch(lines)
    paragraph = [lines[0]]
    for before, after in pairwise(lines):
        if _is_new(before, after, limit, paragraph[0], pitch):
            yield _block(page, paragraph, limit)
            paragraph = []
        paragraph.append(after)
    yield _block(page, paragraph, limit)


def _usual_pitch(lines: Sequence[Line]) -> float:
    pitches = [
        after.level - before.level
        for before, after in pairwise(lines)
        if 0 < after.level - before.level < 3 * after.em
    ]
    return statistics.quantiles(pitches, n=4)[0] if len(pitches) > 1 else float("inf")


def _is_new(before: Line, after: Line, limit: float, first: Line, pitch: float) -> bool:
    if abs(before.em - after.em) > _SAME_SIZE * before.em:
        return True
    if _is_bold(before) != _is_bold(after):
        return True
    if after.level - before.level > _PARAGRAPH_GAP * pitch:
        return True
    return between(before, after, limit, first) == "\n"


def _is_bold(line: Line) -> bool:
    inked = [glyph for glyph in line.glyphs if not glyph.text.isspace()]
    return bool(inked) and sum(glyph.is_bold for glyph in inked) > len(inked) / 2


def _block(page: int, lines: Iterable[Line], limit: float) -> TextBlock:
    kept = tuple(lines)
    return TextBlock((Part(page, box_of(kept), kept),), limit)


def _paragraphs_joined(
    blocks: Sequence[TextBlock | WholeTable],
) -> Iterator[TextBlock | WholeTable]:
    """Join a paragraph that goes on at the head of the next page or column."""
    waiting: TextBlock | None = None
    for block in blocks:
        if waiting and isinstance(block, TextBlock) and _continues(waiting, block):
            waiting = TextBlock((*waiting.parts, *block.parts), max(waiting.limit, block.limit))
            continue
        if waiting:
            yield waiting
            waiting = None
        if isinstance(block, TextBlock):
            waiting = block
        else:
            yield block
    if waiting:
        yield waiting


def _continues(above: TextBlock, below: TextBlock) -> bool:
    before, after = above.lines[-1], below.lines[0]
    is_next_column = above.parts[-1].page == below.parts[0].page and after.level < before.level
    is_next_page = below.parts[0].page == above.parts[-1].page + 1
    if not (is_next_column or is_next_page):
        return False
    return not _is_new(before, after, above.limit, above.lines[0], float("inf"))
