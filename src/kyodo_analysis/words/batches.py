"""Many texts, cut batch by batch, by as many processes as pay."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from kyodo_analysis.words.columns import Columns
from kyodo_analysis.words.cutting import cut_texts
from kyodo_analysis.words.progress import Progress
from kyodo_analysis.words.tokenizers import Tokenizer

_BATCH = 400_000
"""Characters in a batch: enough to make arrays pay, little enough to lie beside each other."""

_WORTH_SHARING = 2_000_000
"""Characters from which starting processes, each with its own dictionary, is won back."""


def cut_in_batches(
    texts: Sequence[str],
    *,
    tokenizer: Tokenizer,
    n_jobs: int = -1,
    progress: Progress | None = None,
) -> Iterator[Columns]:
    """Yield the tokens of texts, batch after batch, in order; no texts are one empty batch.

    Each is as :func:`~kyodo_analysis.words.cutting.cut_texts` gives it, ``text`` counting
    through all batches. What comes out does not depend on `n_jobs` or on joblib's backend.

    Parameters
    ----------
    texts : sequence of str
        The texts.
    tokenizer : Tokenizer
        The engine; each process makes its own of it.
    n_jobs : int, default -1
        How many processes may work, as joblib has it.
    progress : callable, optional
        Told of the number of texts done and in all.
    """
    from joblib import Parallel, delayed

    bounds = _split(texts)
    share = n_jobs != 1 and sum(map(len, texts)) >= _WORTH_SHARING
    batches = Parallel(n_jobs=n_jobs if share else 1, return_as="generator")(
        delayed(cut_texts)(texts[first:last], tokenizer=tokenizer) for first, last in bounds
    )
    for (first, last), tokens in zip(bounds, batches, strict=True):
        if progress:
            progress(last, len(texts))
        yield tokens | {"text": tokens["text"] + np.int32(first)}
    if share:
        _dismiss_helpers()


def _dismiss_helpers() -> None:
    """End the processes that joblib keeps for later, with the memory of their dictionaries."""
    from joblib.externals.loky import get_reusable_executor

    get_reusable_executor().shutdown(wait=True)


def _split(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Return the bounds of batches of about the same number of characters."""
    seen = np.cumsum([0, *map(len, texts)])
    n_batches = max(1, round(seen[-1] / _BATCH))
    bounds = np.searchsorted(seen, np.linspace(0, seen[-1], n_batches + 1)[1:-1]).tolist()
    return list(pairwise([0, *bounds, len(texts)]))
