"""Lines become texts: where a line ended only because it was full, nothing stands between."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from operator import neg

from kyodo_analysis.reading.formats.pdf.lines import Line

DRAWN_MARK = re.compile(r"[\uf0b7\uf0a7\uf06c\uf06e\uf0d8\uf075•▪‣◦]\s*")
BULLET = re.compile(r"[・･●○◯◎■□◆◇▫▶►➢※]")
_ANY_MARK = re.compile(f"{DRAWN_MARK.pattern}|{BULLET.pattern}")
NUMBERED = re.compile(r"[①-⑳⑴-⒇]|[((]?(?:\d{1,3}|[０-９]{1,3}|[ア-ンa-zA-Z])[))．.][^\d]")
_NEVER_FIRST = frozenset(
    "、。，．,.・:;：；?!？！%％)]}）〕］｝〉》」』】〙〗〟’”»ゝゞ々ー‐–…‥"
    "ァィゥェォッャュョヮヵヶぁぃぅぇぉっゃゅょゎゕゖ"
)
_HANGING = frozenset("、。，．,.")
_NEVER_LAST = frozenset("([{（〔［｛〈《「『【〘〖〝‘“«")
_ENDS_SENTENCE = re.compile(r"[。．！？!?)）」』】〕…]\s*\Z")
_WORD = re.compile(r"[0-9A-Za-z.,:/@_%'’\-]")
_CIRCLED = re.compile("[①-⑳]")
_LATIN_WORD = re.compile(r"[A-Za-z]")
_ROUNDING, _WITHIN = 0.03, 1.2
_FEWEST, _SHARE, _NEAR = 8, 0.08, 0.25
_INDENT = 0.6


def full_line(lines: Iterable[Line]) -> float:
    """Return where full lines end: the furthest place at which several do, or else the longest.

    、 and 。 may hang further out and do not count, and so do single lines that a program let run on.
    """
    ends = sorted(((_end_without(line, _HANGING), line.em) for line in lines), reverse=True)
    if len(ends) < _FEWEST:
        return ends[0][0] if ends else 0.0
    enough = max(3, _SHARE * len(ends))
    places = [end for end, _ in ends]
    for end, em in ends:
        if (
            bisect_right(places, -end + _NEAR * em, key=neg) - bisect_left(places, -end, key=neg)
            >= enough
        ):
            return end
    return places[0]


def _end_without(line: Line, hanging: frozenset[str]) -> float:
    glyphs = [glyph for glyph in line.glyphs if not glyph.text.isspace()]
    while len(glyphs) > 1 and glyphs[-1].text in hanging:
        glyphs.pop()
    return max(line.span(glyph)[1] for glyph in glyphs or line.glyphs)


def join_lines(lines: Sequence[Line], limit: float) -> str:
    """Return the text of lines that belong to one cell or paragraph.

    Parameters
    ----------
    lines : sequence of Line
        In order.
    limit : float
        Where a full line ends, along its direction.
    """
    if not lines:
        return ""
    text = lines[0].text
    is_prose = any("。" in line.text for line in lines)
    for before, after in pairwise(lines):
        text += between(before, after, limit, lines[0], is_prose=is_prose) + after.text
    return text


def between(before: Line, after: Line, limit: float, first: Line, *, is_prose: bool = True) -> str:
    """Return what stands between two lines: nothing, a blank between Latin words, a line feed.

    `after` begins a new one where its first characters, which no rule of typesetting may part,
    would still have found room before `limit`, or where it begins like `first`, the first line
    of all, with a bullet, a number or an indent. In prose, a line that ends within a sentence
    must be clearly shorter.
    """
    if _begins_anew(before, after, first):
        return "\n"
    em = max(before.em, after.em)
    reach = max(before.span(glyph)[1] for glyph in before.glyphs)
    is_within = is_prose and not _ENDS_SENTENCE.search(before.text)
    slack = _WITHIN if is_within else -_ROUNDING
    if first_width(after) <= limit - reach - slack * em:
        return "\n"
    last, start = before.text[-1:], after.text[:1]
    is_latin = _LATIN_WORD.match(last) and _LATIN_WORD.match(start)
    return " " if is_latin and limit - before.end > 0.6 * em else ""


def _begins_anew(before: Line, after: Line, first: Line) -> bool:
    text = after.text
    if DRAWN_MARK.match(text):
        return True
    is_ended = bool(_ENDS_SENTENCE.search(before.text))
    if BULLET.match(text) and text[0] == first.text[0]:
        return is_ended or after.start < before.start - _INDENT * after.em or first.text[0] != "※"
    if NUMBERED.match(text) and NUMBERED.match(first.text):
        return is_ended
    is_indented = after.start > _text_start(before) + _INDENT * after.em
    return text.startswith("\u3000") or (is_indented and is_ended)


def _text_start(line: Line) -> float:
    """Return where a line starts after its bullet."""
    glyphs = [glyph for glyph in line.glyphs if not glyph.text.isspace()]
    is_listed = len(glyphs) > 1 and _ANY_MARK.match(glyphs[0].text)
    return line.span(glyphs[1])[0] if is_listed else line.start


def first_width(line: Line) -> float:
    """Return how wide the first characters are that stay together at the end of a line."""
    glyphs = line.glyphs
    last = 0
    while last + 1 < len(glyphs) and glyphs[last].text in _NEVER_LAST:
        last += 1
    while last + 1 < len(glyphs) and _stay_together(glyphs[last].text, glyphs[last + 1].text):
        last += 1
    return line.span(glyphs[last])[1] - line.span(glyphs[0])[0]


def _stay_together(text: str, following: str) -> bool:
    """Tell whether two characters stay on one line; after 、 and 。 numbers do, too, in Writer."""
    if following in _NEVER_FIRST:
        return True
    is_word = bool(_WORD.match(text)) or text in _HANGING
    return is_word and bool(_WORD.match(following) or _CIRCLED.match(following))
