"""Pages written character by character: each shows one thing that a reader can get wrong."""

import io

import pytest
from PIL import Image

from kyodo_analysis.errors import ReadingError
from kyodo_analysis.reading import draw_place
from kyodo_analysis.reading.formats.pdf.reader import read_pdf_file

HEADERS = ("番号", "意見", "回答")
EDGES = (50, 100, 300, 500)


def ruled(rows, *, top=780, height=40, size=10):
    """Return texts and lines of a table, the first line of a cell 14 below its upper rule."""
    texts, lines = [], []
    for number, row in enumerate(rows):
        y = top - number * height
        lines.append((EDGES[0], y, EDGES[-1], y))
        for x, cell in zip(EDGES, row, strict=False):
            for depth, line in enumerate(cell.split("\n")):
                texts.append((x + 4, y - 14 - 12 * depth, size, line))
    bottom = top - len(rows) * height
    lines.append((EDGES[0], bottom, EDGES[-1], bottom))
    lines += [(x, top, x, bottom) for x in EDGES]
    return texts, lines


def cells(table):
    return table.texts.to_numpy().tolist()


def test_a_ruled_table_gives_its_cells(write_pdf):
    rows = [HEADERS, ("1", "道が暗い。", "直します。"), ("2", "橋がない。", "調べます。")]
    (table,) = read_pdf_file(write_pdf(ruled(rows))).tables
    assert cells(table) == [list(row) for row in rows]
    assert table.place(2, 1) == "結果.pdf:1頁(100,102,300,142)"


def test_a_line_that_was_full_goes_on_without_anything_between(write_pdf):
    full = "道が暗くて夜に歩くのが怖いと子どもが"  # 18 of 19 places, and a word of two follows
    rows = [HEADERS, ("1", f"{full}言\nいます。", "はい。"), ("2", "橋。\n川。", "はい。")]
    (table,) = read_pdf_file(write_pdf(ruled(rows))).tables
    assert cells(table)[1][1] == f"{full}言います。"
    assert cells(table)[2][1] == "橋。\n川。"


def test_a_row_without_its_number_at_the_head_of_a_page_goes_on(write_pdf):
    first = ruled(
        [HEADERS, ("1", "道が暗い。", "はい。"), ("2", "夜に歩くのが", "はい。")], top=200
    )
    second = ruled([HEADERS, ("", "怖い。", ""), ("3", "橋がない。", "はい。")])
    (table,) = read_pdf_file(write_pdf(first, second)).tables
    assert [row[0] for row in cells(table)] == ["番号", "1", "2", "3"]
    assert cells(table)[2][1].replace("\n", "") == "夜に歩くのが怖い。"


def test_a_table_goes_on_below_a_note_and_without_its_headers(write_pdf):
    texts, lines = ruled([HEADERS, ("1", "道が暗い。", "はい。")], top=200)
    second = ruled([("2", "橋がない。", "はい。")])
    document = read_pdf_file(write_pdf(([*texts, (54, 60, 8, "※まとめました。")], lines), second))
    (table,) = document.tables
    assert [row[0] for row in cells(table)] == ["番号", "1", "2"]
    assert [paragraph.text for paragraph in document.paragraphs] == ["※まとめました。"]


def test_two_tables_with_a_heading_between_stay_two(write_pdf):
    texts, lines = ruled([HEADERS, ("1", "道が暗い。", "はい。")], top=700)
    more, others = ruled([HEADERS, ("1", "橋がない。", "はい。")], top=500)
    document = read_pdf_file(write_pdf(([*texts, (54, 550, 12, "2 橋"), *more], [*lines, *others])))
    assert [len(table.texts) for table in document.tables] == [2, 2]


def test_cells_without_an_edge_between_are_one(write_pdf):
    texts, lines = ruled([HEADERS, ("1", "道が暗い。", "はい。"), ("2", "橋がない。", "")])
    whole = [line for line in lines if line != (50, 700, 500, 700)]
    (table,) = read_pdf_file(write_pdf((texts, [*whole, (50, 700, 300, 700)]))).tables
    assert [tuple(merge) for merge in table.merged] == [(2, 2, 3, 2)]
    assert table.filled_texts.loc[3, 2] == "はい。"


def test_double_and_dashed_rules_count_once(write_pdf):
    rows = [HEADERS, ("1", "道が暗い。", "はい。")]
    texts, lines = ruled(rows)
    double = [(x0, y0 - 1.5, x1, y1 - 1.5) for x0, y0, x1, y1 in lines if y0 == y1]
    dashed = [
        (x0, y, x1, min(y + 6, max(y0, y1)))
        for x0, y0, x1, y1 in lines
        if x0 == x1
        for y in range(int(min(y0, y1)), int(max(y0, y1)), 8)
    ]
    across = [line for line in lines if line[1] == line[3]]
    (table,) = read_pdf_file(write_pdf((texts, [*across, *double, *dashed]))).tables
    assert cells(table) == [list(row) for row in rows]


