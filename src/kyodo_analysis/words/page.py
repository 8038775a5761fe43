"""Several texts written one below the other, so that arrays do for all what a loop would."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kyodo_analysis.words.characters import Folded, fold_characters

Integers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Spans:
    """Stretches of the original texts: for each the number of its text, its start and its end."""

    texts: Integers
    starts: Integers
    ends: Integers


@dataclass(frozen=True)
class Page:
    """Folded texts, joined by newlines.

    Parameters
    ----------
    texts : sequence of str
        The texts as they are.
    folded : list of Folded
        The same, as the engines see them.
    content : str
        All that stands on the page.
    starts : array of int, one per text and one for the end
        Where each text starts on the page.
    """

    texts: Sequence[str]
    folded: list[Folded]
    content: str
    starts: Integers

    def locate(self, places: Integers, lengths: Integers) -> Spans:
        """Lead stretches of the page, in reading order, back to the original texts."""
        texts = np.searchsorted(self.starts, places, side="right") - 1
        starts = places - self.starts[texts]
        ends = starts + lengths
        first = np.searchsorted(texts, np.arange(len(self.texts) + 1))
        for number, folded in enumerate(self.folded):
            if folded.origins:
                here = slice(first[number], first[number + 1])
                origins = np.array(folded.origins)
                starts[here], ends[here] = origins[starts[here]], origins[ends[here]]
        return Spans(texts, starts, ends)

    def count_marks(self, marks: Sequence[int], places: Integers, texts: Integers) -> Integers:
        """Return how many marks its text has up to each place."""
        marked = np.array(marks, dtype=np.int64)
        before = np.searchsorted(marked, self.starts)
        return np.searchsorted(marked, places, side="right") - before[texts]

    def find_changed(self, spans: Spans) -> Integers:
        """Return which spans lie in texts that folding changed."""
        changed = [one.text != text for one, text in zip(self.folded, self.texts, strict=True)]
        return np.flatnonzero(np.array(changed, dtype=bool)[spans.texts])

    def quote(self, spans: Spans, which: Integers) -> list[str]:
        """Return the original characters of some spans."""
        columns = (part[which].tolist() for part in (spans.texts, spans.starts, spans.ends))
        return [self.texts[text][start:end] for text, start, end in zip(*columns, strict=True)]


def make_page(texts: Sequence[str]) -> Page:
    """Fold texts and put them on one page."""
    folded = [fold_characters(text) for text in texts]
    starts = np.cumsum([0, *(len(one.text) + 1 for one in folded)])
    return Page(texts, folded, "\n".join(one.text for one in folded), starts)
