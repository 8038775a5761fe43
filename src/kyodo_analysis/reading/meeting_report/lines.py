"""The lines of a meeting report: words that know their place, and items within a cell."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from kyodo_analysis.reading.formats.blocks import Document, Paragraph
from kyodo_analysis.reading.formats.grid import Grid
from kyodo_analysis.reading.html_remains import INLINE_TAG, LIST_TAG
from kyodo_analysis.reading.normalise import plain

CONTENT_HEADINGS = ("内容", "意見", "ご意見", "主な意見", "主なご意見")

_LATIN = "A-Za-z0-9Ａ-Ｚａ-ｚ０-９"
_AFTER_A_SENTENCE = "(?<=[。！？]) +|(?<=[。！？!?][」』)）]) +"
_BETWEEN_JAPANESE = rf"(?<![{_LATIN} ]) +(?![{_LATIN} ])"
_BY_LIST_ITEM = re.compile(rf"(?P<separator>{LIST_TAG.pattern})", re.IGNORECASE)
_BY_BLANK = re.compile(
    rf"{INLINE_TAG.pattern}|(?P<separator>{LIST_TAG.pattern}|{_AFTER_A_SENTENCE}|{_BETWEEN_JAPANESE})",
    re.IGNORECASE,
)
_BY_BULLET = re.compile(r"(?P<separator>[ \u3000]+)(?=[・○●◯◎■□◆◇▪•])")
_BULLET = re.compile(r"(?:[・◯◎■□◆◇▪‣•＊*]|([○●])(?!\1)|[-－‐–](?!\d))\s*")
_NUMBER = re.compile("[①-⑳]")
_LIST_ITEM = re.compile("<li[ />]", re.IGNORECASE)


@dataclass(frozen=True)
class Piece:
    """Some words of one line.

    Parameters
    ----------
    line : int
        The number of the line in the report, from 1.
    start : int
        Where the words start in the line, in code points from 0.
    text : str
        The words.
    place : str
        The line as ``source`` names it: ``報告.txt:3行``, ``報告.docx:表2!B3の1行目``.
    """

    line: int
    start: int
    text: str
    place: str

    @property
    def end(self) -> int:
        """Where the words end in the line."""
        return self.start + len(self.text)

    def part(self, start: int, end: int) -> "Piece":
        """Return the words from `start` to `end` of these, without the blanks around them."""
        text = self.text[start:end]
        blanks = len(text) - len(text.lstrip())
        return Piece(self.line, self.start + start + blanks, text.strip(), self.place)

    def cells(self) -> tuple["Piece", ...]:
        """Return the words between the tabs."""
        texts = self.text.split("\t")
        starts = accumulate((len(text) + 1 for text in texts), initial=0)
        return tuple(
            self.part(start, start + len(text)) for start, text in zip(starts, texts, strict=False)
        )


Row = tuple[Piece, ...]


def lines_of(document: Document) -> list[Piece]:
    """Lay a document out line by line, the columns of a table parted by tabs.

    A row of a table is one line, but every line of a cell of opinions is one of its own, below
    the other cells of its row. Beside tables a tab is no column, but a space.
    """
    has_tables = bool(document.tables)
    lines = [line for block in document.blocks for line in _lines(block, has_tables)]
    return [Piece(number, 0, text, place) for number, (text, place) in enumerate(lines, start=1)]


def _lines(block: Paragraph | Grid, has_tables: bool) -> Iterator[tuple[str, str]]:
    if isinstance(block, Paragraph):
        text = block.text.replace("\t", " ") if has_tables else block.text
        yield from ((line, block.place) for line in text.split("\n"))
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


def split_items(content: Sequence[Piece]) -> list[Piece]:
    """Split the lines of one cell into items.

    In an HTML list without ``<li>`` items stand apart by blanks; a blank beside a Latin letter or
    a digit is none of these unless a sentence ends before it. Otherwise a line is an item, or
    several where each begins with a bullet.

    Returns
    -------
    list of Piece
        The items in order, without bullets and list tags, other words exactly as written.
    """
    if any(_LIST_ITEM.search(line.text) for line in content):
        separator = _BY_LIST_ITEM
    elif any(LIST_TAG.search(line.text) for line in content):
        separator = _BY_BLANK
    else:
        separator = _BY_BULLET
    items = (_without_bullet(item) for line in content for item in _parts(line, separator))
    return [item for item in items if item.text]


def _parts(line: Piece, separator: re.Pattern[str]) -> Iterator[Piece]:
    if separator is _BY_BULLET and not _BULLET.match(line.text):
        return iter([line])
    gaps = [found.span() for found in separator.finditer(line.text) if found["separator"]]
    starts = [0, *(end for _, end in gaps)]
    ends = [*(start for start, _ in gaps), len(line.text)]
    return (line.part(start, end) for start, end in zip(starts, ends, strict=True))


def _without_bullet(item: Piece) -> Piece:
    """Take the bullet away; a circled number is one only alone, since ①…、②… counts within."""
    is_numbered = len(_NUMBER.findall(item.text)) == 1
    found = _BULLET.match(item.text) or (is_numbered and _NUMBER.match(item.text))
    return item.part(found.end(), len(item.text)) if found else item


_UNCLEAR_BLANK = re.compile(
    rf"[^ \u3000]{{0,5}}(?:(?<![{_LATIN} \u3000])[ \u3000]+|(?<=[{_LATIN}])[ \u3000]+(?![{_LATIN}]))"
    r"[^ \u3000]{1,5}"
)


def unclear_blanks(text: str) -> str:
    """Return the blanks of an item that may or may not part two, with some words around each."""
    return "、".join(_UNCLEAR_BLANK.findall(text))
