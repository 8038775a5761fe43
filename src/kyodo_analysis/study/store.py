"""Tables that are made once: each stage of a study is kept under a key of all that it depends on.

A stage's tables are Parquet files whose names hold the key; a small file that names them, each with
its digest, is written last and alone says what counts. So nothing half written, damaged or mixed can
be read as whole: a single bit that a disk turned over would be another resident's word.
"""

import hashlib
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from io import BytesIO
from pathlib import Path

import pandas as pd

from kyodo_analysis.files import write_bytes, write_text

Frames = dict[str, pd.DataFrame]

_LIBRARIES = ("pandas", "numpy", "pyarrow", "janome", "fugashi", "ipadic", "scikit-learn")
_IN_NAMES = 10


def digest(*parts: str | bytes) -> str:
    """Return one name for a row of texts and bytes; where one ends and the next begins counts."""
    whole = hashlib.sha256()
    for part in parts:
        content = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        whole.update(len(content).to_bytes(8, "big"))
        whole.update(content)
    return whole.hexdigest()


def digest_file(path: Path) -> str:
    """Return one name for the content of a file; empty where there is none."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


@cache
def digest_program() -> str:
    """Return one name for this package as it is now and for the libraries that shape its tables."""
    sources = sorted(
        path
        for path in Path(__file__).parent.parent.rglob("*")
        if path.is_file() and path.parent.name != "__pycache__"
    )
    return digest(*map(digest_file, sources), *map(_version, _LIBRARIES))


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""


@dataclass(frozen=True)
class Store:
    """The kept stages of one study; the folder may be deleted at any time.

    Parameters
    ----------
    folder : Path
    """

    folder: Path

    def recall(self, stage: str, key: str) -> Frames | None:
        """Return the tables that were kept for a stage under `key`; None where there are none."""
        with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
            kept = json.loads((self.folder / f"{stage}.json").read_text(encoding="utf-8"))
            if kept["key"] == key:
                return {name: self._read(*file) for name, file in kept["tables"].items()}
        return None

    def _read(self, file: str, expected: str) -> pd.DataFrame:
        content = (self.folder / file).read_bytes()
        if digest(content) != expected:
            raise ValueError(file)
        return pd.read_parquet(BytesIO(content))

    def remember(self, stage: str, key: str, tables: Frames) -> None:
        """Keep a stage's tables under `key`, in the place of those kept for it before.

        Raises
        ------
        OutputError
            When the folder cannot be written to; what was kept before still counts.
        """
        files = {name: f"{stage}-{name}-{key[:_IN_NAMES]}.parquet" for name in tables}
        listed = {}
        for name, table in tables.items():
            content = table.to_parquet()
            write_bytes(self.folder / files[name], content)
            listed[name] = (files[name], digest(content))
        kept = json.dumps({"key": key, "tables": listed}, indent=1)
        write_text(self.folder / f"{stage}.json", kept)
        for path in self.folder.glob(f"{stage}-*.parquet"):
            if path.name not in files.values():
                with suppress(OSError):
                    path.unlink()

    def get(self, stage: str, key: str, make: Callable[[], Frames]) -> Frames:
        """Return a stage's tables: those kept under `key`, or those that `make` makes.

        What was just made is read back, so that it is the same now as the next time.
        """
        if (kept := self.recall(stage, key)) is not None:
            return kept
        made = make()
        self.remember(stage, key, made)
        return self.recall(stage, key) or made
