"""What may start with two given characters, found out once for each pair that is met."""

from collections import defaultdict
from collections.abc import Mapping
from threading import Lock
from typing import NamedTuple

import numpy as np

from kyodo_analysis.words.lattice import Integers
from kyodo_analysis.words.unknown_words import UnknownRule, UnknownWords


class Head(NamedTuple):
    """What may start with two characters, or with the last one of a line.

    Parameters
    ----------
    number : int
        Its number among the heads.
    reach : int
        Bit n is set where a listed word of n characters, at most two, starts.
    is_listed : bool
        Whether one of those is IPADIC's.
    has_others : bool
        Whether longer or unknown words may start, too.
    longer : tuple of int
        The lengths of the listed words of three characters and more that may start.
    rules, strong_rules : tuple of UnknownRule
        How unknown words start, and how where IPADIC has a word.
    """

    number: int
    reach: int
    is_listed: bool
    has_others: bool
    longer: tuple[int, ...]
    rules: tuple[UnknownRule, ...]
    strong_rules: tuple[UnknownRule, ...]


class Heads(dict[str, Head]):
    """The heads by their characters; asked for a new one, it finds it out, in any thread.

    Parameters
    ----------
    codes : mapping
        From a listed surface to its code.
    n_ipadic : int
        How many codes, the lowest, are IPADIC's.
    unknown : UnknownWords
        The rules for unknown words.
    """

    def __init__(self, codes: Mapping[str, int], n_ipadic: int, unknown: UnknownWords) -> None:
        self._codes, self._n_ipadic, self._unknown = codes, n_ipadic, unknown
        self._longer: dict[str, set[int]] = defaultdict(set)
        for surface in codes:
            if len(surface) > 2:
                self._longer[surface[:2]].add(len(surface))
        self._words: list[tuple[int, int]] = []
        self._bounds = [0]
        self._lock = Lock()

    def __missing__(self, characters: str) -> Head:
        with self._lock:
            return self.get(characters) or self._find_out(characters)

    def _find_out(self, characters: str) -> Head:
        surfaces = dict.fromkeys([characters[:1], characters])
        words = [(len(word), self._codes[word]) for word in surfaces if word in self._codes]
        self._words += words
        self._bounds.append(len(self._words))
        is_listed = any(code < self._n_ipadic for _, code in words)
        longer = tuple(sorted(self._longer.get(characters, ())))
        rules = self._unknown.find_rules(characters[0])
        strong_rules = self._unknown.find_strong_rules(characters[0])
        head = self[characters] = Head(
            number=len(self),
            reach=sum(1 << length for length, _ in words),
            is_listed=is_listed,
            has_others=bool(longer or (strong_rules if is_listed else rules)),
            longer=longer,
            rules=rules,
            strong_rules=strong_rules,
        )
        return head

    def list_words(self) -> tuple[Integers, Integers, Integers]:
        """Return the lengths and codes of all heads' short words, and where each head's start."""
        with self._lock:
            lengths, codes = np.array(self._words, dtype=np.int64).reshape(-1, 2).T
            return lengths, codes, np.array(self._bounds, dtype=np.int64)
