"""What an analyser hands back: few distinct morphemes, and which of them stands where."""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

BETWEEN = "\n"
"""What parts the fields of a written morpheme; none holds one: lines are cut there before."""

MARK_OF_UNKNOWN = "未知語"
_VERBAL_NOUN, _SYMBOL = "名詞,サ変接続,*,*", "記号,一般,*,*"


class Morpheme(NamedTuple):
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


def make_unknown_morpheme(surface: str, tag: str) -> Morpheme:
    """Make a morpheme that no dictionary has.

    IPADIC gives a symbol that it does not know (⇒, ①) the tag of a verbal noun; here it is a symbol.
    """
    is_symbol = tag == _VERBAL_NOUN and not any(map(str.isalpha, surface))
    return Morpheme(surface, surface, _SYMBOL if is_symbol else tag, "*", "*", unknown=True)


class MorphemeIndex:
    """Distinct morphemes, each with a number that it keeps.

    What is asked of every token again and again stands in columns by number: going from one to
    the next would take longer than cutting them.

    Attributes
    ----------
    morphemes : list of Morpheme
        By their numbers.
    written : list of str
        The same, each as one string.
    """

    def __init__(self) -> None:
        self.morphemes: list[Morpheme] = []
        self.written: list[str] = []
        self._numbers: dict[Morpheme, int] = {}
        self._lengths, self._unknown = array("i"), array("b")

    def number(self, morpheme: Morpheme) -> int:
        """Return the number of a morpheme, which is the next one where it is new."""
        number = self._numbers.setdefault(morpheme, len(self.morphemes))
        if number == len(self.morphemes):
            self.morphemes.append(morpheme)
            self.written.append(morpheme.written)
            self._lengths.append(len(morpheme.surface))
            self._unknown.append(morpheme.unknown)
        return number

    @property
    def lengths(self) -> npt.NDArray[np.int32]:
        """The number of characters of each surface."""
        return np.array(self._lengths, dtype=np.int32)

    @property
    def unknown(self) -> npt.NDArray[np.bool_]:
        """Whether each is unknown."""
        return np.array(self._unknown, dtype=bool)


@dataclass(frozen=True)
class CutLines:
    """Several lines cut into morphemes, one after the other.

    Parameters
    ----------
    index : MorphemeIndex
        The morphemes that occur, and maybe others.
    codes : array of int32, one per token
        The number of its morpheme.
    counts : array of int32, one per line
        How many tokens the line has.
    """

    index: MorphemeIndex
    codes: npt.NDArray[np.int32]
    counts: npt.NDArray[np.int32]


def gather_morphemes(lines: Iterable[list[Morpheme]]) -> CutLines:
    """Put morphemes, line by line, into columns."""
    listed, index = list(lines), MorphemeIndex()
    codes = [index.number(morpheme) for morpheme in chain.from_iterable(listed)]
    counts = [len(line) for line in listed]
    return CutLines(index, np.array(codes, dtype=np.int32), np.array(counts, dtype=np.int32))
