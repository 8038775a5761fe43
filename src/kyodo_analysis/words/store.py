"""Tokens that are made once: kept as Parquet, remade only where something changed.

Tokens are kept by the text they were cut from, not by the opinion's number: an opinion that is
renumbered or repeated needs no new ones. A file of another format, engine or version, or one that
is damaged, counts for nothing: its name holds a digest of its bytes.

When words enter or leave ``dictionary.csv``, only texts that hold one of them are cut anew. That is
safe: an engine weighs a listed word only where its characters stand, so a text without them has
the same possible words, and the same best path through them, as before.
"""

import hashlib
import json
import os
import time
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

from kyodo_analysis.errors import OutputError
from kyodo_analysis.folding import fold_characters
from kyodo_analysis.words.progress import Progress
from kyodo_analysis.words.tokenizers import Tokenizer
from kyodo_analysis.words.tokens import cut_in_batches, lay_out_tokens, open_table, take_apart

FORMAT = 6
"""To be raised whenever the same text, engine and dictionary give other tokens than before."""

_SECONDS_AT_RISK = 30
_ROWS_AT_ONCE = 2**20
_NAME = "tokens-{}.parquet"
_HEADER = b"kyodo_analysis"
_COLUMNS = ("digest", "paragraph", "sentence", "position", "start", "end", "word")
_LABELS = ("digest", "word")

Entries = frozenset[tuple[str, ...]]
Texts = Mapping[str, str]


class _TokenFile(NamedTuple):
    """Tokens, each with the digest of its text, and the dictionary (IPADIC's format) behind them."""

    tokens: pa.Table
    entries: Entries


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
    paths = _find_files(folder)
    files = [file for path in paths if (file := _read_file(path, tokenizer))]
    parts = _choose_usable(files, _list_entries(tokenizer), texts)
    missing = _leave_out(texts, parts)
    batches = cut_in_batches(
        list(missing.values()), tokenizer=tokenizer, n_jobs=n_jobs, progress=progress
    )
    signed = (_sign(tokens, list(missing)) for tokens in batches)
    tokens = pa.concat_tables([*parts, *_write_down(signed, tokenizer, folder)])
    before = [(file.tokens.num_rows, file.entries) for file in files]
    if len(paths) != 1 or before != [(tokens.num_rows, _list_entries(tokenizer))]:
        _keep_only(_write_file(folder, [tokens], tokenizer))
    made = open_table(tokens)
    del files, parts, tokens
    numbers, names = take_apart(made.pop("digest"))
    wanted = pd.Index(names.to_pylist(), dtype="str").get_indexer(pd.Index(digests, dtype="str"))
    return lay_out_tokens(made, numbers, wanted, opinions["opinion_id"])


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _list_entries(tokenizer: Tokenizer) -> Entries:
    return frozenset(word.ipadic_row for word in tokenizer.dictionary)


def _choose_usable(files: Sequence[_TokenFile], entries: Entries, texts: Texts) -> list[pa.Table]:
    """Return from each file the tokens of `texts` that still hold and that none before it has."""
    parts: list[pa.Table] = []
    for file in files:
        wanted = _leave_out(texts, parts)
        changed = {entry[0] for entry in entries ^ file.entries}
        numbers, names = take_apart(file.tokens["digest"])
        usable = np.array(
            [
                digest in wanted and not _holds_any(wanted[digest], changed)
                for digest in names.to_pylist()
            ],
            dtype=bool,
        )
        parts.append(file.tokens.filter(pa.array(usable[numbers])))
    return parts


def _holds_any(text: str, surfaces: set[str]) -> bool:
    return bool(surfaces) and any(surface in fold_characters(text).text for surface in surfaces)


def _leave_out(texts: Texts, parts: Sequence[pa.Table]) -> Texts:
    """Return the texts whose tokens no part has."""
    found = {digest for part in parts for digest in part["digest"].unique().to_pylist()}
    return {digest: text for digest, text in texts.items() if digest not in found}


