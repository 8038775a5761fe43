"""Where MeCab lets words end that no dictionary has, by its own file of characters' classes."""

import struct
from collections.abc import Iterable
from functools import cache
from itertools import pairwise, takewhile
from pathlib import Path
from typing import NamedTuple

import numpy as np

from kyodo_analysis.words.fast_janome.viterbi import Integers

_NAME_SIZE = 32


class CharacterClass(NamedTuple):
    """How MeCab guesses unknown words that start with a character.

    Parameters
    ----------
    name : str
        The class whose readings they have.
    classes : int
        A bit for each class that the character belongs to.
    longest : int
        How long words of limited length may be.
    is_grouped : bool
        Whether all that goes on in one class may be a word.
    is_always : bool
        Whether it guesses even where a dictionary has a word.
    """

    name: str
    classes: int
    longest: int
    is_grouped: bool
    is_always: bool


def find_mecab_ends(line: str, start: int, *, is_listed: bool) -> set[int]:
    """Return where an unknown word that MeCab guesses may end; listed words may start here.

    A group goes on while each character shares a class with the one before it, words of limited
    length while they share one with the first.
    """
    characters = [classify(character) for character in line[start:]]
    first = characters[0]
    if is_listed and not first.is_always:
        return set()
    grouped = _count_first(one.classes & other.classes for one, other in pairwise(characters))
    alike = _count_first(first.classes & other.classes for other in characters[1:])
    lengths = {*range(1, min(first.longest, 1 + alike) + 1)}
    if first.is_grouped:
        lengths.add(1 + grouped)
    return {start + length for length in lengths}


def _count_first(conditions: Iterable[int]) -> int:
    """Return how many conditions hold before the first that does not."""
    return sum(1 for _ in takewhile(bool, conditions))


@cache
def classify(character: str) -> CharacterClass:
    """Return the class of a character; all beyond the first 65,535 are like the first."""
    names, codes = _read_classes()
    point = ord(character)
    code = int(codes[point if point < len(codes) else 0])
    return CharacterClass(
        name=names[code >> 18 & 0xFF],
        classes=code & (1 << 18) - 1,
        longest=code >> 26 & 0xF,
        is_grouped=bool(code >> 30 & 1),
        is_always=bool(code >> 31),
    )


@cache
def _read_classes() -> tuple[list[str], Integers]:
    """Read char.bin: how many names, the names, then 32 bits for each character."""
    import ipadic

    data = Path(ipadic.DICDIR, "char.bin").read_bytes()
    (n_names,) = struct.unpack_from("<I", data)
    starts = [4 + _NAME_SIZE * number for number in range(n_names + 1)]
    names = [data[at : at + _NAME_SIZE].rstrip(b"\0").decode() for at in starts[:-1]]
    return names, np.frombuffer(data, dtype="<u4", offset=starts[-1])
