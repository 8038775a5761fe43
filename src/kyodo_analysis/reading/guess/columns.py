"""Which column of a grid holds what, by its header and its cells."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from kyodo_analysis.reading.formats.grid import Grid
from kyodo_analysis.reading.guess.headers import guess_header_rows
from kyodo_analysis.reading.normalise import to_date, to_session
from kyodo_analysis.reading.opinion_table.choices import find_choices
from kyodo_analysis.reading.opinion_table.header_words import EXACT, INSIDE, fit
from kyodo_analysis.reading.opinion_table.headers import Headers, read_headers
from kyodo_analysis.reading.opinion_table.personal_columns import is_personal
from kyodo_analysis.reading.opinion_table.rows import NOTE_MARK
from kyodo_analysis.reading.opinion_table.unlike import holds_sentences as are_sentences

_LONGEST_LABEL = 40
_LONGEST_NUMBER = 20
_MANY_VALUES = 20
_FEW_SENTENCES = 0.2
_MANY_CHOICES, _LONGEST_CHOICE = 0.2, 20


@dataclass(frozen=True, eq=False)
class TableProfile:
    """A grid with its guessed headers.

    Parameters
    ----------
    grid : Grid
        The cells.
    header_rows : tuple of int
        The rows of the headers.
    headers : Headers
        What they say.
    """

    grid: Grid
    header_rows: tuple[int, ...]
    headers: Headers

    @cached_property
    def below(self) -> pd.DataFrame:
        """The text of the rows below the headers, without notes that stand alone in theirs."""
        last = max(self.header_rows, default=0)
        texts: pd.DataFrame = self.grid.texts.loc[last + 1 :].apply(lambda cells: cells.str.strip())
        is_alone = (texts != "").sum(axis="columns") == 1
        is_note = texts.apply(lambda cells: cells.str.match(NOTE_MARK)).any(axis="columns")
        in_table: pd.DataFrame = texts[~(is_alone & is_note)]
        return in_table

    def texts(self, column: int) -> "pd.Series[str]":
        """Return the cells of a column below the headers that hold something, as text."""
        return self.below.loc[self.below[column] != "", column]

    def values(self, column: int) -> "pd.Series[Any]":
        """Return the same cells as they were read."""
        return self.grid.cells.loc[self.texts(column).index, column]

    def choices(self, column: int) -> "pd.Series[Any]":
        """Return the cells of a column split into choices, each a list."""
        return find_choices(self.values(column)).dropna()

    def find(self, meaning: str, taken: set[int], *, by_header: bool = False) -> int | None:
        """Return the column that means `meaning` by its header, and by its cells unless `by_header`."""
        for wanted in (EXACT, INSIDE):
            for column, header in enumerate(self.headers.own):
                fits = column not in taken and fit(header, meaning) == wanted
                if not fits or self.texts(column).empty:
                    continue
                if by_header or _CHECKS[meaning](self, column):
                    return column
        return None


def profile(grid: Grid) -> TableProfile:
    """Guess the headers of `grid`."""
    rows = guess_header_rows(grid)
    return TableProfile(grid, rows, read_headers(grid, rows))


def weigh_text_columns(table: TableProfile) -> dict[int, int]:
    """Return the columns with words and how many they hold, more for a header like 意見."""
    return {
        column: (1 + 2 * fit(header, "text")) * int(table.texts(column).str.len().sum())
        for column, header in enumerate(table.headers.own)
        if not is_personal(header) and not fit(header, "reply") and _has_words(table, column)
    }


def holds_sentences(table: TableProfile, column: int) -> bool:
    """Tell whether a column holds what people wrote."""
    return are_sentences(table.texts(column))


def find_multiple_choice(table: TableProfile, taken: set[int]) -> list[int]:
    """Return the columns of which many cells hold several of the same few short choices."""
    return [
        column
        for column, header in enumerate(table.headers.own)
        if column not in taken and not is_personal(header) and _holds_choices(table, column)
    ]


def _holds_choices(table: TableProfile, column: int) -> bool:
    texts = table.texts(column)
    if texts.empty or texts.str.contains(r"。|\d[/:]\d").any():
        return False
    chosen = table.choices(column)
    counts = chosen.explode().value_counts()
    has_many = chosen.str.len().gt(1).mean() > _MANY_CHOICES
    are_few = len(counts) <= min(_MANY_VALUES, len(texts) / 2) and counts.mean() >= 2
    return bool(has_many and are_few and counts.index.str.len().max() <= _LONGEST_CHOICE)


def find_attributes(table: TableProfile, taken: set[int]) -> list[int]:
    """Return the columns whose header names an attribute and whose values repeat."""
    return [
        column
        for column, header in enumerate(table.headers.own)
        if column not in taken
        and fit(header, "attributes")
        and not table.texts(column).empty
        and _is_label(table, column)
    ]


def _has_words(table: TableProfile, column: int) -> bool:
    return bool(table.texts(column).str.contains(r"[^\W\d_]").mean() > 0.5)


def _is_label(table: TableProfile, column: int) -> bool:
    texts = table.texts(column)
    if texts.str.contains("。", regex=False).mean() > _FEW_SENTENCES:
        return False
    repeats = texts.nunique() <= max(_MANY_VALUES, len(texts) / 2)
    return bool(repeats and texts.str.len().mean() <= _LONGEST_LABEL)


def _is_short(table: TableProfile, column: int) -> bool:
    return bool(table.texts(column).str.len().max() <= _LONGEST_NUMBER)


def _is_numbered(table: TableProfile, column: int) -> bool:
    return _is_short(table, column) and bool(table.texts(column).str.contains(r"\d").all())


def _mostly(reader: Callable[[Any], object]) -> Callable[[TableProfile, int], bool]:
    return lambda table, column: bool(table.values(column).map(reader).notna().mean() > 0.5)


def _is_unique_number(table: TableProfile, column: int) -> bool:
    has_digits = table.texts(column).str.contains(r"\d").mean() > 0.5
    return _is_short(table, column) and bool(has_digits) and table.texts(column).is_unique


def _always(table: TableProfile, column: int) -> bool:
    return True


_CHECKS: dict[str, Callable[[TableProfile, int], bool]] = {
    "reply": _always,
    "category_code": _is_short,
    "category": _is_label,
    "session": _mostly(lambda cell: to_session(str(cell))),
    "date": _mostly(to_date),
    "id": _is_unique_number,
    "respondent": _is_numbered,
    "start": _always,
    "end": _always,
    "venue": _always,
    "n_organizations": _is_numbered,
    "n_people": _is_numbered,
    "organization": _has_words,
    "organization_type": _is_label,
}
