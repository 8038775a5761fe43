"""Every word that may stand somewhere in a line, as Janome's dictionary and rules have it."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from kyodo_analysis.words.lattice import Integers, Nodes
from kyodo_analysis.words.lexicon import Lexicon
from kyodo_analysis.words.unknown_words import UnknownRule

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
    starts, ends, codes = (
        np.array(part, dtype=np.int64) for part in (walk.starts, walk.ends, walk.codes)
    )
    first = lexicon.bounds[codes]
    counts = lexicon.bounds[codes + 1] - first
    readings = np.arange(counts.sum()) + np.repeat(first - (np.cumsum(counts) - counts), counts)
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
    """A walk along lines that notes where which word may start and end."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon, self.unknown = lexicon, lexicon.unknown
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.codes: list[int] = []
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
        lengths, codes, size = self.lexicon.lengths, self.lexicon.codes, len(part)
        reached = bytearray(size + 1)
        reached[0] = True
        for start, character in enumerate(part):
            if not reached[start]:
                continue
            if start >= _SHORTEST_PART and part[start - 1] in _STOPS:
                return start
            found = [
                (start + length, code)
                for length in lengths.get(part[start : start + 2]) or lengths.get(character, ())
                if start + length <= size
                and (code := codes.get(part[start : start + length])) is not None
            ]
            for rule in self._choose_rules(character, found):
                found.append((self.unknown.find_end(part, start, rule), rule.code))
            for end, code in found:
                self.starts.append(self.next_place + start)
                self.ends.append(self.next_place + end)
                self.codes.append(code)
                reached[end] = True
        return size

    def _choose_rules(
        self, character: str, found: list[tuple[int, int]]
    ) -> tuple[UnknownRule, ...]:
        """Return how unknown words start here; where IPADIC has a word, only some may."""
        n_ipadic = self.lexicon.n_ipadic
        is_listed = found and (found[0][1] < n_ipadic or any(code < n_ipadic for _, code in found))
        unknown = self.unknown
        return unknown.find_strong_rules(character) if is_listed else unknown.find_rules(character)
