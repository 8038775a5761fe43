import io
import time
import zipfile
from pathlib import Path

import pytest
from word_packages import (
    NAMESPACES,
    cell,
    field,
    make_package,
    paragraph,
    row,
    run,
    table,
    write_package,
)

from kyodo_analysis.errors import ReadingError
from kyodo_analysis.reading.formats.blocks import Document
from kyodo_analysis.reading.formats.word_file import read_word_file

BEGIN, SEPARATE = (
    f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate")
)
RUBY = r'EQ \* jc2 \* "Font:ＭＳ 明朝" \* hps10 \o\ad(\s\up 9(びょういん),病院)'


def named(document: Document) -> list[tuple[str, str, str]]:
    return [(each["check"], each["source"], each["found"]) for each in document.unread]


def shown(folder: Path, content: str) -> str:
    return read_word_file(write_package(folder, paragraph(content))).paragraphs[0].text


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<w:r><w:t>4</w:t><w:noBreakHyphen/><w:t>6号線</w:t></w:r>", "4\u20116号線"),
        ("<w:r><w:t>スクー</w:t><w:softHyphen/><w:t>ルバス</w:t></w:r>", "スクールバス"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t>賛成</w:t></w:r>', "☑賛成"),
        ('<w:r><w:sym w:font="Nowhere" w:char="F0FE"/></w:r>', "\uf0fe"),
        (run("\uf0fe賛成", '<w:rFonts w:ascii="Wingdings"/>'), "☑賛成"),
        (f"町の{field(RUBY)}".replace("町の", run("町の")), "町の病院"),
        (field(r"eq \o\ac(○,秘)"), "秘"),
        (field(r"EQ \f(1,2)"), "1/2"),
        (field(r"EQ \x(囲み)"), "囲み"),
        (field("SYMBOL 254 \\f Wingdings"), "☑"),
        (field("HYPERLINK http://example.jp", "市のページ"), "市のページ"),
        (field("PAGE"), ""),
        (f"{BEGIN}<w:r><w:instrText>EQ \\o\\ac(○,</w:instrText></w:r>{run('印')}"
         "<w:r><w:instrText>)</w:instrText></w:r>"
         '<w:r><w:fldChar w:fldCharType="end"/></w:r>', "印"),
        ('<w:fldSimple w:instr="EQ \\o\\ac(○,秘)"/>', "秘"),
        (f'<w:fldSimple w:instr="TITLE">{run("題")}</w:fldSimple>', "題"),
        ('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/>'
         '<w:checked/></w:checkBox></w:ffData></w:fldChar></w:r>'
         '<w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r>'
         f'<w:r><w:fldChar w:fldCharType="end"/></w:r>{run("賛成")}', "☑賛成"),
        ('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/>'
         '<w:listEntry w:val="東"/><w:listEntry w:val="西"/></w:ddList></w:ffData></w:fldChar></w:r>'
         '<w:r><w:fldChar w:fldCharType="end"/></w:r>', "西"),
        (f"{run('予算は')}<m:oMath><m:r><m:t>2×3億円</m:t></m:r></m:oMath>", "予算は2×3億円"),
        ("<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>3</m:t></m:r></m:den>"
         "</m:f></m:oMath>", "1/3"),
        (f"<w:moveTo>{run('移した')}</w:moveTo><w:ins>{run('加えた')}</w:ins>", "移した加えた"),
        (f"<w:smartTag><w:hyperlink>{run('中')}</w:hyperlink></w:smartTag>", "中"),
        (run("秘", '<w:vanish w:val="0"/>'), "秘"),
    ],
)  # fmt: skip
def test_a_paragraph_shows_what_word_shows(tmp_path: Path, content: str, text: str) -> None:
    assert shown(tmp_path, content) == text


