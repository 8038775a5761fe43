"""Tables as files: CSV that Excel opens as text, and a workbook."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
from pandas.api import types

from kyodo_analysis.output.files import write_bytes

_GUARD = "'"
_RUNS_IN_EXCEL = tuple("=+-@\t\r")


def write_csv(table: pd.DataFrame, path: Path) -> Path:
    """Write a table as UTF-8 with BOM; no text in it can run as a formula in Excel.

    Text that begins with ``= + - @``, a tab or a carriage return, and text that begins with an
    apostrophe, gets one apostrophe more; :func:`read_csv` takes it away.
    """
    guarded = _map_text(table, _guarded)
    text = guarded.to_csv(index=False, lineterminator="\r\n")
    return write_bytes(path, text.encode("utf-8-sig"))


def read_csv(path: Path) -> pd.DataFrame:
    """Read a table that :func:`write_csv` wrote, with its texts as they were."""
    return _map_text(pd.read_csv(path, encoding="utf-8-sig"), _unguarded)


def _guarded(text: str) -> str:
    return _GUARD + text if text.startswith((*_RUNS_IN_EXCEL, _GUARD)) else text


def _unguarded(text: str) -> str:
    return text.removeprefix(_GUARD)


def _map_text(table: pd.DataFrame, change: Callable[[str], str]) -> pd.DataFrame:
    def changed(value: object) -> object:
        return change(value) if isinstance(value, str) else value

    texts = [name for name in table.columns if not types.is_numeric_dtype(table[name])]
    mapped = {name: table[name].astype("object").map(changed) for name in texts}
    return table.assign(**mapped).rename(columns=changed)
