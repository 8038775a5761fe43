"""Running heads, feet and page numbers: what repeats at the edge of the pages."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kyodo_analysis.reading.formats.pdf.gaps import find_header
from kyodo_analysis.reading.formats.pdf.lines import Line
from kyodo_analysis.reading.formats.pdf.page import Page

HEAD, FOOT, PAGE_NUMBER = "ページの上の文字", "ページの下の文字", "ページ番号"

_EDGE = 0.14
_MOST_LINES = 4
_SAME_HEIGHT = 4.0
_SHARE = 0.3
_DIGITS = re.compile(r"\d+")
_ROMAN = "[ivxlc]{1,6}"
_NUMBER = re.compile(
    rf"[\s\-‐–—―ー~(\[<・]*(?:p(?:age)?\.?|第)?\s*(?P<number>\d{{1,4}}|{_ROMAN})\s*"
    r"(?:頁|ページ)?\s*(?:(?:/|of|中)\s*\d{1,4})?\s*(?:頁|ページ)?[\s\-‐–—―ー~)\]>・]*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Running:
    """A line at the edge of a page that belongs to no text."""

    page: int
    kind: str
    line: Line


def find_running(pages: Sequence[Page]) -> list[Running]:
    """Return the heads, feet and page numbers of all pages."""
    found: list[Running] = []
    for is_head in (True, False):
        edges = [_edge(page, is_head=is_head) for page in pages]
        levels = _levels(edges)
        for page, lines in zip(pages, edges, strict=True):
            found.extend(_running(page, lines, levels, len(pages), is_head=is_head))
    return found


def _levels(edges: Iterable[Sequence[Line]]) -> dict[str, list[float]]:
    """Return at which heights each text stands at the edge of pages, digits aside."""
    levels: dict[str, list[float]] = {}
    for edge in edges:
        for line in edge:
            levels.setdefault(_without_digits(line), []).append(line.level)
    return {text: sorted(found) for text, found in levels.items()}


def _edge(page: Page, *, is_head: bool) -> list[Line]:
    """Return the lines at one edge of a page, from the edge inwards."""
    height = page.size[1]
    inner = height * (_EDGE if is_head else 1 - _EDGE)
    tables = [table.box for table in page.tables]
    in_headers = _lines_of_headers(page.lines)
    lines = [
        line
        for line in page.lines
        if not line.is_down
        and id(line) not in in_headers
        and ((line.box.bottom <= inner) if is_head else (line.box.top >= inner))
        and not any(
            (box.top < line.box.top) if is_head else (box.bottom > line.box.bottom)
            for box in tables
        )
    ]
    return sorted(lines, key=lambda line: line.level, reverse=not is_head)[:_MOST_LINES]


def _lines_of_headers(lines: Sequence[Line]) -> set[int]:
    headers = (find_header(lines[number : number + _MOST_LINES]) for number in range(len(lines)))
    return {id(line) for header in headers if header for line in header.lines}


def _running(
    page: Page,
    lines: Sequence[Line],
    levels: Mapping[str, Sequence[float]],
    n_pages: int,
    *,
    is_head: bool,
) -> Iterable[Running]:
    """Yield the lines of one edge from outside in, up to the first that is only on this page."""
    for line in lines:
        same = levels[_without_digits(line)]
        low, high = line.level - _SAME_HEIGHT, line.level + _SAME_HEIGHT
        n_same = bisect_right(same, high) - bisect_left(same, low)
        is_repeated = n_same >= 2 and n_same >= min(3, _SHARE * n_pages)
        if _is_page_number(line, n_pages) and (is_repeated or line is lines[0]):
            yield Running(page.number, PAGE_NUMBER, line)
        elif is_repeated:
            yield Running(page.number, HEAD if is_head else FOOT, line)
        else:
            return


def _is_page_number(line: Line, n_pages: int) -> bool:
    found = _NUMBER.fullmatch(unicodedata.normalize("NFKC", line.text).strip())
    number = found["number"] if found else ""
    return bool(found) and (not number.isdigit() or int(number) <= max(2000, n_pages))


def _without_digits(line: Line) -> str:
    return _DIGITS.sub("0", unicodedata.normalize("NFKC", line.text).strip())
