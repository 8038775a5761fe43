"""Characters: how a text is folded so that words are found, and where its lines and sentences end.

Folding serves matching only. Nobody's words are rewritten: every folded character knows which
character of the original it stands for.
"""

import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

BLANK: Final = "\u3000"
NEWLINES: Final = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"

_UNREADABLE = "\ufffd"
_KEPT_FORMS = ("<circle>", "<super>", "<sub>")
# IPADIC knows symbols by their full-width forms, letters and digits by neither: half-width ones
# become one word (PDCA, 120) where full-width ones fall apart. The analysers take Ð for a space.
_AS_IN_DICTIONARY = {
    chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F) if not chr(code).isalnum()
} | {"-": "−", "~": "〜", "Ð": "D"}

_VOICING = "\u3099\u309a\uff9e\uff9f"
_INVISIBLE = "\u00ad\u200b-\u200d\u2060\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef"
_MARK = re.compile(f"[{_VOICING}{_INVISIBLE}]")
_CLUSTER = re.compile(f"[^{NEWLINES}][{_VOICING}{_INVISIBLE}]+")
_ONLY_INVISIBLE = re.compile(f"[{_INVISIBLE}]")

# What each character folds to; 0 where it has not been met yet.
_FOLDED: Final = np.zeros(sys.maxunicode + 1, dtype="<u4")

_BRACKETS = ("「」", "『』", "（）", "()", "［］", "【】", "〈〉", "《》", "〔〕", "“”")
_QUOTED = "|".join(
    f"{re.escape(first)}[^{re.escape(first + last)}{NEWLINES}]*{re.escape(last)}"
    for first, last in map(tuple, _BRACKETS)
)
_LINE = re.compile(f"[^{NEWLINES}]+")
_BLANKS = re.compile(f"{BLANK}+")
_PLAIN = f"[^。！？{NEWLINES}{re.escape(''.join(pair[0] for pair in _BRACKETS))}]++"
_SENTENCE = re.compile(f"(?:{_PLAIN}|{_QUOTED}|[^。！？{NEWLINES}])*+[。！？]*")


@dataclass(frozen=True)
class Folded:
    """A text as the analysers see it.

    Parameters
    ----------
    text : str
        The folded text.
    origins : tuple of int or None
        For each folded character, and once more for the end, its place in the original;
        None where the two run in step.
    """

    text: str
    origins: tuple[int, ...] | None = None


def _fold_character(character: str) -> str:
    if character in NEWLINES:
        return character
    if character.isspace():
        return BLANK
    if unicodedata.category(character) in ("Cc", "Cs"):
        return _UNREADABLE
    folded = unicodedata.normalize("NFKC", character)
    form = unicodedata.decomposition(character).partition(" ")[0]
    is_number_in_disguise = form != "<wide>" and unicodedata.numeric(character, None) is not None
    is_sign = form in _KEPT_FORMS and not character.isalpha()
    if len(folded) > 1 or is_sign or is_number_in_disguise:
        folded = character
    return _AS_IN_DICTIONARY.get(folded, folded)


def fold_characters(text: str) -> Folded:
    """Fold widths, old forms and odd spaces so that one word has one spelling.

    Full-width letters and digits become half-width, half-width kana full-width, a mark that rides
    on another character (゛, a variation selector, a zero-width space) joins it, blanks become
    U+3000 and unreadable characters U+FFFD. Circled digits, ㈱ and the like stay. Every mapping
    takes one or more characters to exactly one, so that offsets can be led back.
    """
    joined = join_marks(text)
    return Folded(fold_one_by_one(joined.text), joined.origins)


def fold_one_by_one(text: str) -> str:
    """Fold each character to one; marks must have been joined."""
    points = list_code_points(text)
    folded = _FOLDED[points]
    if not folded.all():
        for point in np.unique(points[folded == 0]).tolist():
            _FOLDED[point] = ord(_fold_character(chr(point)))
        folded = _FOLDED[points]
    return folded.tobytes().decode("utf-32-le")


def list_code_points(text: str) -> npt.NDArray[np.uint32]:
    """Return the characters of a text as numbers."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def find_marks(text: str) -> list[int]:
    """Return the places of marks that ride on another character."""
    return [mark.start() for mark in _MARK.finditer(text)]


def join_marks(text: str) -> Folded:
    """Join marks to the characters that they ride on."""
    if not _MARK.search(text):
        return Folded(text)
    pieces: list[str] = []
    origins: list[int] = []
    at = 0
    for cluster in _CLUSTER.finditer(text):
        pieces += text[at : cluster.start()], _join_cluster(cluster[0])
        origins += range(at, cluster.start() + 1)
        if len(pieces[-1]) > 1:
            origins += range(cluster.start() + 1, cluster.end())
        at = cluster.end()
    origins += range(at, len(text) + 1)
    return Folded("".join([*pieces, text[at:]]), tuple(origins))


def _join_cluster(cluster: str) -> str:
    """Return one character for a character and its marks, or all of them if none exists."""
    visible = cluster[0] + _ONLY_INVISIBLE.sub("", cluster[1:])
    if len(visible) == 1:
        return visible
    joined = unicodedata.normalize("NFKC", visible)
    return joined if len(joined) == 1 else cluster


def split_lines(folded: str) -> Iterator[tuple[int, str]]:
    """Yield the start and the text of each line that holds anything: a paragraph."""
    return ((line.start(), line[0]) for line in _LINE.finditer(folded))


def find_outer_blanks(folded: str) -> list[int]:
    """Return the places of the blanks at the start and the end of lines."""
    runs = (blanks.span() for blanks in _BLANKS.finditer(folded))
    return [place for run in runs if _is_outer(folded, *run) for place in range(*run)]


def _is_outer(folded: str, start: int, end: int) -> bool:
    return (
        start == 0 or end == len(folded) or folded[start - 1] in NEWLINES or folded[end] in NEWLINES
    )


def find_sentence_starts(folded: str) -> list[int]:
    """Return where sentences start: after 。！？ outside brackets, and after a newline.

    A bracket that is never closed in its line, or closed without being opened, counts as an
    ordinary character, so that one slip does not swallow the rest.
    """
    return [sentence.start() for sentence in _SENTENCE.finditer(folded) if sentence[0]]
