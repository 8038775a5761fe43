"""One table of opinions, in a sheet or a document: every row is kept or set aside."""

from dataclasses import replace

import numpy as np
import pandas as pd

from kyodo_analysis.reading.decisions.settings import SpreadsheetSettings
from kyodo_analysis.reading.formats.grid import Grid, as_text
from kyodo_analysis.reading.normalise import to_label
from kyodo_analysis.reading.opinion_table.checks import check_table
from kyodo_analysis.reading.opinion_table.choices import split_choices
from kyodo_analysis.reading.opinion_table.facts import read_each, read_facts, select_cells
from kyodo_analysis.reading.opinion_table.ids import number_opinions
from kyodo_analysis.reading.opinion_table.items import find_items, select_of_lines
from kyodo_analysis.reading.opinion_table.joined import join_readings
from kyodo_analysis.reading.opinion_table.sorted_table import SortedTable, sort_table
from kyodo_analysis.reading.result import Reading
from kyodo_analysis.tables import (
    ATTRIBUTES,
    FINDINGS,
    OPINIONS,
    RECONCILIATION,
    REPLIES,
    SET_ASIDE,
)

QUESTION = "設問"
_FACT_TYPES = {
    "category_code": "str",
    "category": "str",
    "session": "Int64",
    "date": "datetime64[us]",
    "respondent": "str",
}


def read_opinion_table(grid: Grid, settings: SpreadsheetSettings) -> Reading:
    """Read the opinions of one grid; sessions and attendance stay empty.

    Raises
    ------
    ReadingError
        When another table begins below.
    StudyError
        When `settings` name a row or column that is not there or may not be used.
    """
    n_questions = len(settings.columns.texts)
    readings = [_read_question(grid, settings, number) for number in range(n_questions)]
    return readings[0] if n_questions == 1 else _join_questions(readings)


def _read_question(grid: Grid, settings: SpreadsheetSettings, question: int) -> Reading:
    """Read one column of opinions; of several, its header is the attribute 設問."""
    table = sort_table(grid, settings, question=question)
    beside = select_cells(table, table.columns.facts, fill_down=settings.fill_down)
    attributes = select_cells(table, table.columns.attributes, fill_down=False)
    facts = read_facts(beside)
    items = _items(table.opinion_cells, split=settings.split_items)
    ids, persons, about_ids = number_opinions(table, items)
    about_table = check_table(table, beside, facts, attributes, is_split=settings.split_items)
    part = grid.name
    if len(table.columns.questions) > 1:
        header = table.headers.label(table.columns.text)
        part, ids = f"{grid.name}の{header}", ids + f"-{question + 1}"
        facts = facts.assign(respondent=facts["respondent"].fillna(persons.loc[facts.index]))
        attributes = attributes.assign(**{QUESTION: header})
    opinions = _opinions(table, facts, items, ids)
    set_aside = _set_aside(grid, table.rows[table.rows["treatment"] != ""])
    return Reading(
        opinions=opinions,
        set_aside=set_aside,
        attributes=_attributes(attributes, table.columns.multiple_choice, items["row"], ids),
        replies=_replies(beside, items["row"], ids),
        findings=FINDINGS.make([*about_ids, *about_table]),
        reconciliation=_reconciliation(part, len(opinions), len(set_aside)),
    )


def _join_questions(readings: list[Reading]) -> Reading:
    """Join the answers to several questions; what stands beside the table is said once."""
    joined = join_readings(readings, [""] * len(readings))
    is_again = joined.set_aside.duplicated(["treatment", "raw_text", "source"])
    parts = joined.reconciliation.copy()
    n_rows = np.repeat(parts.index, parts["n_set_aside"])
    n_again = is_again.groupby(n_rows).sum().reindex(parts.index, fill_value=0)
    for name in ("n_read", "n_set_aside"):
        parts[name] = (parts[name] - n_again).astype("Int64")
    return replace(
        joined,
        set_aside=joined.set_aside[~is_again].reset_index(drop=True),
        findings=joined.findings.drop_duplicates(ignore_index=True),
        reconciliation=RECONCILIATION.check(parts),
    )


def _items(cells: "pd.Series[str]", *, split: bool) -> pd.DataFrame:
    """Return one row per opinion: the row of its cell, its place there, and its number there."""
    lists = select_of_lines(cells) if split else cells.iloc[:0]
    others = cells.drop(lists.index)
    whole = pd.DataFrame({"row": others.index, "start": 0, "text": others.array})
    listed = [
        (row, start, cell[start:end])
        for row, cell in lists.items()
        for start, end in find_items(cell)
    ]
    parts = pd.DataFrame(listed, columns=whole.columns).astype(whole.dtypes)
    items = pd.concat([whole, parts]).sort_values("row", kind="stable", ignore_index=True)
    same_cell = items.groupby("row")["row"]
    return items.assign(
        start=items["start"].astype("Int64"),
        end=(items["start"] + items["text"].str.len()).astype("Int64"),
        number=same_cell.cumcount() + 1,
        n_items=same_cell.transform("size"),
    )


def _opinions(
    table: SortedTable, facts: pd.DataFrame, items: pd.DataFrame, ids: "pd.Series[str]"
) -> pd.DataFrame:
    given = facts.loc[items["row"]].reset_index(drop=True)
    opinions = given.astype(_FACT_TYPES).assign(
        opinion_id=ids,
        text=items["text"],
        raw_text=items["text"],
        source=table.grid.places(items["row"], table.columns.text),
        source_start=items["start"],
        source_end=items["end"],
    )
    return OPINIONS.check(opinions[OPINIONS.names])


def _set_aside(grid: Grid, rows: pd.DataFrame) -> pd.DataFrame:
    texts = grid.texts_at(rows.index, rows["column"])
    places = [grid.place(*place) for place in zip(rows.index, rows["column"], strict=True)]
    return SET_ASIDE.check(
        pd.DataFrame(
            {
                "treatment": rows["treatment"].to_numpy(),
                "raw_text": texts,
                "reason": rows["reason"].to_numpy(),
                "source": pd.Series(places, dtype="str"),
                "source_start": pd.Series(0, index=texts.index, dtype="Int64"),
                "source_end": texts.str.len().astype("Int64"),
            }
        ).astype({"treatment": "str", "reason": "str"})
    )


def _attributes(
    cells: pd.DataFrame, lists: tuple[str, ...], rows: "pd.Series[int]", ids: "pd.Series[str]"
) -> pd.DataFrame:
    values = cells.apply(lambda column: read_each(column, lambda cell: to_label(as_text(cell))))
    for name in lists:
        values = values.drop(columns=name).join(split_choices(cells[name]))
    table = values.loc[rows].assign(opinion_id=ids.to_numpy())
    long = table.melt("opinion_id", var_name="attribute").dropna()
    return ATTRIBUTES.check(long.astype("str").reset_index(drop=True))


def _replies(cells: pd.DataFrame, rows: "pd.Series[int]", ids: "pd.Series[str]") -> pd.DataFrame:
    if "reply" not in cells:
        return REPLIES.make()
    replies = read_each(cells["reply"], lambda cell: as_text(cell).strip()).loc[rows].to_numpy()
    table = pd.DataFrame({"opinion_id": ids, "reply": replies}).dropna()
    return REPLIES.check(table.astype("str").reset_index(drop=True))


def _reconciliation(part: str, n_kept: int, n_set_aside: int) -> pd.DataFrame:
    counts = {"n_read": n_kept + n_set_aside, "n_kept": n_kept, "n_set_aside": n_set_aside}
    return RECONCILIATION.make([{"part": part, **counts}])
