"""Where every token stands: in which sentence, paragraph and unit, and how far from the next."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kyodo_analysis.folding import fold_characters, fold_word
from kyodo_analysis.themes.codebook.parts_of_speech import UNUSED_NAMES, name_parts_of_speech

OUTSIDE = -1


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """What every base form is to the rules; a last entry stands for what is missing.

    Attributes
    ----------
    number : dict
        The number of each word that a rule names, folded.
    word : array of int, one per base form
        The number of the word that it is; -1 where no rule names it.
    counted : array of bool, one per base form
        False for words that are not to be used.
    """

    number: dict[str, int]
    word: NDArray[np.integer]
    counted: NDArray[np.bool_]


def look_up(forms: pd.Index, words: Iterable[str], unused_words: Collection[str]) -> Vocabulary:
    """Give the words of the rules numbers, and say which base form is which of them."""
    number = {word: at for at, word in enumerate(dict.fromkeys(map(fold_word, words)))}
    found = [*(number.get(fold_word(form), OUTSIDE) for form in forms.tolist()), OUTSIDE]
    smallest = np.min_scalar_type(OUTSIDE - len(number))  # short numbers are sorted fastest
    unused = set(map(fold_word, unused_words))
    counted = np.array([*(fold_word(form) not in unused for form in forms.tolist()), True])
    return Vocabulary(number, np.array(found, smallest), counted)


Unit = Literal["sentence", "paragraph", "opinion", "h1", "h2", "h3", "h4", "h5"]
Integers = NDArray[np.integer]
Booleans = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Sentences:
    """All sentences behind each other in one string, to be searched at once.

    Attributes
    ----------
    text : str
        The sentences in their one writing (:mod:`kyodo_analysis.folding`), each closed by a line
        break.
    origin : array of int, optional
        Where each character of `text`, and its end, stand in the sentences as written; None where
        the two run in step.
    offset : array of int
        Where each sentence begins in the sentences as written.
    first_token : array of int
        The first token of each sentence.
    """

    text: str
    origin: Integers | None
    offset: Integers
    first_token: Integers

    def find(self, wanted: str) -> tuple[Integers, Integers]:
        """Find the begins and ends of a string, whatever its writing, in the text as written."""
        folded = fold_characters(wanted, ignore_case=True).text
        found = [each.span() for each in re.finditer(re.escape(folded), self.text)]
        begin, end = np.array(found, np.int64).reshape(-1, 2).T
        return (begin, end) if self.origin is None else (self.origin[begin], self.origin[end])


@dataclass(frozen=True, eq=False)
class PositionalIndex:
    """The tokens of a block of opinions as arrays, one entry per token, in the order of the text.

    Attributes
    ----------
    tokens : pandas.DataFrame
        The tokens (TOKENS).
    opinions : pandas.DataFrame
        The opinions (OPINIONS).
    vocabulary : Vocabulary
        The base forms of the tokens, by the codes of their categorical.
    first_opinion, first_unit : int
        How many opinions and units stand in the blocks before.
    opinion, sentence, paragraph, unit : array of int
        The number in the block, from 0, of what holds the token; -1 where nothing does (a heading has no
        paragraph).
    place : array of int
        Positions for gaps; a heading's two tags take a place each.
    unit_opinion : array of int, one per unit
        The opinion that the unit begins in.
    coding_unit : str
        What the unit is.
    heading_levels : array of int, one per opinion
        The level of a heading, 0 for what is not a heading.
    heading_paths : array of int, opinions x 5
        The numbers of the headings H1 to H5 that an opinion stands under, 0 where none.
    """

    tokens: pd.DataFrame
    opinions: pd.DataFrame
    vocabulary: Vocabulary
    first_opinion: int
    first_unit: int
    opinion: Integers
    sentence: Integers
    paragraph: Integers
    unit: Integers
    place: Integers
    unit_opinion: Integers
    coding_unit: Unit
    heading_levels: Integers
    heading_paths: Integers

    @property
    def n_units(self) -> int:
        """The number of units."""
        return len(self.unit_opinion)

    @cached_property
    def texts(self) -> NDArray[np.object_]:
        """The opinions' texts."""
        return self.opinions["text"].to_numpy()

    @cached_property
    def start(self) -> Integers:
        """Where each token starts in its opinion's text."""
        return self.tokens["start"].to_numpy()

    @cached_property
    def end(self) -> Integers:
        """Where each token ends in its opinion's text."""
        return self.tokens["end"].to_numpy()

    @cached_property
    def word(self) -> Integers:
        """The number in the vocabulary of each token's word; -1 where no rule names it."""
        return self.vocabulary.word[self._form]

    @cached_property
    def counted(self) -> Booleans:
        """False for tokens that are not to be used."""
        return self.vocabulary.counted[self._form]

    @cached_property
    def _form(self) -> Integers:
        return self.tokens["base_form"].cat.codes.to_numpy()

    def parts_of_speech(self, at: Integers) -> "pd.Series[Any]":
        """Name the parts of speech of some tokens as KH Coder does."""
        return name_parts_of_speech(
            self.tokens[["base_form", "part_of_speech", "unknown"]].iloc[at]
        )

    def find(self, base_form: str) -> Integers:
        """Find the tokens of a word of the rules, over all parts of speech in use, in units."""
        return self._tokens_of[self.vocabulary.number[fold_word(base_form)]]

    @cached_property
    def _tokens_of(self) -> list[Integers]:
        at = np.flatnonzero(self.word != OUTSIDE)
        at = at[(self.unit[at] != OUTSIDE) & self.counted[at]]
        at = at[~self.parts_of_speech(at).isin(UNUSED_NAMES).to_numpy()]
        words = self.word[at]
        order = np.argsort(words, kind="stable")
        bounds = np.searchsorted(words[order], np.arange(1, len(self.vocabulary.number)))
        return np.split(at[order], bounds)

    @cached_property
    def sentences(self) -> Sentences:
        """The sentences, as written."""
        first = np.flatnonzero(np.diff(self.sentence, prepend=OUTSIDE))
        last = np.append(first, len(self.sentence))[1:] - 1
        texts = self.texts[self.opinion[first]].tolist()
        places = zip(texts, self.start[first].tolist(), self.end[last].tolist(), strict=True)
        written = [text[start:end] for text, start, end in places]
        lengths = np.fromiter(map(len, written), np.int64) + 1
        folded = fold_characters("\n".join([*written, ""]), ignore_case=True)
        origin = None if folded.origins is None else np.array(folded.origins, np.int64)
        return Sentences(folded.text, origin, np.cumsum(lengths) - lengths, first)

    @property
    def unit_start(self) -> Integers:
        """Where each unit starts in the text of its opinion; 0 without a token."""
        start = np.zeros(self.n_units, np.int64)
        opens = (np.diff(self.unit, prepend=OUTSIDE) != 0) & (self.unit != OUTSIDE)
        opening = np.flatnonzero(opens)[::-1]
        start[self.unit[opening]] = self.start[opening]
        return start
