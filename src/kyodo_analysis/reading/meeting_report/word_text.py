"""A Word file as the lines of a meeting report: a table's columns are parted by tabs."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kyodo_analysis.files import TextFile, read_text
from kyodo_analysis.reading.formats.grid import Grid
from kyodo_analysis.reading.formats.word_file import WordFile, WordParagraph, read_word_file
from kyodo_analysis.reading.meeting_report.layout import CONTENT_HEADINGS
from kyodo_analysis.reading.normalise import plain


@dataclass(frozen=True)
class WordText(TextFile):
    """The lines of a Word file, each of which knows its paragraph or cell.

    Parameters
    ----------
    places : tuple of str
        What :meth:`place` returns, line by line.
    """

    places: tuple[str, ...] = ()

    def place(self, line: int) -> str:
        """Return e.g. ``報告.docx:段落3`` or, for a line of a cell, ``報告.docx:表2!B3の1行目``."""
        return self.places[line - 1]


def read_report_text(path: Path) -> TextFile:
    """Read a meeting report that was written in Word (.docx) or is a text.

    Raises
    ------
    ReadingError
        When the file cannot be opened or read.
    """
    if path.suffix.lower() != ".docx":
        return read_text(path)
    return make_word_text(read_word_file(path))


def make_word_text(word: WordFile) -> WordText:
    """Lay a Word file out line by line; a tab within a paragraph becomes a space.

    A row of a table is one line, but every line of a cell of opinions is one of its own, below
    the other cells of its row.
    """
    lines = [line for block in word.blocks for line in _lines(word.name, block)]
    texts = "\n".join(text for text, _ in lines)
    return WordText(word.name, texts, "Word", tuple(place for _, place in lines))


def _lines(file: str, block: WordParagraph | Grid) -> Iterator[tuple[str, str]]:
    if isinstance(block, WordParagraph):
        place = f"{file}:段落{block.number}"
        yield from ((line, place) for line in _split(block.text))
        return
    rows: list[list[str]] = block.texts.to_numpy().tolist()
    names = [plain(name) for name in (rows[0] if rows else [])]
    content = next((i for i, name in enumerate(names) if name in CONTENT_HEADINGS), None)
    yield "", block.source
    for number, cells in enumerate(rows, start=1):
        yield from _row_lines(block, number, cells, content if number > 1 else None)
    yield "", block.source


def _row_lines(
    table: Grid, row: int, cells: list[str], content: int | None
) -> Iterator[tuple[str, str]]:
    texts = [" ".join(_split(cell)) if i != content else "" for i, cell in enumerate(cells)]
    yield "\t".join(texts), table.place(row, 0)
    if content is not None:
        place = table.place(row, content)
        numbered = enumerate(_split(cells[content]), start=1)
        yield from ((line, f"{place}の{number}行目") for number, line in numbered if line.strip())


def _split(text: str) -> list[str]:
    return text.replace("\t", " ").splitlines() or [""]
