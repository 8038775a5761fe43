import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from kyodo_analysis.errors import ReadingError
from kyodo_analysis.reading.formats import grid
from kyodo_analysis.reading.formats.grid import Merge
from kyodo_analysis.reading.formats.office_file import LARGEST_UNPACKED_BYTES
from kyodo_analysis.reading.formats.workbook import read_workbook


def replace_part(path: Path, part: str, change: Callable[[str], str]) -> None:
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts[part] = change(parts[part].decode()).encode()
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)


def test_every_sheet_keeps_its_values_and_their_types(write_workbook: Callable[..., Path]) -> None:
    day = date(2024, 6, 1)
    path = write_workbook({"意見": [["回", "日"], ["１", day]], "空": [], "団体": [[1.5, True]]})
    opinions, empty, organizations = read_workbook(path)
    assert opinions.cells.to_numpy().tolist() == [["回", "日"], ["１", day]]
    assert empty.cells.empty
    assert organizations.cells.to_numpy().tolist() == [[1.5, True]]
    assert opinions.place(2, 1) == "意見.xlsx:意見!B2"


def test_merged_cells_are_known(write_workbook: Callable[..., Path]) -> None:
    path = write_workbook({"意見": [["交通", "a"], [None, "b"]]}, merged=["A1:A2"])
    [grid] = read_workbook(path)
    assert grid.merged == (Merge(1, 0, 2, 0),)


def test_a_wrong_dimension_written_by_an_exporter_hides_no_cell(
    write_workbook: Callable[..., Path],
) -> None:
    path = write_workbook({"意見": [["a", "b"], ["c", "d"]]})
    replace_part(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace("A1:B2", "A1"))
    [grid] = read_workbook(path)
    assert grid.cells.to_numpy().tolist() == [["a", "b"], ["c", "d"]]


def test_a_formula_is_never_computed(write_workbook: Callable[..., Path]) -> None:
    path = write_workbook({"意見": [["=1+1", '=A1&"<橋>"']]})
    replace_part(
        path,
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace("<f>1+1</f><v></v>", "<f>1+1</f><v>2</v>").replace(
            "<f>1+1</f><v />", "<f>1+1</f><v>2</v>"
        ),
    )
    [grid] = read_workbook(path)
    assert grid.cells.to_numpy().tolist() == [[2, '=A1&"<橋>"']]
    assert grid.formulas == {(1, 0): "=1+1", (1, 1): '=A1&"<橋>"'}


def test_ruby_that_excel_keeps_beside_the_words_is_no_part_of_them(
    write_workbook: Callable[..., Path],
) -> None:
    path = write_workbook({"意見": [["橋"]]})
    replace_part(
        path,
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace("</is>", '<rPh sb="0" eb="1"><t>ハシ</t></rPh></is>'),
    )
    [grid] = read_workbook(path)
    assert grid.cells.at[1, 0] == "橋"


def test_a_carriage_return_that_excel_wrote_as_a_code_is_one(
    write_workbook: Callable[..., Path],
) -> None:
    path = write_workbook({"意見": [["橋が_x000D_\nない_x0041_"]]})
    [grid] = read_workbook(path)
    assert grid.cells.at[1, 0] == "橋が\r\nないA"


