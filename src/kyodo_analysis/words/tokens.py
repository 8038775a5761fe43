"""Opinions to tokens: one row per morpheme."""

from typing import Any, cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from kyodo_analysis.tables import TOKENS
from kyodo_analysis.words.batches import cut_in_batches
from kyodo_analysis.words.columns import Columns, count_rows, stack_stream
from kyodo_analysis.words.progress import Progress
from kyodo_analysis.words.tokenizers import Tokenizer
from kyodo_analysis.words.word_column import spell_out

Integers = npt.NDArray[np.integer[Any]]


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
    made = stack_stream(batches)
    return lay_out_tokens(made, numbers, opinions["opinion_id"])


def lay_out_tokens(made: Columns, wanted: Integers, opinion_ids: "pd.Series[str]") -> pd.DataFrame:
    """Give each opinion the tokens of its text.

    Parameters
    ----------
    made : dict
        The columns of TOKENS, but ``text``, the number of the text, for the opinion, and ``word``
        for all that a word tells; they are emptied on the way. The tokens of a text stand
        together.
    wanted : array of int, one per opinion
        The number of the opinion's text; -1 where it has no tokens.
    opinion_ids : Series
        The opinions' names.

    Returns
    -------
    DataFrame
        TOKENS.
    """
    starts, n_tokens = _find_texts(np.asarray(made.pop("text")), wanted)
    lengths = n_tokens[wanted]
    rows = _list_rows(starts[wanted], lengths, count_rows(made))
    numbers = np.repeat(np.arange(len(wanted), dtype=np.int32), lengths)
    names = pd.Index(opinion_ids, dtype="str")
    columns: Columns = {"opinion_id": pd.Categorical.from_codes(numbers, categories=names)}
    for name in list(made):
        column = made.pop(name)
        columns[name] = column if rows is None else column.take(rows)
    columns |= spell_out(cast("pd.Categorical", columns.pop("word")))
    return TOKENS.check(pd.DataFrame({name: columns[name] for name in TOKENS.names}, copy=False))


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
