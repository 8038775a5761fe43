"""The cheapest way through many lattices of words at once (Viterbi).

A lattice holds every word that may stand somewhere in a line. A way through it costs what its
words cost, and what each pair of neighbours costs. Janome walks one lattice at a time, pair by
pair; here all lines take their n-th step together, in arrays. Where ways cost the same, the choice
is Janome's, so that the words are the same to the last one.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]

UNKNOWN = -1
"""The rank of a word that no dictionary has."""

_OUTSIDE = 0  # the context number of what lies before and after a text
_LAST = np.iinfo(np.int64).max


@dataclass(frozen=True)
class Nodes:
    """All words that may stand somewhere, in order of their starts.

    Places count through all lattices; a lattice of n characters has n + 1 of its own.

    Parameters
    ----------
    starts, ends : array of int
        The places before and after the word.
    left, right : array of int
        Its context numbers, towards the words before and after it.
    costs : array of int
        What choosing it costs.
    ranks : array of int
        Its number in its dictionary, which settles draws; `UNKNOWN` for a word of none.
    """

    starts: Integers
    ends: Integers
    left: Integers
    right: Integers
    costs: Integers
    ranks: Integers


def list_ranges(first: Integers, counts: Integers) -> Integers:
    """Return `counts` consecutive numbers from each of `first`, one range after the other."""
    shifts = first - (np.cumsum(counts) - counts)
    numbers: Integers = np.arange(counts.sum()) + np.repeat(shifts, counts)
    return numbers


def find_best_paths(nodes: Nodes, bounds: Integers, connections: npt.NDArray[np.int16]) -> Integers:
    """Find the cheapest way through each lattice.

    Parameters
    ----------
    nodes : Nodes
        The words of all lattices.
    bounds : array of int, shape (lattices, 2)
        The first and the last place of each lattice.
    connections : array of int16, shape (contexts, contexts)
        What it costs when a right context meets a left one.

    Returns
    -------
    array of int
        The rows of `nodes` on the ways, in order of their places.
    """
    firsts, lasts = bounds.T
    paths = _Paths(nodes, firsts, connections)
    depths = nodes.starts - firsts[np.searchsorted(firsts, nodes.starts, side="right") - 1]
    for rows in _group(depths):
        paths.extend(rows)
    _, final = paths.join(lasts, np.full(len(lasts), _OUTSIDE))
    return paths.trace(final)


def _group(depths: Integers) -> Iterator[Integers]:
    """Yield the rows of each depth, from the lowest."""
    order = np.argsort(depths, kind="stable")
    steps = np.flatnonzero(np.diff(depths[order], prepend=-1))
    return iter(np.split(order, steps[1:]))


class _Paths:
    """The cheapest way to each node found so far.

    In front of the nodes stands one more for each lattice: what lies before its text.
    """

    def __init__(self, nodes: Nodes, firsts: Integers, connections: npt.NDArray[np.int16]) -> None:
        self.nodes, self.connections = nodes, connections
        self.n_lattices = len(firsts)
        outside = np.zeros(self.n_lattices, dtype=np.int64)
        ends = np.concatenate([firsts, nodes.ends])
        self.right = np.concatenate([outside + _OUTSIDE, nodes.right])
        self.ranks = np.concatenate([outside + UNKNOWN, nodes.ranks])
        self.totals = np.zeros(len(ends), dtype=np.int64)
        self.previous = np.zeros(len(ends), dtype=np.int64)
        self.by_end = np.argsort(ends, kind="stable")
        self.first_by_end = np.searchsorted(ends[self.by_end], np.arange(ends.max() + 2))

    def extend(self, rows: Integers) -> None:
        """Find the cheapest way to some nodes, those before them being known."""
        costs, previous = self.join(self.nodes.starts[rows], self.nodes.left[rows])
        self.totals[rows + self.n_lattices] = costs + self.nodes.costs[rows]
        self.previous[rows + self.n_lattices] = previous

    def join(self, places: Integers, left: Integers) -> tuple[Integers, Integers]:
        """Return the cost of reaching each place with a left context next, and the last node."""
        low = self.first_by_end[places]
        counts = self.first_by_end[places + 1] - low
        segments = np.cumsum(counts) - counts
        last = self.by_end[list_ranges(low, counts)]
        costs = self.totals[last] + self.connections[self.right[last], np.repeat(left, counts)]
        cheapest = np.minimum.reduceat(costs, segments)
        drawn = np.flatnonzero(costs == np.repeat(cheapest, counts))
        return cheapest, self._settle(last[drawn], np.searchsorted(drawn, segments))

    def _settle(self, drawn: Integers, segments: Integers) -> Integers:
        """Settle draws as Janome does: an unknown word that comes first, else the lowest rank."""
        first = drawn[segments]
        if len(drawn) == len(segments):
            return first
        ranks, size = self.ranks[drawn], len(self.ranks)
        keys = np.where(ranks == UNKNOWN, _LAST, ranks * size + drawn)
        lowest = np.minimum.reduceat(keys, segments) % size
        return np.where(self.ranks[first] == UNKNOWN, first, lowest)

    def trace(self, nodes: Integers) -> Integers:
        """Walk all ways back to the start of their lattices."""
        traced = []
        while len(nodes := nodes[nodes >= self.n_lattices]):
            traced.append(nodes - self.n_lattices)
            nodes = self.previous[nodes]
        return np.sort(np.concatenate(traced))
