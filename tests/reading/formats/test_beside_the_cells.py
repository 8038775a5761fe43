"""What a workbook holds beside its values is read or named."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font

from kyodo_analysis.errors import ReadingError
from kyodo_analysis.reading.formats.grid import Merge
from kyodo_analysis.reading.formats.workbook import read_workbook

DATA = Path(__file__).parent / "data"
DRAWING = """<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:twoCellAnchor><xdr:from>
<xdr:col>3</xdr:col><xdr:row>1</xdr:row></xdr:from><xdr:sp><xdr:txBody><a:p><a:r><a:t>駐車場を</a:t></a:r>
<a:r><a:t>無料に。</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:twoCellAnchor></xdr:wsDr>"""
RELATION = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/drawing" Target="../drawings/drawing1.xml"/></Relationships>'
)


@pytest.fixture
def sheet():
    workbook = openpyxl.Workbook()
    workbook.active.title = "意見"
    for row in (["番号", "ご意見"], [1, "橋が古い。"], [2, "道が狭い。"]):
        workbook.active.append(row)
    return workbook.active


def save(sheet, tmp_path: Path, **parts: str) -> Path:
    path = tmp_path / "意見.xlsx"
    sheet.parent.save(path)
    with zipfile.ZipFile(path, "a") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


def change(path: Path, part: str, old: str, new: str) -> None:
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name).decode() for name in package.namelist()}
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new)
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)


def named(path: Path) -> list[tuple[str, str, str]]:
    [grid] = read_workbook(path)
    return [(f["check"], f["source"], f["found"]) for f in grid.findings]


def test_a_note_on_a_cell_is_named(sheet, tmp_path):
    sheet["B3"].comment = Comment("電話で取り下げ", "担当")
    assert named(save(sheet, tmp_path)) == [("メモ", "意見.xlsx:意見!B3", "電話で取り下げ")]


def test_the_words_of_a_box_are_named_with_its_cell(sheet, tmp_path):
    path = save(
        sheet,
        tmp_path,
        **{"xl/drawings/drawing1.xml": DRAWING, "xl/worksheets/_rels/sheet1.xml.rels": RELATION},
    )
    assert named(path) == [("テキストボックス", "意見.xlsx:意見!D2", "駐車場を無料に。")]


def test_words_that_are_struck_out_are_read_and_named(sheet, tmp_path):
    sheet["B2"] = CellRichText(TextBlock(InlineFont(strike=True), "反対。"), "賛成。")
    sheet["B3"].font = Font(strike=True)
    path = save(sheet, tmp_path)
    assert named(path) == [
        ("取り消し線", "意見.xlsx:意見!B2", "反対。"),
        ("取り消し線", "意見.xlsx:意見!B3", "道が狭い。"),
    ]
    assert read_workbook(path)[0].texts.at[2, 1] == "反対。賛成。"


@pytest.mark.parametrize(
    ("code", "shown"),
    [("0000", "0007"), ('"A-"000', "A-007"), ('0"点"', "7点"), ("#,##0", "7"), ("General", "7")],
)
def test_a_whole_number_is_what_its_format_shows(sheet, tmp_path, code, shown):
    sheet["A2"] = 7
    sheet["A2"].number_format = code
    assert read_workbook(save(sheet, tmp_path))[0].texts.at[2, 0] == shown


def test_an_error_and_a_number_that_is_too_long_for_excel_are_read_as_written(sheet, tmp_path):
    sheet["B2"], sheet["A2"] = "#N/A", 12345678901234567
    path = save(sheet, tmp_path)
    change(path, "xl/worksheets/sheet1.xml", "1.234567890123457e+16", "12345678901234567")
    assert read_workbook(path)[0].texts.loc[2].to_list() == ["12345678901234567", "#N/A"]


@pytest.mark.parametrize("place", ["XFD2", "C900000"])
def test_a_cell_far_from_all_others_is_named_and_costs_nothing(sheet, tmp_path, place):
    sheet[place] = "済"
    path = save(sheet, tmp_path)
    assert named(path) == [("離れたセル", f"意見.xlsx:意見!{place}", "済")]
    assert read_workbook(path)[0].cells.shape == (3, 2)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [('r="B3"', 'r="B2"', "B2"), ('r="B3"', 'r="A3"', "A3"), ('<row r="3"', '<row r="2"', "2行目")],
)
def test_damaged_places_of_cells_are_named(sheet, tmp_path, old, new, said):
    path = save(sheet, tmp_path)
    change(path, "xl/worksheets/sheet1.xml", old, new)
    with pytest.raises(ReadingError, match=rf"意見\.xlsx:意見: .*番地が壊れています\(「{said}」"):
        read_workbook(path)


def test_a_cell_that_holds_only_a_control_character_is_not_lost(sheet, tmp_path):
    sheet["C2"] = "_x0001_"
    assert read_workbook(save(sheet, tmp_path))[0].texts.at[2, 2] == "\x01"


def test_an_unknown_part_of_the_package_is_named(sheet, tmp_path):
    path = save(sheet, tmp_path, **{"xl/新しい部品.xml": "<x/>"})
    assert named(path) == [("読まない部品", "意見.xlsx", "xl/新しい部品.xml")]


def test_the_words_of_a_printed_header_are_named_and_page_numbers_are_not(sheet, tmp_path):
    sheet.oddHeader.center.text, sheet.oddFooter.center.text = "未公開の資料", "&P ページ"
    found = named(save(sheet, tmp_path))
    assert [check for check, *_ in found] == ["ヘッダー・フッター"]
    assert "未公開の資料" in found[0][2]


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_workbooks_of_other_programs_give_the_same_cells(kind):
    [grid] = read_workbook(DATA / f"old.{kind}")
    assert grid.texts.iloc[1:, 1:].to_numpy().tolist() == [
        ["交通", "バスを増やしてほしい。"],
        ["", "橋が古い。"],
    ]
    assert grid.merged == (Merge(2, 1, 3, 1),)
    assert grid.place(3, 2) == f"old.{kind}:意見!C3"


def test_an_ods_file_tells_its_notes_hidden_rows_and_shown_numbers():
    [grid] = read_workbook(DATA / "old.ods")
    assert [(f["check"], f["source"], f["found"]) for f in grid.findings] == [
        ("メモ", "old.ods:意見!C3", "電話で追記")
    ]
    assert grid.hidden_rows == [3]
    assert grid.texts.at[2, 0] == "0001"


def test_what_cannot_be_seen_in_an_old_workbook_is_said():
    [found] = read_workbook(DATA / "old.xls")[0].findings
    assert (found["check"], found["result"]) == ("確かめられないこと", "要確認")


@pytest.mark.parametrize("content", [b"<html><table>", b"PK\x03\x04"])
def test_an_xls_that_is_another_kind_of_file_is_called_so(tmp_path, content):
    (tmp_path / "意見.xls").write_bytes(content)
    with pytest.raises(ReadingError, match=r"\.xls ではなく"):
        read_workbook(tmp_path / "意見.xls")


@pytest.mark.parametrize(("start", "damage"), [(64, bytes(8)), (3612, b"\xff" * 4)])
def test_damage_that_brings_the_parser_down_is_a_sentence(tmp_path, capfd, start, damage):
    content = bytearray((DATA / "old.xls").read_bytes())
    content[start : start + len(damage)] = damage
    (tmp_path / "意見.xls").write_bytes(content)
    with pytest.raises(ReadingError, match="壊れているようです"):
        read_workbook(tmp_path / "意見.xls")
    assert capfd.readouterr().err == ""


def test_a_wide_sheet_is_read_within_seconds(write_workbook: Callable[..., Path]) -> None:
    path = write_workbook({"意見": [[f"列{n}" for n in range(3000)], ["x"] * 3000]})
    assert read_workbook(path)[0].texts.shape == (2, 3000)
