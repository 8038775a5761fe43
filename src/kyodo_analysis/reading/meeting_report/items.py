"""One cell of opinions becomes items, each with its exact words and their place."""

import re
from collections.abc import Iterator, Sequence

from kyodo_analysis.reading.html_remains import INLINE_TAG, LIST_TAG
from kyodo_analysis.reading.meeting_report.pieces import Piece

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
UNCLEAR_BLANK = re.compile(
    rf"[^ \u3000]{{0,5}}(?:(?<![{_LATIN} \u3000])[ \u3000]+|(?<=[{_LATIN}])[ \u3000]+(?![{_LATIN}]))"
    r"[^ \u3000]{1,5}"
)


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
    items = (_without_bullet(item) for line in content for item in _split(line, separator))
    return [item for item in items if item.text]


def _split(line: Piece, separator: re.Pattern[str]) -> Iterator[Piece]:
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
