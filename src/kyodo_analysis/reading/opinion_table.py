"""One table of opinions, in a sheet or a document: every row is kept or set aside."""

import pandas as pd

from kyodo_analysis.reading.facts import read_each, read_facts, select_cells
from kyodo_analysis.reading.grid import Grid, as_text
from kyodo_analysis.reading.headers import read_headers
from kyodo_analysis.reading.items import find_items
from kyodo_analysis.reading.normalise import to_label
from kyodo_analysis.reading.opinion_columns import find_columns
from kyodo_analysis.reading.opinion_ids import number_opinions
from kyodo_analysis.reading.result import Reading
from kyodo_analysis.reading.rows import TextColumn, sort_rows
from kyodo_analysis.reading.settings import SpreadsheetSettings
from kyodo_analysis.reading.table_checks import (
    find_formulas,
    find_lists,
    find_unread_columns,
    find_unreadable,
    find_variants,
)
from kyodo_analysis.tables import (
    ATTRIBUTES,
    FINDINGS,
    OPINIONS,
    RECONCILIATION,
    REPLIES,
    SET_ASIDE,
)

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
    StudyError
        When `settings` name a row or column that is not there or may not be used.
    """
    headers = read_headers(grid, settings.header_rows)
    columns = find_columns(headers, settings.columns)
    text_column = TextColumn(grid, settings.header_rows, columns.text)
    rows = sort_rows(text_column, nothing_phrases=settings.nothing_phrases)
    beside = select_cells(grid, rows, columns.facts, fill_down=settings.fill_down)
    attributes = select_cells(grid, rows, columns.attributes, fill_down=False)
    facts = read_facts(beside)
    items = _items(grid, beside.index, columns.text, split=settings.split_items)
    ids, about_ids = number_opinions(grid, rows, items, columns.facts.get("id"))
    opinions = _opinions(facts, items, ids, [grid.place(row, columns.text) for row in items["row"]])
    set_aside = _set_aside(grid, rows[rows["treatment"] != ""])
    findings = [
        *about_ids,
        *find_unreadable(grid, beside, facts, columns.facts),
        *find_variants(grid, beside, attributes, columns),
        *find_lists(grid, beside.index, columns.text, is_split=settings.split_items),
        *find_formulas(grid, rows.index, columns),
        *find_unread_columns(grid, rows.index, headers, columns),
    ]
    return Reading(
        opinions=opinions,
        set_aside=set_aside,
        attributes=_attributes(attributes, items["row"], ids),
        replies=_replies(beside, items["row"], ids),
        findings=FINDINGS.make(findings),
        reconciliation=_reconciliation(grid.name, len(opinions), len(set_aside)),
    )


def _items(grid: Grid, rows: pd.Index, column: int, *, split: bool) -> pd.DataFrame:
    """Return one row per opinion: the row of its cell, its place there, and its number there."""
    cells = grid.texts.loc[rows, column]
    spans = cells.map(find_items) if split else cells.map(lambda cell: [(0, len(cell))])
    items = pd.DataFrame({"row": rows, "cell": cells, "span": spans}).explode("span")
    starts, ends = zip(*items["span"], strict=True) if len(items) else ((), ())
    texts = [cell[start:end] for cell, start, end in zip(items["cell"], starts, ends, strict=True)]
    return pd.DataFrame(
        {
            "row": items["row"],
            "text": pd.Series(texts, index=items.index, dtype="str"),
            "start": pd.Series(starts, index=items.index, dtype="Int64"),
            "end": pd.Series(ends, index=items.index, dtype="Int64"),
            "number": items.groupby("row").cumcount() + 1,
            "n_items": items.groupby("row")["row"].transform("size"),
        }
    ).reset_index(drop=True)


def _opinions(
    facts: pd.DataFrame, items: pd.DataFrame, ids: "pd.Series[str]", sources: list[str]
) -> pd.DataFrame:
    given = facts.loc[items["row"]].reset_index(drop=True)
    opinions = given.astype(_FACT_TYPES).assign(
        opinion_id=ids,
        text=items["text"],
        raw_text=items["text"],
        source=pd.Series(sources, dtype="str"),
        source_start=items["start"],
        source_end=items["end"],
    )
    return OPINIONS.check(opinions[OPINIONS.names])


def _set_aside(grid: Grid, rows: pd.DataFrame) -> pd.DataFrame:
    numbers, columns = rows.index.to_numpy(), rows["column"].to_numpy()
    texts = pd.Series(grid.texts.to_numpy()[numbers - 1, columns], dtype="str")
    places = [grid.place(*place) for place in zip(numbers, columns, strict=True)]
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


def _attributes(cells: pd.DataFrame, rows: "pd.Series[int]", ids: "pd.Series[str]") -> pd.DataFrame:
    values = cells.apply(lambda column: read_each(column, lambda cell: to_label(as_text(cell))))
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
