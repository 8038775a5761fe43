from collections.abc import Callable, Sequence
from pathlib import Path

import docx
import pandas as pd
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from kyodo_analysis.errors import ReadingError
from kyodo_analysis.reading import (
    DocumentSettings,
    OpinionColumns,
    Reading,
    read_document,
    read_meeting_report,
)
from kyodo_analysis.reading.formats.word_file import read_word_file
from kyodo_analysis.reading.tables import ORGANIZATIONS
from kyodo_analysis.tables import CORRECTIONS

TABLES = DocumentSettings(OpinionColumns("ご意見"))


@pytest.fixture
def write_document(tmp_path: Path) -> Callable[[Document], Path]:
    def write(document: Document) -> Path:
        document.save(str(tmp_path / "報告.docx"))
        return tmp_path / "報告.docx"

    return write


def add_table(document: Document, rows: Sequence[Sequence[str]]) -> None:
    table = document.add_table(len(rows), len(rows[0]))
    for cells, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(cells.cells, texts, strict=True):
            cell.text = text


def read(path: Path, settings: DocumentSettings) -> Reading:
    return read_document(path, settings=settings, corrections=CORRECTIONS.make())


def minutes() -> Document:
    document = docx.Document()
    document.add_paragraph("意見交換会の記録")
    document.add_heading("交通について", 1)
    document.add_paragraph("次の意見がありました。")
    document.add_paragraph("バスを増やしてほしい。", style="List Bullet")
    document.add_paragraph("特になし", style="List Bullet")
    document.add_paragraph("")
    document.add_heading("広報について", 1)
    document.add_paragraph("広報紙の字が小さい。", style="List Bullet")
    return document


def test_each_paragraph_under_a_heading_is_an_opinion_and_the_heading_its_category(
    write_document: Callable[[Document], Path],
) -> None:
    opinions = read(write_document(minutes()), DocumentSettings()).opinions
    assert opinions[["category", "text", "source"]].to_numpy().tolist() == [
        ["交通について", "次の意見がありました。", "報告.docx:段落3"],
        ["交通について", "バスを増やしてほしい。", "報告.docx:段落4"],
        ["広報について", "広報紙の字が小さい。", "報告.docx:段落8"],
    ]


def test_explanations_between_listed_opinions_are_set_aside(
    write_document: Callable[[Document], Path],
) -> None:
    reading = read(write_document(minutes()), DocumentSettings(only_list_items=True))
    assert reading.opinions["text"].tolist() == ["バスを増やしてほしい。", "広報紙の字が小さい。"]
    assert reading.set_aside[["treatment", "raw_text"]].to_numpy().tolist() == [
        ["表の前", "意見交換会の記録"],
        ["見出し・説明", "交通について"],
        ["見出し・説明", "次の意見がありました。"],
        ["特になし", "特になし"],
        ["見出し・説明", "広報について"],
    ]


def test_headings_without_a_style_are_known_by_their_marks(
    write_document: Callable[[Document], Path],
) -> None:
    document = docx.Document()
    for text in ("（１）交通", "バスが少ない。", "【広報】", "1番線の字が小さい。"):
        document.add_paragraph(text)
    opinions = read(write_document(document), DocumentSettings()).opinions
    assert opinions[["category", "text"]].to_numpy().tolist() == [
        ["(1)交通", "バスが少ない。"],
        ["【広報】", "1番線の字が小さい。"],
    ]


def test_without_headings_every_paragraph_is_an_opinion(
    write_document: Callable[[Document], Path],
) -> None:
    document = docx.Document()
    document.add_paragraph("バスが少ない。")
    document.add_paragraph("橋が古い。")
    opinions = read(write_document(document), DocumentSettings()).opinions
    assert opinions["source"].tolist() == ["報告.docx:段落1", "報告.docx:段落2"]
    assert opinions["category"].isna().all()


