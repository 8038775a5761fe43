"""What is odd about a table of opinions, said before any chart."""

from typing import Any

import pandas as pd

from kyodo_analysis.reading.findings import DOUBTFUL, NOTED, Finding, finding, visible
from kyodo_analysis.reading.formats.grid import Grid, as_text
from kyodo_analysis.reading.normalise import to_label, without_invisible
from kyodo_analysis.reading.opinion_table.headers import Headers
from kyodo_analysis.reading.opinion_table.items import find_items, select_of_lines
from kyodo_analysis.reading.opinion_table.rows import BEFORE_TABLE, BELOW_TABLE, TOTAL
from kyodo_analysis.reading.opinion_table.sorted_table import SortedTable
from kyodo_analysis.reading.opinion_table.unlike import find_unlike, holds_sentences

HIDDEN_COLUMNS = "非表示の列"
_UNREADABLE = {"session": ("回", "第何回かが読めません"), "date": ("日付", "年月日が読めません")}


def check_table(
    table: SortedTable,
    cells: pd.DataFrame,
    facts: pd.DataFrame,
    attributes: pd.DataFrame,
    *,
    is_split: bool,
) -> list[Finding]:
    """Say what could not be read, was read as the same, could be split, or was left out.

    Parameters
    ----------
    table : SortedTable
        The table.
    cells, attributes : DataFrame
        The cells of the facts and attributes beside each opinion.
    facts : DataFrame
        What was read from `cells`.
    is_split : bool
        Whether cells that list items were split.
    """
    within = table.rows.index[table.rows["treatment"] != BEFORE_TABLE]
    return [
        *_find_below_total(table),
        *_find_shifted(table),
        *_find_unreadable(table, cells, facts),
        *_find_variants(table, cells, attributes),
        *_find_lists(table, is_split=is_split),
        *_find_formulas(table),
        *_find_invisible_headers(table),
        *find_unlike(table, cells, attributes),
        *check_columns(
            table.grid, table.headers, table.rows.index, table.columns.used, within=within
        ),
    ]


def _find_below_total(table: SortedTable) -> list[Finding]:
    """Name every row below the table, and the first opinion that stands below its last total."""
    grid, treatments = table.grid, table.rows["treatment"]
    below = table.rows[treatments == BELOW_TABLE]
    texts = grid.texts_at(below.index, below["column"])
    note = "合計の行より下にあり、番号や分類が無いので、意見に数えませんでした"
    set_aside = [
        finding("表の下の行", DOUBTFUL, grid.place(row, column), text, note)
        for row, column, text in zip(below.index, below["column"], texts, strict=True)
    ]
    last_total = treatments.index[treatments == TOTAL].max()
    kept = table.opinion_cells.loc[lambda cells: cells.index > last_total]
    if kept.empty:
        return set_aside
    first = grid.place(kept.index[0], table.columns.text)
    note = (
        f"合計の行より下の{len(kept)}行を、意見に数えました。意見でなければ、表から消してください"
    )
    return [*set_aside, finding("表の下の行", DOUBTFUL, first, kept.iloc[0], note)]


def _find_shifted(table: SortedTable) -> list[Finding]:
    """Name every row of a CSV file that is wider than its headers, as an unquoted comma makes it."""
    grid, names = table.grid, table.headers.own
    if grid.sheet is not None or not any(names):
        return []
    width = max(column for column, name in enumerate(names) if name) + 1
    rows = table.rows.index[table.rows["treatment"] != BEFORE_TABLE]
    beyond = grid.texts.iloc[:, width:].loc[rows]
    beyond = beyond[(beyond != "").any(axis="columns")]
    note = "見出しより右に文字があります。文の中のコンマで列がずれていないかを確かめてください"
    return [
        finding("列のずれ", DOUBTFUL, grid.place(row, width), "、".join(filter(None, cells)), note)
        for row, cells in zip(beyond.index.to_numpy(), beyond.to_numpy(), strict=True)
    ]


def _find_unreadable(table: SortedTable, cells: pd.DataFrame, facts: pd.DataFrame) -> list[Finding]:
    return [
        finding(
            check,
            DOUBTFUL,
            table.grid.place(first, table.columns.facts[name]),
            text,
            f"{note}。意見{n_opinions}件で空にしました",
        )
        for name, (check, note) in _UNREADABLE.items()
        if name in cells
        for text, first, n_opinions in _different(cells.loc[facts[name].isna(), name])
    ]


