"""Tokens that are made once: kept as Parquet, remade only where something changed.

Tokens are kept by the text they were cut from, not by the opinion's number: an opinion that is
renumbered or repeated needs no new ones. A file of another format, engine or version, or one that
is damaged, counts for nothing.

When words enter or leave ``dictionary.csv``, only texts that hold one of them are cut anew. That is
safe: an engine weighs a listed word only where its characters stand, so a text without them has
the same possible words, and the same best path through them, as before.
"""

import hashlib
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from itertools import chain
from pathlib import Path
from typing import cast

import numpy as np
import pandas as pd

from kyodo_analysis.folding import fold_characters
from kyodo_analysis.words.batches import cut_in_batches
from kyodo_analysis.words.columns import Columns, count_rows, stack_columns, stack_stream
from kyodo_analysis.words.progress import Progress
from kyodo_analysis.words.token_file import (
    Entries,
    TokenFile,
    find_token_files,
    list_entries,
    read_token_file,
    write_token_file,
)
from kyodo_analysis.words.tokenizers import Tokenizer
from kyodo_analysis.words.tokens import lay_out_tokens

_SECONDS_AT_RISK = 30

Texts = Mapping[str, str]


def load_or_tokenize(
    opinions: pd.DataFrame,
    *,
    tokenizer: Tokenizer,
    folder: Path,
    n_jobs: int = -1,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Return the tokens of opinions, from the store as far as it has them.

    Parameters
    ----------
    opinions : DataFrame
        OPINIONS; only ``opinion_id`` and ``text`` are used.
    tokenizer : Tokenizer
        The engine for texts that are new or changed.
    folder : Path
        Where the tokens are kept, as ``tokens-(digest).parquet``. Afterwards it holds those of
        these opinions and no others. What was done when work is interrupted stays there and is
        used the next time.
    n_jobs : int, default -1
        How many processes may work where that pays, as joblib has it; the result is the same.
    progress : callable, optional
        Told of the number of texts done and in all, of those that must be made.

    Returns
    -------
    DataFrame
        TOKENS, as :func:`~kyodo_analysis.words.tokenize_opinions` gives them.

    Raises
    ------
    OutputError
        When the folder cannot be written to.
    """
    given = opinions["text"].tolist()
    digests = [_digest(text) for text in given]
    texts = {digest: text for digest, text in zip(digests, given, strict=True) if text}
    paths = find_token_files(folder)
    files = [file for path in paths if (file := read_token_file(path, tokenizer=tokenizer))]
    before = [(count_rows(file.tokens), file.entries) for file in files]
    parts = _choose_usable(files, list_entries(tokenizer), texts)
    del files
    missing = _leave_out(texts, parts)
    batches = cut_in_batches(
        list(missing.values()), tokenizer=tokenizer, n_jobs=n_jobs, progress=progress
    )
    signed = map(partial(_sign, digests=list(missing)), batches)
    made = chain(parts, _write_down(signed, tokenizer, folder))
    tokens = stack_stream(made) if missing or len(parts) != 1 else parts[0]
    if len(paths) != 1 or before != [(count_rows(tokens), list_entries(tokenizer))]:
        _keep_only(write_token_file(folder, [tokens], tokenizer=tokenizer))
    wanted = _digests_of(tokens).categories.get_indexer(pd.Index(digests, dtype="str"))
    tokens["text"] = _digests_of(tokens).codes
    del tokens["digest"]
    return lay_out_tokens(tokens, wanted, opinions["opinion_id"])


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _digests_of(tokens: Columns) -> pd.Categorical:
    return cast("pd.Categorical", tokens["digest"])


def _keep_only(kept: Path) -> None:
    for path in find_token_files(kept.parent):
        if path != kept:
            with suppress(OSError):
                path.unlink()


def _choose_usable(files: Sequence[TokenFile], entries: Entries, texts: Texts) -> list[Columns]:
    """Return from each file the tokens of `texts` that still hold and that none before it has."""
    parts: list[Columns] = []
    for file in files:
        open_texts = _leave_out(texts, parts)
        changed = {entry[0] for entry in entries ^ file.entries}
        digests = _digests_of(file.tokens)
        usable = np.array(
            [
                digest in open_texts and not _holds_any(open_texts[digest], changed)
                for digest in digests.categories.tolist()
            ],
            dtype=bool,
        )
        if usable.all():
            parts.append(file.tokens)
        else:
            kept = usable[digests.codes]
            parts.append(stack_columns([{n: c[kept] for n, c in file.tokens.items()}]))
    return parts


def _holds_any(text: str, surfaces: set[str]) -> bool:
    return bool(surfaces) and any(surface in fold_characters(text).text for surface in surfaces)


def _leave_out(texts: Texts, parts: Sequence[Columns]) -> Texts:
    """Return the texts whose tokens no part has."""
    found = {digest for part in parts for digest in _digests_of(part).categories.tolist()}
    return {digest: text for digest, text in texts.items() if digest not in found}


def _sign(tokens: Columns, digests: list[str]) -> Columns:
    """Put the digest of each token's text in the place of the text's number."""
    numbers = np.asarray(tokens.pop("text"))
    first, last = (numbers[0], numbers[-1] + 1) if len(numbers) else (0, 0)
    signed = pd.Categorical.from_codes(
        numbers - first, categories=pd.Index(digests[first:last], dtype="str")
    )
    return {"digest": signed, **tokens}


def _write_down(
    batches: Iterator[Columns], tokenizer: Tokenizer, folder: Path
) -> Iterator[Columns]:
    """Hand batches on; at times, and when interrupted, write those not yet written."""
    pending: list[Columns] = []

    def write() -> None:
        write_token_file(folder, pending, tokenizer=tokenizer)
        pending.clear()

    written = time.monotonic()
    try:
        for batch in batches:
            pending.append(batch)
            yield dict(batch)
            if time.monotonic() - written > _SECONDS_AT_RISK:
                write()
                written = time.monotonic()
    except BaseException:
        if pending:
            write()
        raise