def test_tables_are_read_with_their_merged_cells_and_places(
    write_document: Callable[[Document], Path],
) -> None:
    document = docx.Document()
    document.add_paragraph("前書き")
    add_table(document, [["担当", "電話"], ["市民課", "00"]])
    add_table(document, [["分類", "ご意見"], ["交通", "バス\nと電車"], ["", "橋"]])
    document.tables[1].cell(1, 0).merge(document.tables[1].cell(2, 0))
    settings = DocumentSettings(OpinionColumns("ご意見", category="分類"))
    reading = read(write_document(document), settings)
    assert reading.opinions[["category", "text", "source"]].to_numpy().tolist() == [
        ["交通", "バス\nと電車", "報告.docx:表2!B2"],
        ["交通", "橋", "報告.docx:表2!B3"],
    ]
    noted = reading.findings.set_index("check")["found"]
    assert noted["読まなかった表"] == "担当、電話、市民課、00"
    assert noted["読まなかった段落"] == "前書き"


def test_several_tables_share_no_id_and_take_their_headings_as_categories(
    write_document: Callable[[Document], Path],
) -> None:
    document = docx.Document()
    for heading, words in (("交通", "バス"), ("広報", "広報紙")):
        document.add_heading(heading, 1)
        add_table(document, [["ご意見", "市の考え方"], [words, "検討します"]])
    settings = DocumentSettings(OpinionColumns("ご意見", reply="市の考え方"))
    reading = read(write_document(document), settings)
    assert reading.opinions[["opinion_id", "category", "text"]].to_numpy().tolist() == [
        ["表1-1", "交通", "バス"],
        ["表2-1", "広報", "広報紙"],
    ]
    assert reading.replies["opinion_id"].tolist() == ["表1-1", "表2-1"]
    assert reading.reconciliation["part"].tolist() == ["表1", "表2"]


@pytest.mark.parametrize("with_other_table", [True, False])
def test_a_document_without_such_a_table_is_said_to_have_none(
    write_document: Callable[[Document], Path], with_other_table: bool
) -> None:
    document = docx.Document()
    if with_other_table:
        add_table(document, [["回", "場所"]])
    with pytest.raises(ReadingError, match="「ご意見」という列のある表がありません"):
        read(write_document(document), TABLES)


def test_words_in_controls_insertions_and_links_are_read_and_ruby_is_not(
    write_document: Callable[[Document], Path],
) -> None:
    document = docx.Document()
    word = nsdecls("w")
    parts = [
        "<w:ins><w:r><w:t>加えた</w:t></w:r></w:ins>",
        "<w:del><w:r><w:delText>消した</w:delText></w:r></w:del>",
        "<w:sdt><w:sdtContent><w:r><w:t>選んだ</w:t></w:r></w:sdtContent></w:sdt>",
        "<w:r><w:ruby><w:rt><w:r><w:t>はし</w:t></w:r></w:rt>"
        "<w:rubyBase><w:r><w:t>橋</w:t></w:r></w:rubyBase></w:ruby></w:r>",
        "<w:r><w:tab/><w:t>後</w:t><w:br/><w:t>行</w:t></w:r>",
    ]
    body = document.element.body
    body.insert(0, parse_xml(f"<w:p {word}>{''.join(parts)}</w:p>"))
    body.insert(
        1,
        parse_xml(
            f"<w:sdt {word}><w:sdtContent><w:p><w:r><w:t>控えの段落</w:t></w:r></w:p>"
            "</w:sdtContent></w:sdt>"
        ),
    )
    texts = [paragraph.text for paragraph in read_word_file(write_document(document)).paragraphs]
    assert texts == ["加えた選んだ橋\t後\n行", "控えの段落"]


def test_a_broken_document_is_said_to_be_broken(tmp_path: Path) -> None:
    path = tmp_path / "報告.docx"
    path.write_bytes(b"PK\x03\x04" + bytes(100))
    with pytest.raises(ReadingError, match="壊れているようです"):
        read(path, TABLES)


