"""Cells that are unlike their column, as rows that broke, moved or ran together leave them."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import pandas as pd

from kyodo_analysis.reading.findings import DOUBTFUL, Finding, finding
from kyodo_analysis.reading.formats.grid import Grid, as_text
from kyodo_analysis.reading.not_opinions import EMPTY, NOTHING, POLITE, REFERS, WORDLESS
from kyodo_analysis.reading.opinion_table.sorted_table import SortedTable

_MOST_NAMED = 100
_SHORTEST_SENTENCE = 10
_LONGEST_LABEL = 40
_SHORT_SENTENCE = r".*[ぁ-ゖ].{4,}[。！!]"
CONTINUED = "続きの行"
WORDS_OF_THE_CITY = "市の回答らしい文"
_ANSWER = "(?:[本当]?[市町村区県]の?|事務局の?|担当課の?|行政の?)?(?:回答|考え方|見解|返答|答え?)"
_REPLY_LABEL = rf"[【\[(（〔]?(?:{_ANSWER}|[AＡ])[】\])）〕]?"
_OFFICE = r".{0,6}(?:[市町村区県](?:役[所場]|長|側|\s*(?:担当|公式|事務局))?|事務局)"
_SPEAKS_AS_A_CITY = (
    r"(?:検討|対応|回答|お答え|予定|参考|協議|調整)[^。\s]{0,12}(?:ます|ました|です)[。.]?\s*$"
)
_REPLY_WITHIN = (
    rf"\S\s*(?:[【\[(（〔〈<＜](?:{_ANSWER})[】\])）〕〉>＞]|[\r\n]\s*(?:{_ANSWER})\s*[:：])"
)
_LABELS = ("category", "category_code")
_SAYS_NO_MORE = (EMPTY, NOTHING, WORDLESS, POLITE)


def find_unlike(table: SortedTable, cells: pd.DataFrame, attributes: pd.DataFrame) -> list[Finding]:
    """Name opinions that look like labels, labels like sentences, broken and set-aside rows.

    Parameters
    ----------
    table : SortedTable
        The table.
    cells, attributes : DataFrame
        The cells of the facts and attributes beside each opinion.
    """
    labels = {table.columns.facts[name]: cells[name] for name in _LABELS if name in cells} | {
        column: attributes[name] for name, column in table.columns.attributes.items()
    }
    return [
        *_find_labels_as_opinions(table, labels),
        *_find_sentences_as_labels(table, labels),
        *_find_continued(table),
        *_find_words_beside(table),
        *_find_references(table),
        *_find_side_by_side(table),
        *_find_words_of_the_city(table),
    ]


def holds_sentences(texts: "pd.Series[str]") -> bool:
    """Tell whether a column holds what people wrote: sentences, or long words rarely the same."""
    filled = texts[texts != ""]
    if filled.str.fullmatch(_SHORT_SENTENCE).mean() > 0.5 and filled.nunique() > 2:
        return True
    is_long = filled.str.len().mean() >= _SHORTEST_SENTENCE
    has_words = filled.str.contains(r"[^\W\d_]").mean() > 0.5
    has_kana = filled.str.contains(r"[ぁ-ゖ]|[a-z] [a-z]").mean() > 0.5
    return bool(is_long and has_words and has_kana and filled.nunique() > len(filled) / 2)


def has_column_of_sentences(grid: Grid) -> bool:
    """Tell whether people may have written in a grid that is not read."""
    return any(holds_sentences(grid.stripped[column]) for column in grid.stripped)


def _find_labels_as_opinions(
    table: SortedTable, labels: dict[int, "pd.Series[Any]"]
) -> Iterator[Finding]:
    opinions = table.opinion_cells.str.strip()
    for column, values in labels.items():
        named = {as_text(value).strip() for value in values.dropna().unique()}
        note = (
            f"「{table.headers.label(column)}」の列にある言葉と同じです。"
            "列がずれた行や、見出しの違う表が混ざっていないかを確かめてください"
        )
        same = opinions[opinions.isin(named)]
        yield from _named(table, "ほかの列の言葉", same, table.columns.text, note)


def _find_sentences_as_labels(
    table: SortedTable, labels: dict[int, "pd.Series[Any]"]
) -> Iterator[Finding]:
    for column, values in labels.items():
        texts = values.dropna().map(as_text).astype("str")
        length = texts.str.len()
        is_sentence = texts.str.contains("。", regex=False) & (length >= _SHORTEST_SENTENCE)
        is_long = (length > _LONGEST_LABEL) & (length > 4 * length.median())
        note = (
            f"「{table.headers.label(column)}」の列に文章があります。"
            "意見が別の列に入った行や、列のずれた行でないかを確かめてください"
        )
        odd = texts[is_sentence | is_long]
        yield from _named(table, "列に合わない文章", odd, column, note)


def _find_continued(table: SortedTable) -> Iterator[Finding]:
    """Name the opinions beside which everything is blank that is filled beside the others."""
    grid, opinions = table.grid, table.opinion_cells
    others = [column for column in table.columns.used if column not in table.columns.questions]
    if not others or opinions.empty:
        return
    filled = grid.filled_texts.loc[opinions.index, others].apply(lambda c: c.str.strip()) != ""
    usual = filled.columns[filled.mean() >= 0.4]
    if not len(usual):
        return
    is_bare = ~filled.any(axis="columns")
    is_bare.iloc[0] = False
    note = (
        "意見の欄のほかが空いた行です。上の行の意見の続きなら、Excel で1つの欄にまとめてください"
        "(今は別の意見として数えています)"
    )
    yield from _named(table, CONTINUED, opinions[is_bare], table.columns.text, note)


def _find_words_beside(table: SortedTable) -> Iterator[Finding]:
    """Name the rows without an opinion in which something else was written."""
    grid, rows = table.grid, table.rows
    reply = table.columns.facts.get("reply")
    aside = rows.index[rows["treatment"].isin(_SAYS_NO_MORE)]
    texts = grid.stripped.drop(columns=[*table.columns.questions]).loc[aside]
    for column in map(int, texts.columns.tolist()):
        cells = texts[column]
        is_written = (cells.str.len() >= _SHORTEST_SENTENCE) & cells.str.contains("[ぁ-ゖ]")
        if column == reply:
            is_written = cells != ""
        note = (
            "意見の欄が空か「特になし」などの行の、ほかの欄の文章です。"
            "意見でないかを確かめてください(この行は意見に数えていません)"
        )
        yield from _named(table, "除いた行のほかの欄", cells[is_written], column, note)


def _find_references(table: SortedTable) -> Iterator[Finding]:
    rows = table.rows.index[table.rows["treatment"] == REFERS]
    note = (
        "ほかの意見や別紙を指す記入なので、意見に数えませんでした。数えるなら、"
        'study.toml の [reading] に count_phrases = ["同上"] のように書いてください'
    )
    cells = table.grid.stripped.loc[rows, table.columns.text]
    yield from _named(table, REFERS, cells, table.columns.text, note)


def _find_side_by_side(table: SortedTable) -> Iterator[Finding]:
    """Name the columns of another table that stands beside this one, an empty column between."""
    grid = table.grid
    is_filled = (grid.stripped != "").loc[table.rows.index].any()
    filled = [c for c, name in enumerate(table.headers.own) if is_filled[c] or name]
    blocks = [[column for _, column in group] for _, group in groupby(enumerate(filled), _gap)]
    for block in blocks:
        if len(block) > 1 and not {table.columns.text, *table.columns.questions}.intersection(
            block
        ):
            names = "、".join(map(table.headers.label, block))
            note = (
                "空いた列をはさんで、横に別の表があるようです。"
                "意見があれば、別のシートに移すか、study.toml に列を書き足してください"
            )
            yield finding("横に並んだ表", DOUBTFUL, grid.source, names, note)


def _find_words_of_the_city(table: SortedTable) -> Iterator[Finding]:
    """Name the opinions beside which 回答 stands, and those that hold a paragraph marked 回答."""
    way_out = "今は意見に数えています。市の言葉は、市の考え方の列に分けてください"
    opinions = table.opinion_cells
    for column in map(int, table.grid.texts.columns.difference([*table.columns.questions])):
        labels = table.grid.filled_texts.loc[opinions.index, column].str.strip()
        is_office = labels.str.fullmatch(_OFFICE)
        if not opinions[is_office].str.contains(_SPEAKS_AS_A_CITY).mean() > 0.5:
            is_office &= False
        is_reply = labels.str.fullmatch(_REPLY_LABEL) | is_office
        if is_reply.any() and not is_reply.all():
            note = f"「{table.headers.label(column)}」の列から、市の回答の行のようです。{way_out}"
            yield from _named(
                table, WORDS_OF_THE_CITY, opinions[is_reply], table.columns.text, note
            )
    note = f"1つの欄に、意見と市の回答が続けて書かれているようです。{way_out}"
    both = opinions[opinions.str.contains(_REPLY_WITHIN)]
    yield from _named(table, WORDS_OF_THE_CITY, both, table.columns.text, note)


def _gap(numbered: tuple[int, int]) -> int:
    return numbered[1] - numbered[0]


def _named(
    table: SortedTable, check: str, cells: "pd.Series[str]", column: int, note: str
) -> Iterator[Finding]:
    """Name the first of these cells, and the rows of all of them."""
    if cells.empty:
        return
    numbers = cells.index.tolist()
    place = table.grid.place(numbers[0], column)
    rows = table.grid.name_rows(numbers[:_MOST_NAMED])
    more = " など" if len(numbers) > _MOST_NAMED else ""
    where = f"{len(numbers)}か所({rows}{more})。" if len(numbers) > 1 else ""
    yield finding(check, DOUBTFUL, place, cells.iloc[0], where + note)
