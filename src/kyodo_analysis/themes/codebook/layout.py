"""Where every token stands: in which sentence, paragraph and unit, and how far from the next."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal
from unicodedata import normalize

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kyodo_analysis.themes.codebook.parts_of_speech import UNUSED_NAMES, name_parts_of_speech
from kyodo_analysis.themes.codebook.tables import UNITS

Unit = Literal["sentence", "paragraph", "opinion", "h1", "h2", "h3", "h4", "h5"]
Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]
OUTSIDE = -1


@dataclass(frozen=True, eq=False)
class Sentences:
    """All sentences behind each other in one string, to be searched at once.

    Attributes
    ----------
    text : str
        The sentences, each closed by a line break; spaces and tabs are full-width, as KH Coder's.
    offset : array of int
        Where each sentence begins in `text`.
    first_token : array of int
        The first token of each sentence.
    """

    text: str
    offset: Integers
    first_token: Integers


@dataclass(frozen=True, eq=False)
class Layout:
    """The tokens of all opinions as arrays, one entry per token, in the order of the text.

    Attributes
    ----------
    tokens : pandas.DataFrame
        The tokens (TOKENS).
    opinions : pandas.DataFrame
        The opinions (OPINIONS).
    opinion, sentence, paragraph, unit : array of int
        The number, from 0, of what holds the token; -1 where nothing does (a heading has no
        paragraph).
    place : array of int
        Positions for gaps; a heading's two tags take a place each.
    counted : array of bool
        False for words that are not to be used.
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
    opinion: Integers
    sentence: Integers
    paragraph: Integers
    unit: Integers
    place: Integers
    counted: Booleans
    unit_opinion: Integers
    coding_unit: Unit
    heading_levels: Integers
    heading_paths: Integers

    @property
    def n_units(self) -> int:
        """The number of units."""
        return len(self.unit_opinion)

    @cached_property
    def start(self) -> Integers:
        """Where each token starts in its opinion's text."""
        return self.tokens["start"].to_numpy(np.int64)

    @cached_property
    def end(self) -> Integers:
        """Where each token ends in its opinion's text."""
        return self.tokens["end"].to_numpy(np.int64)

    @cached_property
    def base_form(self) -> "pd.Series[Any]":
        """Each token's base form with the widths of its characters folded, as a categorical."""
        forms = self.tokens["base_form"].astype("category").cat
        folded = [normalize("NFKC", form) for form in forms.categories]
        numbers, names = pd.factorize(np.array(folded, dtype=object))
        codes = numbers[forms.codes.to_numpy()]
        return pd.Series(pd.Categorical.from_codes(codes, pd.Index(names, dtype="str")))

    @cached_property
    def part_of_speech(self) -> "pd.Series[Any]":
        """KH Coder's name of each token's part of speech."""
        return name_parts_of_speech(self.tokens)

    def find(self, base_form: str) -> Integers:
        """Find the tokens of a base form, over all parts of speech in use and inside units.

        Full and half width are the same here, since tokens are cut from folded text.
        """
        return self._tokens_of.get(normalize("NFKC", base_form), np.empty(0, np.int64))

    @cached_property
    def _tokens_of(self) -> dict[str, Integers]:
        usable = self.counted & ~self.part_of_speech.isin(UNUSED_NAMES).to_numpy()
        at = np.flatnonzero(usable & (self.unit != OUTSIDE))
        codes = self.base_form.cat.codes.to_numpy()[at]
        order = np.argsort(codes, kind="stable")
        present, first = np.unique(codes[order], return_index=True)
        names = self.base_form.cat.categories[present]
        return dict(zip(names, np.split(at[order], first[1:]), strict=True)) if len(at) else {}

    @cached_property
    def sentences(self) -> Sentences:
        """The sentences, as written."""
        first = np.flatnonzero(np.diff(self.sentence, prepend=OUTSIDE))
        last = np.append(first[1:], len(self.sentence)) - 1
        texts = self.opinions["text"].to_numpy()[self.opinion[first]]
        places = zip(texts, self.start[first], self.end[last], strict=True)
        written = [text[start:end] for text, start, end in places]
        lengths = np.array([len(text) + 1 for text in written], np.int64)
        joined = "".join(f"{text}\n" for text in written).replace(" ", "\u3000")
        return Sentences(joined.replace("\t", "\u3000"), np.cumsum(lengths) - lengths, first)

    @cached_property
    def units(self) -> pd.DataFrame:
        """The units (UNITS)."""
        first = np.full(self.n_units, OUTSIDE)
        inside = np.flatnonzero(self.unit != OUTSIDE)[::-1]
        first[self.unit[inside]] = inside
        start = np.where(first == OUTSIDE, 0, self.start[first] if len(self.start) else 0)
        ids = self.opinions["opinion_id"].to_numpy()[self.unit_opinion]
        numbers = pd.array(np.arange(1, self.n_units + 1), dtype="Int64")
        return UNITS.check(
            pd.DataFrame(
                {
                    "unit": numbers,
                    "opinion_id": pd.Series(ids, dtype="str"),
                    "start": pd.array(start, dtype="Int64"),
                }
            )
        )
