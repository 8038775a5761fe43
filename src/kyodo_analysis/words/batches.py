"""Many texts, cut batch by batch, by as many processes as pay."""

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

import pandas as pd

from kyodo_analysis.words.cutting import cut_texts
from kyodo_analysis.words.tokenizers import Tokenizer

_BATCH = 100_000
"""Characters in a batch: some seconds of Janome, enough to make the way to a process worth it."""


def cut_in_batches(texts: Sequence[str], *, tokenizer: Tokenizer) -> Iterator[pd.DataFrame]:
    """Yield the tokens of texts, batch after batch, in order.

    Each frame is as :func:`cut_texts` gives it, ``text`` counting through all batches.
    """
    for first, last in _split(texts):
        tokens = cut_texts(texts[first:last], tokenizer=tokenizer)
        yield tokens.assign(text=tokens["text"] + first)


def _split(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Return the bounds of batches of about the same number of characters."""
    seen = list(accumulate((len(text) for text in texts), initial=0))
    bounds = [0]
    for number, characters in enumerate(seen):
        if characters - seen[bounds[-1]] >= _BATCH:
            bounds.append(number)
    return [(first, last) for first, last in pairwise([*bounds, len(texts)]) if last > first]
