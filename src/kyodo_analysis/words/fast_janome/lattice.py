"""The lattice of every line: all words that may stand in it, as Janome's rules have it."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from kyodo_analysis.words.fast_janome.lexicon import Head, Lexicon
from kyodo_analysis.words.fast_janome.viterbi import Integers, Nodes, list_ranges

# Janome cuts a long line where a stop follows 500 characters, and anywhere after 1,024.
_LONGEST_PART, _SHORTEST_PART = 1024, 500
_STOPS = "、。,.？?！!"


@dataclass(frozen=True)
class Lattices:
    """The lattices of many lines.

    Parameters
    ----------
    nodes : Nodes
        The words that may stand in them.
    entries : array of int, one per node
        The row of the lexicon's entries.
    bounds : array of int, shape (parts, 2)
        The first and last place of each line, or of each part of a long one.
    lines : array of int, one per part
        The number of its line.
    text : str
        The parts' characters, each at its place.
    """

    nodes: Nodes
    entries: Integers
    bounds: Integers
    lines: Integers
    text: str


def build_lattices(lines: Iterable[str], lexicon: Lexicon) -> Lattices:
    """Find the words that may stand in lines."""
    walk = _Walk(lexicon)
    n_parts = [walk.add_line(line) for line in lines]
    starts = np.repeat(walk.places, walk.counts)
    ends = starts + np.array(walk.lengths, dtype=np.int64)
    codes = np.array(walk.codes, dtype=np.int64)
    first = lexicon.bounds[codes]
    counts = lexicon.bounds[codes + 1] - first
    entries = list_ranges(first, counts)
    _, left, right, costs, ranks = lexicon.entries[entries].T
    nodes = Nodes(np.repeat(starts, counts), np.repeat(ends, counts), left, right, costs, ranks)
    bounds = np.array(walk.bounds, dtype=np.int64).reshape(-1, 2)
    return Lattices(
        nodes, entries, bounds, np.repeat(np.arange(len(n_parts)), n_parts), "\n".join(walk.parts)
    )


class _Walk:
    """A walk along lines that notes which words may start where another ends.

    Attributes
    ----------
    places, counts : list of int
        Where words start, and how many.
    lengths, codes : list of int
        Of each word.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.places: list[int] = []
        self.counts: list[int] = []
        self.lengths: list[int] = []
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
        heads, codes, n_before = self.lexicon.heads, self.codes, len(self.codes)
        reached = 1  # bit n tells whether a word ends n characters from here
        for start in range(len(part)):
            if reached & 1:
                if start >= _SHORTEST_PART and part[start - 1] in _STOPS:
                    return start
                head = heads[part[start : start + 2]]
                self.lengths += head.lengths
                codes += head.codes
                reached |= head.reach
                if head.has_others:
                    reached |= self._add_others(part, start, head)
                self.places.append(self.next_place + start)
                self.counts.append(len(codes) - n_before)
                n_before = len(codes)
            reached >>= 1
        return len(part)

    def _add_others(self, part: str, start: int, head: Head) -> int:
        """Note longer words, then unknown ones; return a bit for the length of each."""
        lexicon, is_listed, reach = self.lexicon, head.is_listed, 0
        for length in head.longer:
            surface = part[start : start + length]
            if len(surface) == length and (code := lexicon.codes.get(surface)) is not None:
                is_listed = is_listed or code < lexicon.n_ipadic
                self.lengths.append(length)
                self.codes.append(code)
                reach |= 1 << length
        for rule in lexicon.find_rules(part[start], is_listed=is_listed):
            length = lexicon.find_end(part, start, rule) - start
            self.lengths.append(length)
            self.codes.append(rule.code)
            reach |= 1 << length
        return reach