@pytest.mark.parametrize(
    ("content", "check", "found"),
    [
        (f"<w:del>{run('消')}<w:r><w:delText>した</w:delText></w:r></w:del>", "読まなかった文字", "消した"),
        (f"<w:moveFrom>{run('元')}</w:moveFrom>", "読まなかった文字", "元"),
        (run("内部メモ", "<w:vanish/>"), "隠し文字", "内部メモ"),
        (run("内部メモ", '<w:rStyle w:val="Secret"/>'), "隠し文字", "内部メモ"),
        (f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('入力')}</w:sdtContent></w:sdt>",
         "読まなかった文字", "入力"),
        (field(RUBY), "読まなかった文字", "びょういん"),
        ("<w:r><w:ruby><w:rt><w:r><w:t>はし</w:t></w:r></w:rt></w:ruby></w:r>", "読まなかった文字", "はし"),
        (f"<w:r><w:pict><v:textbox><w:txbxContent>{paragraph(run('箱の中'))}</w:txbxContent></v:textbox>"
         "</w:pict></w:r>", "テキストボックス", "箱の中"),
        ('<w:r><w:pict><v:textpath string="飾り文字"/></w:pict></w:r>', "テキストボックス", "飾り文字"),
        (field("MACROBUTTON 押す"), "フィールド", "MACROBUTTON 押す"),
        (f"{BEGIN}<w:r><w:instrText>IF 終わりが無い</w:instrText></w:r>", "フィールド", "IF 終わりが無い"),
        ("<w:r><w:novelty>新しい</w:novelty></w:r>", "読めない部品", "w:novelty 新しい"),
        (f"<x:thing>{run('知らない')}</x:thing>", "読めない部品", "{urn:strange}thing 知らない"),
        ("<w:r><w:object/></w:r>", "読めない部品", "w:object"),
    ],
)  # fmt: skip
def test_what_is_not_shown_is_named_with_its_place(
    tmp_path: Path, content: str, check: str, found: str
) -> None:
    document = read_word_file(write_package(tmp_path, paragraph(run("意見。") + content)))
    assert document.paragraphs[0].text.replace("病院", "") == "意見。"
    assert named(document)[0] in [
        (check, "報告.docx:段落1", found),
        ("フィールド", "報告.docx:段落1", "IF 終わりが無い"),
    ]


def test_struck_words_stay_and_are_named(tmp_path: Path) -> None:
    document = read_word_file(
        write_package(tmp_path, paragraph(run("反対。", "<w:strike/>") + run("賛成。")))
    )
    assert document.paragraphs[0].text == "反対。賛成。"
    assert named(document) == [("取り消し線", "報告.docx:段落1", "反対。")]


