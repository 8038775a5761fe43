"""The reasons for a proposal, in the words that an analyst reads."""

from collections.abc import Mapping
from typing import TypedDict

from kyodo_analysis.reading.findings import DOUBTFUL
from kyodo_analysis.reading.guess.columns import TableProfile, holds_sentences
from kyodo_analysis.reading.opinion_table.header_words import EXACT, NONE, fit
from kyodo_analysis.reading.opinion_table.personal_columns import is_personal
from kyodo_analysis.reading.result import Reading

_COLUMN_LABELS = {
    "text": "意見の列",
    "id": "意見番号の列",
    "category_code": "分類記号の列",
    "category": "分類の列",
    "session": "回の列",
    "date": "日付の列",
    "respondent": "回答者の列",
    "reply": "市の考え方の列",
}
_EXAMPLE_LENGTH, _LONGEST_REASON = 20, 120
_PERSONAL = "個人を特定する列なので、属性にも番号にもしません"
_TEXT = '文章の列です。意見として読むなら、study.toml の text に ["意見の列", "この列"] と並べてください'
_NO_ID = "同じ番号が重なるので、意見の番号には使えません"
_UNKNOWN = "属性として比べたい列があれば、attributes に書き足してください"
_SAID_ELSEWHERE = ("非表示の列", "非表示の行", "非表示のシート", "読まなかった文章の列")
_LEFT_OUT = (
    ("使わない列", _PERSONAL),
    ("ほかの文章の列", _TEXT),
    ("使わなかった列", _NO_ID),
    ("使わなかった列", _UNKNOWN),
)


class Choice(TypedDict):
    """One row of the table CHOICES."""

    item: str
    choice: str
    reason: str


def choice(item: str, chosen: str, reason: str) -> Choice:
    """Make one row of CHOICES."""
    return Choice(item=item, choice=chosen, reason=reason)


def about_headers(table: TableProfile) -> Choice:
    """Say why these rows are the headers."""
    if not table.header_rows:
        return choice(
            "見出しの行", "なし", "列の名前らしい行が無いので、初めの行から意見とみました"
        )
    rows = "・".join(f"{row}行目" for row in table.header_rows)
    names = "、".join(name for name in table.headers.own if name)
    return choice("見出しの行", rows, f"列の名前らしい言葉が最も多い行です({_short(names, 60)})")


def about_text(table: TableProfile, column: int) -> Choice:
    """Say why this column holds the opinions."""
    length = table.texts(column).str.len().mean()
    says_so = fit(table.headers.own[column], "text") != NONE
    because = "見出しが意見を表す言葉で、" if says_so else "見出しからは分かりませんが、"
    reason = f"{because}文章の多い列です(1件の平均 {length:.0f}文字)"
    return choice(_COLUMN_LABELS["text"], table.headers.label(column), reason)


def about_columns(table: TableProfile, columns: Mapping[str, int]) -> list[Choice]:
    """Say why each of these columns means what it does."""
    return [
        choice(
            _COLUMN_LABELS[name],
            table.headers.label(column),
            f"見出しと中身から(例: {_short(table.texts(column).iloc[0])})",
        )
        for name, column in columns.items()
    ]


def about_attributes(table: TableProfile, columns: list[int]) -> list[Choice]:
    """Say why these columns are attributes."""
    return [
        choice(
            "属性の列",
            table.headers.label(column),
            f"同じ値が繰り返されます({_short('、'.join(table.texts(column).unique()[:3]), 40)} など)",
        )
        for column in columns
    ]


def about_multiple_choice(table: TableProfile, columns: list[int]) -> list[Choice]:
    """Say why these columns hold several choices in a cell."""
    return [
        choice(
            "複数回答の列",
            table.headers.label(column),
            f"1つの欄に選択肢がいくつも並んでいます。選択肢ごとに数えます({_short('、'.join(names), 40)})。"
            "1つの値とみるなら、multiple_choice から attributes に移してください",
        )
        for column in columns
        if (names := sorted({name for chosen in table.choices(column) for name in chosen}))
    ]


def about_the_rest(table: TableProfile, used: set[int]) -> list[Choice]:
    """Name the columns that are left out by the reason, those that name a person first."""
    headers = table.headers.own
    rest = [
        column
        for column, header in enumerate(headers)
        if column not in used and (is_personal(header) or not table.texts(column).empty)
    ]
    reasons = {column: _why_left_out(table, column) for column in rest}
    return [
        choice(item, "、".join(table.headers.label(column) for column in columns), reason)
        for item, reason in _LEFT_OUT
        if (columns := [column for column in rest if reasons[column] == reason])
    ]


def _why_left_out(table: TableProfile, column: int) -> str:
    header = table.headers.own[column]
    if is_personal(header):
        return _PERSONAL
    if fit(header, "id") == EXACT and not table.texts(column).is_unique:
        return _NO_ID
    return _TEXT if holds_sentences(table, column) else _UNKNOWN


def about_reading(reading: Reading) -> list[Choice]:
    """Say how many opinions there are, what was set aside, and what may be split."""
    treatments = reading.set_aside["treatment"].value_counts(sort=False)
    aside = "、".join(f"{name} {n}" for name, n in treatments.items())
    lists = reading.findings[reading.findings["check"] == "箇条書き"]
    return [
        choice("意見の数", f"{len(reading.opinions)}件", f"除いた行・項目: {aside or 'なし'}"),
        *(choice("箇条書きの欄", "分けない", note) for note in lists["note"]),
        *_about_doubts(reading),
    ]


def _about_doubts(reading: Reading) -> list[Choice]:
    """Name what must be looked at, one of each kind."""
    doubts = reading.findings[reading.findings["result"] == DOUBTFUL]
    kinds = doubts.groupby("check", sort=False, observed=True)
    return [
        choice(
            f"要確認({check})",
            _short(f"{found['source'].iloc[0]} {found['found'].iloc[0]}", 60)
            + (f" など{len(found)}か所" if len(found) > 1 else ""),
            _short(found["note"].iloc[0], _LONGEST_REASON),
        )
        for check, found in kinds
        if check not in _SAID_ELSEWHERE
    ]


def _short(text: str, length: int = _EXAMPLE_LENGTH) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= length else f"{one_line[:length]}…"
