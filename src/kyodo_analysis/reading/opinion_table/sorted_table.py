"""A grid whose columns are found and whose rows are sorted into opinions and others."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from kyodo_analysis.reading.decisions.settings import SpreadsheetSettings
from kyodo_analysis.reading.formats.grid import Grid
from kyodo_analysis.reading.opinion_table.columns import FoundColumns, find_columns
from kyodo_analysis.reading.opinion_table.headers import Headers, read_headers
from kyodo_analysis.reading.opinion_table.rows import TextColumn, sort_rows


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


def sort_table(grid: Grid, settings: SpreadsheetSettings) -> SortedTable:
    """Find the columns of `grid`, and sort its rows.

    Raises
    ------
    StudyError
        When `settings` name a row or column that is not there or may not be used.
    """
    headers = read_headers(grid, settings.header_rows)
    columns = find_columns(headers, settings.columns)
    text = TextColumn(
        grid, settings.header_rows, columns.text, _entry_columns(columns, settings.fill_down)
    )
    rows = sort_rows(text, nothing_phrases=settings.nothing_phrases)
    return SortedTable(grid, headers, columns, rows)


def _entry_columns(columns: FoundColumns, fill_down: bool) -> tuple[int, ...]:
    names = ["id"] if "id" in columns.facts or fill_down else ["category"]
    return tuple(columns.facts[name] for name in names if name in columns.facts)
