"""The opinions table of a meeting report: categories, opinions, and items that are none."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import Any

import pandas as pd

from kyodo_analysis.errors import ReadingError
from kyodo_analysis.files import TextFile
from kyodo_analysis.reading.html_remains import without_html
from kyodo_analysis.reading.meeting_report.items import split_items
from kyodo_analysis.reading.meeting_report.layout import Block
from kyodo_analysis.reading.meeting_report.pieces import Piece
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


@dataclass(frozen=True)
class ReportOpinions:
    """OPINIONS (not yet corrected), SET_ASIDE, RECONCILIATION, and the categories in order."""

    opinions: pd.DataFrame
    set_aside: pd.DataFrame
    reconciliation: pd.DataFrame
    categories: tuple[Category, ...]


def read_opinions(blocks: Sequence[Block], file: TextFile) -> ReportOpinions:
    """Read the items of each category and number the opinions among them: A1, A2, ….

    A category that goes on further down, as on the next page, goes on counting.

    Raises
    ------
    ReadingError
        When no item is an opinion.
    """
    categories = _categories([block.label for block in blocks])
    items = [
        _item(category, words)
        for category, block in zip(categories, blocks, strict=True)
        for words in split_items(block.content)
    ]
    opinions = [item for item in items if item.treatment is None]
    if not opinions:
        raise _no_opinions(file, len(items))
    return ReportOpinions(
        OPINIONS.make(_opinion_rows(opinions, file)),
        SET_ASIDE.make(_set_aside_row(item, file) for item in items if item.treatment),
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


def _place(words: Piece, file: TextFile) -> dict[str, Any]:
    return {
        "raw_text": words.text,
        "source": file.place(words.line),
        "source_start": words.start,
        "source_end": words.end,
    }


def _opinion_rows(items: Iterable[_Item], file: TextFile) -> list[dict[str, Any]]:
    numbers: defaultdict[str, count[int]] = defaultdict(partial(count, 1))
    return [
        {
            "opinion_id": f"{item.category.prefix}{next(numbers[item.category.prefix])}",
            "category_code": item.category.code,
            "category": item.category.name,
            "text": item.text,
            **_place(item.words, file),
        }
        for item in items
    ]


def _set_aside_row(item: _Item, file: TextFile) -> dict[str, Any]:
    return {"treatment": item.treatment, "reason": item.reason, **_place(item.words, file)}


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


def _no_opinions(file: TextFile, n_items: int) -> ReadingError:
    set_aside = f"(「特になし」や注記など{n_items}件だけです)" if n_items else ""
    return ReadingError(
        file.name,
        f"意見の表(「分類」「内容」)に意見が1件もありません{set_aside}",
        action="資料の最後まで写されているかを確かめてください",
    )
