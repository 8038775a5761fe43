"""Tables as an analyst reads them."""

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from pandas.api import types

from kyodo_analysis.measures.listing import SEPARATOR
from kyodo_analysis.notebook.asking import Sentence, say_once
from kyodo_analysis.output import link_to_voices
from kyodo_analysis.study.contracts import find_columns, for_analyst, label_of
from kyodo_analysis.study.report_run import is_report_under_way

_COUNT, _IDS = "n_opinions", "opinion_ids"
_COUNTED = ("n_alone", "n_both", _COUNT)
"""Which count of a table its list of opinions stands for: the first of these that it has."""
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
    voices : mapping of str to lists of str
        For columns of counts: by row, the opinions that were counted. In a report each count is
        a link to them.
    """

    frame: pd.DataFrame
    texts: tuple[str, ...] = ()
    n_left_out: int = 0
    voices: Mapping[str, Sequence[Sequence[str]]] = field(default_factory=dict)

    def __repr__(self) -> str:
        return self.frame.to_string(index=False) + self._rest()

    def _repr_html_(self) -> str:
        write = {name: _as_html if name in self.texts else _escaped for name in self.frame.columns}
        headers = {name: write_cell(name) for name, write_cell in write.items()}
        cells = {name: self.frame[name].map(write_cell) for name, write_cell in write.items()}
        cells |= {name: self._linked(name) for name in self.voices if is_report_under_way()}
        with pd.option_context("display.max_colwidth", None):
            table: str = (
                pd.DataFrame(cells, columns=self.frame.columns)
                .rename(columns=headers)
                .to_html(
                    index=False, border=0, justify="left", classes=_NOT_MATHEMATICS, escape=False
                )
            )
        return table + self._rest()

    def _linked(self, name: str) -> "pd.Series[str]":
        counts = zip(self.frame[name], self.voices[name], strict=True)
        linked = [link_to_voices(ids, str(n)) if ids else _escaped(n) for n, ids in counts]
        return pd.Series(linked, index=self.frame.index, dtype="str")

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
        return Listing(crossed, _texts(crossed), voices=_voices_of_cells(rows, *wide))
    chosen = list(columns) if columns else list(rows.columns[rows.notna().any()])
    kept = rows.head(most) if most else rows
    named = for_analyst(kept, chosen)
    shares = [each.label for each in find_columns(kept).values() if each.kind == "share"]
    written = _written(named, shares)
    return Listing(written, _texts(named), len(rows) - len(kept), _voices_of_rows(kept, written))


def _crossed(frame: pd.DataFrame, rows: str, columns: str, cells: str) -> pd.DataFrame:
    crossed = frame.pivot(index=rows, columns=columns, values=cells)
    ordered = crossed.reindex(index=frame[rows].unique(), columns=frame[columns].unique())
    return ordered.rename_axis(columns=None).reset_index(names=for_analyst(frame).columns[0])


def _voices_of_rows(rows: pd.DataFrame, shown: pd.DataFrame) -> dict[str, list[list[str]]]:
    """Return the opinions behind the count of each row, where a table lists them."""
    columns = find_columns(rows)
    counted = next((columns[name] for name in _COUNTED if name in columns), None)
    if counted is None or counted.label not in shown.columns or _IDS not in rows.columns:
        return {}
    return {counted.label: [_split(each) for each in rows[_IDS]]}


def _voices_of_cells(
    frame: pd.DataFrame, rows: str, columns: str, cells: str
) -> dict[str, list[list[str]]]:
    """Return the opinions behind each cell of a cross table of counts."""
    if cells != _COUNT or _IDS not in frame.columns:
        return {}
    crossed = _crossed(frame, rows, columns, _IDS)
    return {name: [_split(each) for each in crossed[name]] for name in crossed.columns[1:]}


def _split(ids: Any) -> list[str]:
    return [each for each in str(ids).split(SEPARATOR) if each] if pd.notna(ids) else []


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
