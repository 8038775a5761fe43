"""Where somebody's personal data may stand, in every table that holds words of a file."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pandas as pd

from kyodo_analysis.contract import Column, Table
from kyodo_analysis.privacy.decisions import rows_of
from kyodo_analysis.privacy.folding import pages_of
from kyodo_analysis.privacy.forms import PATTERNS
from kyodo_analysis.privacy.names import find_names
from kyodo_analysis.privacy.patterns import Found, find_patterns
from kyodo_analysis.privacy.tables import PERSONAL_DATA

_AROUND = 8
# A place in a file: its sheet or file, then the row, the cell, the line.
_ROW_OR_CELL = (
    r"(?s)^(.*?)(?:[!:](?:段落)?[A-Z]{0,3}[0-9]{1,7}(?:行[A-Z]{1,3}列|行目?|の[0-9]+行目)?)?$"
)


def find_personal_data(
    tables: Mapping[str, pd.DataFrame], contracts: Mapping[str, Table]
) -> pd.DataFrame:
    """Find what may be personal data, for the analyst to decide on before publishing.

    Sought in the opinions' texts (the raw text only where a correction changed it), in labels,
    in free text and in the names of files and sheets, as the contracts declare them. Excerpts of
    opinions and words at a place in them are not searched: they follow what is decided there.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        By the names of their contracts.
    contracts : mapping of str to Table

    Returns
    -------
    PERSONAL_DATA
        In the order of the tables. In opinions each place is a row; in other columns the first
        of the rows that hold the same text.
    """
    found = [
        _find_in_column(tables[name], contracts[name], column)
        for name in tables
        for column in contracts[name].columns
        if column.holds in ("opinion", "free", "excerpt", "label", "source")
    ]
    if not found:
        return PERSONAL_DATA.make()
    return PERSONAL_DATA.check(pd.concat(found, ignore_index=True))


def _find_in_column(frame: pd.DataFrame, table: Table, column: Column) -> pd.DataFrame:
    texts = searched(frame, column)
    codes, distinct = pd.factorize(texts)
    spans = find_in_texts(pd.Series(distinct, dtype="str"))
    rows = pd.DataFrame({"text": codes, "row": range(len(codes))}).query("text >= 0")
    if column.holds != "opinion":
        rows = rows.drop_duplicates("text")
    placed = spans.merge(rows, on="text").sort_values(["row", "start"], ignore_index=True)
    return _as_personal_data(placed, frame, table, column, texts)


def searched(frame: pd.DataFrame, column: Column) -> "pd.Series[str]":
    """Return the texts of a column as far as they are searched; what is not is missing."""
    texts = frame[column.name].astype("str").where(frame[column.name].notna())
    if column.holds == "source":
        return texts.str.extract(_ROW_OR_CELL)[0].fillna(texts)
    if column.holds == "excerpt" and "opinion_id" in frame.columns:
        return texts.where(frame["opinion_id"].isna())
    if column.name == "raw_text" and "text" in frame.columns:
        return texts.where(frame["text"].ne(frame["raw_text"]))
    return texts


def _as_personal_data(
    placed: pd.DataFrame,
    frame: pd.DataFrame,
    table: Table,
    column: Column,
    texts: "pd.Series[str]",
) -> pd.DataFrame:
    words = list(_words(placed, texts))
    ids = frame["opinion_id"].astype("str").to_numpy() if "opinion_id" in frame.columns else None
    made = {
        "table": table.label,
        "column": column.label,
        "row": placed["row"].astype("Int64"),
        "opinion_id": pd.array(
            [pd.NA if ids is None else ids[row] for row in placed["row"]], "str"
        ),
        "kind": placed["kind"],
        "matched": pd.array([word for word, _ in words], dtype="str"),
        "start": placed["start"].astype("Int64"),
        "end": placed["end"].astype("Int64"),
        "around": pd.array([around for _, around in words], dtype="str"),
        "reason": placed["reason"],
    }
    labels = ["table", "column", "kind", "reason"]
    return pd.DataFrame(made, index=placed.index).astype(dict.fromkeys(labels, "str"))


def _words(placed: pd.DataFrame, texts: "pd.Series[str]") -> Iterator[tuple[str, str]]:
    for row in rows_of(placed):
        text = str(texts.iloc[row.row])
        before = text[max(0, row.start - _AROUND) : row.start]
        word = text[row.start : row.end]
        around = f"{before}【{word}】{text[row.end : row.end + _AROUND]}"
        yield word, " ".join(around.split())


def find_in_texts(texts: "pd.Series[str]") -> pd.DataFrame:
    """Find every place in many texts that may hold personal data.

    Returns
    -------
    DataFrame
        One row per place: ``text`` (position in `texts`), ``start``, ``end``, ``kind``,
        ``reason``. Of places that overlap, the one that begins first, then the longer one.
    """
    made = [
        replace(found, text=first + found.text)
        for first, page in pages_of(texts.tolist())
        for found in _outermost([*find_patterns(page, PATTERNS), *find_names(page)])
    ]
    columns = ["text", "start", "end", "rank", "kind", "reason"]
    return pd.DataFrame(
        [[getattr(each, name) for name in columns] for each in made], columns=columns
    )


def _outermost(found: list[Found]) -> Iterator[Found]:
    """Yield of places that overlap the one that begins first, of those the longest."""
    text, reached = -1, 0
    for each in sorted(found, key=lambda each: (each.text, each.start, -each.end, each.rank)):
        if each.text != text:
            text, reached = each.text, 0
        if each.start >= reached:
            yield each
            reached = each.end
