"""How a table says what its rows and columns are, and how that is checked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd
from pandas.api import types

from kyodo_analysis.errors import TableError

Kind = Literal["text", "label", "integer", "number", "share", "boolean", "date"]
Holds = Literal[
    "ours", "opinion", "words", "evidence", "excerpt", "label", "free", "source", "personal"
]

MARK = "table"
"""The key under which a table's ``attrs`` hold the name of its contract."""

_DTYPES: dict[Kind, str] = {
    "text": "str",
    "label": "str",
    "integer": "Int64",
    "number": "float64",
    "share": "float64",
    "boolean": "bool",
    "date": "datetime64[us]",
}


def _has_kind(values: "pd.Series[Any]", kind: Kind) -> bool:
    dtype = values.dtype
    match kind:
        case "text":
            return types.is_string_dtype(dtype)
        case "label":
            return types.is_string_dtype(dtype) or isinstance(dtype, pd.CategoricalDtype)
        case "integer":
            return types.is_integer_dtype(dtype)
        case "number" | "share":
            return types.is_numeric_dtype(dtype) and not types.is_bool_dtype(dtype)
        case "boolean":
            return types.is_bool_dtype(dtype)
        case "date":
            return types.is_datetime64_any_dtype(dtype)


def _rises(keys: pd.DataFrame) -> bool:
    """Tell at a glance whether each row's numbers and labels are above those before: none repeats."""
    above = np.zeros(max(0, len(keys) - 1), dtype=bool)
    for name in reversed(keys.columns):
        values = keys[name]
        numbers = values.cat.codes if isinstance(values.dtype, pd.CategoricalDtype) else values
        if not isinstance(numbers.dtype, np.dtype) or numbers.dtype.kind != "i":
            return False
        before, after = numbers.to_numpy()[:-1], numbers.to_numpy()[1:]
        above = (after > before) | (after == before) & above
    return bool(above.all())


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Parameters
    ----------
    name : str
        The column's name in code.
    kind : {"text", "label", "integer", "number", "share", "boolean", "date"}
        What its values are; a label is text that may be kept as a categorical, a share a number
        from 0 to 1 that is shown in percent.
    label : str
        The header that an analyst sees.
    meaning : str
        What it holds, with its unit, in Japanese.
    optional : bool, default False
        Whether values may be missing.
    holds : str, optional
        Whose words it holds; every column of text or labels says so, and what is published is
        masked by it. ``ours``: nobody's but the package's or the analyst's own (numbers of
        opinions, fixed words, names of codes). ``opinion``: an opinion's whole text. ``words``:
        words of an opinion, at ``start`` and ``end`` where the table has them. ``evidence``:
        words with their places written behind them. ``excerpt``: a piece of an opinion, which may
        begin or end within a word. ``label``: a name of a group, of a place
        or of an organisation, which must stay apart from others. ``free``: anything else that
        comes from a file. ``source``: a place in a file. ``personal``: personal data itself,
        never published.
    """

    name: str
    kind: Kind
    label: str
    meaning: str
    optional: bool = False
    holds: Holds | None = None


@dataclass(frozen=True)
class Table:
    """The contract of one table.

    Parameters
    ----------
    name : str
        Its name in code and the stem of its file.
    label : str
        Its name for an analyst.
    grain : str
        What one row is, in Japanese.
    columns : tuple of Column
        All of its columns, in order.
    key : tuple of str
        The columns that together name a row; empty where rows may repeat.
    """

    name: str
    label: str
    grain: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()

    @property
    def names(self) -> list[str]:
        """The column names, in order."""
        return [column.name for column in self.columns]

    def make(self, rows: Iterable[Mapping[str, Any]] = ()) -> pd.DataFrame:
        """Make a checked table from dicts; no rows give an empty table of the right types.

        Keys that the contract does not know raise; absent ones become missing values.
        """
        listed = list(rows)
        if unknown := sorted({key for row in listed for key in row} - set(self.names)):
            raise TableError(f"表「{self.label}」", f"知らない列 {unknown} があります")
        data = {
            column.name: pd.Series([row.get(column.name) for row in listed], dtype="object")
            .convert_dtypes()
            .astype(_DTYPES[column.kind])  # type: ignore[call-overload]
            for column in self.columns
        }
        return self.check(pd.DataFrame(data))

    def check(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return `frame` itself, marked as this table, if it keeps the contract.

        The mark (``frame.attrs``) goes along when rows and columns are chosen, sorted or added; by
        it a column keeps the header of this contract.

        Raises
        ------
        TableError
            Names the first column or row at fault.
        """
        where = f"表「{self.label}」"
        if list(frame.columns) != self.names:
            raise TableError(
                where, f"列が {list(frame.columns)} です", f"決まりは {self.names} です"
            )
        for column in self.columns:
            values = frame[column.name]
            if not _has_kind(values, column.kind):
                raise TableError(
                    f"{where}の列「{column.name}」",
                    f"型が {values.dtype} です",
                    f"決まりは {column.kind} です",
                )
            if not column.optional and values.isna().any():
                first = int(values.isna().to_numpy().argmax())
                raise TableError(f"{where}の列「{column.name}」", f"{first + 1}行目が空です")
        keys = frame[list(self.key)]
        if self.key and not _rises(keys) and (repeated := keys.duplicated()).any():
            row = keys[repeated].iloc[0].to_dict()
            raise TableError(where, f"同じ行が二度あります: {row}")
        frame.attrs[MARK] = self.name
        return frame

    def for_analyst(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return `frame` with the headers that an analyst reads."""
        return frame.rename(columns={column.name: column.label for column in self.columns})
