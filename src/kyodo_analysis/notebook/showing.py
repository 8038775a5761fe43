"""Tables as an analyst reads them."""

import html
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from pandas.api import types

from kyodo_analysis.notebook.asking import Sentence, say_once
from kyodo_analysis.study.contracts import find_columns, for_analyst, label_of

NOTHING = "{}に、当てはまるものはありません。"

# Notebooks would typeset what stands between two dollar signs.
_NOT_MATHEMATICS = ["tex2jax_ignore", "mathjax_ignore"]


@dataclass(frozen=True, eq=False)
class Listing:
    """A table as an analyst reads it: Japanese headers, whole sentences, no row numbers.

    Parameters
    ----------
    frame : DataFrame
        Everything in it as it is read.
    texts : tuple of str
        The columns that hold words: they and their headers stand at the left, their line breaks
        are line breaks.
    n_left_out : int
        The number of rows that are not shown.
    """

    frame: pd.DataFrame
    texts: tuple[str, ...] = ()
    n_left_out: int = 0

    def __repr__(self) -> str:
        return self.frame.to_string(index=False) + self._rest()

    def _repr_html_(self) -> str:
        write = {name: _as_html if name in self.texts else _escaped for name in self.frame.columns}
        headers = {name: write_cell(name) for name, write_cell in write.items()}
        with pd.option_context("display.max_colwidth", None):
            table: str = self.frame.rename(columns=headers).to_html(
                index=False,
                border=0,
                justify="left",
                classes=_NOT_MATHEMATICS,
                escape=False,
                formatters={headers[name]: write_cell for name, write_cell in write.items()},
            )
        return table + self._rest()

    def _rest(self) -> str:
        return f"\nほかに{self.n_left_out}行あります。" if self.n_left_out else ""


def show(
    frame: pd.DataFrame | Sentence,
    columns: Sequence[str] | None = None,
    *,
    where: str | None = None,
    most: int | None = None,
    wide: tuple[str, str, str] | None = None,
) -> Listing | Sentence | None:
    """Show a table with the headers of its contract.

    Parameters
    ----------
    frame : DataFrame
        A table of this package. Where :func:`ask` was refused, the reason is shown, once a
        notebook.
    columns : sequence of str, optional
        The columns to show; by default those that hold anything.
    where : str, optional
        Which rows, as :meth:`pandas.DataFrame.query` takes it.
    most : int, optional
        How many of them; what is left out is said below the table.
    wide : tuple of three str, optional
        The columns that become rows, columns and cells of a cross table.
    """
    if isinstance(frame, Sentence):
        return say_once(frame)
    rows = frame.query(where) if where else frame
    if rows.empty:
        return Sentence(NOTHING.format(label_of(frame)))
    if wide:
        crossed = _crossed(rows, *wide)
        return Listing(crossed, _texts(crossed))
    chosen = list(columns) if columns else list(rows.columns[rows.notna().any()])
    kept = rows.head(most) if most else rows
    named = for_analyst(kept, chosen)
    shares = [each.label for each in find_columns(kept).values() if each.kind == "share"]
    return Listing(_written(named, shares), _texts(named), len(rows) - len(kept))


def _crossed(frame: pd.DataFrame, rows: str, columns: str, cells: str) -> pd.DataFrame:
    crossed = frame.pivot(index=rows, columns=columns, values=cells)
    ordered = crossed.reindex(index=frame[rows].unique(), columns=frame[columns].unique())
    return ordered.rename_axis(columns=None).reset_index(names=for_analyst(frame).columns[0])


def _texts(frame: pd.DataFrame) -> tuple[str, ...]:
    return tuple(
        frame.columns[[not types.is_any_real_numeric_dtype(each) for each in frame.dtypes]]
    )


def _escaped(value: object) -> str:
    return html.escape(str(value))


def _as_html(text: object) -> str:
    lines = html.escape(str(text)).splitlines()
    return f'<div style="text-align: left">{"<br>".join(lines)}</div>'


def _written(frame: pd.DataFrame, shares: Sequence[str]) -> pd.DataFrame:
    return frame.apply(
        lambda values: _as_written(values, "{:.1%}" if values.name in shares else "{:.3f}")
    )


def _as_written(values: "pd.Series[Any]", number: str) -> "pd.Series[str]":
    """Write dates, shares and yes or no as a report does, and nothing for a missing value."""
    if types.is_datetime64_any_dtype(values.dtype):
        text = values.dt.strftime("%Y-%m-%d")
    elif types.is_bool_dtype(values.dtype):
        text = values.map({True: "はい", False: "いいえ"})
    elif types.is_float_dtype(values.dtype):
        text = values.map(number.format)
    else:
        text = values.astype("str")
    shown: pd.Series[str] = text.where(values.notna(), "").astype("str")
    return shown
