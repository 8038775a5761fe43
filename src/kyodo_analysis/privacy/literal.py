"""Where words that are hidden stand again, found or not."""

import re
from collections.abc import Iterable, Sequence

from kyodo_analysis.privacy.folding import fold, pages_of
from kyodo_analysis.privacy.patterns import NAME
from kyodo_analysis.privacy.whole_names import PLACE_SUFFIXES

_MANY_DIGITS = 6
_LONG = 5
_PIECE, _PIECE_OF_NUMBER = 2, 3


def stands_for_itself(word: str, kind: str) -> bool:
    """Tell whether a word found somewhere means the same wherever it stands.

    So do names of two characters and more (not those of hiragana only, which are parts of other
    words), and what is long or has many digits; a day without a year does not.
    """
    if kind == NAME:
        return len(word) >= 2 and not re.fullmatch("[ぁ-ゖ-]+", word)
    digits = sum(character.isdigit() for character in word)
    return digits >= _MANY_DIGITS or ((digits == 0 or not word.isdigit()) and len(word) > _LONG)


class Literals:
    """Words that are sought as they are, whatever way they are written.

    Parameters
    ----------
    words : iterable of str
        Folded.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self.words = tuple(sorted(set(words), key=lambda word: (-len(word), word)))
        self._form = re.compile("|".join(map(_form, self.words))) if self.words else None

    def find_in(self, texts: Sequence[str]) -> dict[int, list[tuple[int, int, str]]]:
        """Return by the number of the text: start, end, word (folded)."""
        found: dict[int, list[tuple[int, int, str]]] = {}
        if self._form is None:
            return found
        for first, page in pages_of(texts):
            for match in self._form.finditer(page.text):
                number, start = page.place(match.start())
                span = (match.start() - start, match.end() - start, match[0])
                found.setdefault(first + number, []).append(span)
        return found


def _form(word: str) -> str:
    """Return the regular expression of a word that is not a part of a longer one."""
    before = after = ""
    if re.match("[0-9]", word):
        before = "(?<![0-9])"
    elif re.match("[A-Za-z]", word):
        before = "(?<![A-Za-z])"
    elif re.match("[ァ-ヴ]", word):
        before = "(?<![ァ-ヴ])"
    if re.search("[0-9]$", word):
        after = "(?![0-9])"
    elif re.search("[A-Za-z]$", word):
        after = "(?![A-Za-z])"
    elif re.search("[ァ-ヴ]$", word):
        after = "(?!-?[ァ-ヴ])"
    elif re.fullmatch("[一-龥々]{2,3}", word):
        after = f"(?!{'|'.join(PLACE_SUFFIXES)})"
    return before + re.escape(word) + after


def find_pieces(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """Find in an excerpt the pieces of words: two characters, three of a number, all of a shorter."""
    folded = fold(text)
    found = []
    for word in words:
        piece = _PIECE_OF_NUMBER if re.match("[0-9]", word) else _PIECE
        size = min(piece, len(word))
        places = range(len(folded) - size + 1)
        found += [(at, at + size) for at in places if folded[at : at + size] in word]
    return found