def _sign(tokens: pa.Table, digests: list[str]) -> pa.Table:
    """Put the digest of each token's text in the place of the text's number."""
    numbers = tokens["text"].to_numpy()
    first, last = (numbers[0], numbers[-1] + 1) if len(numbers) else (0, 0)
    signed = pa.DictionaryArray.from_arrays(
        numbers - np.int32(first), pa.array(digests[first:last], pa.string())
    )
    return tokens.set_column(0, "digest", signed)


def _write_down(
    batches: Iterator[pa.Table], tokenizer: Tokenizer, folder: Path
) -> Iterator[pa.Table]:
    """Hand batches on; at times, and when interrupted, write those not yet written."""
    pending: list[pa.Table] = []
    written = time.monotonic()
    try:
        for batch in batches:
            pending.append(batch)
            yield batch
            if time.monotonic() - written > _SECONDS_AT_RISK:
                _write_file(folder, pending, tokenizer)
                pending.clear()
                written = time.monotonic()
    except BaseException:
        if pending:
            _write_file(folder, pending, tokenizer)
        raise


def _find_files(folder: Path) -> list[Path]:
    """Return the files of tokens in a folder, sound or not, in a fixed order."""
    return sorted(folder.glob(_NAME.format("*")))


def _keep_only(kept: Path) -> None:
    for path in _find_files(kept.parent):
        if path != kept:
            with suppress(OSError):
                path.unlink()


def _read_file(path: Path, tokenizer: Tokenizer) -> _TokenFile | None:
    """Read a file, if it is sound and of this format, engine and version."""
    import pyarrow.parquet as pq

    try:
        if path.name != _NAME.format(_digest_bytes(path)):
            return None
        with pq.ParquetFile(path, read_dictionary=_LABELS) as file:
            header = json.loads(file.schema_arrow.metadata[_HEADER])
            entries = frozenset(tuple(entry) for entry in header.pop("entries"))
            if header != _describe(tokenizer):
                return None
            return _TokenFile(file.read(columns=_COLUMNS), entries)
    except (OSError, pa.ArrowException, KeyError, TypeError, ValueError):
        return None


def _write_file(folder: Path, parts: Iterable[pa.Table], tokenizer: Tokenizer) -> Path:
    """Write tokens aside and then put them in place, so that no half file is ever read.

    Each slice of the file names only the texts and words that it holds.
    """
    import pyarrow.parquet as pq

    header = _describe(tokenizer) | {"entries": sorted(_list_entries(tokenizer))}
    schema = pa.schema(
        [(name, pa.string() if name in _LABELS else pa.int32()) for name in _COLUMNS],
        metadata={_HEADER: json.dumps(header, ensure_ascii=False)},
    )
    aside = folder / f".tokens.{os.getpid()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with pq.ParquetWriter(aside, schema, compression="zstd") as writer:
            for rows in chain.from_iterable(map(_slice, parts)):
                writer.write_table(rows.cast(schema))
        return aside.replace(folder / _NAME.format(_digest_bytes(aside)))
    except OSError as error:
        raise OutputError(
            folder.name,
            f"分かち書きの結果を書けません({error.strerror})",
            action="フォルダの書き込みの許可と、ディスクの空きを確かめてください",
        ) from error
    finally:
        with suppress(OSError):
            aside.unlink(missing_ok=True)


def _slice(part: pa.Table) -> Iterator[pa.Table]:
    return (
        part.slice(first, _ROWS_AT_ONCE) for first in range(0, max(1, part.num_rows), _ROWS_AT_ONCE)
    )


def _digest_bytes(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:16]


def _describe(tokenizer: Tokenizer) -> dict[str, str | int]:
    return {
        "format": FORMAT,
        "engine": tokenizer.engine,
        "unicode": unicodedata.unidata_version,
    }
