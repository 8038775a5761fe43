"""A Word file as paragraphs and tables, in order, with every word that it shows."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kyodo_analysis.reading.formats.grid import Grid, Merge, make_cells
from kyodo_analysis.reading.formats.office_file import open_office_file

_OUTSIDE_TABLES_AND_BOXES = "[not(ancestor::w:tbl)][not(ancestor::w:txbxContent)]"
_BLOCKS = f".//w:p{_OUTSIDE_TABLES_AND_BOXES} | .//w:tbl{_OUTSIDE_TABLES_AND_BOXES}"
_ROWS = "./w:tr | ./w:sdt/w:sdtContent/w:tr"
_CELLS = "./w:tc | ./w:sdt/w:sdtContent/w:tc"
_PARAGRAPHS = ".//w:p[not(ancestor::w:txbxContent)]"
_SHOWN = (
    ".//w:r[not(ancestor::w:rt)][not(ancestor::w:txbxContent)]"
    "/*[self::w:t or self::w:tab or self::w:br or self::w:cr]"
)
_IN_BOXES = ".//w:txbxContent//w:t"
_CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n"}
_HEADING_STYLE = re.compile(r"(?:heading|見出し)\s*[1-9]", re.IGNORECASE)
_NUMBER = r"(?:第?\d{1,2}|\(\d{1,2}\)|[A-Z])(?:[.)]\s?|(?<=\))|\s)(?!\d)"
_HEADING_MARK = re.compile(rf"(?!.*。$)(?:[■□◆◇●]|【.+】|{_NUMBER}).*")
_LONGEST_HEADING = 40
_NUMBERING = "./w:pPr/w:numPr"


@dataclass(frozen=True)
class WordParagraph:
    """A paragraph outside tables.

    Parameters
    ----------
    number : int
        Which paragraph outside tables it is, from 1, empty ones included.
    text : str
        All that it shows, without ruby.
    style : str
        The name of its style.
    is_item : bool
        Whether Word puts a bullet or number before it.
    """

    number: int
    text: str
    style: str
    is_item: bool

    @property
    def has_heading_style(self) -> bool:
        """Whether its style is one for headings."""
        return bool(_HEADING_STYLE.match(self.style))

    @property
    def looks_like_heading(self) -> bool:
        """Whether it is short, begins like ``(1)``, ``■`` or ``【…】``, and is no sentence."""
        text = unicodedata.normalize("NFKC", self.text).strip()
        is_short = len(text) <= _LONGEST_HEADING
        return is_short and not self.is_item and bool(_HEADING_MARK.fullmatch(text))


@dataclass(frozen=True)
class WordFile:
    """What a Word file shows.

    Parameters
    ----------
    name : str
        The file's name without its folder.
    blocks : tuple of WordParagraph or Grid
        The paragraphs and tables in order; tables are called 表1, 表2, ….
    in_boxes : str
        The words in text boxes, which belong to no place among the others.
    """

    name: str
    blocks: tuple[WordParagraph | Grid, ...]
    in_boxes: str

    @property
    def paragraphs(self) -> tuple[WordParagraph, ...]:
        """The paragraphs outside tables."""
        return tuple(block for block in self.blocks if isinstance(block, WordParagraph))

    @property
    def tables(self) -> tuple[Grid, ...]:
        """The tables."""
        return tuple(block for block in self.blocks if isinstance(block, Grid))


def read_word_file(path: Path) -> WordFile:
    """Read a .docx file.

    Raises
    ------
    ReadingError
        When the file may not be opened (:mod:`~kyodo_analysis.reading.formats.office_file`), is broken or
        too large.
    """
    import docx

    with open_office_file(path) as content:
        document = docx.Document(content)
        in_boxes = document.element.body.xpath(_IN_BOXES)
        blocks = tuple(_blocks(path.name, document))
        return WordFile(path.name, blocks, "".join(text.text or "" for text in in_boxes))


def _blocks(file: str, document: Any) -> Iterator[WordParagraph | Grid]:
    names = {style.style_id: style.name or "" for style in document.styles}
    numbered = {style.style_id for style in document.styles if style.element.xpath(_NUMBERING)}
    n_paragraphs = n_tables = 0
    for element in document.element.body.xpath(_BLOCKS):
        if element.tag.endswith("}tbl"):
            n_tables += 1
            yield _grid(file, f"表{n_tables}", element)
        else:
            n_paragraphs += 1
            is_item = element.style in numbered or bool(element.xpath(_NUMBERING))
            style = names.get(element.style, "")
            yield WordParagraph(n_paragraphs, _text(element), style, is_item)


def _text(paragraph: Any) -> str:
    shown = ((part.tag.rpartition("}")[2], part.text or "") for part in paragraph.xpath(_SHOWN))
    return "".join(_CHARACTERS.get(kind, text) for kind, text in shown)


def _grid(file: str, name: str, table: Any) -> Grid:
    cells = list(_cells(table))
    first_rows: dict[int, int] = {}
    merges: dict[tuple[int, int], Merge] = {}
    texts: dict[tuple[int, int], str] = {}
    for row, left, right, is_continued, text in cells:
        top = first_rows.setdefault(left, row) if is_continued else row
        first_rows[left] = top
        merges[top, left] = Merge(top, left, row, right)
        texts[row, left] = text
    width = max((right + 1 for _, _, right, _, _ in cells), default=0)
    height = max((row for row, *_ in cells), default=0)
    rows = ([texts.get((row, column)) for column in range(width)] for row in range(1, height + 1))
    merged = (merge for merge in merges.values() if merge[:2] != merge[2:])
    return Grid(file, name, make_cells(rows, f"{file}:{name}"), tuple(merged))


def _cells(table: Any) -> Iterator[tuple[int, int, int, bool, str]]:
    """Yield the row (from 1), first and last column (from 0) of each cell, and what it shows."""
    for row, line in enumerate(table.xpath(_ROWS), start=1):
        left = line.grid_before
        for cell in line.xpath(_CELLS):
            right = left + cell.grid_span - 1
            text = "\n".join(_text(paragraph) for paragraph in cell.xpath(_PARAGRAPHS))
            yield row, left, right, cell.vMerge == "continue", text
            left = right + 1
