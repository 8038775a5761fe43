"""Tables as CSV that a spreadsheet opens as text, and that reads back as it was."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd
from pandas.api import types

from kyodo_analysis.files import guard, unguard, write_all, write_bytes

_ENCODING = "utf-8-sig"


def write_csv(table: pd.DataFrame, path: Path) -> Path:
    """Write a table as UTF-8 with BOM; no text in it can run as a formula in Excel.

    Text that begins with ``= + - @`` (of either width), a tab or a line break, or with an
    apostrophe, gets one apostrophe more, which :func:`read_csv` takes away.

    Raises
    ------
    OutputError
        The file cannot be written.
    """
    return write_bytes(path, _as_csv(table))


def write_csvs(tables: Mapping[Path, pd.DataFrame]) -> None:
    """Write tables as :func:`write_csv` does: all of them or, where that fails, none."""
    write_all((path, _as_csv(table)) for path, table in tables.items())


def _as_csv(table: pd.DataFrame) -> bytes:
    return _map_text(table, guard).to_csv(index=False, lineterminator="\r\n").encode(_ENCODING)


def read_csv(path: Path) -> pd.DataFrame:
    """Read a table that :func:`write_csv` wrote: every column as text, as it was; empty as missing.

    Words such as NA or null are words.
    """
    raw = pd.read_csv(path, encoding=_ENCODING, dtype="str", keep_default_na=False, na_values=[""])
    return _map_text(raw, unguard).astype("str")


def _map_text(table: pd.DataFrame, change: Callable[[str], str]) -> pd.DataFrame:
    def changed(value: object) -> object:
        return change(value) if isinstance(value, str) else value

    texts = [name for name in table.columns if not types.is_numeric_dtype(table[name])]
    mapped = {name: table[name].astype("object").map(changed) for name in texts}
    return table.assign(**mapped).rename(columns=changed)
