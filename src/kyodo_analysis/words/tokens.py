"""Opinions to tokens: one row per morpheme."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from kyodo_analysis.tables import TOKENS
from kyodo_analysis.words.batches import cut_in_batches
from kyodo_analysis.words.columns import stack_frames
from kyodo_analysis.words.progress import Progress
from kyodo_analysis.words.tokenizers import Tokenizer

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
    made = stack_frames(list(batches))
    return lay_out_tokens(made, made["text"].to_numpy(), numbers, opinions["opinion_id"])


def lay_out_tokens(
    made: pd.DataFrame, text: Integers, wanted: Integers, opinion_ids: "pd.Series[str]"
) -> pd.DataFrame:
    """Give each opinion the tokens of its text.

    Parameters
    ----------
    made : DataFrame
        The columns of TOKENS but ``opinion_id``; the tokens of a text stand together. No text
        is there that no opinion wants.
    text : array of int, one per row of `made`
        The number of its text.
    wanted : array of int, one per opinion
        The number of the opinion's text; -1 where it has no tokens.
    opinion_ids : Series
        The opinions' names.

    Returns
    -------
    DataFrame
        TOKENS.
    """
    size = int(max(text.max(initial=-1), wanted.max(initial=-1))) + 2
    n_tokens = np.bincount(text, minlength=size)
    first = np.zeros(size, dtype=np.int64)
    starts = np.flatnonzero(np.diff(text, prepend=-1))
    first[text[starts]] = starts
    lengths = n_tokens[wanted]
    ahead = np.cumsum(lengths) - lengths
    rows = np.arange(lengths.sum()) + np.repeat(first[wanted] - ahead, lengths)
    opinion = pd.Categorical.from_codes(
        np.repeat(np.arange(len(wanted)), lengths), categories=pd.Index(opinion_ids, dtype="str")
    )
    in_order = len(rows) == len(made) and bool((np.diff(rows) == 1).all())
    tokens = made if in_order else made.iloc[rows].reset_index(drop=True)
    columns = {name: tokens[name].array for name in TOKENS.names if name != "opinion_id"}
    return TOKENS.check(pd.DataFrame({"opinion_id": opinion, **columns}, copy=False))
