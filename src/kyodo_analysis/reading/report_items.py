"""One cell of opinions becomes items, each with its exact words and their place."""

import html
import re
from collections.abc import Iterator, Sequence

from kyodo_analysis.reading.pieces import Piece

_ATTRIBUTES = r"(?:\s[ -;=?-~]*)?"
_LIST_TAG = rf"</?(?:ul|ol|li){_ATTRIBUTES}/?(?:>|$)"
_INLINE_NAMES = "br|p|div|span|b|strong|i|em|u|s|font|a|sup|sub|small|table|tbody|thead|tr|td|th"
_INLINE_TAG = rf"</?(?:{_INLINE_NAMES}){_ATTRIBUTES}/?>"
_ENTITY = r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});"

_LATIN = "A-Za-z0-9Ａ-Ｚａ-ｚ０-９"
_AFTER_A_SENTENCE = "(?<=[。！？]) +|(?<=[。！？!?][」』)）]) +"
_BETWEEN_JAPANESE = rf"(?<![{_LATIN} ]) +(?![{_LATIN} ])"

_BY_LIST_ITEM = re.compile(rf"(?P<separator>{_LIST_TAG})", re.IGNORECASE)
_BY_BLANK = re.compile(
    rf"{_INLINE_TAG}|(?P<separator>{_LIST_TAG}|{_AFTER_A_SENTENCE}|{_BETWEEN_JAPANESE})",
    re.IGNORECASE,
)
_BY_BULLET = re.compile(r"(?P<separator>[ \u3000]+)(?=[・○●◯◎■□◆◇▪•])")
_BULLET = re.compile(r"(?:[・◯◎■□◆◇▪‣•＊*]|([○●])(?!\1)|[-－‐–](?!\d))\s*")
_NUMBER = re.compile("[①-⑳]")

_LIST_ITEM = re.compile("<li[ />]", re.IGNORECASE)
LIST_TAG = re.compile(_LIST_TAG, re.IGNORECASE)
_LINE_BREAK = re.compile(rf"<br{_ATTRIBUTES}/?>", re.IGNORECASE)
HTML_REMAINS = re.compile(f"{_LIST_TAG}|{_INLINE_TAG}|{_ENTITY}", re.IGNORECASE)
UNCLEAR_BLANK = re.compile(
    rf"[^ \u3000]{{0,5}}(?:(?<![{_LATIN} \u3000])[ \u3000]+|(?<=[{_LATIN}])[ \u3000]+(?![{_LATIN}]))"
    r"[^ \u3000]{1,5}"
)

_NOT_OPINIONS = (
    ("空欄", re.compile(r"\s*"), "言葉がありません"),
    ("注記", re.compile(r"※.*", re.DOTALL), "「※」で始まる注記です"),
    (
        "特になし",
        re.compile(
            r"(?:特に|とくに)?(?:ご?意見|要望)?[はも]?(?:なし|無し|無い|ない|ありません|ございません)"
            r"(?:です)?[。.]?"
        ),
        "意見がないという記入です",
    ),
    ("記号だけ", re.compile(r"[\W\d_]+"), "数字と記号だけで、言葉がありません"),
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


def without_html(raw_text: str) -> str:
    """Return the words without HTML remains; ``<br>`` becomes a line break."""
    lines = _LINE_BREAK.sub("\n", raw_text)
    kept = re.sub(f"{_LIST_TAG}|{_INLINE_TAG}", "", lines, flags=re.IGNORECASE)
    return re.sub(_ENTITY, lambda entity: html.unescape(entity[0]), kept, flags=re.I).strip()


def why_set_aside(text: str) -> tuple[str | None, str | None]:
    """Return treatment and reason for an item that is no opinion; twice None for an opinion."""
    found = ((name, reason) for name, words, reason in _NOT_OPINIONS if words.fullmatch(text))
    return next(found, (None, None))
