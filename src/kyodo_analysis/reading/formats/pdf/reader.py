"""A PDF as paragraphs and tables, in order, with every character that it shows."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mode

import pandas as pd

from kyodo_analysis.reading.formats.blocks import Document, Paragraph
from kyodo_analysis.reading.formats.grid import Grid, Merge, make_cells
from kyodo_analysis.reading.formats.pdf.accounts import (
    find_unread,
    refuse_unclear,
    refuse_unreadable,
)
from kyodo_analysis.reading.formats.pdf.joining import DRAWN_MARK, full_line, join_lines
from kyodo_analysis.reading.formats.pdf.layout import Layout, TextBlock, lay_out
from kyodo_analysis.reading.formats.pdf.lines import Line
from kyodo_analysis.reading.formats.pdf.opening import check_page, open_pdf, page_by_page
from kyodo_analysis.reading.formats.pdf.page import Page, read_page
from kyodo_analysis.reading.formats.pdf.places import name_place
from kyodo_analysis.reading.formats.pdf.tables import TableCell, WholeTable

_TYPED_MARK = re.compile(r"[・･○●◯◎■□◆◇▶►➢]\s*")
_LARGER = 1.08
_LONGEST_HEADING = 60
_SENTENCE = re.compile(r"[。．]\s*\Z")


@dataclass(frozen=True, eq=False)
class PdfGrid(Grid):
    """A table whose cells know their pages and boxes."""

    cell_places: Mapping[tuple[int, int], str] = field(default_factory=dict)

    def place(self, row: int, column: int) -> str:
        """Return e.g. ``結果.pdf:3頁(56,120,300,180)``."""
        return self.cell_places.get((row, column), self.source)

    def places(self, rows: "pd.Series[int]", column: int) -> "pd.Series[str]":
        """Return the place of the cells of one column."""
        return pd.Series([self.place(row, column) for row in rows], rows.index, dtype="str")


def read_pdf_file(path: Path) -> Document:
    """Read a PDF.

    Raises
    ------
    ReadingError
        When the file may not be opened, is broken or too large, has no text (a scan), has fonts
        whose characters are not known, or holds a table whose rows cannot be told apart.
    """
    pages = read_pages(path)
    refuse_unreadable(path.name, pages)
    layout = lay_out(pages)
    refuse_unclear(path.name, layout)
    blocks = tuple(_blocks(path.name, layout))
    return Document(path.name, blocks, tuple(find_unread(path.name, pages, layout)))


def read_pages(path: Path) -> list[Page]:
    """Take all pages of a PDF apart.

    Raises
    ------
    ReadingError
        When it cannot be opened.
    """
    return page_by_page(path, lambda: _each_page(path))


def _each_page(path: Path) -> Iterator[Page | None]:
    with open_pdf(path) as pdf:
        for number in range(1, len(pdf) + 1):
            page = pdf[number - 1]
            check_page(path, page, number)
            yield None
            yield read_page(page, number)
            page.close()


def _blocks(file: str, layout: Layout) -> Iterator[Paragraph | Grid]:
    texts = [block for block in layout.blocks if isinstance(block, TextBlock)]
    headings = _find_headings(texts)
    n_tables = 0
    for block in layout.blocks:
        if isinstance(block, TextBlock):
            yield _paragraph(file, block, is_heading=id(block) in headings)
        else:
            n_tables += 1
            yield make_grid(file, f"表{n_tables}", block)


def _paragraph(file: str, block: TextBlock, *, is_heading: bool) -> Paragraph:
    text = block.text.strip()
    drawn, typed = DRAWN_MARK.match(text), _TYPED_MARK.match(text)
    is_item = bool(drawn or typed) and not is_heading
    text = text[drawn.end() :] if drawn else text
    return Paragraph(name_place(file, block.parts), text, is_heading, is_item)


def _find_headings(blocks: Sequence[TextBlock]) -> set[int]:
    """Return the paragraphs set larger than most words, but not the title, or else in bold."""
    sizes = [round(glyph.em, 1) for b in blocks for line in b.lines for glyph in line.glyphs]
    if not sizes:
        return set()
    usual = mode(sizes)
    short = [block for block in blocks if _is_short(block)]
    larger = [block for block in short if _em(block) >= _LARGER * usual]
    title = larger[0] if larger and larger[0] is blocks[0] else None
    others = [block for block in larger if block is not title]
    if others:
        return {id(block) for block in others}
    bold = [block for block in short if _is_bold(block.lines) and block is not title]
    is_mostly_bold = len(bold) * 2 > len(blocks)
    return set() if is_mostly_bold else {id(block) for block in bold}


def _is_short(block: TextBlock) -> bool:
    return len(block.text) <= _LONGEST_HEADING and not _SENTENCE.search(block.text)


def _em(block: TextBlock) -> float:
    return max(line.em for line in block.lines)


def _is_bold(lines: Iterable[Line]) -> bool:
    glyphs = [glyph for line in lines for glyph in line.glyphs if not glyph.text.isspace()]
    return sum(glyph.is_bold for glyph in glyphs) > 0.8 * len(glyphs)


def make_grid(file: str, name: str, table: WholeTable) -> PdfGrid:
    """Return the cells of a table as every reader takes them."""
    limits = _limits(table)
    texts = {
        (cell.top + 1, cell.left): _cell_text(cell, limits[cell.left, cell.right])
        for cell in table.cells
    }
    columns = range(table.n_columns)
    rows = ([texts.get((row, column)) for column in columns] for row in range(1, table.n_rows + 1))
    merged = (
        Merge(cell.top + 1, cell.left, cell.bottom + 1, cell.right)
        for cell in table.cells
        if (cell.top, cell.left) != (cell.bottom, cell.right)
    )
    places = {(c.top + 1, c.left): name_place(file, c.parts) for c in table.cells}
    cells = make_cells(rows, f"{file}:{name}")
    return PdfGrid(file, name, cells, tuple(merged), cell_places=places)


def _limits(table: WholeTable) -> dict[tuple[int, int], float]:
    """Return where a full line ends in the cells with the same columns."""
    groups: dict[tuple[int, int], list[TableCell]] = {}
    for cell in table.cells:
        groups.setdefault((cell.left, cell.right), []).append(cell)
    return {columns: _limit(cells, is_ruled=table.is_ruled) for columns, cells in groups.items()}


def _limit(cells: Sequence[TableCell], *, is_ruled: bool) -> float:
    lines = [line for cell in cells for line in cell.lines]
    wrapped = [line for cell in cells for line in cell.lines[:-1]]
    longest = full_line(wrapped or lines)
    if not is_ruled or not lines or lines[0].is_down:
        return longest
    parts = [part for cell in cells for part in cell.parts if part.lines]
    padding = min(line.start - part.box.left for part in parts for line in part.lines)
    inner = parts[0].box.right - max(padding, 0)
    return max(longest, inner) if len(lines) < _FEW_LINES else longest


_FEW_LINES = 5


def _cell_text(cell: TableCell, limit: float) -> str:
    text = join_lines(cell.lines, limit)
    return "\n".join(
        DRAWN_MARK.sub("", line, count=1) if DRAWN_MARK.match(line) else line
        for line in text.split("\n")
    ).strip()
