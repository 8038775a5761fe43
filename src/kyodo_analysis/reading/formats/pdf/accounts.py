"""What a PDF holds beside its paragraphs and tables: named, with its words and place."""

from collections.abc import Iterable, Iterator, Sequence

from kyodo_analysis.errors import ReadingError
from kyodo_analysis.reading.findings import DOUBTFUL, NOTED, Finding, finding
from kyodo_analysis.reading.formats.pdf.geometry import around
from kyodo_analysis.reading.formats.pdf.glyphs import Glyph
from kyodo_analysis.reading.formats.pdf.layout import Layout, TextBlock
from kyodo_analysis.reading.formats.pdf.page import Page, Part
from kyodo_analysis.reading.formats.pdf.places import name_place
from kyodo_analysis.reading.formats.pdf.running import PAGE_NUMBER, Running

UNREAD = "読まなかった文字"
_MOST_UNMAPPED = 0.02
_MOST_NAMED = 5
_ASIDE = {
    False: "斜めや横倒しの文字です(透かしなど)",
    True: "枠の外に切り取られ、ページには見えない文字です",
}


def refuse_unreadable(file: str, pages: Sequence[Page]) -> None:
    """Refuse scans and text whose characters are not known.

    Raises
    ------
    ReadingError
        With the pages, and what to do.
    """
    glyphs = [g for page in pages for g in glyphs_of(page) if not g.text.isspace()]
    if not glyphs:
        raise ReadingError(
            file,
            f"{len(pages)}ページのどこにも文字がありません(紙を読み取った画像のようです)",
            "読めるのは、文字を選んで写せる PDF です",
            "元の Word や Excel をもらうか、文字認識(OCR)をかけて確かめたものを使ってください",
        )
    unmapped = sum(glyph.is_unmapped for glyph in glyphs)
    if unmapped > _MOST_UNMAPPED * len(glyphs):
        raise ReadingError(
            file,
            f"{len(glyphs):,}字のうち{unmapped:,}字が、どの文字か分からない作りの PDF です",
            "読めるのは、写して貼ると同じ文字になる PDF です",
            "元の Word や Excel をもらうか、作った人に別の方法で PDF にしてもらってください",
        )


def refuse_unclear(file: str, layout: Layout) -> None:
    """Refuse a table whose rows cannot be told apart.

    Raises
    ------
    ReadingError
        With the page of the first one, and what to do.
    """
    if layout.unclear:
        page, region = layout.unclear[0].page, layout.unclear[0].region
        words = " ".join(region.lines[0].text.split())
        raise ReadingError(
            file,
            f"{page}頁の表(「{words}」)に罫線が無く、どこまでが1件か分かりません",
            "読めるのは、罫線のある表か、行と行の間が空いている表です",
            "元の Word や Excel をもらうか、Excel に1行に1件ずつ写してください",
        )


def glyphs_of(page: Page) -> Iterator[Glyph]:
    """Yield every character of a page."""
    cells = (cell.part.lines for table in page.tables for cell in table.cells)
    for lines in (page.lines, *cells):
        for line in lines:
            yield from (glyph for glyph in (*line.glyphs, *line.ruby) if not glyph.is_drawn)
    yield from page.aside


def find_unread(file: str, pages: Sequence[Page], layout: Layout) -> Iterator[Finding]:
    """Name all that is in no paragraph and no cell, and the pages that hold no words."""
    yield from _running(file, layout)
    yield from _repeated_headers(file, layout)
    yield from _ruby(file, layout)
    yield from _aside(file, pages)
    yield from _notes(file, pages)
    yield from _pictures(file, pages)
    yield from _recognised(file, pages)


def _noted(place: str, found: str, note: str) -> Finding:
    return finding(UNREAD, NOTED, place, found, note)


def _running(file: str, layout: Layout) -> Iterator[Finding]:
    """Name each head and foot once, with the pages on which it stands."""
    same: dict[tuple[str, str], list[Running]] = {}
    for found in layout.running:
        words = "" if found.kind == PAGE_NUMBER else found.line.text.strip()
        same.setdefault((found.kind, words), []).append(found)
    for (kind, words), group in same.items():
        first = group[0]
        place = name_place(file, [Part(first.page, first.line.box, (first.line,))])
        said = words or "、".join(dict.fromkeys(found.line.text.strip() for found in group))
        yield _noted(place, said, f"{kind}です({_pages(found.page for found in group)})")


def _pages(numbers: Iterable[int]) -> str:
    pages = sorted(set(numbers))
    shown = "・".join(map(str, pages[:_MOST_NAMED]))
    return f"{shown}頁{'など' if len(pages) > _MOST_NAMED else ''}、{len(pages)}ページ"


def _repeated_headers(file: str, layout: Layout) -> Iterator[Finding]:
    for block in layout.blocks:
        parts = [] if isinstance(block, TextBlock) else list(block.dropped)
        if parts:
            on_page = [part for part in parts if part.page == parts[0].page]
            words = " ".join("".join(line.text for line in part.lines) for part in on_page)
            pages = _pages(part.page for part in parts)
            note = f"次のページの初めに繰り返された、表の見出しです({pages})"
            yield _noted(name_place(file, on_page), words, note)


def _ruby(file: str, layout: Layout) -> Iterator[Finding]:
    for part in _parts(layout):
        for line in part.lines:
            if line.ruby:
                place = name_place(file, [Part(part.page, line.box, (line,))])
                words = "".join(glyph.text for glyph in line.ruby)
                yield _noted(place, words, f"「{line.text.strip()}」のふりがなです")


def _parts(layout: Layout) -> Iterator[Part]:
    for block in layout.blocks:
        if isinstance(block, TextBlock):
            yield from block.parts
        else:
            yield from (part for cell in block.cells for part in cell.parts)
            yield from block.dropped


def _aside(file: str, pages: Sequence[Page]) -> Iterator[Finding]:
    for page in pages:
        for is_clipped, note in _ASIDE.items():
            inked = [g for g in page.aside if g.is_clipped == is_clipped and not g.text.isspace()]
            if inked:
                box = around(glyph.box for glyph in inked)
                place = name_place(file, [Part(page.number, box, ())])
                yield _noted(place, "".join(glyph.text for glyph in inked), note)


def _notes(file: str, pages: Sequence[Page]) -> Iterator[Finding]:
    note = "コメントや入力欄の文字です。意見なら、元の文書の本文に写してください"
    for page in pages:
        for words in page.notes:
            yield finding(UNREAD, DOUBTFUL, f"{file}:{page.number}頁", words, note)


def _pictures(file: str, pages: Sequence[Page]) -> Iterator[Finding]:
    """Name the pages without words, and say of pictures that words in them are not read."""
    empty = [page for page in pages if not any(True for _ in glyphs_of(page))]
    scans = [page.number for page in empty if page.n_pictures]
    if scans:
        note = "画像だけのページです(紙を読み取ったもののようです)。文字に起こさないと読めません"
        yield finding("読めないページ", DOUBTFUL, file, _pages(scans), note)
    others = [page.number for page in pages if page.n_pictures and page not in empty]
    if others:
        yield _noted(file, f"画像({_pages(others)})", "画像の中に言葉があっても、読みません")


def _recognised(file: str, pages: Sequence[Page]) -> Iterator[Finding]:
    found = [page.number for page in pages if any(g.is_invisible for g in glyphs_of(page))]
    if found:
        note = "紙の画像に重ねられた、文字認識(OCR)の文字のようです。誤りがないかを画像と比べてください"
        yield finding("文字認識の文字", DOUBTFUL, file, _pages(found), note)
