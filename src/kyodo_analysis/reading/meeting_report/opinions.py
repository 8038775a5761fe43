"""The opinions table of a meeting report: categories, opinions, and items that are none."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import Any

import pandas as pd

from kyodo_analysis.errors import ReadingError
from kyodo_analysis.reading.checks.words import SENTENCE_END
from kyodo_analysis.reading.findings import DOUBTFUL, NOTED, Finding, finding
from kyodo_analysis.reading.html_remains import HTML_REMAINS, LIST_TAG, without_html
from kyodo_analysis.reading.meeting_report.lines import Piece, split_items, unclear_blanks
from kyodo_analysis.reading.meeting_report.sections import CategoryRows
from kyodo_analysis.reading.not_opinions import why_set_aside
from kyodo_analysis.tables import OPINIONS, RECONCILIATION, SET_ASIDE

_CODED = re.compile(r"[(（]?\s*([A-Za-zＡ-Ｚａ-ｚ]{1,2}|[0-9０-９]{1,3})\s*[.．)）](?!\d)\s*(\S.*)")
_WITHOUT_CATEGORY = "分類なし"


@dataclass(frozen=True)
class Category:
    """A category of the opinions table.

    Parameters
    ----------
    part : str
        Its cell 分類 as written; names it in the reconciliation.
    code, name : str or None
        ``A`` and ``市職員の協働意識`` of ``A. 市職員の協働意識``; no code without one.
    prefix : str
        What the ids of its opinions start with.
    """

    part: str
    code: str | None
    name: str | None
    prefix: str


@dataclass(frozen=True)
class _Item:
    category: Category
    words: Piece
    text: str
    treatment: str | None
    reason: str | None

    @property
    def place(self) -> dict[str, Any]:
        words = self.words
        bounds = {"source_start": words.start, "source_end": words.end}
        return {"raw_text": words.text, "source": words.place, **bounds}


@dataclass(frozen=True)
class ReportOpinions:
    """OPINIONS (not yet corrected), SET_ASIDE, RECONCILIATION, and the categories in order."""

    opinions: pd.DataFrame
    set_aside: pd.DataFrame
    reconciliation: pd.DataFrame
    categories: tuple[Category, ...]


def read_opinions(rows: Sequence[CategoryRows], *, source: str) -> ReportOpinions:
    """Read the items of each category and number the opinions among them: A1, A2, ….

    A category that goes on further down, as on the next page, goes on counting.

    Raises
    ------
    ReadingError
        When no item is an opinion.
    """
    categories = _categories([row.label for row in rows])
    items = [
        _item(category, words)
        for category, row in zip(categories, rows, strict=True)
        for words in split_items(row.content)
    ]
    opinions = [item for item in items if item.treatment is None]
    if not opinions:
        set_aside = f"(「特になし」や注記など{len(items)}件だけです)" if items else ""
        raise ReadingError(
            source,
            f"意見の表(「分類」「内容」)に意見が1件もありません{set_aside}",
            action="資料の最後まで写されているかを確かめてください",
        )
    return ReportOpinions(
        OPINIONS.make(_opinion_rows(opinions)),
        SET_ASIDE.make(
            {"treatment": item.treatment, "reason": item.reason, **item.place}
            for item in items
            if item.treatment
        ),
        _reconcile(categories, items),
        tuple(dict.fromkeys(categories)),
    )


def _categories(labels: Sequence[Piece | None]) -> list[Category]:
    texts = [without_html(label.text).replace("\n", "") if label else "" for label in labels]
    parts = [text or _WITHOUT_CATEGORY for text in texts]
    numbers = {part: number for number, part in enumerate(dict.fromkeys(parts), start=1)}
    return [_category(part, numbers[part]) for part in parts]


def _category(part: str, number: int) -> Category:
    if part == _WITHOUT_CATEGORY:
        return Category(part, None, None, f"{part}-")
    if not (coded := _CODED.fullmatch(part)):
        return Category(part, None, part, f"分類{number}-")
    code = unicodedata.normalize("NFKC", coded[1]).upper()
    return Category(part, code, coded[2], code if code.isalpha() else f"{code}-")


def _item(category: Category, words: Piece) -> _Item:
    text = without_html(words.text)
    return _Item(category, words, text, *why_set_aside(text))


def _opinion_rows(items: Iterable[_Item]) -> Iterator[dict[str, Any]]:
    numbers: defaultdict[str, count[int]] = defaultdict(partial(count, 1))
    for item in items:
        prefix = item.category.prefix
        yield {
            "opinion_id": f"{prefix}{next(numbers[prefix])}",
            "category_code": item.category.code,
            "category": item.category.name,
            "text": item.text,
            **item.place,
        }


def _reconcile(categories: Sequence[Category], items: Sequence[_Item]) -> pd.DataFrame:
    read = Counter(item.category.part for item in items)
    kept = Counter(item.category.part for item in items if item.treatment is None)
    return RECONCILIATION.make(
        {
            "part": part,
            "n_read": read[part],
            "n_kept": kept[part],
            "n_set_aside": read[part] - kept[part],
        }
        for part in dict.fromkeys(category.part for category in categories)
    )


def check_opinions_table(
    found: ReportOpinions, rows: Sequence[CategoryRows], last_line: str, *, source: str
) -> list[Finding]:
    """Say what is odd about categories, items and the end of the report.

    Parameters
    ----------
    found : ReportOpinions
        What was read.
    rows : sequence of CategoryRows
        What it was read from.
    last_line : str
        The last words of the report.
    source : str
        The file.
    """
    codes = [category.code for category in found.categories if category.code]
    return [
        *check_categories(codes, found.reconciliation, source=source),
        *_check_end(found.opinions, last_line),
        *_find_html(rows),
        *_find_unclear_blanks(found.opinions),
    ]


def check_categories(
    codes: Sequence[str], reconciliation: pd.DataFrame, *, source: str
) -> list[Finding]:
    """Look for letters left out (A, B, D), letters of two categories, categories without items."""
    letters = [code for code in codes if len(code) == 1 and "A" <= code <= "Z"]
    up_to_last = range(ord("A"), ord(max(letters, default="A")))
    left_out = [chr(number) for number in up_to_last if chr(number) not in letters]
    twice = [code for code in dict.fromkeys(codes) if codes.count(code) > 1]
    empty = reconciliation.loc[reconciliation["n_read"] == 0, "part"]
    missing = "資料が途中で切れていないか、写し漏れがないかを確かめてください"
    shared = "意見番号は通し番号にしました。元の資料の記号を確かめてください"
    doubts = [
        *(("分類の続き", f"分類{letter}がありません", missing) for letter in left_out),
        *(("分類の記号", f"名前の違う分類に同じ記号{code}があります", shared) for code in twice),
        *(("分類の中身", f"「{part}」に意見がありません", missing) for part in empty),
    ]
    return [finding(check, DOUBTFUL, source, found, note) for check, found, note in doubts]


def _check_end(opinions: pd.DataFrame, last_line: str) -> list[Finding]:
    """Doubt the last opinion if the file stops in the middle of its sentence."""
    last = opinions.iloc[-1]
    words = str(last["raw_text"])
    if not last_line.endswith(words) or SENTENCE_END.search(words):
        return []
    note = "資料の最後が文の途中で終わっています。後ろが欠けていないかを元の資料で確かめてください"
    place, ident = last["source"], last["opinion_id"]
    return [finding("資料の終わり", DOUBTFUL, place, words[-20:], note, opinion_id=ident)]


def _find_html(rows: Sequence[CategoryRows]) -> list[Finding]:
    note = "表の作りを表す HTML の記号です。意見や分類の言葉には入れていません"
    marked = [
        *((row.label, HTML_REMAINS) for row in rows if row.label),
        *((line, LIST_TAG) for row in rows for line in row.content),
    ]
    return [
        finding("HTMLの残り", NOTED, words.place, tags, note)
        for words, marks in marked
        if (tags := "、".join(mark[0] for mark in marks.finditer(words.text)))
    ]


def _find_unclear_blanks(opinions: pd.DataFrame) -> list[Finding]:
    rows = opinions[["opinion_id", "source", "text"]].itertuples(index=False, name=None)
    note = "空白が意見の区切りか、言葉の中の空白か分かりません。1件のまま数えています"
    return [
        finding("文の中の空白", DOUBTFUL, source, blanks, note, opinion_id=opinion_id)
        for opinion_id, source, text in rows
        if (blanks := unclear_blanks(text))
    ]
