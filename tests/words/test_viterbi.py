"""The cheapest ways are held to Janome's own lattice, on small costs so that draws abound."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from janome.lattice import Lattice, Node, NodeType, SurfaceNode

from kyodo_analysis.words.fast_janome.viterbi import UNKNOWN, Nodes, find_best_paths

_LENGTH = 4
_CONNECTIONS = np.array([[0, 1, 2], [1, 0, 1], [2, 2, 0]], dtype=np.int16)

# (length, left, right, cost, rank) of a word; an unknown one has no rank.
_known = st.tuples(
    st.integers(1, 3), st.integers(0, 2), st.integers(0, 2), st.integers(0, 3), st.integers(0, 5)
)
_unknown = st.tuples(
    st.integers(1, 3), st.integers(0, 2), st.integers(0, 2), st.integers(0, 3), st.just(UNKNOWN)
)
_place = st.tuples(
    st.lists(_known, min_size=1, max_size=4, unique_by=lambda word: (word[0], word[4])),
    st.lists(_unknown, max_size=2),
)
_lines = st.lists(st.lists(_place, min_size=_LENGTH, max_size=_LENGTH), min_size=1, max_size=4)


class _Dictionary:
    def get_trans_cost(self, right, left):
        return int(_CONNECTIONS[right, left])


def _walk_with_janome(line):
    """Return the (start, word) pairs on Janome's way; words too long for the line stop at its end."""
    lattice = Lattice(_LENGTH, _Dictionary())
    start, words = 0, {}
    while start < _LENGTH:
        for length, left, right, cost, rank in (word for group in line[start] for word in group):
            surface = "x" * min(length, _LENGTH - start)
            node = (
                Node((surface, left, right, cost, *"______"), NodeType.UNKNOWN)
                if rank == UNKNOWN
                else SurfaceNode((rank, surface, left, right, cost))
            )
            words[id(node)] = (start, (len(surface), left, right, cost, rank))
            lattice.add(node)
        start += lattice.forward()
    lattice.end()
    return [words[id(node)] for node in lattice.backward()[1:-1]]


def _walk_together(lines):
    rows, bounds = [], []
    for number, line in enumerate(lines):
        first = number * (_LENGTH + 1)
        bounds.append((first, first + _LENGTH))
        reached = {0}
        for start, groups in enumerate(line):
            if start not in reached:
                continue
            for length, *word in (word for group in groups for word in group):
                end = min(start + length, _LENGTH)
                reached.add(end)
                rows.append((first + start, first + end, *word))
    nodes = Nodes(*np.array(rows, dtype=np.int64).T)
    found = find_best_paths(nodes, np.array(bounds), _CONNECTIONS)
    ways = [[] for _ in lines]
    for row in found:
        start, end, *word = rows[row]
        number, offset = divmod(start, _LENGTH + 1)
        ways[number].append((offset, (end - start, *word)))
    return ways


@settings(deadline=None, derandomize=True, max_examples=200)
@given(_lines)
def test_ways_and_draws_are_janomes(lines):
    assert _walk_together(lines) == [_walk_with_janome(line) for line in lines]


@pytest.mark.parametrize(
    ("first", "second", "chosen"),
    [
        ((1, 1, 1, 0, 5), (1, 1, 1, 0, 3), 3),
        ((1, 1, 1, 0, UNKNOWN), (1, 1, 1, 0, 3), UNKNOWN),
        ((1, 1, 1, 1, 5), (1, 1, 1, 0, 3), 3),
    ],
    ids=["lowest rank", "unknown that comes first", "cheapest"],
)
def test_a_draw_goes_to(first, second, chosen):
    nodes = Nodes(*np.array([(0, 1, *first[1:]), (0, 1, *second[1:])]).T)
    row = find_best_paths(nodes, np.array([(0, 1)]), _CONNECTIONS)[0]
    assert nodes.ranks[row] == chosen
