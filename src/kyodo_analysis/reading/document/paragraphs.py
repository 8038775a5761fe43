"""The paragraphs of a document as a table: headings, opinions, replies, explanations."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise, takewhile

import pandas as pd

from kyodo_analysis.reading.decisions.settings import DocumentSettings
from kyodo_analysis.reading.document.copied_text import speaker_lines
from kyodo_analysis.reading.document.marks import (
    ANSWER,
    CITY,
    RESIDENT,
    Mark,
    find_marks,
    says_who,
)
from kyodo_analysis.reading.formats.blocks import Document, Paragraph
from kyodo_analysis.reading.formats.grid import Grid, make_cells
from kyodo_analysis.reading.normalise import to_session

_TITLE = re.compile(
    r"[^。?？!！]{0,30}(?:記録|議事録|会議録|議事要旨|一覧|概要|アンケート|結果|報告書?|まとめ|質疑(?:応答)?"
    r"|自由(?:記述|意見|回答)欄?|ご?意見(?:シート|集)?|[市町村区県]民の声)\s*(?:[(（【].*[)）】])?"
    r"|(?:開催|実施)?(?:日時?|日付)?[:：\s]*(?:令和|平成|昭和|[RH]\d|20\d\d)[^。]{2,40}"
)
_LONGEST_TITLE = 3

HEADING, TEXT, EXPLANATION, REPLY = "見出し", "段落", "説明", "市の考え方"
_COLUMNS = (HEADING, TEXT, EXPLANATION, REPLY)


@dataclass(frozen=True)
class Entry:
    """A paragraph and what it is.

    Parameters
    ----------
    paragraph : Paragraph
        The paragraph.
    column : str
        HEADING, TEXT (an opinion), EXPLANATION or REPLY; empty for a blank one.
    mark : Mark
        What stands before its words.
    is_title : bool
        Whether it is the title of a document without headings, or its date.
    """

    paragraph: Paragraph
    column: str
    mark: Mark
    is_title: bool = False

    @property
    def is_marked(self) -> bool:
        """Whether it is an item of a list, or says who speaks."""
        return self.paragraph.is_item or bool(self.mark.bullet or self.mark.speaker)

    @property
    def words(self) -> str:
        """The paragraph's words without its bullet and speaker, but for explanations."""
        text = self.paragraph.text
        return text if self.column in (HEADING, EXPLANATION) else text[self.mark.end :]


@dataclass(frozen=True, eq=False)
class ParagraphGrid(Grid):
    """One row per paragraph with its place, and one for the names of the columns in ``header_row``."""

    header_row: int = 1
    row_places: tuple[str, ...] = ()

    def place(self, row: int, column: int) -> str:
        """Return the place of the paragraph in a row."""
        return self.row_places[row - 1]

    def name_rows(self, rows: Sequence[int]) -> str:
        """Return how the paragraphs are named together: ``段落3・段落4``."""
        return "・".join(self.place(row, 0).removeprefix(f"{self.file}:") for row in rows)

    def places(self, rows: "pd.Series[int]", column: int) -> "pd.Series[str]":
        """Return the places of the paragraphs in `rows`."""
        return pd.Series([self.row_places[row - 1] for row in rows], rows.index, dtype="str")


def sort_paragraphs(document: Document, settings: DocumentSettings) -> list[Entry]:
    """Say of each paragraph what it is.

    An answer stands below what it answers; one with nothing above it is an explanation, and so
    are words without a mark above the first heading.
    """
    paragraphs = document.paragraphs
    headings, marks = _headings_and_marks(paragraphs, settings)
    heads = [says_who(each.text) if settings.by_speaker else "" for each in paragraphs]
    if not {CITY, ANSWER} & {*heads}:
        heads = [
            "" if id(each) in headings else head
            for each, head in zip(paragraphs, heads, strict=True)
        ]
    is_spoken = RESIDENT in heads or any(mark.speaker for mark in marks)
    below = {ANSWER: CITY if is_spoken else ""}
    titles = set() if headings else _titles(paragraphs, marks)
    beside = titles | speaker_lines(document)
    entries: list[Entry] = []
    spoken, has_opinion = "", False
    for paragraph, mark, head in zip(paragraphs, marks, heads, strict=True):
        is_heading = id(paragraph) in headings
        if head or is_heading:
            spoken = below.get(head, head)
            has_opinion = has_opinion and bool(head)
            column = EXPLANATION if head else HEADING
        else:
            column = _column(paragraph, mark, spoken, settings)
        if (column == REPLY and not has_opinion) or id(paragraph) in beside:
            column = EXPLANATION
        has_opinion = has_opinion or column == TEXT
        entries.append(Entry(paragraph, column, mark, id(paragraph) in titles))
    return _without_preface(entries)


