"""What a table says of each opinion besides its words: category, session, date and the like."""

import re
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from kyodo_analysis.reading.formats.grid import as_text
from kyodo_analysis.reading.normalise import to_date, to_label, to_session
from kyodo_analysis.reading.not_opinions import NOTE
from kyodo_analysis.reading.opinion_table.rows import (
    BEFORE_TABLE,
    BELOW_TABLE,
    DIVIDER,
    HEADER,
    TOTAL,
)
from kyodo_analysis.reading.opinion_table.sorted_table import SortedTable

_NO_FACTS = (BEFORE_TABLE, HEADER, TOTAL, BELOW_TABLE, NOTE)
_FILLED_DOWN = ("category_code", "category", "session", "date")
_CODED = re.compile(
    r"\(?(?P<code>[A-Za-z](?=[.、:)\s])|\d{1,2}(?=[.、:)])|[①-⑳])[.、:)]?+(?!\d)\s*(?P<name>\S.*)"
)
_READERS: dict[str, Callable[[Any], Any]] = {
    "category_code": lambda cell: to_label(as_text(cell)),
    "category": lambda cell: to_label(as_text(cell)),
    "session": lambda cell: to_session(as_text(cell)),
    "date": to_date,
    "respondent": lambda cell: as_text(cell).strip(),
}


def select_cells(
    table: SortedTable, columns: Mapping[str, int], *, fill_down: bool
) -> pd.DataFrame:
    """Select the cells beside each opinion, merged ones filled; missing where blank.

    Parameters
    ----------
    table : SortedTable
        The table.
    columns : mapping
        The number of each column by its name.
    fill_down : bool
        Whether a blank category, session or date means the one above.

    Returns
    -------
    DataFrame
        Index: the rows with an opinion; one column per name, values as they were read.
    """
    rows = table.rows
    places = rows.index, list(columns.values())
    filled, written = table.grid.filled.loc[places], table.grid.texts.loc[places]
    texts = table.grid.filled_texts.loc[places]
    is_blank = texts.apply(lambda cells: cells.str.strip()) == ""
    is_spread_heading = (written == "").mul(rows["treatment"] == DIVIDER, axis="index")
    cells = filled.mask(is_blank | is_spread_heading).set_axis([*columns], axis="columns")
    cells = cells.mask(rows["treatment"].isin(_NO_FACTS), axis="index")
    if fill_down and (names := [name for name in _FILLED_DOWN if name in columns]):
        cells = cells.assign(**cells[names].ffill())
    return cells[rows["treatment"] == ""]


def read_facts(cells: pd.DataFrame) -> pd.DataFrame:
    """Read the cells of :func:`select_cells`.

    Returns
    -------
    DataFrame
        Index as in `cells`; columns ``category_code``, ``category``, ``session``, ``date`` and
        ``respondent``, missing where nothing is said or it cannot be read. Where every category
        reads like ``A. 交通``, its letter becomes the code.
    """
    facts = pd.DataFrame(
        {
            name: read_each(cells[name], reader) if name in cells else None
            for name, reader in _READERS.items()
        },
        index=cells.index,
        dtype=object,
    )
    return facts if "category_code" in cells else _with_codes(facts)


def read_each(cells: "pd.Series[Any]", reader: Callable[[Any], Any]) -> "pd.Series[Any]":
    """Read each different value once; missing ones stay missing."""
    return cells.map({cell: reader(cell) for cell in cells.dropna().unique()}).astype(object)


def _with_codes(facts: pd.DataFrame) -> pd.DataFrame:
    categories = facts["category"].dropna().unique()
    coded = {category: _CODED.fullmatch(category) for category in categories}
    codes = {category: match["code"] for category, match in coded.items() if match}
    names = {category: match["name"] for category, match in coded.items() if match}
    is_one_to_one = len(codes) == len(categories) == len(set(codes.values()))
    if not is_one_to_one or len(set(names.values())) < len(names):
        return facts
    return facts.assign(
        category_code=facts["category"].map(codes), category=facts["category"].map(names)
    )
