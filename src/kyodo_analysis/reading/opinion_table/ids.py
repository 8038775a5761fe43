"""How the opinions of a table are called."""

from typing import Any

import pandas as pd

from kyodo_analysis.reading.findings import DOUBTFUL, Finding, finding
from kyodo_analysis.reading.opinion_table.rows import BEFORE_TABLE
from kyodo_analysis.reading.opinion_table.sorted_table import SortedTable

_MOST_ROWS = 10
_FEWEST, _MOSTLY = 5, 0.8


def number_opinions(
    table: SortedTable, items: pd.DataFrame
) -> tuple["pd.Series[str]", "pd.Series[str]", list[Finding]]:
    """Give every item an id: what the column of ids says, or else a running number.

    The running number counts all rows below the headers, kept or set aside, so that an opinion
    keeps it when the settings change. Items of one cell are numbered on: ``12-1``, ``12-2``.

    Parameters
    ----------
    table : SortedTable
        The table.
    items : DataFrame
        One row per opinion: ``row``, ``number`` in its cell, ``n_items`` of its cell.

    Returns
    -------
    ids : Series of str
        In the order of `items`; no two are the same.
    rows : Series of str
        The id of each row of the table.
    findings : list of Finding
        Why the column of ids could not be used, or where its numbers jump.
    """
    in_table = table.rows.index[table.rows["treatment"] != BEFORE_TABLE]
    running = pd.Series(range(1, len(in_table) + 1), index=in_table).astype("str")
    id_column = table.columns.facts.get("id")
    if id_column is None:
        return _with_items(running, items), running, []
    written = table.grid.texts[id_column].loc[in_table].str.strip()
    ids = _with_items(written, items)
    of_opinions = written.loc[items["row"].unique()]
    is_unusable = (of_opinions == "") | of_opinions.duplicated(keep=False)
    if ids.is_unique and not is_unusable.any():
        return ids, written, _find_jumps(table, written)
    doubtful = of_opinions[is_unusable] if is_unusable.any() else of_opinions
    problem = finding(
        "意見番号",
        DOUBTFUL,
        table.grid.place(doubtful.index[0], id_column),
        doubtful.iloc[0] or "(空)",
        f"番号の空いた意見や重なった意見が{len(doubtful)}件({_rows(doubtful)})あるので、"
        "この列の番号は使わず、上からの通し番号を使いました",
    )
    return _with_items(running, items), running, [problem]


def _find_jumps(table: SortedTable, written: "pd.Series[str]") -> list[Finding]:
    """Name where ids that otherwise run on leave some out."""
    numbers = written[written.str.fullmatch(r"[0-9]{1,9}")].astype("int64")
    steps = numbers.diff().iloc[1:]
    jumps = steps[steps > 1]
    if len(numbers) < len(written) or len(numbers) < _FEWEST or jumps.empty:
        return []
    if (steps == 1).mean() < _MOSTLY:
        return []
    first = jumps.index[0]
    before = numbers.loc[: jumps.index[0]].iloc[-2]
    n_missing = int((jumps - 1).sum())
    note = (
        f"番号が続いていない所が{len(jumps)}か所({_rows(jumps)})あり、{n_missing}件分の番号がありません。"
        "行が抜けていないかを、元の資料で確かめてください"
    )
    place = table.grid.place(first, table.columns.facts["id"])
    return [finding("番号のとび", DOUBTFUL, place, f"{before} の次が {numbers[first]}", note)]


def _rows(cells: "pd.Series[Any]") -> str:
    more = " など" if len(cells) > _MOST_ROWS else ""
    return "・".join(map(str, cells.index[:_MOST_ROWS])) + "行目" + more


def _with_items(numbers: "pd.Series[str]", items: pd.DataFrame) -> "pd.Series[str]":
    ids = numbers.loc[items["row"]].reset_index(drop=True)
    return ids.where(items["n_items"] == 1, ids + "-" + items["number"].astype("str"))