def gapped(rows, *, pitch, middle=0):
    """Return the texts of a table without rules."""
    y, texts = 700, []
    for row in rows:
        n_lines = max(cell.count("\n") + 1 for cell in row)
        for x, cell in zip(EDGES, row, strict=False):
            down = middle * (n_lines - cell.count("\n") - 1) * 6
            texts += [
                (x + 4, y - down - 12 * depth, 10, line)
                for depth, line in enumerate(cell.split("\n"))
            ]
        y -= 12 * (n_lines - 1) + pitch
    return texts, []


def test_a_table_without_rules_is_parted_by_its_gaps(write_pdf):
    rows = [HEADERS, ("1", "道が\n暗い。", "はい。"), ("2", "橋がない。", "調べ\nます。")]
    (table,) = read_pdf_file(write_pdf(gapped(rows, pitch=24))).tables
    assert [[cell.replace("\n", "") for cell in row] for row in cells(table)] == [
        [cell.replace("\n", "") for cell in row] for row in rows
    ]


def test_rows_that_nothing_parts_are_refused(write_pdf):
    rows = [HEADERS, *((str(n), "道が\n暗い。\n夜も。", "はい。") for n in range(1, 6))]
    with pytest.raises(ReadingError, match=r"結果\.pdf: 1頁の表.*どこまでが1件か分かりません"):
        read_pdf_file(write_pdf(gapped(rows, pitch=12, middle=1)))


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_a_table_on_a_page_that_is_shown_turned_is_read_and_marked(write_pdf, rotate):
    texts, lines = ruled([HEADERS, ("1", "道が暗い。", "はい。")], top=500)
    path = write_pdf((texts, lines), rotate=rotate)
    (table,) = read_pdf_file(path).tables
    assert cells(table)[1] == ["1", "道が暗い。", "はい。"]
    assert table.place(2, 1) == "結果.pdf:1頁(100,382,300,422)"
    picture = Image.open(io.BytesIO(draw_place(path, table.place(2, 1))))
    inside = picture.crop((163, 615, 475, 670)).convert("L")
    assert min(inside.get_flattened_data()) < 128


def test_a_scan_says_what_to_do(write_pdf):
    with pytest.raises(ReadingError, match=r"どこにも文字がありません.*OCR"):
        read_pdf_file(write_pdf(([], [(50, 50, 300, 50)])))


def test_text_that_cannot_be_seen_is_doubted(write_pdf):
    document = read_pdf_file(write_pdf(([(50, 700, 10, "道が暗い。")], []), mode=3))
    assert [finding["check"] for finding in document.unread] == ["文字認識の文字"]


def test_a_file_that_is_no_pdf_or_is_cut_is_refused(tmp_path, made):
    text = tmp_path / "a.pdf"
    text.write_bytes("意見です。".encode())
    with pytest.raises(ReadingError, match="PDF ではないようです"):
        read_pdf_file(text)
    text.write_bytes((made / "A_ruled.pdf").read_bytes()[:50_000])
    with pytest.raises(ReadingError, match="壊れているようです"):
        read_pdf_file(text)


def test_fonts_that_do_not_say_which_characters_they_hold_are_refused(tmp_path, made):
    content = (made / "A_ruled.pdf").read_bytes().replace(b"/ToUnicode", b"/XoUnicode")
    (tmp_path / "a.pdf").write_bytes(content)
    with pytest.raises(ReadingError, match="どの文字か分からない作りの PDF"):
        read_pdf_file(tmp_path / "a.pdf")


def test_a_password_is_asked_to_be_taken_off(made):
    with pytest.raises(ReadingError, match="パスワードが付いています"):
        read_pdf_file(made / "locked.pdf")


def test_a_comment_is_named(write_pdf):
    path = write_pdf(([(50, 700, 10, "道が暗い。")], []))
    words = "橋もない。".encode("utf-16-be").hex()
    note = f"/Annots[<</Type/Annot/Subtype/Text/Rect[1 1 9 9]/Contents<feff{words}>>>]".encode()
    path.write_bytes(path.read_bytes().replace(b"/MediaBox", note + b"/MediaBox"))
    (found,) = read_pdf_file(path).unread
    assert (found["result"], found["source"], found["found"]) == (
        "要確認",
        "結果.pdf:1頁",
        "橋もない。",
    )


def test_a_page_with_too_much_on_it_is_refused(write_pdf):
    path = write_pdf(([(50, 700, 10, "あ")], []), extra=b"\n0 0 m 1 1 l S" * 100_001)
    with pytest.raises(ReadingError, match="1頁に 100,002 個の線や図"):
        read_pdf_file(path)


def test_the_picture_shows_the_box_of_an_opinion(write_pdf):
    path = write_pdf(ruled([HEADERS, ("1", "道が暗い。", "はい。")]))
    place = read_pdf_file(path).tables[0].place(2, 1)
    picture = Image.open(io.BytesIO(draw_place(path, place)))
    orange = [
        (x / 1.6, y / 1.6)
        for x in range(picture.width)
        for y in range(picture.height)
        if picture.getpixel((x, y)) == (213, 94, 0)
    ]
    assert min(orange)[0] == pytest.approx(100, abs=4)
    assert max(orange)[0] == pytest.approx(300, abs=4)
    with pytest.raises(ReadingError, match="というページはありません"):
        draw_place(path, "結果.pdf:9頁(1,2,3,4)")
