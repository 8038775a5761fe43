"""Several texts written one below the other, so that arrays can do for all what a loop would."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kyodo_analysis.words.characters import Folded, fold_characters

Integers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Page:
    """Folded texts, joined by newlines.

    Parameters
    ----------
    texts : sequence of str
        The texts as they are.
    folded : list of Folded
        The same, as the analysers see them.
    starts : array of int, one per text and one for the end
        Where each text starts on the page.
    """

    texts: Sequence[str]
    folded: list[Folded]
    starts: Integers

    @property
    def content(self) -> str:
        """All that stands on the page."""
        return "\n".join(one.text for one in self.folded)

    def find_texts(self, places: Integers) -> Integers:
        """Return the number of the text that holds each place."""
        return np.searchsorted(self.starts, places, side="right") - 1

    def count_marks(self, marks: Integers, places: Integers) -> Integers:
        """Return how many marks its text has up to each place."""
        before = np.searchsorted(marks, self.starts)
        return np.searchsorted(marks, places, side="right") - before[self.find_texts(places)]

    def lead_back(self, places: Integers, texts: Integers) -> Integers:
        """Turn places on the page, in reading order, into offsets in the original texts."""
        offsets = places - self.starts[texts]
        first = np.searchsorted(texts, np.arange(len(self.folded) + 1))
        for number, folded in enumerate(self.folded):
            if folded.origins:
                here = slice(first[number], first[number + 1])
                offsets[here] = np.array(folded.origins)[offsets[here]]
        return offsets


def make_page(texts: Sequence[str]) -> Page:
    """Fold texts and put them on one page."""
    folded = [fold_characters(text) for text in texts]
    return Page(texts, folded, np.cumsum([0, *(len(one.text) + 1 for one in folded)]))
