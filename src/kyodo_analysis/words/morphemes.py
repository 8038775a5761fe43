"""What an analyser hands back: few distinct words, and for each morpheme which of them it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

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


def make_unknown_word(surface: str, tag: str) -> Word:
    """Make a word that no dictionary has.

    IPADIC gives a symbol that it does not know (⇒, ①) the tag of a verbal noun; here it is a symbol.
    """
    is_symbol = tag == _VERBAL_NOUN and not any(map(str.isalpha, surface))
    return Word(surface, surface, _SYMBOL if is_symbol else tag, "*", "*", unknown=True)


@dataclass(frozen=True)
class Morphemes:
    """The morphemes of several lines, one after the other.

    Parameters
    ----------
    words : list of Word
        The words that occur.
    codes : array of int32, one per morpheme
        Its place in `words`.
    counts : array of int32, one per line
        How many morphemes the line has.
    """

    words: list[Word]
    codes: npt.NDArray[np.int32]
    counts: npt.NDArray[np.int32]


def gather_morphemes(lines: Iterable[list[Word]]) -> Morphemes:
    """Put words, line by line, into columns."""
    listed = list(lines)
    index: dict[Word, int] = {}
    codes = [index.setdefault(word, len(index)) for word in chain.from_iterable(listed)]
    counts = [len(line) for line in listed]
    return Morphemes(list(index), np.array(codes, dtype=np.int32), np.array(counts, dtype=np.int32))
