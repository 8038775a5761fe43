"""Find what an atom names in the text: its value in every unit, and the words that matched."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kyodo_analysis.folding import fold_characters
from kyodo_analysis.themes.codebook.index import OUTSIDE, Booleans, Integers, PositionalIndex
from kyodo_analysis.themes.codebook.syntax import Adjacent, Near, Text, Word

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


def match_word(index: PositionalIndex, atom: Word) -> Match:
    """Count the tokens of a base form with the part of speech, inflection and surface asked."""
    at = index.find(atom.base_form)
    if atom.part_of_speech is not None:
        at = at[(index.parts_of_speech(at) == atom.part_of_speech).to_numpy()]
    for column, wanted in (("inflection_form", atom.inflection), ("surface", atom.surface)):
        if wanted is not None:
            held = index.tokens[column].iloc[at].astype("str").map(_without_width)
            at = at[(held == _without_width(wanted)).to_numpy(dtype=bool)]
    return _of_tokens(index, at, at)


def _without_width(form: str) -> str:
    return fold_characters(form).text


def match_text(index: PositionalIndex, atom: Text) -> Match:
    """Count the sentences that hold a string, in any writing."""
    sentences = index.sentences
    begin, end = sentences.find(atom.text)
    sentence = np.searchsorted(sentences.offset, begin, side="right") - 1
    unit = index.unit[sentences.first_token[sentence]]
    begin, end, sentence = (each[unit != OUTSIDE] for each in (begin, end, sentence))
    unit = unit[unit != OUTSIDE]
    holding = np.unique(sentence, return_index=True)[1]
    first = sentences.first_token[sentence]
    start = begin - sentences.offset[sentence] + index.start[first]
    values = _count(index, unit[holding])
    return Match(values, unit, index.opinion[first], start, start + end - begin)


def match_adjacent(index: PositionalIndex, atom: Adjacent) -> Match:
    """Count the places where the words follow each other, in units that hold them all.

    Only the first word must stand in the unit: KH Coder lets the others cross its end.
    """
    hits = [index.find(word) for word in atom.words]
    first = hits[0]
    for distance, hit in enumerate(hits[1:], start=1):
        first = first[np.isin(first + distance, hit)]
    last = first + len(hits) - 1
    whole = (index.opinion[last] == index.opinion[first]) & np.logical_and.reduce(
        [np.isin(index.unit[first], index.unit[hit]) for hit in hits]
    )
    first, last = first[whole], last[whole]
    unit = index.unit[first]
    return Match(
        _count(index, unit), unit, index.opinion[first], index.start[first], index.end[last]
    )


def match_near(index: PositionalIndex, atom: Near) -> Match:
    """Count the places from which all words are met, each within the gap of the one before.

    A place is passed over when the next of the words is the same word again.
    """
    hits = [_in_scope(index, index.find(word), atom) for word in atom.words]
    if any(len(hit) == 0 for hit in hits):
        return without_spans(np.zeros(index.n_units, np.bool_))
    starts = range(1) if atom.ordered else range(len(hits))
    chains = np.concatenate([_chains(index, atom, hits, start) for start in starts])
    return _of_tokens(index, chains[:, 0], np.unique(chains))


def _chains(
    index: PositionalIndex, atom: Near, hits: list[Integers], start: int
) -> NDArray[np.int64]:
    """Follow every hit of one word to the others; one row of token numbers per success."""
    first = hits[start]
    others = hits[:start] + hits[start + 1 :]
    following = np.column_stack([_next(hit, first) for hit in others])
    repeated = _next(first, first) < following.min(axis=1)
    steps = _in_turn(others, first) if atom.ordered else np.sort(following, axis=1)
    chains: NDArray[np.int64] = np.column_stack([first, steps])[~repeated]
    chains = chains[chains[:, -1] < len(index.place)]
    if atom.gap:
        chains = chains[(np.diff(index.place[chains], axis=1) <= atom.gap).all(axis=1)]
    scope = _scope(index, atom)
    begin, final = chains[:, 0], chains[:, -1]
    together = (index.unit[begin] == index.unit[final]) & (scope[begin] == scope[final])
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


def _scope(index: PositionalIndex, atom: Near) -> Integers:
    return {"sentence": index.sentence, "paragraph": index.paragraph}.get(atom.within, index.unit)


def _in_scope(index: PositionalIndex, hit: Integers, atom: Near) -> Integers:
    """Drop hits outside of paragraphs where the paragraph is asked for and not the unit's own."""
    if atom.within != "paragraph" or index.coding_unit in ("sentence", "paragraph"):
        return hit
    return hit[np.not_equal(index.paragraph[hit], OUTSIDE)]


def _of_tokens(index: PositionalIndex, counted: Integers, matched: Integers) -> Match:
    return Match(
        _count(index, index.unit[counted]),
        index.unit[matched],
        index.opinion[matched],
        index.start[matched],
        index.end[matched],
    )


def _count(index: PositionalIndex, unit: Integers) -> Values:
    return np.bincount(unit, minlength=index.n_units)


MATCHERS: dict[type, Callable[[PositionalIndex, Any], Match]] = {
    Word: match_word,
    Text: match_text,
    Adjacent: match_adjacent,
    Near: match_near,
}