def test_of_alternatives_one_is_read(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{paragraph(run('同じ箱'))}</w:txbxContent>"
    content = (
        "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>" + box +
        "</wps:txbx><wp:posOffset>123</wp:posOffset></w:drawing></mc:Choice><mc:Fallback><w:pict>" + box +
        "</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )  # fmt: skip
    document = read_word_file(write_package(tmp_path, paragraph(content)))
    assert named(document) == [("テキストボックス", "報告.docx:段落1", "同じ箱")]


def test_notes_comments_and_headers_are_named_where_they_belong(tmp_path: Path) -> None:
    body = paragraph(run("一。")) + paragraph(
        run("二")
        + '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:commentReference w:id="0"/></w:r>'
    )
    separator = (
        '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    )
    document = read_word_file(
        write_package(
            tmp_path,
            body,
            footnotes=f'{separator}<w:footnote w:id="2">{paragraph(run("署名20名"))}</w:footnote>',
            comments=f'<w:comment w:id="0">{paragraph(run("取り下げ"))}</w:comment>',
            header1=paragraph(run("取扱注意")),
            header2=paragraph(run("取扱注意")),
            footer1=paragraph(run("- 1 -")),
        )
    )
    assert sorted(named(document)) == [
        ("コメント", "報告.docx:段落2", "取り下げ"),
        ("ヘッダー", "報告.docx", "取扱注意"),
        ("脚注", "報告.docx:段落2", "署名20名"),
        ("読まなかった文字", "報告.docx", "- 1 -"),
    ]
    assert "(ほかに1か所)" in next(u["note"] for u in document.unread if u["check"] == "ヘッダー")


def test_parts_that_nobody_reads_are_named_and_known_ones_passed_over(tmp_path: Path) -> None:
    path = write_package(tmp_path, paragraph(run("意見。")))
    with zipfile.ZipFile(path, "a") as package:
        for name in ("word/media/image1.png", "word/embeddings/a.xlsx", "word/theme/theme1.xml",
                     "docProps/app.xml", "word/charts/chart1.xml"):  # fmt: skip
            package.writestr(name, b"x")
    assert named(read_word_file(path)) == [
        ("読まなかった画像", "報告.docx", "word/media/image1.png"),
        ("読まない部品", "報告.docx", "word/embeddings/a.xlsx"),
        ("読まない部品", "報告.docx", "word/charts/chart1.xml"),
    ]


def test_styles_make_headings_and_items_through_those_they_are_based_on(tmp_path: Path) -> None:
    own = '<w:p><w:pPr><w:pStyle w:val="Sub"/><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:p>'
    body = "".join(paragraph(run("x"), style) for style in ("Own", "Sub", "Ring", "")) + own
    read = read_word_file(write_package(tmp_path, body)).paragraphs
    assert [(each.is_heading, each.is_item) for each in read] == [
        (True, False),
        (False, True),
        (False, False),
        (False, False),
        (False, False),
    ]


def test_rows_that_were_deleted_are_no_rows_and_hidden_cells_are_named(tmp_path: Path) -> None:
    body = table(
        row(cell(run("分類")), cell(run("意見"))),
        row(cell(run("消した")), cell(run("行")), properties="<w:del/>"),
        row(cell(run("交通"), '<w:vMerge w:val="restart"/>'), cell(run("バス"))),
        row(cell(run("隠れ"), "<w:vMerge/>"), cell(f"{run('橋')}<w:del>{run('塔')}</w:del>")),
        row(cell(run("幅"), '<w:gridSpan w:val="2"/>')),
    )
    document = read_word_file(write_package(tmp_path, body))
    [grid] = document.tables
    assert grid.texts.to_numpy().tolist() == [
        ["分類", "意見"],
        ["交通", "バス"],
        ["", "橋"],
        ["幅", ""],
    ]
    assert grid.filled_texts.loc[3, 0] == "交通"
    assert sorted(named(document)) == [
        ("結合された欄の文字", "報告.docx:表1!A3", "隠れ"),
        ("読まなかった文字", "報告.docx:表1", "消した"),
        ("読まなかった文字", "報告.docx:表1", "行"),
        ("読まなかった文字", "報告.docx:表1!B3", "塔"),
    ]


def test_a_cell_with_a_prompt_is_an_empty_cell_in_its_place(tmp_path: Path) -> None:
    prompt = (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
        f"{cell(run('入力'))}</w:sdtContent></w:sdt>"
    )
    body = table(row(cell(run("a")), prompt, cell(run("c"))))
    document = read_word_file(write_package(tmp_path, body))
    assert document.tables[0].texts.to_numpy().tolist() == [["a", "", "c"]]
    assert named(document) == [("読まなかった文字", "報告.docx:表1!B1", "入力")]


def test_a_table_within_a_cell_belongs_to_the_cell(tmp_path: Path) -> None:
    inner = table(row(cell(run("駅前")), cell(run("駐輪場"))))
    body = table(f"<w:tr><w:tc>{paragraph(run('次のとおり'))}{inner}{paragraph('')}</w:tc></w:tr>")
    document = read_word_file(write_package(tmp_path, body))
    assert document.tables[0].texts.to_numpy().tolist() == [["次のとおり\n駅前\n駐輪場"]]


@pytest.mark.parametrize("span", ["200000000", "1001", "999999999999"])
def test_a_cell_over_too_many_columns_is_refused_at_once(tmp_path: Path, span: str) -> None:
    body = table(row(cell(run("x"), f'<w:gridSpan w:val="{span}"/>')))
    path = write_package(tmp_path, body)
    started = time.perf_counter()
    with pytest.raises(ReadingError, match="列にまたがる欄があります"):
        read_word_file(path)
    assert time.perf_counter() - started < 1


@pytest.mark.parametrize("span", ["-5", "0", "x", ""])
def test_a_senseless_span_is_one_column(tmp_path: Path, span: str) -> None:
    body = table(row(cell(run("a"), f'<w:gridSpan w:val="{span}"/>'), cell(run("b"))))
    document = read_word_file(write_package(tmp_path, body))
    assert document.tables[0].texts.to_numpy().tolist() == [["a", "b"]]


DEEP = "<w:ins>" * 5_000 + run("底") + "</w:ins>" * 5_000


@pytest.mark.parametrize(
    ("main", "said"),
    [
        (f"<w:document {NAMESPACES}><w:body><w:p>{DEEP}</w:p></w:body></w:document>", "壊れている"),
        (f"<w:document {NAMESPACES}></w:document>", "壊れている"),
        ("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "壊れている"),
        (f"<w:document {NAMESPACES}><w:body>{'<w:p/>' * 150_001}</w:body></w:document>", "大きすぎます"),
        (f"<w:document {NAMESPACES}><w:body>{'<w:r/>' * 2_500_001}</w:body></w:document>", "大きすぎます"),
        (f"<w:document {NAMESPACES}><w:body><w:t>{'あ' * 40_000_000}</w:t></w:body></w:document>", "大きすぎます"),
    ],
    ids=["deep", "no body", "entities", "paragraphs", "marks", "long"],
)  # fmt: skip
def test_a_hostile_file_is_a_sentence_within_seconds(tmp_path: Path, main: str, said: str) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", main)
    path = tmp_path / "報告.docx"
    path.write_bytes(content.getvalue())
    started = time.perf_counter()
    with pytest.raises(ReadingError, match=said):
        read_word_file(path)
    assert time.perf_counter() - started < 5


def test_word_on_the_web_calls_its_main_part_document2(tmp_path: Path) -> None:
    package = make_package(paragraph(run("意見。")))
    moved = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as before, zipfile.ZipFile(moved, "w") as after:
        for name in before.namelist():
            after.writestr(name.replace("document.xml", "document2.xml"), before.read(name))
    path = tmp_path / "報告.docx"
    path.write_bytes(moved.getvalue())
    assert [each.text for each in read_word_file(path).paragraphs] == ["意見。"]
