"""What is odd about a table of opinions, said before any chart."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from kyodo_analysis.reading.findings import DOUBTFUL, NOTED, Finding, finding
from kyodo_analysis.reading.grid import Grid, as_text
from kyodo_analysis.reading.headers import Headers
from kyodo_analysis.reading.items import find_items
from kyodo_analysis.reading.normalise import to_label
from kyodo_analysis.reading.opinion_columns import FoundColumns

_UNREADABLE = {"session": ("回", "第何回かが読めません"), "date": ("日付", "年月日が読めません")}


def find_unreadable(
    grid: Grid, cells: pd.DataFrame, facts: pd.DataFrame, columns: Mapping[str, int]
) -> list[Finding]:
    """List each different session and date that is written but cannot be read."""
    return [
        finding(
            check,
            DOUBTFUL,
            grid.place(first, columns[name]),
            text,
            f"{note}。意見{n_opinions}件で空にしました",
        )
        for name, (check, note) in _UNREADABLE.items()
        if name in columns
        for text, first, n_opinions in _different(cells.loc[facts[name].isna(), name])
    ]


def find_variants(
    grid: Grid, cells: pd.DataFrame, attributes: pd.DataFrame, columns: FoundColumns
) -> list[Finding]:
    """List the categories and attributes' values that are written in more than one way."""
    labels = {
        columns.facts[name]: cells[name] for name in ("category", "category_code") if name in cells
    } | {column: attributes[name] for name, column in columns.attributes.items()}
    return [
        finding("表記の違い", NOTED, grid.place(first, column), text, f"「{label}」として数えます")
        for column, values in labels.items()
        for text, first, _ in _different(values)
        if (label := to_label(text)) != text.strip()
    ]


def find_lists(grid: Grid, rows: pd.Index, column: int, *, is_split: bool) -> list[Finding]:
    """Offer to split the cells that list several items, or say how many were split."""
    cells = grid.texts.loc[rows, column]
    lists = cells[cells.str.contains("[\\r\\n]")]
    lists = lists[lists.map(lambda cell: len(find_items(cell)) > 1)]
    if lists.empty:
        return []
    note = (
        f"{len(lists)}件の欄を、箇条書きの項目ごとに別の意見として数えました"
        if is_split
        else f"箇条書きの欄が{len(lists)}件あります。1件の意見として数えました。"
        "項目ごとに数えるなら、study.toml に split_items = true と書いてください"
    )
    return [
        finding(
            "箇条書き",
            NOTED,
            grid.place(int(lists.index[0]), column),
            lists.iloc[0].strip().splitlines()[0],
            note,
        )
    ]


def find_formulas(grid: Grid, rows: pd.Index, columns: FoundColumns) -> list[Finding]:
    """Say how many cells that were read hold a formula."""
    used, read = columns.used, set(rows)
    places = [place for place in grid.formulas if place[1] in used and place[0] in read]
    if not places:
        return []
    note = (
        f"{len(places)}か所にあります。計算せず、Excel が保存した値(無ければ式の文字)を読みました"
    )
    return [finding("数式", NOTED, grid.place(*places[0]), grid.formulas[places[0]], note)]


def find_unread_columns(
    grid: Grid, rows: pd.Index, headers: Headers, columns: FoundColumns
) -> list[Finding]:
    """Name the columns with cells that no setting names."""
    is_filled = (grid.texts.loc[rows] != "").any()
    unread = [column for column in is_filled.index[is_filled] if column not in columns.used]
    if not unread:
        return []
    names = "、".join(headers.label(column) for column in unread)
    note = "study.toml に書かれていない列です。分析には使いません"
    return [finding("読まなかった列", NOTED, grid.source, names, note)]


def _different(cells: "pd.Series[Any]") -> list[tuple[str, int, int]]:
    """Return each different value as text, its first row, and how many there are."""
    texts = cells.dropna().map(as_text)
    n_cells = texts.value_counts()
    first = texts.drop_duplicates()
    return [(text, row, int(n_cells[text])) for row, text in zip(first.index, first, strict=True)]
