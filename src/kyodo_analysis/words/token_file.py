"""One Parquet file of tokens that says what it was made with, and is whole or counts for nothing.

Its name holds a digest of its bytes, so that damage anywhere is noticed.
"""

import hashlib
import json
import os
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from kyodo_analysis.errors import OutputError
from kyodo_analysis.words.columns import Column, Columns, count_rows, keep_used
from kyodo_analysis.words.tokenizers import Tokenizer

if TYPE_CHECKING:
    from pyarrow.parquet import ParquetFile

FORMAT = 5
"""To be raised whenever the same text, engine and dictionary give other tokens than before."""

_ROWS_AT_ONCE = 2**20
_NAME = "tokens-{}.parquet"
_HEADER = b"kyodo_analysis"
_COLUMNS = ["digest", "paragraph", "sentence", "position", "start", "end", "word"]
_LABELS = {"digest", "word"}

Entries = frozenset[tuple[str, ...]]


@dataclass(frozen=True, eq=False)
class TokenFile:
    """What a file holds.

    Parameters
    ----------
    tokens : dict
        The columns of TOKENS, but ``digest`` of the text for the opinion, and ``word`` for all
        that a word tells.
    entries : frozenset of tuple
        The study's dictionary that they were made with, in IPADIC's format.
    """

    tokens: Columns
    entries: Entries


def list_entries(tokenizer: Tokenizer) -> Entries:
    """Return the study's dictionary in IPADIC's format."""
    return frozenset(word.ipadic_row for word in tokenizer.dictionary)


def find_token_files(folder: Path) -> list[Path]:
    """Return the files of tokens in a folder, sound or not, in a fixed order."""
    return sorted(folder.glob(_NAME.format("*")))


def read_token_file(path: Path, *, tokenizer: Tokenizer) -> TokenFile | None:
    """Read a file, if it is sound and of this format, engine and version."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        if path.name != _NAME.format(_digest(path)):
            return None
        with pq.ParquetFile(path) as file:
            header = json.loads(file.schema_arrow.metadata[_HEADER])
            entries = frozenset(tuple(entry) for entry in header.pop("entries"))
            if header != _describe(tokenizer) or file.schema_arrow.names != _COLUMNS:
                return None
            return TokenFile({name: _read_column(file, name) for name in _COLUMNS}, entries)
    except (OSError, pa.ArrowException, KeyError, TypeError, ValueError):
        return None


def _read_column(file: "ParquetFile", name: str) -> Column:
    """Read one column; all at once would need their memory twice."""
    values = file.read(columns=[name]).to_pandas()[name]
    return values.array if isinstance(values.array, pd.Categorical) else values.to_numpy()


def write_token_file(folder: Path, parts: Iterable[Columns], *, tokenizer: Tokenizer) -> Path:
    """Write tokens aside and then put them in place, so that no half file is ever read.

    The parts stand one after the other, each text's tokens in one of them.

    Raises
    ------
    OutputError
        When the folder cannot be written to.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    label = pa.dictionary(pa.int32(), pa.string())
    header = _describe(tokenizer) | {"entries": sorted(list_entries(tokenizer))}
    schema = pa.schema(
        [(name, label if name in _LABELS else pa.int32()) for name in _COLUMNS],
        metadata={_HEADER: json.dumps(header, ensure_ascii=False)},
    )
    aside = folder / f".tokens.{os.getpid()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with pq.ParquetWriter(aside, schema, compression="zstd") as writer:
            for rows in chain.from_iterable(map(_slice, parts)):
                writer.write_table(pa.Table.from_pandas(pd.DataFrame(rows), schema=schema))
        return aside.replace(folder / _NAME.format(_digest(aside)))
    except OSError as error:
        raise OutputError(
            folder.name,
            f"分かち書きの結果を書けません({error.strerror})",
            action="フォルダの書き込みの許可と、ディスクの空きを確かめてください",
        ) from error
    finally:
        with suppress(OSError):
            aside.unlink(missing_ok=True)


def _slice(part: Columns) -> Iterator[Columns]:
    """Yield some rows after the other, each time with no names but theirs."""
    for first in range(0, max(1, count_rows(part)), _ROWS_AT_ONCE):
        rows = slice(first, first + _ROWS_AT_ONCE)
        yield {name: keep_used(part[name][rows]) for name in _COLUMNS}


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:16]


def _describe(tokenizer: Tokenizer) -> dict[str, str | int]:
    return {
        "format": FORMAT,
        "engine": tokenizer.engine,
        "unicode": unicodedata.unidata_version,
    }
