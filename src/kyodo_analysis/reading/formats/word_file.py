"""A Word file as paragraphs and tables, in order, with every word that it shows."""

import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kyodo_analysis.errors import ReadingError
from kyodo_analysis.reading.formats.blocks import Document, Paragraph
from kyodo_analysis.reading.formats.grid import Grid, Merge, column_letters, make_cells
from kyodo_analysis.reading.formats.office_file import open_office_file
from kyodo_analysis.reading.formats.word_names import W, named_children, value_of
from kyodo_analysis.reading.formats.word_styles import Styles, read_styles
from kyodo_analysis.reading.formats.word_unread import COVERED, NOTES, find_parts, name_unread
from kyodo_analysis.reading.formats.word_words import (
    DELETED,
    HIDDEN,
    SHOWN,
    UNKNOWN,
    WordReader,
    Words,
    look_ahead,
)

_BODY = re.compile(r"word/document\d*\.xml")
_PARAGRAPH = re.compile(rb"<(?:\w+:)?p[\s/>]")
_STYLES = "word/styles.xml"
_MOST_COLUMNS = 1_000
_MOST_XML_BYTES = 100_000_000
_MOST_MARKS = 2_500_000
_MOST_PARAGRAPHS = 150_000
_NOTE_REFERENCES = {"footnoteReference", "endnoteReference", "commentReference"}
_Unread = list[tuple[str, Words]]


def read_word_file(path: Path) -> Document:
    """Read a .docx file; what stands outside its paragraphs and tables is named in ``unread``.

    Raises
    ------
    ReadingError
        When the file may not be opened (:mod:`~kyodo_analysis.reading.formats.office_file`), is
        broken or too large.
    """
    with open_office_file(path) as content, zipfile.ZipFile(content) as package:
        names = package.namelist()
        main = next(filter(_BODY.fullmatch, names))
        parts = _parse_parts(path.name, package, {main, _STYLES, *filter(NOTES.match, names)})
        body = _Body(path.name, read_styles(parts.get(_STYLES)))
        blocks = tuple(body.blocks(parts[main].find(f"{W}body")))
        outside = body.outside(parts)
        others = find_parts(name for name in names if name not in parts)
        unread = name_unread(path.name, [*body.unread, *outside, *others])
        return Document(path.name, blocks, unread)


def _parse_parts(file: str, package: zipfile.ZipFile, wanted: set[str]) -> dict[str, Any]:
    """Parse the parts that hold words; refuse what would fill the memory."""
    from lxml import etree

    names = [name for name in dict.fromkeys(package.namelist()) if name in wanted]
    size = sum(package.getinfo(name).file_size for name in names)
    contents = {name: package.read(name) for name in names} if size < _MOST_XML_BYTES else {}
    n_marks = sum(content.count(b"<") + content.count(b"=") for content in contents.values())
    n_paragraphs = sum(len(_PARAGRAPH.findall(content)) for content in contents.values())
    if not contents or n_marks > _MOST_MARKS or n_paragraphs > _MOST_PARAGRAPHS:
        raise ReadingError(
            file,
            f"文書が大きすぎます(文字の部分だけで {size / 1e6:,.0f} MB、{n_paragraphs:,}段落)",
            f"読めるのは {_MOST_XML_BYTES / 1e6:,.0f} MB、{_MOST_PARAGRAPHS:,}段落、"
            f"XML の印 {_MOST_MARKS:,}個までです",
            "文書を分けるか、意見の表だけを新しい文書に写してください",
        )
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return {name: etree.fromstring(content, parser) for name, content in contents.items()}


