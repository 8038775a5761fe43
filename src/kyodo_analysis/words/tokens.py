"""Opinions to tokens: one row per morpheme, cut batch by batch, by as many processes as pay."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from kyodo_analysis.tables import TOKENS
from kyodo_analysis.words.morphemes import BETWEEN, MARK_OF_UNKNOWN, Morpheme
from kyodo_analysis.words.progress import Progress
from kyodo_analysis.words.texts import cut_texts
from kyodo_analysis.words.tokenizers import Tokenizer

Integers = npt.NDArray[np.integer[Any]]

_BATCH = 400_000
"""Characters in a batch: enough to make arrays pay, little enough to lie beside each other."""

_WORTH_SHARING = 2_000_000
"""Characters from which starting processes, each with its own dictionary, is won back."""


def tokenize_opinions(
    opinions: pd.DataFrame,
    *,
    tokenizer: Tokenizer,
    n_jobs: int = -1,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Cut every opinion into morphemes; identical texts are cut once.

    Parameters
    ----------
    opinions : DataFrame
        OPINIONS; only ``opinion_id`` and ``text`` are used.
    tokenizer : Tokenizer
        The engine.
    n_jobs : int, default -1
        How many processes may work where that pays, as joblib has it; the result is the same.
    progress : callable, optional
        Told of the number of texts done and in all.

    Returns
    -------
    DataFrame
        TOKENS, one row per morpheme in reading order. ``text[start:end] == surface`` always
        holds, and the surfaces of an opinion join to its text without newlines: blanks that an
        engine drops are put back. Label columns are categorical; ``opinion_id`` keeps every
        opinion as a category, also those without a token.
    """
    numbers, texts = pd.factorize(opinions["text"])
    batches = cut_in_batches(texts.tolist(), tokenizer=tokenizer, n_jobs=n_jobs, progress=progress)
    made = open_table(pa.concat_tables(batches))
    return lay_out_tokens(made, made.pop("text").to_numpy(), numbers, opinions["opinion_id"])


def cut_in_batches(
    texts: Sequence[str],
    *,
    tokenizer: Tokenizer,
    n_jobs: int = -1,
    progress: Progress | None = None,
) -> Iterator[pa.Table]:
    """Yield the tokens of texts, batch after batch, in order; no texts are one empty batch.

    Each is as :func:`~kyodo_analysis.words.texts.cut_texts` gives it, ``text`` counting through
    all batches. What comes out does not depend on `n_jobs` or on joblib's backend.
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
        numbers = tokens["text"].to_numpy() + np.int32(first)
        yield tokens.set_column(0, "text", pa.array(numbers))
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


def open_table(table: pa.Table) -> dict[str, pa.ChunkedArray]:
    """Return the columns by their names, each free to be let go before the others."""
    return dict(zip(table.column_names, table.columns, strict=True))


def take_apart(labels: pa.ChunkedArray) -> tuple[Integers, pa.Array]:
    """Return the numbers of labels, and the labels of which they are numbers."""
    whole = labels.combine_chunks()
    return whole.indices.to_numpy(), whole.dictionary


def lay_out_tokens(
    made: dict[str, pa.ChunkedArray],
    texts: Integers,
    wanted: Integers,
    opinion_ids: "pd.Series[str]",
) -> pd.DataFrame:
    """Give each opinion the tokens of its text.

    Parameters
    ----------
    made : dict
        The columns of TOKENS, but none for the opinion, and ``word`` for all that a morpheme
        tells; they are emptied on the way.
    texts : array of int, one per row of `made`
        The number of its text; the tokens of a text stand together.
    wanted : array of int, one per opinion
        The number of the opinion's text; -1 where it has no tokens.
    opinion_ids : Series
        The opinions' names.

    Returns
    -------
    DataFrame
        TOKENS.
    """
    starts, n_tokens = _find_texts(texts, wanted)
    lengths = n_tokens[wanted]
    rows = _list_rows(starts[wanted], lengths, len(texts))
    numbers = np.repeat(np.arange(len(wanted), dtype=np.int32), lengths)
    names = pd.Index(opinion_ids, dtype="str")
    columns: dict[str, Any] = {"opinion_id": pd.Categorical.from_codes(numbers, categories=names)}
    words, written = take_apart(made.pop("word"))
    for name in list(made):
        columns[name] = (
            np.array(made.pop(name)) if rows is None else made.pop(name).to_numpy()[rows]
        )
    columns |= _spell_out(words if rows is None else words[rows], written)
    return TOKENS.check(pd.DataFrame({name: columns[name] for name in TOKENS.names}, copy=False))


def _spell_out(codes: Integers, written: pa.Array) -> dict[str, Any]:
    """Return the fields of morphemes: the columns of TOKENS that :class:`Morpheme` has.

    The categories are those in use, sorted, so that they depend on the tokens alone.
    """
    used = np.bincount(codes, minlength=len(written)) > 0
    codes = (np.cumsum(used, dtype=np.int32) - np.int32(1))[codes]
    fields = pc.split_pattern(written.filter(pa.array(used)), BETWEEN).flatten()
    names = Morpheme._fields
    columns: dict[str, Any] = {
        name: pd.Categorical(pd.array(fields[first :: len(names)], dtype="str"))[codes]
        for first, name in enumerate(names)
    }
    return columns | {"unknown": np.asarray(columns["unknown"] == MARK_OF_UNKNOWN)}


def _find_texts(text: Integers, wanted: Integers) -> tuple[Integers, Integers]:
    """Return of each text where its tokens start, and how many they are."""
    size = int(max(text.max(initial=-1), wanted.max(initial=-1))) + 2
    first, n_tokens = np.zeros((2, size), dtype=np.int64)
    starts = np.flatnonzero(np.diff(text, prepend=-1))
    first[text[starts]] = starts
    n_tokens[text[starts]] = np.diff(starts, append=len(text))
    return first, n_tokens


def _list_rows(first: Integers, lengths: Integers, n_rows: int) -> Integers | None:
    """List the rows of stretches one after the other; None where these are all rows in order."""
    ahead = np.cumsum(lengths) - lengths
    shifts = (first - ahead)[lengths > 0]
    if lengths.sum() == n_rows and not shifts.any():
        return None
    rows = np.repeat((first - ahead).astype(np.int32), lengths)
    rows += np.arange(len(rows), dtype=np.int32)
    return rows
