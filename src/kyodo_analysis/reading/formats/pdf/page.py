"""One page taken apart: ruled tables with their words, and the lines outside them."""

import statistics
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from kyodo_analysis.reading.formats.pdf.geometry import Box, Frame
from kyodo_analysis.reading.formats.pdf.glyphs import Glyph, is_turned, read_glyphs
from kyodo_analysis.reading.formats.pdf.lattice import find_lattices
from kyodo_analysis.reading.formats.pdf.lines import Line, read_lines, runs_down
from kyodo_analysis.reading.formats.pdf.rules import Rules, read_rules

_ACROSS_RUN = 2.2
_FARTHEST_DOT = 1.5
_MOST_CLIPPED = 0.2
_MOST_NOTES = 1_000


@dataclass(frozen=True)
class Part:
    """The lines of a cell or paragraph on one page, and the box that holds them."""

    page: int
    box: Box
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class PageCell:
    """A cell of a table on one page: first and last row and column (from 0)."""

    top: int
    left: int
    bottom: int
    right: int
    part: Part

    @property
    def text(self) -> str:
        """Its characters, lines simply put together; to compare."""
        return "".join(line.text for line in self.part.lines).strip()


@dataclass(frozen=True)
class PageTable:
    """A table, as far as it stands on one page."""

    page: int
    xs: tuple[float, ...]
    box: Box
    cells: tuple[PageCell, ...]
    n_rows: int
    is_open_below: bool = False
    is_ruled: bool = True


@dataclass(frozen=True)
class Page:
    """What stands on one page.

    Parameters
    ----------
    number : int
        The page, from 1.
    size : tuple of float
        Width and height in points.
    tables : tuple of PageTable
        Ruled tables.
    lines : tuple of Line
        The lines outside of them, from first to last.
    aside : tuple of Glyph
        Characters that do not stand upright, or that are cut off.
    rules : Rules
        All rules.
    n_pictures : int
        How many pictures there are.
    notes : tuple of str
        The words of comments and of fields that a reader fills in.
    """

    number: int
    size: tuple[float, float]
    tables: tuple[PageTable, ...]
    lines: tuple[Line, ...]
    aside: tuple[Glyph, ...]
    rules: Rules
    n_pictures: int = 0
    notes: tuple[str, ...] = field(default=())


def read_page(page: Any, number: int) -> Page:
    """Take one page of a PDF apart.

    Parameters
    ----------
    page : pypdfium2.PdfPage
        The page.
    number : int
        Its number, from 1.
    """
    frame, glyphs = read_upright(page)
    rules = read_rules(page, frame)
    shown = _shown(glyphs)
    level = [glyph for glyph in shown if is_turned(glyph, 0)]
    if runs_down(level):
        level = [glyph for glyph in shown if is_turned(glyph, 0) or is_turned(glyph, 90)]
    read = {id(glyph) for glyph in level}
    level = level if runs_down(level) else _with_bullets(level, rules.dots)
    tables, outside = _ruled_tables(number, rules, level)
    return Page(
        number,
        frame.size,
        tables,
        tuple(_lines_outside(outside)),
        tuple(glyph for glyph in glyphs if id(glyph) not in read),
        rules,
        _count_pictures(page),
        tuple(_notes(page)),
    )


def _shown(glyphs: list[Glyph]) -> list[Glyph]:
    """Return the characters that are not cut off, as browsers do where a page ends in a line."""
    shown = [glyph for glyph in glyphs if not glyph.is_clipped]
    return shown if len(glyphs) - len(shown) <= _MOST_CLIPPED * len(glyphs) else glyphs


def frame_of(page: Any) -> Frame:
    """Return how a page of pypdfium2 is shown."""
    left, bottom, right, top = page.get_cropbox()
    return Frame(left, bottom, right, top, page.get_rotation())


def read_upright(page: Any) -> tuple[Frame, list[Glyph]]:
    """Return the characters of a page, turned where its lines mostly run up or down the sheet."""
    frame = frame_of(page)
    glyphs = read_glyphs(page, frame)
    turns = [round(glyph.turn / 90) % 4 for glyph in glyphs if not glyph.text.isspace()]
    turn = statistics.mode(turns) * 90 if turns else 0
    if not turn:
        return frame, glyphs
    turned = Frame(frame.left, frame.bottom, frame.right, frame.top, (frame.rotation - turn) % 360)
    return turned, read_glyphs(page, turned)


def _count_pictures(page: Any) -> int:
    import pypdfium2.raw as pdfium

    count = pdfium.FPDFPage_CountObjects(page.raw)
    kinds = (
        pdfium.FPDFPageObj_GetType(pdfium.FPDFPage_GetObject(page.raw, i)) for i in range(count)
    )
    return sum(kind == pdfium.FPDF_PAGEOBJ_IMAGE for kind in kinds)