@dataclass
class _Body:
    file: str
    styles: Styles
    unread: _Unread = field(default_factory=list)
    places: dict[tuple[str, str], str] = field(default_factory=dict)
    reader: WordReader = field(init=False)

    def __post_init__(self) -> None:
        self.reader = WordReader(self.styles)

    def blocks(self, body: Any) -> Iterator[Paragraph | Grid]:
        n_paragraphs = n_tables = 0
        place = self.file
        for name, element, kind in look_ahead(body, ("w:p", "w:tbl")):
            if name == "w:tbl":
                n_tables += 1
                grid = self._grid(f"表{n_tables}", element, kind)
                place = grid.source
                yield grid
            elif name == "w:p":
                n_paragraphs += 1
                place = f"{self.file}:段落{n_paragraphs}"
                text = self._text(element, kind, place)
                is_heading = self.styles.is_heading(element)
                is_item = not is_heading and self.styles.is_item(element)
                yield Paragraph(place, text, is_heading, is_item)
            else:
                self._name(place, Words(UNKNOWN, _described(name, element)))
        for words in self.reader.close():
            self._name(place, words)

    def _name(self, place: str, words: Words) -> None:
        self.unread.append((place, words))

    def _text(self, paragraph: Any, kind: str, place: str) -> str:
        """Return what a paragraph shows, and name the rest of it."""
        for reference in paragraph.iter(*(W + name for name in _NOTE_REFERENCES)):
            kind_of_note = reference.tag.removeprefix(W).removesuffix("Reference")
            self.places.setdefault((kind_of_note, reference.get(f"{W}id", "")), place)
        shown, beside = _parted(self.reader.read(paragraph, kind))
        for words in beside:
            self._name(place, words)
        return shown

    def _grid(self, name: str, table: Any, kind: str) -> Grid:
        source = f"{self.file}:{name}"
        cells = [*self._cells(table, kind, source)]
        first_rows: dict[int, int] = {}
        merges: dict[tuple[int, int], Merge] = {}
        texts: defaultdict[int, dict[int, str]] = defaultdict(dict)
        for row, left, right, is_continued, text in cells:
            top = first_rows.setdefault(left, row) if is_continued else row
            first_rows[left] = top
            merges[top, left] = Merge(top, left, row, right)
            if row == top and text:
                texts[row][left] = text
            elif text.strip():
                self._name(f"{source}!{column_letters(left)}{row}", Words(COVERED, text))
        height = max((row for row, *_ in cells), default=0)
        filled = (texts.get(row, {}) for row in range(1, height + 1))
        rows = ([row.get(column) for column in range(max(row, default=-1) + 1)] for row in filled)
        merged = (merge for merge in merges.values() if merge[:2] != merge[2:])
        return Grid(self.file, name, make_cells(rows, source), tuple(merged))

    def _cells(
        self, table: Any, kind: str, source: str, inside: str | None = None
    ) -> Iterator[tuple[int, int, int, bool, str]]:
        """Yield the row (from 1), first and last column (from 0) of each cell, and its words.

        `inside` is the place of the cell that holds the table, where one does.
        """
        number = 0
        for row, why in self._wanted(table, "w:tr", kind, inside or source):
            hides = _hides_row(row) or (why if why in (DELETED, HIDDEN) else SHOWN)
            number += not hides
            left = _span(value_of(row, "trPr/gridBefore"), source, least=0)
            for cell, reason in self._wanted(row, "w:tc", hides or why, inside or source):
                right = left + _span(value_of(cell, "tcPr/gridSpan"), source) - 1
                at = source if hides else f"{source}!{column_letters(left)}{number}"
                text = self._cell_text(cell, reason or _hides_cell(cell), inside or at)
                if not hides:
                    is_continued = value_of(cell, "tcPr/vMerge") in ("true", "continue")
                    yield number, left, right, is_continued, text
                left = right + 1

    def _wanted(self, parent: Any, tag: str, kind: str, place: str) -> Iterator[tuple[Any, str]]:
        for name, element, why in look_ahead(parent, (tag,), kind):
            if name == tag:
                yield element, why
            else:
                self._name(place, Words(UNKNOWN, _described(name, element)))

    def _cell_text(self, cell: Any, kind: str, place: str) -> str:
        """Return the paragraphs of a cell line by line, those of tables within it among them."""
        lines = []
        for name, element, why in look_ahead(cell, ("w:p", "w:tbl"), kind):
            if name == "w:tbl":
                inner = self._cells(element, why, place, place)
                lines += [text for *_, text in inner if text]
            elif name == "w:p":
                lines.append(self._text(element, why, place))
            else:
                self._name(place, Words(UNKNOWN, _described(name, element)))
        return "\n".join(lines).rstrip("\n")

    def outside(self, parts: dict[str, Any]) -> _Unread:
        """Read the notes, comments, headers and footers, none of which is in a paragraph."""
        unread: _Unread = []
        for part, root in parts.items():
            found = NOTES.match(part)
            if not found:
                continue
            kind = found[1]
            notes = [note for name, note in named_children(root) if name == f"w:{kind}"] or [root]
            for note in notes:
                place = self.places.get((kind, note.get(f"{W}id", "")), self.file)
                words = [*WordReader(self.styles)._read(note, note, SHOWN)]
                shown, beside = _parted(words)
                unread += [(place, Words(kind, shown)), *((place, each) for each in beside)]
        return unread


def _parted(words: Iterable[Words]) -> tuple[str, list[Words]]:
    """Return the words that are shown as one text, and the others by their kind."""
    shown: list[str] = []
    beside: defaultdict[str, list[str]] = defaultdict(list)
    for kind, text in words:
        (shown if kind == SHOWN else beside[kind]).append(text)
    named = (Words(kind, "".join(texts).strip()) for kind, texts in beside.items())
    return "".join(shown), [each for each in named if each.text]


def _described(name: str, element: Any) -> str:
    return f"{name} {''.join(element.itertext())}".strip()


def _hides_row(row: Any) -> str:
    if row.find(f"{W}trPr/{W}del") is not None:
        return DELETED
    return HIDDEN if row.find(f"{W}trPr/{W}hidden") is not None else SHOWN


def _hides_cell(cell: Any) -> str:
    return DELETED if cell.find(f"{W}tcPr/{W}cellDel") is not None else SHOWN


def _span(value: str | None, place: str, *, least: int = 1) -> int:
    number = int(value) if re.fullmatch(r"\d{1,12}", value or "") else least  # type: ignore[arg-type]
    if number > _MOST_COLUMNS:
        raise ReadingError(
            place,
            f"{number:,}列にまたがる欄があります",
            f"1つの欄がまたげるのは {_MOST_COLUMNS:,}列までです(Word の表は63列までです)",
            "Word で開いて表を作り直すか、意見を新しい表に写してください",
        )
    return max(number, least)
