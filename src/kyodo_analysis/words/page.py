"""Several texts written one below the other, so that arrays do for all what a loop would."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kyodo_analysis.folding import (
    find_marks,
    fold_one_by_one,
    join_marks,
    list_code_points,
)

Integers = npt.NDArray[np.int32]


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
    content : str
        All that stands on the page, as the engines see it.
    starts : array of int, one per text and one for the end
        Where each text starts on the page.
    origins : dict
        For the number of each text in which marks were joined, the place in the original of each
        of its characters, and of its end.
    n_changed : array of int, one per character and one for the end
        How many characters before this one are not those of the original.
    """

    texts: Sequence[str]
    content: str
    starts: Integers
    origins: Mapping[int, Integers]
    n_changed: Integers

    def locate(self, places: Integers, lengths: Integers) -> Spans:
        """Lead stretches of the page, in reading order, back to the original texts."""
        texts = np.searchsorted(self.starts, places, side="right").astype(np.int32) - np.int32(1)
        starts = places - self.starts[texts]
        ends = starts + lengths
        for number, origins in self.origins.items():
            here = slice(*np.searchsorted(texts, [number, number + 1]))
            starts[here], ends[here] = origins[starts[here]], origins[ends[here]]
        return Spans(texts, starts, ends)

    def count_marks(self, marks: Sequence[int], places: Integers, texts: Integers) -> Integers:
        """Return how many marks its text has up to each place."""
        marked = np.array(marks, dtype=np.int32)
        before = np.searchsorted(marked, self.starts).astype(np.int32)
        return np.searchsorted(marked, places, side="right").astype(np.int32) - before[texts]

    def find_changed(self, places: Integers, lengths: Integers) -> npt.NDArray[np.intp]:
        """Return which stretches of the page read otherwise in the original."""
        return np.flatnonzero(self.n_changed[places + lengths] > self.n_changed[places])

    def quote(self, spans: Spans, which: npt.NDArray[np.intp]) -> list[str]:
        """Return the original characters of some spans."""
        columns = (part[which].tolist() for part in (spans.texts, spans.starts, spans.ends))
        return [self.texts[text][start:end] for text, start, end in zip(*columns, strict=True)]


def make_page(texts: Sequence[str]) -> Page:
    """Fold texts and put them on one page."""
    before = "\n".join(texts)
    starts = _find_starts(texts)
    marked = np.unique(np.searchsorted(starts, find_marks(before), side="right") - 1).tolist()
    joined = {number: join_marks(texts[number]) for number in marked}
    if joined:
        written = [joined[at].text if at in joined else text for at, text in enumerate(texts)]
        before, starts = "\n".join(written), _find_starts(written)
    content = fold_one_by_one(before)
    changed = list_code_points(before) != list_code_points(content)
    origins = {
        number: np.array(one.origins, dtype=np.int32)
        for number, one in joined.items()
        if one.origins
    }
    for number in origins:
        changed[starts[number] : starts[number + 1] - 1] = True
    n_changed = np.cumsum(np.concatenate([[False], changed]), dtype=np.int32)
    return Page(texts, content, starts, origins, n_changed)


def _find_starts(texts: Sequence[str]) -> Integers:
    return np.cumsum([0, *(len(text) + 1 for text in texts)], dtype=np.int32)
