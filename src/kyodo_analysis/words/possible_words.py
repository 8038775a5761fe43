"""Every word that may stand somewhere in a line, as Janome's dictionary and rules have it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from kyodo_analysis.words.heads import Head
from kyodo_analysis.words.lattice import Integers, Nodes, list_ranges
from kyodo_analysis.words.lexicon import Lexicon

# Janome cuts a long line where a stop follows 500 characters, and anywhere after 1,024.
_LONGEST_PART, _SHORTEST_PART = 1024, 500
_STOPS = "、。,.？?！!"


@dataclass(frozen=True)
class PossibleWords:
    """The lattices of many lines.

    Parameters
    ----------
    nodes : Nodes
        The words, with the places of :mod:`~kyodo_analysis.words.lattice`.
    readings : array of int, one per node
        The row of the lexicon's readings.
    bounds : array of int, shape (parts, 2)
        The first and last place of each line, or of each part of a long one.
    lines : array of int, one per part
        The number of its line.
    page : str
        The parts' characters, each at its place.
    """

    nodes: Nodes
    readings: Integers
    bounds: Integers
    lines: Integers
    page: str


def list_possible_words(lines: Iterable[str], lexicon: Lexicon) -> PossibleWords:
    """List the words that may stand in lines."""
    walk = _Walk(lexicon)
    n_parts = [walk.add_line(line) for line in lines]
    starts, ends, codes = walk.list_words()
    first = lexicon.bounds[codes]
    counts = lexicon.bounds[codes + 1] - first
    readings = list_ranges(first, counts)
    _, left, right, costs, ranks = lexicon.readings[readings].T
    nodes = Nodes(np.repeat(starts, counts), np.repeat(ends, counts), left, right, costs, ranks)
    return PossibleWords(
        nodes,
        readings,
        np.array(walk.bounds, dtype=np.int64).reshape(-1, 2),
        np.repeat(np.arange(len(n_parts)), n_parts),
        "\n".join(walk.parts),
    )


class _Walk:
    """A walk along lines that notes where which word may start and end.

    Words of one and two characters are known by their head; only the head's number is noted.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.heads: list[int] = []  # pairs of a place and a head's number
        self.others: list[int] = []  # triples of a start, an end and a code
        self.bounds: list[tuple[int, int]] = []
        self.parts: list[str] = []
        self.next_place = 0

    def add_line(self, line: str) -> int:
        """Note the words of a line and return into how many parts Janome would cut it."""
        done, n_before = 0, len(self.parts)
        while done < len(line):
            part = line[done : done + _LONGEST_PART]
            length = self._add_part(part)
            self.bounds.append((self.next_place, self.next_place + length))
            self.parts.append(part)
            self.next_place += len(part) + 1
            done += length
        return len(self.parts) - n_before

    def _add_part(self, part: str) -> int:
        """Note the words of a part and return where it ends."""
        heads, size = self.lexicon.heads, len(part)
        reached = 1  # bit n tells whether a word ends n characters from here
        for start in range(size):
            if reached & 1:
                if start >= _SHORTEST_PART and part[start - 1] in _STOPS:
                    return start
                head = heads[part[start : start + 2]]
                place = self.next_place + start
                self.heads += place, head.number
                reached |= head.reach
                if head.has_others:
                    for length, code in self._find_others(part, start, head):
                        self.others += place, place + length, code
                        reached |= 1 << length
            reached >>= 1
        return size

    def _find_others(self, part: str, start: int, head: Head) -> list[tuple[int, int]]:
        """Return the length and the code of longer words, then of unknown ones.

        Where IPADIC has a word, only some unknown ones may start.
        """
        codes, n_ipadic, is_listed = self.lexicon.codes, self.lexicon.n_ipadic, head.is_listed
        found = [
            (length, code)
            for length in head.longer
            if start + length <= len(part)
            and (code := codes.get(part[start : start + length])) is not None
        ]
        if found and not is_listed:
            is_listed = any(code < n_ipadic for _, code in found)
        for rule in head.strong_rules if is_listed else head.rules:
            found.append((self.lexicon.unknown.find_end(part, start, rule) - start, rule.code))
        return found

    def list_words(self) -> Sequence[Integers]:
        """Return the starts, ends and codes of all words in order of their starts."""
        places, numbers = np.reshape(np.array(self.heads, dtype=np.int64), (-1, 2)).T
        lengths, codes, bounds = self.lexicon.heads.list_words()
        counts = bounds[numbers + 1] - bounds[numbers]
        rows = list_ranges(bounds[numbers], counts)
        starts = np.repeat(places, counts)
        others = np.reshape(np.array(self.others, dtype=np.int64), (-1, 3)).T
        words = np.concatenate([[starts, starts + lengths[rows], codes[rows]], others], axis=1)
        return list(words[:, np.argsort(words[0], kind="stable")])