def test_a_report_in_word_is_read_like_the_same_report_as_text(
    write_document: Callable[[Document], Path], tmp_path: Path
) -> None:
    sessions = [
        ["回", "第1回", "第2回"],
        ["日時", "6月1日(土) 14:00~16:00", "6月8日(土) 10:00~12:00"],
        ["場所", "公民館", "図書館"],
        ["参加団体", "川の会\n橋の会\n(計2団体5名)", "川の会\n(計1団体2名)"],
    ]
    document = docx.Document()
    document.add_paragraph("意見交換会の実施報告")
    document.add_paragraph("令和6年6月30日 市民課")
    add_table(document, sessions)
    document.add_paragraph("2. 主なご意見(順不同)")
    rows = [
        ["分類", "内容"],
        ["A. 交通", "バスが少ない。\n\n橋が古い。"],
        ["B. 広報", "字が小さい。\n\n紙が薄い。"],
    ]
    add_table(document, rows)
    text = tmp_path / "報告.txt"
    lines = [
        "意見交換会の実施報告",
        "令和6年6月30日 市民課",
        "",
        *("\t".join(cell.replace("\n", " ") for cell in row) for row in sessions),
        "",
        "2. 主なご意見(順不同)",
        "",
        "分類\t内容",
        "A. 交通\tバスが少ない。",
        "橋が古い。",
        "B. 広報\t字が小さい。",
        "紙が薄い。",
    ]
    text.write_text("\n".join(lines), encoding="utf-8")
    known = ORGANIZATIONS.make([{"organization": "川の会"}, {"organization": "橋の会"}])
    in_word, as_text = (
        read_meeting_report(path, organizations=known, corrections=CORRECTIONS.make())
        for path in (write_document(document), text)
    )
    columns = ["opinion_id", "category_code", "category", "text", "raw_text"]
    pd.testing.assert_frame_equal(in_word.opinions[columns], as_text.opinions[columns])
    pd.testing.assert_frame_equal(in_word.sessions, as_text.sessions)
    pd.testing.assert_frame_equal(in_word.attendance, as_text.attendance)
    assert in_word.opinions["source"].tolist() == [
        "報告.docx:表2!B2の1行目",
        "報告.docx:表2!B2の3行目",
        "報告.docx:表2!B3の1行目",
        "報告.docx:表2!B3の3行目",
    ]


def test_paragraphs_are_no_rows_that_go_on(write_document: Callable[[Document], Path]) -> None:
    document = docx.Document()
    for text in (
        "市民A:橋が古い。",
        "市:直します。",
        "市民B:道が狭い。",
        "市:広げます。",
        "市民C:夜が暗い。",
    ):
        document.add_paragraph(text)
    reading = read(write_document(document), DocumentSettings())
    assert reading.opinions["text"].tolist() == ["橋が古い。", "道が狭い。", "夜が暗い。"]
    assert "続きの行" not in set(reading.findings["check"])


def test_a_second_table_of_sentences_is_doubted_and_read_once_its_header_is_the_same(
    write_document: Callable[[Document], Path],
) -> None:
    def written(header: str) -> Path:
        document = docx.Document()
        add_table(document, [["番号", "ご意見"], ["1", "橋が古いので直してほしい。"]])
        rest = [["2", "道が狭くて歩きにくい。"], ["3", "夜が暗くてこわいです。"]]
        add_table(document, [["番号", header], *rest])
        return write_document(document)

    reading = read(written("内容"), TABLES)
    said = reading.findings[reading.findings["check"] == "読まなかった表"].iloc[0]
    assert (said["result"], said["source"]) == ("要確認", "報告.docx:表2")
    assert "その列の見出しを「ご意見」に直して" in said["note"]
    assert read(written("ご意見"), TABLES).opinions["text"].tolist() == [
        "橋が古いので直してほしい。",
        "道が狭くて歩きにくい。",
        "夜が暗くてこわいです。",
    ]


@pytest.mark.parametrize("title", ["課長", "部長", "次長", "道路課長", "都市整備部長"])
def test_a_title_without_its_office_speaks_for_the_city(
    write_document: Callable[[Document], Path], title: str
) -> None:
    document = docx.Document()
    for text in ("○委員　橋が古い。", f"○{title}　今後の課題とします。", "○委員　道が狭い。"):
        document.add_paragraph(text)
    reading = read(write_document(document), DocumentSettings())
    assert reading.opinions["text"].tolist() == ["橋が古い。", "道が狭い。"]
    assert reading.replies["reply"].tolist() == ["今後の課題とします。"]
