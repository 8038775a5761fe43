"""PDFs as programs make them, held to what stood in them before."""

import ctypes
from collections import Counter

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from kyodo_analysis.reading.formats.blocks import Paragraph
from kyodo_analysis.reading.formats.pdf.layout import TextBlock, lay_out
from kyodo_analysis.reading.formats.pdf.reader import read_pages, read_pdf_file

TABLES = (
    "A_ruled",
    "A_borderless",
    "D_chromium",
    "writer_two_tables_merged_over_pages",
    "writer_lines",
    "writer_borderless",
    "chromium_dotted_merged",
    "reportlab_lines_cid",
    "reportlab_ruled",
)
ITEMS = (
    "C_vertical",
    "writer_paragraphs",
    "writer_vertical",
    "chromium_two_columns",
    "chromium_ruby",
)
MARKS = "・○•"


def bare(text):
    return "".join(text.split())


def rows_of(document, headers):
    found = []
    for grid in document.tables:
        rows = [[bare(text) for text in row] for row in grid.filled_texts.to_numpy().tolist()]
        if headers in rows:
            found += rows[rows.index(headers) + 1 :]
    return found


@pytest.mark.parametrize("name", TABLES)
def test_every_row_of_a_table_is_read_as_it_was_written(made, truth_of, name):
    truth = truth_of(name)
    document = read_pdf_file(made / f"{name}.pdf")
    headers = [bare(header) for header in truth["headers"]]
    wanted = [[bare(text) for text in row] for row in truth["rows"]]
    found = rows_of(document, headers)
    if name == "A_borderless":  # a place stands once, above the rows that it holds for
        places = [row.pop(1) for row in found]
        wanted_places = [row.pop(1) for row in wanted]
        assert [place for place in places if place] == list(dict.fromkeys(wanted_places))
    assert found == wanted


@pytest.mark.parametrize("name", ITEMS)
def test_every_paragraph_stands_whole_under_its_heading(made, truth_of, name):
    groups = truth_of(name)["groups"]
    headings = {bare(heading) for heading, _ in groups}
    found, heading = [], None
    for block in read_pdf_file(made / f"{name}.pdf").blocks:
        text = bare(block.text).lstrip("■") if isinstance(block, Paragraph) else ""
        if text in headings:
            heading = text
        elif heading and text:
            found.append((heading, text.lstrip(MARKS)))
    wanted = [(bare(head), bare(text).lstrip(MARKS)) for head, texts in groups for text in texts]
    assert found == wanted


def test_bullets_of_a_cell_over_pages_are_its_lines(made, truth_of):
    (table,) = read_pdf_file(made / "B_bullets.pdf").tables
    lines = {bare(row[0]): bare(row[1]) for row in table.texts.to_numpy().tolist()[1:]}
    for place, texts in truth_of("B_bullets")["groups"]:
        assert lines[bare(place)] == "".join(bare(text) for text in texts)
    shown = {bare(line) for cell in table.texts[1] for line in cell.split("\n")}
    for _, texts in truth_of("B_bullets")["groups"]:
        assert {bare(text.split("\n")[0]) for text in texts} <= shown


def test_ruby_is_taken_out_of_the_sentence_and_named(made):
    document = read_pdf_file(made / "chromium_ruby.pdf")
    said = [finding for finding in document.unread if "ふりがな" in finding["note"]]
    assert {finding["found"] for finding in said} == {"しやくしょ"}
    assert not any("しやくしょ" in paragraph.text for paragraph in document.paragraphs)


@pytest.mark.parametrize("name", [*TABLES, *ITEMS, "B_bullets", "kashiwa"])
def test_every_character_of_every_page_has_a_place(made, name):
    pages = read_pages(made / f"{name}.pdf")
    layout = lay_out(pages)
    lines = [found.line for found in layout.running]
    for block in layout.blocks:
        if isinstance(block, TextBlock):
            lines += block.lines
        else:
            lines += [line for cell in block.cells for line in cell.lines]
            lines += [line for part in block.dropped for line in part.lines]
    glyphs = [glyph for line in lines for glyph in (*line.glyphs, *line.ruby)]
    glyphs += [glyph for page in pages for glyph in page.aside]
    kept = Counter(bare("".join(glyph.text for glyph in glyphs if not glyph.is_drawn)))
    assert kept == Counter(bare(characters_of(made / f"{name}.pdf")))


def characters_of(path):
    """Return what PDFium itself finds, without what it makes up."""
    units = []
    with pypdfium2.PdfDocument(path) as pdf:
        for page in pdf:
            text_page = page.get_textpage()
            raw = text_page.raw
            units += [
                pdfium.FPDFText_GetUnicode(raw, i)
                for i in range(pdfium.FPDFText_CountChars(raw))
                if pdfium.FPDFText_IsGenerated(raw, i) != 1
            ]
    text = b"".join(bytes(ctypes.c_uint16(unit)) for unit in units).decode("utf-16-le")
    return text.replace("\x02", "-")  # a hyphen at the end of a line


def test_heads_feet_and_repeated_headers_are_named_and_in_no_cell(made):
    document = read_pdf_file(made / "A_ruled.pdf")
    notes = {finding["found"]: finding["note"] for finding in document.unread}
    assert notes["架空市地域公共交通計画(案) 意見募集の結果"].startswith("ページの上の文字です")
    assert "11ページ" in notes["架空市地域公共交通計画(案) 意見募集の結果"]
    assert notes["No. 該当箇所 御意見の概要 市の考え方 対応"].startswith("次のページの初めに")
    numbers = next(found for found, note in notes.items() if note.startswith("ページ番号"))
    assert numbers.split("、") == [f"- {number} -" for number in range(1, 12)]


def test_an_opinion_over_pages_names_both_boxes(made):
    table = read_pdf_file(made / "A_ruled.pdf").tables[1]
    assert table.place(5, 2) == "A_ruled.pdf:1頁(245,679,339,775)と2頁(245,74,339,253)"
