"""Find what an atom names in the text: its value in every unit, and the words that matched."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kyodo_analysis.themes.codebook.layout import Booleans, Integers, Layout
from kyodo_analysis.themes.codebook.syntax import Adjacent, Near, Text, Word
from kyodo_analysis.themes.codebook.vocabulary import OUTSIDE

Values = NDArray[Any]


@dataclass(frozen=True, eq=False)
class Match:
    """What an atom matched.

    Attributes
    ----------
    values : array of numbers or booleans, one per unit
        The atom's value; only floats can be NaN.
    unit, opinion, start, end : array of int, one per matched span
        The unit and opinion that hold the span, and its place in the opinion's text.
    """

    values: Values
    unit: Integers
    opinion: Integers
    start: Integers
    end: Integers

    def within(self, where: Booleans) -> "Match":
        """Keep the spans in those units."""
        kept = where[self.unit]
        return Match(
            self.values, self.unit[kept], self.opinion[kept], self.start[kept], self.end[kept]
        )


def without_spans(values: Values) -> Match:
    """Make a match that no word of the text stands for."""
    none = np.empty(0, np.int64)
    return Match(values, none, none, none, none)


def match_word(layout: Layout, atom: Word) -> Match:
    """Count the tokens of a base form with the part of speech, inflection and surface asked."""
    at = layout.find(atom.base_form)
    if atom.part_of_speech is not None:
        at = at[(layout.parts_of_speech(at) == atom.part_of_speech).to_numpy()]
    for column, wanted in (("inflection_form", atom.inflection), ("surface", atom.surface)):
        if wanted is not None:
            at = at[(layout.tokens[column].iloc[at] == wanted).to_numpy()]
    return _of_tokens(layout, at, at)


def match_text(layout: Layout, atom: Text) -> Match:
    """Count the sentences that hold a string; a space in it also meets a full-width one."""
    index = layout.sentences
    at = np.array(
        [
            found.start()
            for found in re.finditer(re.escape(atom.text.replace(" ", "\u3000")), index.text)
        ],
        np.int64,
    )
    sentence = np.searchsorted(index.offset, at, side="right") - 1
    unit = layout.unit[index.first_token[sentence]]
    at, sentence, unit = at[unit != OUTSIDE], sentence[unit != OUTSIDE], unit[unit != OUTSIDE]
    holding = np.unique(sentence, return_index=True)[1]
    start = at - index.offset[sentence] + layout.start[index.first_token[sentence]]
    return Match(
        _count(layout, unit[holding]),
        unit,
        layout.opinion[index.first_token[sentence]],
        start,
        start + len(atom.text),
    )


def match_adjacent(layout: Layout, atom: Adjacent) -> Match:
    """Count the places where the words follow each other, in units that hold them all.

    Only the first word must stand in the unit: KH Coder lets the others cross its end.
    """
    hits = [layout.find(word) for word in atom.words]
    first = hits[0]
    for distance, hit in enumerate(hits[1:], start=1):
        first = first[np.isin(first + distance, hit)]
    last = first + len(hits) - 1
    whole = (layout.opinion[last] == layout.opinion[first]) & np.logical_and.reduce(
        [np.isin(layout.unit[first], layout.unit[hit]) for hit in hits]
    )
    first, last = first[whole], last[whole]
    unit = layout.unit[first]
    return Match(
        _count(layout, unit), unit, layout.opinion[first], layout.start[first], layout.end[last]
    )


def match_near(layout: Layout, atom: Near) -> Match:
    """Count the places from which all words are met, each within the gap of the one before.

    A place is passed over when the next of the words is the same word again.
    """
    hits = [_in_scope(layout, layout.find(word), atom) for word in atom.words]
    if any(len(hit) == 0 for hit in hits):
        return without_spans(np.zeros(layout.n_units, np.bool_))
    starts = range(1) if atom.ordered else range(len(hits))
    chains = np.concatenate([_chains(layout, atom, hits, start) for start in starts])
    return _of_tokens(layout, chains[:, 0], np.unique(chains))


def _chains(layout: Layout, atom: Near, hits: list[Integers], start: int) -> NDArray[np.int64]:
    """Follow every hit of one word to the others; one row of token numbers per success."""
    first = hits[start]
    others = hits[:start] + hits[start + 1 :]
    following = np.column_stack([_next(hit, first) for hit in others])
    repeated = _next(first, first) < following.min(axis=1)
    steps = _in_turn(others, first) if atom.ordered else np.sort(following, axis=1)
    chains: NDArray[np.int64] = np.column_stack([first, steps])[~repeated]
    chains = chains[chains[:, -1] < len(layout.place)]
    if atom.gap:
        chains = chains[(np.diff(layout.place[chains], axis=1) <= atom.gap).all(axis=1)]
    scope = _scope(layout, atom)
    begin, final = chains[:, 0], chains[:, -1]
    together = (layout.unit[begin] == layout.unit[final]) & (scope[begin] == scope[final])
    return np.compress(together, chains, axis=0)


def _in_turn(others: list[Integers], first: Integers) -> NDArray[np.int64]:
    steps = [first]
    for hit in others:
        steps.append(_next(hit, steps[-1]))
    return np.column_stack(steps[1:])


def _next(hit: Integers, after: Integers) -> Integers:
    """Find the first of the sorted hits after each token; where none is, a number beyond all."""
    beyond: Integers = np.append(hit, np.iinfo(np.int64).max)
    return np.take(beyond, np.searchsorted(hit, after, side="right"))


def _scope(layout: Layout, atom: Near) -> Integers:
    return {"sentence": layout.sentence, "paragraph": layout.paragraph}.get(
        atom.within, layout.unit
    )


def _in_scope(layout: Layout, hit: Integers, atom: Near) -> Integers:
    """Drop hits outside of paragraphs where the paragraph is asked for and not the unit's own."""
    if atom.within != "paragraph" or layout.coding_unit in ("sentence", "paragraph"):
        return hit
    return hit[np.not_equal(layout.paragraph[hit], OUTSIDE)]


def _of_tokens(layout: Layout, counted: Integers, matched: Integers) -> Match:
    return Match(
        _count(layout, layout.unit[counted]),
        layout.unit[matched],
        layout.opinion[matched],
        layout.start[matched],
        layout.end[matched],
    )


def _count(layout: Layout, unit: Integers) -> Values:
    return np.bincount(unit, minlength=layout.n_units)


MATCHERS: dict[type, Callable[[Layout, Any], Match]] = {
    Word: match_word,
    Text: match_text,
    Adjacent: match_adjacent,
    Near: match_near,
}