@pytest.mark.parametrize("position", ["first", "middle", "last"])
def test_a_file_cut_short_is_said_to_be_broken(
    write_workbook: Callable[..., Path], position: str
) -> None:
    path = write_workbook({"意見": [["a"]]})
    content = path.read_bytes()
    kept = {"first": 40, "middle": len(content) // 2, "last": len(content) - 8}[position]
    path.write_bytes(content[:kept])
    with pytest.raises(ReadingError, match="壊れているようです"):
        read_workbook(path)


def test_damaged_xml_is_said_to_be_broken(write_workbook: Callable[..., Path]) -> None:
    path = write_workbook({"意見": [["a"]]})
    replace_part(path, "xl/worksheets/sheet1.xml", lambda xml: xml[: len(xml) // 2])
    with pytest.raises(ReadingError, match="壊れているようです"):
        read_workbook(path)


def test_a_file_with_a_password_is_said_to_have_one(tmp_path: Path) -> None:
    path = tmp_path / "意見.xlsx"
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(512))
    with pytest.raises(ReadingError, match="パスワードが付いているか、古い形式"):
        read_workbook(path)


def test_macros_are_refused_whatever_the_file_is_called(
    write_workbook: Callable[..., Path],
) -> None:
    path = write_workbook({"意見": [["a"]]})
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/vbaProject.bin", b"")
    with pytest.raises(ReadingError, match="マクロが入っています"):
        read_workbook(path)


def test_a_bomb_is_refused_before_it_is_unpacked(write_workbook: Callable[..., Path]) -> None:
    path = write_workbook({"意見": [["a"]]})
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/media/bomb", bytes(LARGEST_UNPACKED_BYTES // 2))
        package.writestr("xl/media/bomb2", bytes(LARGEST_UNPACKED_BYTES // 2))
    with pytest.raises(ReadingError, match="大きすぎるファイル"):
        read_workbook(path)


def test_entities_that_blow_up_are_refused(write_workbook: Callable[..., Path]) -> None:
    path = write_workbook({"意見": [["a"]]})
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
    replace_part(
        path,
        "xl/worksheets/sheet1.xml",
        lambda xml: f'<!DOCTYPE x [<!ENTITY e0 "橋">{levels}]>' + xml.replace("<t>a<", "<t>&e8;<"),
    )
    with pytest.raises(ReadingError):
        read_workbook(path)


def test_another_kind_of_file_is_called_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "意見.xlsx"
    path.write_bytes(b"%PDF-1.7\n")
    with pytest.raises(ReadingError, match=r"\.xlsx ではなく、PDF"):
        read_workbook(path)


@pytest.mark.parametrize("encoding", ["utf-8", "cp932"])
def test_a_csv_that_was_only_renamed_is_said_to_be_text(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "意見.xlsx").write_text("番号,ご意見\n1,橋が古い\n", encoding=encoding)
    with pytest.raises(ReadingError, match=r"テキスト.*\.csv に変えて"):
        read_workbook(tmp_path / "意見.xlsx")


def test_a_zip_without_a_workbook_is_no_workbook(tmp_path: Path) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        package.writestr("a.txt", "a")
    path = tmp_path / "意見.xlsx"
    path.write_bytes(content.getvalue())
    with pytest.raises(ReadingError, match="別の種類のファイル"):
        read_workbook(path)


def test_reading_leaves_the_file_as_it_was_and_gives_the_same_twice(
    write_workbook: Callable[..., Path],
) -> None:
    path = write_workbook({"意見": [["a", 1]]})
    before = path.read_bytes()
    first, second = read_workbook(path), read_workbook(path)
    assert first[0].cells.equals(second[0].cells)
    assert path.read_bytes() == before
    assert openpyxl.load_workbook(path).sheetnames == ["意見"]


@pytest.mark.parametrize(("number", "named"), [("1", "1行目"), ("1.5", "1.5")])
def test_rows_out_of_order_are_named(
    write_workbook: Callable[..., Path], number: str, named: str
) -> None:
    path = write_workbook({"意見": [["橋"], ["道"]]})
    replace_part(
        path,
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace('<row r="2"', f'<row r="{number}"'),
    )
    with pytest.raises(ReadingError, match=f"番地が壊れています\\(「{named}」"):
        read_workbook(path)


def test_shared_strings_are_read_run_by_run_without_ruby(
    write_workbook: Callable[..., Path],
) -> None:
    path = write_workbook({"意見": [["橋", "川", 7]]})
    shared = {"A1": '<c r="A1" t="s"><v>1</v></c>', "B1": '<c r="B1" t="s"><v>2</v></c>'}
    replace_part(
        path,
        "xl/worksheets/sheet1.xml",
        lambda xml: re.sub('<c r="([AB]1)".*?</c>', lambda cell: shared[cell[1]], xml),
    )
    strings = (
        "<si><t>道</t></si><si><r><t>橋が</t></r><r><t>古い</t></r><rPh><t>ハシ</t></rPh></si>"
        "<si><t>川_x005F_x0041_</t></si>"
    )
    replace_part(
        path,
        "[Content_Types].xml",
        lambda xml: xml.replace(
            "</Types>",
            '<Override PartName="/xl/sharedStrings.xml" ContentType="application/'
            'vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>',
        ),
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/sharedStrings.xml", f'<sst xmlns="{main}">{strings}</sst>')
    [grid] = read_workbook(path)
    assert grid.cells.to_numpy().tolist() == [["橋が古い", "川_x0041_", 7]]


def test_a_sheet_of_a_chart_alone_is_passed_over(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.active.append(["橋"])
    workbook.create_chartsheet("図")
    workbook.save(tmp_path / "意見.xlsx")
    assert [grid.sheet for grid in read_workbook(tmp_path / "意見.xlsx")] == ["Sheet"]


def test_a_sheet_that_is_too_large_is_not_called_broken(write_workbook, monkeypatch):
    monkeypatch.setattr(grid, "MOST_CELLS", 3)
    with pytest.raises(ReadingError, match=r"意見\.xlsx:一覧: 表が大きすぎます"):
        read_workbook(write_workbook({"一覧": [["番号", "意見"], [1, "橋"]]}))


def test_a_row_without_a_number_is_the_one_that_its_cells_name(
    write_workbook: Callable[..., Path],
) -> None:
    path = write_workbook({"意見": [["番号", "意見"], [], [], [1, "橋"], ["", "道"]]})
    replace_part(
        path,
        "xl/worksheets/sheet1.xml",
        lambda xml: re.sub(r'<row r="\d"', "<row hidden='1'", xml),
    )
    [grid] = read_workbook(path)
    assert grid.cells.loc[[4, 5], 1].tolist() == ["橋", "道"]
    assert grid.place(4, 1) == "意見.xlsx:意見!B4"
    assert grid.hidden_rows == [1, 4, 5]


def test_a_row_without_a_number_whose_cells_go_back_is_broken(
    write_workbook: Callable[..., Path],
) -> None:
    path = write_workbook({"意見": [["橋"], ["道"]]})
    replace_part(
        path,
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace('<row r="2"', "<row").replace('"A2"', '"A1"'),
    )
    with pytest.raises(ReadingError, match="番地が壊れています"):
        read_workbook(path)


def test_a_sheet_that_is_listed_but_not_in_the_file_is_not_lost_in_silence(
    write_workbook: Callable[..., Path],
) -> None:
    path = write_workbook({"意見": [["橋"]], "続き": [["道"]]})
    replace_part(
        path,
        "xl/_rels/workbook.xml.rels",
        lambda xml: xml.replace("worksheets/sheet2.xml", "worksheets/sheet9.xml"),
    )
    with pytest.raises(ReadingError, match=r"意見\.xlsx:続き: .*中身がファイルの中にありません"):
        read_workbook(path)


def test_a_sheet_that_is_listed_without_a_relation_is_not_lost_in_silence(
    write_workbook: Callable[..., Path],
) -> None:
    path = write_workbook({"意見": [["橋"]], "続き": [["道"]]})
    replace_part(path, "xl/workbook.xml", lambda xml: xml.replace(' r:id="rId2"', ""))
    with pytest.raises(ReadingError, match=r"意見\.xlsx:続き: .*中身がファイルの中にありません"):
        read_workbook(path)


def test_a_workbook_in_the_strict_format_is_called_so(write_workbook: Callable[..., Path]) -> None:
    path = write_workbook({"意見": [["橋"]]})
    strict = {
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "spreadsheetml/main",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
            "officeDocument/relationships"
        ),
    }

    def make_strict(xml: str) -> str:
        for name, other in strict.items():
            xml = xml.replace(name, f"http://purl.oclc.org/ooxml/{other}")
        return xml

    for part in ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels"):
        replace_part(path, part, make_strict)
    with pytest.raises(ReadingError, match=r"Strict Open XML.*Excel ブック"):
        read_workbook(path)