def _titles(paragraphs: Sequence[Paragraph], marks: Sequence[Mark]) -> set[int]:
    first = ((each, m) for each, m in zip(paragraphs, marks, strict=True) if each.text.strip())
    is_title = takewhile(
        lambda pair: pair[1] == Mark() and _TITLE.fullmatch(pair[0].text.strip()),
        islice(first, _LONGEST_TITLE),
    )
    return {id(paragraph) for paragraph, _ in is_title}


def _headings_and_marks(
    paragraphs: Sequence[Paragraph], settings: DocumentSettings
) -> tuple[set[int], list[Mark]]:
    """Find the headings, by the paragraphs' ids, among those where nobody is said to speak."""
    texts = [paragraph.text for paragraph in paragraphs]
    marks = find_marks(texts, settings)
    nobodys = [each for each, mark in zip(paragraphs, marks, strict=True) if not mark.label]
    headings = {id(heading) for heading in find_headings(nobodys)}
    between = [
        "" if id(each) in headings else text for each, text in zip(paragraphs, texts, strict=True)
    ]
    return headings, find_marks(between, settings)


def _without_preface(entries: Sequence[Entry]) -> list[Entry]:
    first = next((i for i, entry in enumerate(entries) if entry.column == HEADING), 0)
    return [
        replace(entry, column=EXPLANATION)
        if i < first and entry.column == TEXT and not entry.is_marked
        else entry
        for i, entry in enumerate(entries)
    ]


def _column(paragraph: Paragraph, mark: Mark, spoken: str, settings: DocumentSettings) -> str:
    if not paragraph.text[mark.end :].strip():
        return EXPLANATION if paragraph.text.strip() else ""
    if (mark.speaker or spoken) == CITY:
        return REPLY
    is_item = paragraph.is_item or mark.bullet or mark.speaker or spoken
    return TEXT if is_item or not settings.only_list_items else EXPLANATION


def find_headings(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Return the headings: by their style, or where no paragraph has one, by how they look.

    What looks like a heading is none where most of its kind have nothing below them, as in a list.
    """
    filled = [paragraph for paragraph in paragraphs if paragraph.text.strip()]
    if styled := [paragraph for paragraph in filled if paragraph.is_heading]:
        return styled
    kinds = [_kind(paragraph) if paragraph.looks_like_heading else "" for paragraph in filled]
    lists = {kind for kind in {*kinds} if kind and _is_list(kinds, kind)}
    return [each for each, kind in zip(filled, kinds, strict=True) if kind and kind not in lists]


def _is_list(kinds: Sequence[str], kind: str) -> bool:
    """Tell whether most paragraphs of `kind` have nothing but the next of them below."""
    n_all = kinds.count(kind)
    n_alone = sum(own == kind and below in (kind, None) for own, below in pairwise([*kinds, None]))
    return n_all > 1 and n_alone > n_all / 2


def _kind(paragraph: Paragraph) -> str:
    first = paragraph.text.strip()[0]
    return "1" if re.match(r"[\d第(（]", first) else "A" if first.isalpha() else first


def make_paragraph_grid(name: str, entries: Sequence[Entry]) -> ParagraphGrid:
    """Lay paragraphs out as a table with the columns 見出し, 段落, 説明 and 市の考え方.

    A reply stands beside the opinion that it answers. The paragraphs above the first heading
    come before the names of the columns.
    """
    columns = [entry.column for entry in entries]
    header_row = (
        min([columns.index(name) for name in (HEADING, TEXT) if name in columns] or [0]) + 1
    )
    if HEADING not in columns:
        header_row = 1
    rows = [
        [entry.words if entry.column == name else None for name in _COLUMNS] for entry in entries
    ]
    for opinion, reply in pair_replies(entries):
        before = rows[opinion][-1]
        words = entries[reply].words
        rows[opinion][-1] = words if before is None else f"{before}\n{words}"
        rows[reply][-1] = None
    rows.insert(header_row - 1, [*_COLUMNS])
    places = [entry.paragraph.place for entry in entries]
    places.insert(header_row - 1, name)
    return ParagraphGrid(
        name, None, make_cells(rows, name), header_row=header_row, row_places=tuple(places)
    )


def pair_replies(entries: Sequence[Entry]) -> Iterator[tuple[int, int]]:
    """Yield the numbers (from 0) of an opinion and of a reply that stands below it."""
    opinion = 0
    for number, entry in enumerate(entries):
        if entry.column == TEXT:
            opinion = number
        elif entry.column == REPLY:
            yield opinion, number


def name_sessions(entries: Sequence[Entry]) -> bool:
    """Tell whether the headings are the sessions: 第1回, 第2回, …."""
    numbers = [to_session(entry.words) for entry in entries if entry.column == HEADING]
    return None not in numbers and len(set(numbers)) == len(numbers) > 0
