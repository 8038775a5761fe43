"""Many texts, cut batch by batch, by as many processes as pay."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
import pandas as pd

from kyodo_analysis.words.cutting import cut_texts
from kyodo_analysis.words.tokenizers import Tokenizer

_BATCH = 400_000
"""Characters in a batch: enough to make arrays pay, little enough to fit beside each other."""


def cut_in_batches(texts: Sequence[str], *, tokenizer: Tokenizer) -> Iterator[pd.DataFrame]:
    """Yield the tokens of texts, batch after batch, in order.

    Each frame is as :func:`cut_texts` gives it, ``text`` counting through all batches.
    """
    for first, last in _split(texts):
        tokens = cut_texts(texts[first:last], tokenizer=tokenizer)
        yield tokens.assign(text=tokens["text"] + first)


def _split(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Return the bounds of batches of about the same number of characters."""
    seen = np.cumsum([0, *map(len, texts)])
    n_batches = max(1, round(seen[-1] / _BATCH))
    bounds = np.searchsorted(seen, np.linspace(0, seen[-1], n_batches + 1)[1:-1]).tolist()
    return [(first, last) for first, last in pairwise([0, *bounds, len(texts)]) if last > first]