def _find_variants(
    table: SortedTable, cells: pd.DataFrame, attributes: pd.DataFrame
) -> list[Finding]:
    facts = [name for name in ("category", "category_code") if name in cells]
    labels = [(table.columns.facts[name], cells[name]) for name in facts] + [
        (column, attributes[name]) for name, column in table.columns.attributes.items()
    ]
    return [
        finding(
            "表記の違い",
            NOTED,
            table.grid.place(first, column),
            visible(text),
            f"「{label}」として数えます",
        )
        for column, values in labels
        for text, first, _ in _different(values)
        if (label := to_label(text)) != text.strip()
    ]


def _find_lists(table: SortedTable, *, is_split: bool) -> list[Finding]:
    cells = select_of_lines(table.opinion_cells)
    lists = cells[[len(find_items(cell)) > 1 for cell in cells]]
    if lists.empty:
        return []
    note = (
        f"{len(lists)}件の欄を、箇条書きの項目ごとに別の意見として数えました"
        if is_split
        else f"箇条書きの欄が{len(lists)}件あります。1件の意見として数えました。"
        "項目ごとに数えるなら、study.toml に split_items = true と書いてください"
    )
    place = table.grid.place(lists.index[0], table.columns.text)
    return [finding("箇条書き", NOTED, place, lists.iloc[0].strip().splitlines()[0], note)]


def _find_formulas(table: SortedTable) -> list[Finding]:
    used, read, formulas = table.columns.used, table.rows.index, table.grid.formulas
    places = [place for place in formulas if place[1] in used and place[0] in read]
    if not places:
        return []
    first = places[0]
    note = f"{len(places)}か所。計算せず、Excel が保存した値(無ければ式の文字)を読みました"
    return [finding("数式", NOTED, table.grid.place(*first), formulas[first], note)]


def _find_invisible_headers(table: SortedTable) -> list[Finding]:
    grid, above = table.grid, table.grid.texts.index.difference(table.rows.index)
    cells = [
        (row, column, text)
        for row in above.tolist()
        for column, text in enumerate(grid.texts.loc[row])
        if text != without_invisible(text)
    ]
    note = "見出しに画面に見えない文字があります。無いものとして読みました"
    return [
        finding("見出しの見えない文字", NOTED, grid.place(row, column), visible(text), note)
        for row, column, text in cells
    ]


def check_columns(
    grid: Grid,
    headers: Headers,
    rows: "pd.Index[Any]",
    used: set[int],
    *,
    within: "pd.Index[Any] | None" = None,
) -> list[Finding]:
    """Name what holds something in `rows`: columns not `used`, and used ones that are hidden.

    Whether a column holds sentences is told by the rows `within` the table.
    """
    told_by = rows if within is None else within
    is_filled = (grid.texts != "").loc[rows].any()
    filled = is_filled.index[is_filled]
    others = [column for column in filled if column not in used]
    texts = [column for column in others if holds_sentences(grid.stripped[column].loc[told_by])]
    unread = [column for column in others if column not in texts]
    unseen = [column for column in filled if column in used and grid.hides(column)]
    found = (
        (
            "読まなかった文章の列",
            DOUBTFUL,
            texts,
            "文章が書かれていますが、study.toml に書かれていない列です。意見なら、"
            'text = ["意見の列", "この列"] のように並べてください',
        ),
        (
            "読まなかった列",
            NOTED,
            unread,
            "study.toml に書かれていない列です。分析には使いません",
        ),
        (
            HIDDEN_COLUMNS,
            DOUBTFUL,
            unseen,
            "Excel で非表示の列を読みました。使ってよいものかを確かめてください",
        ),
    )
    return [
        finding(check, result, grid.source, "、".join(map(headers.label, columns)), note)
        for check, result, columns, note in found
        if columns
    ]


def _different(cells: "pd.Series[Any]") -> list[tuple[str, int, int]]:
    """Return each different value as text, its first row, and how many there are."""
    texts = cells.dropna().map(as_text)
    n_cells = texts.value_counts()
    first = texts.drop_duplicates()
    return [(text, row, int(n_cells[text])) for row, text in zip(first.index, first, strict=True)]
