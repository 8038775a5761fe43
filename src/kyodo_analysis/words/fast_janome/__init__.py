"""Janome's own words, some ten times faster: all lines at once, in arrays.

For the next pair of hands. Janome reads one line at a time: at each character it asks its dictionary
(a transducer, written in Python) which words start there, puts them into a lattice, and joins each
to the cheapest way that ends before it. Nearly all of its time goes into walking that transducer
and into visiting pairs of neighbours one by one. Here the same is done in three steps:

1. :mod:`~kyodo_analysis.words.fast_janome.lexicon` lays Janome's compiled dictionary out as a
   ``dict`` from surfaces to codes, and as one array of *entries* (what a surface can be: context
   numbers, cost, rank). What may start with two given characters (a *head*) is found out once.
2. :mod:`~kyodo_analysis.words.fast_janome.lattice` walks along the lines in plain Python and notes
   every word that may start where another ends: the *nodes* of one lattice a line, or one for each
   part of a line that is too long for Janome.
3. :mod:`~kyodo_analysis.words.fast_janome.viterbi` finds the cheapest way through all lattices
   together: the nodes that start at the n-th character of any line take one step in NumPy.

What must stay Janome's: unknown words (their classes, their lengths, where they may start although
a word is listed), the places where long lines are cut, and who wins a draw: the unknown word that
came first, else the lowest rank in the dictionary. ``tests/words/test_engines.py`` holds whole
texts and made-up ones to Janome, ``test_viterbi.py`` holds draws to Janome's own lattice.

Laying out the dictionary takes a second and some 200 MB, so that few lines are left to Janome
(:class:`~kyodo_analysis.words.janome.JanomeTokenizer` decides). A new version of Janome is safe as
long as the tests pass; what is used of it is private to it: ``janome.sysdic.entries_compact*``,
``MMapSystemDictionary.unknowns``, ``connections``, ``lookup_extra`` and the classes of characters.
"""

from collections.abc import Sequence

import numpy as np

from kyodo_analysis.words.dictionary import DictionaryWord
from kyodo_analysis.words.fast_janome.lattice import build_lattices
from kyodo_analysis.words.fast_janome.lexicon import load_lexicon
from kyodo_analysis.words.fast_janome.viterbi import find_best_paths
from kyodo_analysis.words.morphemes import CutLines, MorphemeIndex, gather_morphemes

__all__ = ["analyze_together", "build_lattices", "find_best_paths", "load_lexicon"]


def analyze_together(lines: Sequence[str], dictionary: tuple[DictionaryWord, ...] = ()) -> CutLines:
    """Cut folded lines into morphemes as Janome would."""
    if not any(lines):
        return gather_morphemes([] for _ in lines)
    lexicon = load_lexicon(dictionary)
    lattices = build_lattices(lines, lexicon)
    chosen = find_best_paths(lattices.nodes, lattices.bounds, lexicon.connections)
    starts, ends = lattices.nodes.starts[chosen], lattices.nodes.ends[chosen]
    part = np.searchsorted(lattices.bounds[:, 0], starts, side="right") - 1
    counts = np.bincount(lattices.lines[part], minlength=len(lines)).astype(np.int32)
    rows = lattices.entries[chosen].tolist()
    surfaces = map(lattices.text.__getitem__, map(slice, starts.tolist(), ends.tolist()))
    places: dict[tuple[int, str], int] = {}
    codes = [places.setdefault(key, len(places)) for key in zip(rows, surfaces, strict=True)]
    index = MorphemeIndex()
    numbers = [index.number(lexicon.describe(*key)) for key in places]
    return CutLines(index, np.array(numbers, dtype=np.int32)[codes], counts)
