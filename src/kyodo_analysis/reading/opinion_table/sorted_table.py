"""A grid whose columns are found and whose rows are sorted into opinions and others."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from kyodo_analysis.errors import ReadingError
from kyodo_analysis.reading.decisions.settings import SpreadsheetSettings
from kyodo_analysis.reading.formats.grid import Grid
from kyodo_analysis.reading.opinion_table.columns import FoundColumns, find_columns
from kyodo_analysis.reading.opinion_table.header_words import EXACT, fit, is_header_word
from kyodo_analysis.reading.opinion_table.headers import Headers, read_headers
from kyodo_analysis.reading.opinion_table.rows import TextColumn, sort_rows

_LONGEST_HEADER = 20


@dataclass(frozen=True, eq=False)
class SortedTable:
    """A table of opinions, ready to be read.

    Parameters
    ----------
    grid : Grid
        All cells.
    headers : Headers
        What stands above them.
    columns : FoundColumns
        Which column holds what.
    rows : DataFrame
        What :func:`~kyodo_analysis.reading.opinion_table.rows.sort_rows` says of each row.
    """

    grid: Grid
    headers: Headers
    columns: FoundColumns
    rows: pd.DataFrame

    @cached_property
    def opinion_cells(self) -> "pd.Series[str]":
        """The cells that hold an opinion, by their rows."""
        kept = self.rows.index[self.rows["treatment"] == ""]
        cells: pd.Series[str] = self.grid.texts[self.columns.text].loc[kept]
        return cells


def sort_table(grid: Grid, settings: SpreadsheetSettings, *, question: int = 0) -> SortedTable:
    """Find the columns of `grid`, and sort its rows by what they say to one question.

    Raises
    ------
    ReadingError
        When the headers stand again below, in another order.
    StudyError
        When `settings` name a row or column that is not there or may not be used.
    """
    headers = read_headers(grid, settings.header_rows)
    _refuse_reordered(grid, headers, settings.header_rows)
    columns = find_columns(headers, settings.columns, question=question)
    text = TextColumn(
        grid, settings.header_rows, columns.text, _entry_columns(columns, settings.fill_down)
    )
    rows = sort_rows(
        text, nothing_phrases=settings.nothing_phrases, count_phrases=settings.count_phrases
    )
    return SortedTable(grid, headers, columns, rows)


def _refuse_reordered(grid: Grid, headers: Headers, header_rows: tuple[int, ...]) -> None:
    """Refuse a table below which another one begins, with the same headers in another order."""
    names = {name for name in headers.own if name}
    if len(names) < 2:
        return
    below = grid.stripped.loc[max(header_rows) + 1 :]
    for row, other in _other_headers(below, headers):
        raise ReadingError(
            f"{grid.source}:{row}行目" if grid.sheet is None else f"{grid.source}!{row}行目",
            f"別の表の見出しのような行です({'、'.join(other)})",
            "1つの表では、見出しと列の並びが上から下まで同じでなければなりません",
            f"{row}行目から下を別のファイルかシートに分けてください。答えなら、上の空いた行を消してください",
        )
    is_named = below.isin(names)
    may_be = is_named.index[is_named.sum(axis="columns") >= max(2, len(names) / 2)]
    for row in may_be:
        cells = below.loc[row].to_list()
        moved = [n for n, own in zip(cells, headers.own, strict=True) if n in names and n != own]
        if len(moved) > 1:
            raise ReadingError(
                f"{grid.source}:{row}行目" if grid.sheet is None else f"{grid.source}!{row}行目",
                f"見出しの言葉が、1つ目の見出しと別の列にあります({'、'.join(filter(None, cells))})",
                "1つの表では、列の並びが上から下まで同じでなければなりません",
                f"{row}行目から下を別のファイルかシートに分けるか、列の並びを上の見出しに合わせてください",
            )


def _other_headers(below: pd.DataFrame, headers: Headers) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows below a blank one that hold nothing but header words, other than the own."""
    lengths = below.apply(lambda cells: cells.str.len())
    is_blank = lengths.max(axis="columns").eq(0)
    is_short = lengths.max(axis="columns").le(_LONGEST_HEADER) & (lengths > 0).sum(
        axis="columns"
    ).gt(1)
    for row in below.index[is_short & is_blank.shift(fill_value=False)].tolist():
        cells = below.loc[row].tolist()
        filled = [cell for cell in cells if cell]
        is_other = any(c and c != own for c, own in zip(cells, headers.own, strict=True))
        names_text = any(fit(cell, "text") == EXACT for cell in filled)
        if is_other and names_text and all(map(is_header_word, filled)):
            yield row, filled


def _entry_columns(columns: FoundColumns, fill_down: bool) -> tuple[int, ...]:
    names = ["id"] if "id" in columns.facts or fill_down else ["category"]
    return tuple(columns.facts[name] for name in names if name in columns.facts)
