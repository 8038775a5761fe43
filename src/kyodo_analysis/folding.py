"""One writing for each word: how texts, rules, labels and names are folded before they are matched.

Folding serves matching only. Nobody's words are rewritten: every folded character knows which
character of the original it stands for.
"""

import re
import sys
import unicodedata
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

BLANK: Final = "\u3000"
NEWLINES: Final = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"

_UNREADABLE = "\ufffd"
_KEPT_FORMS = ("<circle>", "<super>", "<sub>")
# Radicals that PDFs give for whole characters, those of Unicode's own mapping left out.
_RADICALS = "⺠民⺩王⺬示⻁虎⻄西⻆角⻑長⻘青⻝食⻞食⻟飠⻡首⻣骨⻤鬼⻨麦⻩黄⻫斉⻭歯⻯竜⻲亀"
# IPADIC knows symbols by their full-width forms, letters and digits by neither: half-width ones
# become one word (PDCA, 120) where full-width ones fall apart. The analysers take Ð for a space.
_AS_IN_DICTIONARY = (
    {chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F) if not chr(code).isalnum()}
    | dict.fromkeys("-‐‒–⁃", "−")
    | {"—": "―", "~": "〜", "Ð": "D"}
    | dict(zip(_RADICALS[::2], _RADICALS[1::2], strict=True))
)

_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff"
)
_ACCENTS = "\u0300-\u034e\u0350-\u036f\u3099-\u309c\uff9e\uff9f"
_BY_ITSELF = f"[^{NEWLINES}{_INVISIBLE}]"
_RIDING = f"[{_ACCENTS}{_INVISIBLE}]"
# バ ス 停 を: letters set apart. A list such as 月 火 水 木 has no kana.
_LETTER, _GAP = "[ぁ-ゖァ-ヺー々〇一-鿿]", "[ \t\u00a0\u3000]"
_SPACED = (
    f"(?<!{_LETTER})(?=(?:{_LETTER}{_GAP})*[ぁ-ゖァ-ヺー](?!{_LETTER}))"
    f"{_LETTER}(?:{_GAP}{_LETTER}){{3,}}(?!{_LETTER})"
)
_CLUSTER = re.compile(
    f"(?P<spaced>{_SPACED})|[{_INVISIBLE}]+(?:{_BY_ITSELF}{_RIDING}*)?|{_BY_ITSELF}{_RIDING}+"
)
_SIGN = re.compile(
    f"[{_ACCENTS}{_INVISIBLE} \t\u00a0\u3000]"
    f"(?:(?<!{_GAP})|(?<={_LETTER}.){_LETTER}{_GAP}{_LETTER}{_GAP}{_LETTER})"
)
_ONLY_INVISIBLE = re.compile(f"[{_INVISIBLE}]")
_COMBINING = str.maketrans("゛゜", "\u3099\u309a")

# What each character folds to, without and with its case; 0 where it has not been met yet.
_FOLDED: Final = np.zeros((2, sys.maxunicode + 1), dtype="<u4")


@dataclass(frozen=True)
class Folded:
    """A text in its one writing.

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


def fold_characters(text: str, *, ignore_case: bool = False) -> Folded:
    """Fold widths, old forms, hyphens and odd spaces so that one word has one writing.

    Full-width letters and digits become half-width, half-width kana full-width, every hyphen −; a
    mark that rides on another character (゛, an accent, a zero-width space) joins it, letters set
    apart (バ ス 停 を) close up, blanks become U+3000 and unreadable characters U+FFFD. Circled
    digits, ㈱ and the like stay. Every mapping takes one or more characters to exactly one, so that
    offsets can be led back.

    Parameters
    ----------
    text : str
        Any text.
    ignore_case : bool, default False
        Whether Latin, Greek and Cyrillic letters become small ones, too. Tokens keep their case.

    Returns
    -------
    Folded
    """
    joined = join_marks(text)
    return Folded(fold_one_by_one(joined.text, ignore_case=ignore_case), joined.origins)


def fold_word(word: str) -> str:
    """Return what all writings of one word, label or name have in common: Wi-Fi, ｗｉ－ｆｉ.

    Case does not count, nor do blanks around it; runs of blanks in it are one.
    """
    return BLANK.join(fold_characters(word, ignore_case=True).text.split())


def fold_one_by_one(text: str, *, ignore_case: bool = False) -> str:
    """Fold each character to one; marks must have been joined."""
    points = list_code_points(text)
    table: npt.NDArray[np.uint32] = _FOLDED[int(ignore_case)]
    folded = table[points]
    if not folded.all():
        for point in np.unique(points[folded == 0]).tolist():
            one = _fold_character(chr(point))
            small = one.lower() if ignore_case else one
            table[point] = ord(small if len(small) == 1 else one)
        folded = table[points]
    return folded.tobytes().decode("utf-32-le")


def _fold_character(character: str) -> str:
    if character in NEWLINES:
        return character
    if character.isspace() or _ONLY_INVISIBLE.match(character):
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


def list_code_points(text: str) -> npt.NDArray[np.uint32]:
    """Return the characters of a text as numbers."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def find_marks(text: str) -> list[int]:
    """Return places where characters may have to be joined: none in most texts."""
    return [mark.start() for mark in _SIGN.finditer(text)]


def join_marks(text: str) -> Folded:
    """Join marks to the characters that they ride on, and letters that were set apart."""
    if not _SIGN.search(text):
        return Folded(text)
    pieces: list[str] = []
    origins: list[int] = []
    at = 0
    for cluster in _CLUSTER.finditer(text):
        joined, places = _join_cluster(cluster[0], is_spaced=cluster["spaced"] is not None)
        pieces += text[at : cluster.start()], joined
        origins += range(at, cluster.start())
        origins += (cluster.start() + place for place in places)
        at = cluster.end()
    origins += range(at, len(text) + 1)
    folded = "".join([*pieces, text[at:]])
    return Folded(folded, tuple(origins)) if len(folded) < len(text) else Folded(text)


def _join_cluster(cluster: str, *, is_spaced: bool) -> tuple[str, list[int]]:
    """Return the characters that stand for a cluster, and the place in it where each begins."""
    if is_spaced:
        return cluster[::2], list(range(0, len(cluster), 2))
    places = [at for at, one in enumerate(cluster) if not _ONLY_INVISIBLE.match(one)]
    if not places:
        return BLANK, [0]
    visible = "".join(cluster[at] for at in places)
    composed = unicodedata.normalize("NFKC", visible.translate(_COMBINING))
    if len(visible) == 1 or len(composed) > 1:
        return visible, [0, *places[1:]]
    return composed, [0]
