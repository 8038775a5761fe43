"""What an analyser hands back: few distinct words, and for each morpheme which of them it is."""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

BETWEEN = "\n"
"""What parts the fields of a written word; no morpheme holds one: lines are cut there before."""

MARK_OF_UNKNOWN = "未知語"
_VERBAL_NOUN, _SYMBOL = "名詞,サ変接続,*,*", "記号,一般,*,*"


class Word(NamedTuple):
    """A distinct morpheme.

    Its fields are those of the token table: the surface is still folded, ``unknown`` says that
    neither IPADIC nor the study's dictionary has it.
    """

    surface: str
    base_form: str
    part_of_speech: str
    inflection_type: str
    inflection_form: str
    unknown: bool

    @property
    def written(self) -> str:
        """All fields in one string."""
        return BETWEEN.join([*self[:-1], MARK_OF_UNKNOWN * self.unknown])


def make_unknown_word(surface: str, tag: str) -> Word:
    """Make a word that no dictionary has.

    IPADIC gives a symbol that it does not know (⇒, ①) the tag of a verbal noun; here it is a symbol.
    """
    is_symbol = tag == _VERBAL_NOUN and not any(map(str.isalpha, surface))
    return Word(surface, surface, _SYMBOL if is_symbol else tag, "*", "*", unknown=True)


class Vocabulary:
    """Distinct words, each with a number that it keeps.

    What is asked of every word again and again stands in columns by number: going from word to
    word would take longer than cutting them.

    Attributes
    ----------
    words : list of Word
        The words by their numbers.
    written : list of str
        The same, each as one string.
    """

    def __init__(self) -> None:
        self.words: list[Word] = []
        self.written: list[str] = []
        self._numbers: dict[Word, int] = {}
        self._lengths, self._unknown = array("i"), array("b")

    def number(self, word: Word) -> int:
        """Return the number of a word, which is the next one where the word is new."""
        number = self._numbers.setdefault(word, len(self.words))
        if number == len(self.words):
            self.words.append(word)
            self.written.append(word.written)
            self._lengths.append(len(word.surface))
            self._unknown.append(word.unknown)
        return number

    @property
    def lengths(self) -> npt.NDArray[np.int32]:
        """The number of characters of each word's surface."""
        return np.array(self._lengths, dtype=np.int32)

    @property
    def unknown(self) -> npt.NDArray[np.bool_]:
        """Whether each word is unknown."""
        return np.array(self._unknown, dtype=bool)


@dataclass(frozen=True)
class Morphemes:
    """The morphemes of several lines, one after the other.

    Parameters
    ----------
    vocabulary : Vocabulary
        The words that occur, and maybe others.
    codes : array of int32, one per morpheme
        The number of its word.
    counts : array of int32, one per line
        How many morphemes the line has.
    """

    vocabulary: Vocabulary
    codes: npt.NDArray[np.int32]
    counts: npt.NDArray[np.int32]


def gather_morphemes(lines: Iterable[list[Word]]) -> Morphemes:
    """Put words, line by line, into columns."""
    listed, vocabulary = list(lines), Vocabulary()
    codes = [vocabulary.number(word) for word in chain.from_iterable(listed)]
    counts = [len(line) for line in listed]
    return Morphemes(vocabulary, np.array(codes, dtype=np.int32), np.array(counts, dtype=np.int32))