def _notes(page: Any) -> Iterator[str]:
    import pypdfium2.raw as pdfium

    for i in range(min(pdfium.FPDFPage_GetAnnotCount(page.raw), _MOST_NOTES)):
        note = pdfium.FPDFPage_GetAnnot(page.raw, i)
        for key in (b"Contents", b"V"):
            size = pdfium.FPDFAnnot_GetStringValue(note, key, None, 0)
            held = (pdfium.FPDF_WCHAR * (size // 2))()
            pdfium.FPDFAnnot_GetStringValue(note, key, held, size)
            words = bytes(held).decode("utf-16-le", "replace").rstrip("\0").strip()
            if words:
                yield words
        pdfium.FPDFPage_CloseAnnot(note)


def _ruled_tables(
    number: int, rules: Rules, glyphs: Sequence[Glyph]
) -> tuple[tuple[PageTable, ...], list[Glyph]]:
    outside = list(glyphs)
    tables = []
    for lattice in find_lattices(rules):
        inside: dict[int, list[Glyph]] = defaultdict(list)
        rest: list[Glyph] = []
        for glyph in outside:
            x, y = glyph.middle
            cell = lattice.cell_at(x, y)
            (rest if cell is None else inside[id(cell)]).append(glyph)
        if not inside:
            continue
        outside = rest
        cells = tuple(
            PageCell(
                cell.top,
                cell.left,
                cell.bottom,
                cell.right,
                Part(number, cell.box, tuple(lines_of(inside[id(cell)]))),
            )
            for cell in lattice.cells
        )
        table = PageTable(number, lattice.xs, lattice.box, cells, len(lattice.ys) - 1)
        tables.append(_without_last_strip(table) if lattice.is_open_below else table)
    return tuple(tables), outside


def _without_last_strip(table: PageTable) -> PageTable:
    """Mark a table as open below, without the empty strip that a row cut off there leaves."""
    last = table.n_rows - 1
    is_empty = not any(cell.text for cell in table.cells if cell.top == last)
    if not is_empty or last == 0:
        return replace(table, is_open_below=True)
    kept = (replace(c, bottom=min(c.bottom, last - 1)) for c in table.cells if c.top < last)
    return replace(table, cells=tuple(kept), n_rows=last, is_open_below=True)


def lines_of(glyphs: Sequence[Glyph]) -> list[Line]:
    """Return the lines of a cell, which run down where most of its characters do."""
    return read_lines(glyphs, is_down=runs_down(glyphs))


def _lines_outside(glyphs: Sequence[Glyph]) -> list[Line]:
    """Return the lines of a page; where it is written downwards, those across come apart."""
    if not runs_down(glyphs):
        return read_lines(glyphs, is_down=False)
    across = _across_runs(glyphs)
    down = [glyph for glyph in glyphs if id(glyph) not in across]
    beside = [glyph for glyph in glyphs if id(glyph) in across]
    return [*read_lines(beside, is_down=False), *read_lines(down, is_down=True)]


def _across_runs(glyphs: Sequence[Glyph]) -> set[int]:
    """Return the characters that follow each other across and have none above or below."""
    runs: list[list[Glyph]] = []
    for glyph in glyphs:
        before = runs[-1][-1] if runs else None
        if before and _follows_across(before, glyph):
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    found = [run for run in runs if _is_long(run) or _is_alone(run, glyphs)]
    return {id(glyph) for run in found for glyph in run}


def _follows_across(before: Glyph, after: Glyph) -> bool:
    (x0, y0), (x1, y1) = before.middle, after.middle
    return abs(y1 - y0) < 0.5 * before.em and 0 < x1 - x0 < 1.5 * before.em


def _is_long(run: Sequence[Glyph]) -> bool:
    return run[-1].box.right - run[0].box.left > _ACROSS_RUN * run[0].em


def _is_alone(run: Sequence[Glyph], glyphs: Sequence[Glyph]) -> bool:
    em = run[0].em
    x0, x1, y = run[0].box.left, run[-1].box.right, run[0].middle[1]
    return not any(
        x0 - em / 2 < other.middle[0] < x1 + em / 2 and 0.6 * em < abs(other.middle[1] - y) < 2 * em
        for other in glyphs
    )


def _with_bullets(glyphs: Sequence[Glyph], dots: Sequence[Box]) -> list[Glyph]:
    """Put the dots that browsers draw as bullets before the characters that they belong to."""
    marked = list(glyphs)
    for dot in dots:
        followed = [glyph for glyph in glyphs if _is_before(dot, glyph)]
        if followed:
            first = min(followed, key=lambda glyph: glyph.box.left)
            bullet = Glyph("•", dot, dot.left, first.y, first.em, 0, is_drawn=True)
            marked.insert(marked.index(first), bullet)
    return marked


def _is_before(dot: Box, glyph: Glyph) -> bool:
    middle = (dot.top + dot.bottom) / 2
    is_level = glyph.y - glyph.em < middle < glyph.y + 0.1 * glyph.em
    return is_level and 0 < glyph.box.left - dot.right < _FARTHEST_DOT * glyph.em
