import csv
from collections.abc import Callable
from html import unescape
from pathlib import Path
from zipfile import ZipFile

import pandas as pd
import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from kyodo_analysis.errors import StudyError
from kyodo_analysis.tables import CODES, CODINGS, FINDINGS, OPINIONS
from kyodo_analysis.themes.human import (
    CodingSheetSettings,
    read_coding_sheet,
    read_coding_sheets,
    sample_opinions,
    write_coding_sheet,
)

_CODES = ["橋", "川"]
_TEXTS = {
    "A1": "橋を直してほしい。",
    "A2": "川に魚を。\n橋も。",
    "B1": "=1+1 と書いた意見",
    "B2": "@町のこと",
    "B3": "-- 特に\r\nない",
}


@pytest.fixture
def few() -> pd.DataFrame:
    return OPINIONS.make(
        {
            "opinion_id": opinion_id,
            "category": "分類の名前",
            "text": text,
            "raw_text": text,
            "source": f"opinions.txt:{row}行",
            "source_start": 0,
            "source_end": len(text),
        }
        for row, (opinion_id, text) in enumerate(_TEXTS.items(), start=1)
    )


@pytest.fixture
def codes() -> pd.DataFrame:
    return CODES.make(
        {
            "code": code,
            "definition": f"{code}についての意見",
            "example": "例はA1番",
            "rule": "鉄橋 or 吊り橋",
            "source": "codebook.txt:1行",
        }
        for code in _CODES
    )


Fill = Callable[[Callable[[Worksheet], None]], Path]


@pytest.fixture
def returned(tmp_path: Path, few: pd.DataFrame, codes: pd.DataFrame) -> Fill:
    """Write a sheet, mark A1 with 橋 and all others as 該当なし, let the coder do more, save."""

    def fill(change: Callable[[Worksheet], None] = lambda sheet: None) -> Path:
        path = write_coding_sheet(tmp_path / "sheet.xlsx", few, codes)
        book = load_workbook(path)
        sheet = book["意見"]
        for row in range(2, 7):
            sheet.cell(row, 3 if sheet.cell(row, 1).value == "A1" else 5, "○")
        change(sheet)
        book.save(path)
        return path

    return fill


def row_of(sheet: Worksheet, opinion_id: str) -> int:
    return next(row for row in range(2, 7) if sheet.cell(row, 1).value == opinion_id)


def test_the_sheet_shows_opinions_and_themes_but_nothing_of_the_rules(
    tmp_path: Path, few: pd.DataFrame, codes: pd.DataFrame
) -> None:
    path = write_coding_sheet(tmp_path / "sheet.xlsx", few, codes)
    book = load_workbook(path)
    assert book.sheetnames == ["意見", "テーマの説明", "書き方"]
    sheet = book["意見"]
    assert [cell.value for cell in sheet[1]] == ["意見番号", "意見", "橋", "川", "該当なし", "メモ"]
    assert sorted(sheet.cell(row, 1).value for row in range(2, 7)) == sorted(_TEXTS)
    assert {cell.value for row in sheet["C2:F6"] for cell in row} == {None}
    with ZipFile(path) as archive:
        content = unescape("".join(archive.read(name).decode() for name in archive.namelist()))
    assert "橋についての意見" in content
    for hidden in ("鉄橋", "A1番", "分類の名前", "codebook"):
        assert hidden not in content


def test_the_choices_are_a_drop_down_over_every_row_and_theme(
    tmp_path: Path, few: pd.DataFrame, codes: pd.DataFrame
) -> None:
    sheet = load_workbook(write_coding_sheet(tmp_path / "sheet.xlsx", few, codes))["意見"]
    (choice,) = sheet.data_validations.dataValidation
    assert (choice.type, choice.formula1, str(choice.sqref)) == ("list", '"○"', "C2:E6")
    assert choice.showErrorMessage


def test_a_text_never_runs_as_a_formula(
    tmp_path: Path, few: pd.DataFrame, codes: pd.DataFrame
) -> None:
    sheet = load_workbook(write_coding_sheet(tmp_path / "sheet.xlsx", few, codes))["意見"]
    cell = sheet.cell(row_of(sheet, "B1"), 2)
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=1+1 と書いた意見", "s", True)


def test_the_same_seed_gives_the_same_bytes_and_another_one_another_order(
    tmp_path: Path, few: pd.DataFrame, codes: pd.DataFrame
) -> None:
    first = write_coding_sheet(tmp_path / "1.xlsx", few, codes).read_bytes()
    assert write_coding_sheet(tmp_path / "2.xlsx", few, codes).read_bytes() == first
    orders = {
        tuple(sample_opinions(few, CodingSheetSettings(seed=seed))["opinion_id"])
        for seed in range(5)
    }
    assert len(orders) > 1


def test_a_text_that_no_cell_can_hold_is_refused_rather_than_cut(
    tmp_path: Path, few: pd.DataFrame, codes: pd.DataFrame
) -> None:
    long = few.assign(text="橋" * 32_768)
    with pytest.raises(StudyError, match="32,767文字を超える"):
        write_coding_sheet(tmp_path / "sheet.xlsx", long, codes)


def test_a_sample_is_drawn_without_replacement(few: pd.DataFrame) -> None:
    sample = sample_opinions(few, CodingSheetSettings(sample_size=3))
    assert OPINIONS.check(sample)["opinion_id"].nunique() == 3
    with pytest.raises(StudyError, match="6件です。1件から5件まで"):
        sample_opinions(few, CodingSheetSettings(sample_size=6))


def test_marks_come_back_as_codings_in_the_order_of_the_opinions(
    returned: Fill, few: pd.DataFrame
) -> None:
    def also_river(sheet: Worksheet) -> None:
        row = row_of(sheet, "A2")
        sheet.cell(row, 3, "〇")
        sheet.cell(row, 4, " ◯ ")
        sheet.cell(row, 5).value = None

    codings = read_coding_sheet(returned(also_river), few, _CODES, coder="佐藤")
    rows = CODINGS.check(codings)[["opinion_id", "code", "coder", "method"]]
    assert rows.to_dict("split")["data"] == [
        ["A1", "橋", "佐藤", "human"],
        ["A2", "橋", "佐藤", "human"],
        ["A2", "川", "佐藤", "human"],
    ]
    assert codings["evidence"].isna().all()


def test_an_unfinished_or_broken_sheet_is_said_and_stops_no_other(
    tmp_path: Path, returned: Fill, few: pd.DataFrame
) -> None:
    folder = tmp_path / "coders"
    folder.mkdir()
    returned().rename(folder / "乙.xlsx")
    returned(_blank).rename(folder / "甲.xlsx")
    (folder / "丙.xlsx").write_bytes(b"")
    codings, findings = read_coding_sheets(folder, few, _CODES)
    assert codings[["coder", "opinion_id", "code"]].to_numpy().tolist() == [["乙", "A1", "橋"]]
    assert list(findings.columns) == FINDINGS.names
    assert dict(zip(findings["source"], findings["result"], strict=True)) == {
        "coders/丙.xlsx": "要確認",
        "coders/甲.xlsx": "要確認",
    }
    assert "直すところが5か所あります" in findings["found"].iloc[1]
    assert "空か、壊れているか、パスワード" in findings["found"].iloc[0]
    assert findings["note"].str.contains("使わずに").all()


def _blank(sheet: Worksheet) -> None:
    for row in range(2, 7):
        for column in (3, 4, 5):
            sheet.cell(row, column).value = None


def test_moved_rows_and_columns_do_no_harm(returned: Fill, few: pd.DataFrame) -> None:
    def sort_rows_and_swap_codes(sheet: Worksheet) -> None:
        rows = [[cell.value for cell in row] for row in sheet["A2:F6"]]
        for number, row in enumerate(sorted(rows, key=lambda row: str(row[1])), start=2):
            for column, value in enumerate(row, start=1):
                sheet.cell(number, column).value = value
                sheet.cell(number, column).data_type = "s" if value else "n"
        for number in range(1, 7):
            third, fourth = sheet.cell(number, 3).value, sheet.cell(number, 4).value
            sheet.cell(number, 3).value, sheet.cell(number, 4).value = fourth, third

    plain = read_coding_sheet(returned(), few, _CODES, coder="佐藤")
    moved = read_coding_sheet(returned(sort_rows_and_swap_codes), few, _CODES, coder="佐藤")
    pd.testing.assert_frame_equal(plain, moved)


def _typo(sheet: Worksheet) -> None:
    sheet["D3"] = "x"


def _renamed(sheet: Worksheet) -> None:
    sheet["C1"] = "はし"


def _missing(sheet: Worksheet) -> None:
    sheet.delete_rows(row_of(sheet, "B2"))


def _changed(sheet: Worksheet) -> None:
    sheet.cell(row_of(sheet, "A1"), 2).value = "橋を直してはいけない。"


def _doubled(sheet: Worksheet) -> None:
    sheet["A2"] = sheet["A3"].value


def _added(sheet: Worksheet) -> None:
    sheet["A7"], sheet["E7"] = "Z9", "○"


def _open(sheet: Worksheet) -> None:
    sheet.cell(row_of(sheet, "A1"), 3).value = None


def _both(sheet: Worksheet) -> None:
    sheet.cell(row_of(sheet, "A1"), 5).value = "○"


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (_typo, r"D3: 「x」は読めません"),
        (_renamed, r"C1: 見出し「はし」は元の表にありません\n.*見出し「橋」がありません"),
        (_missing, r"意見 B2 の行がありません"),
        (_changed, r"B\d: 意見 A1 の文が元の文と違います"),
        (_doubled, r"A2: .*二度あります\n.*A3: .*二度あります\n.*意見 .. の行がありません"),
        (_added, r"A7: 意見番号「Z9」は元の表にありません"),
        (_open, r"\d行目: ○ が1つもありません"),
        (_both, r"E\d: テーマの ○ と「該当なし」の ○ が両方あります"),
    ],
)
def test_what_cannot_be_used_is_named_by_its_cell(
    returned: Fill, few: pd.DataFrame, change: Callable[[Worksheet], None], found: str
) -> None:
    with pytest.raises(StudyError, match=rf"sheet\.xlsx のシート「意見」[\s\S]*{found}"):
        read_coding_sheet(returned(change), few, _CODES, coder="佐藤")


def as_csv(path: Path, encoding: str) -> Path:
    """Save the sheet of opinions as Excel does."""
    sheet = load_workbook(path)["意見"]
    with path.with_suffix(".csv").open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows([cell.value for cell in row] for row in sheet)
    return path.with_suffix(".csv")


@pytest.mark.parametrize("encoding", ["cp932", "utf-8-sig"])
def test_a_sheet_that_was_saved_as_csv_says_the_same(
    returned: Fill, few: pd.DataFrame, encoding: str
) -> None:
    path = returned()
    saved = read_coding_sheet(as_csv(path, encoding), few, _CODES, coder="佐藤")
    assert len(saved) == 1
    pd.testing.assert_frame_equal(saved, read_coding_sheet(path, few, _CODES, coder="佐藤"))


def test_line_ends_that_a_csv_changed_are_none_of_the_words(
    returned: Fill, few: pd.DataFrame
) -> None:
    path = as_csv(returned(), "utf-8")
    path.write_bytes(path.read_bytes().replace("魚を。\n".encode(), "魚を。\r\n".encode()))
    assert len(read_coding_sheet(path, few, _CODES, coder="佐藤")) == 1


def test_what_cannot_be_used_in_a_csv_is_named_by_its_cell(
    returned: Fill, few: pd.DataFrame
) -> None:
    with pytest.raises(StudyError, match=r"^sheet\.csv: 直すところが[\s\S]*D3: 「x」は読めません"):
        read_coding_sheet(as_csv(returned(_typo), "utf-8"), few, _CODES, coder="佐藤")


def test_every_file_that_came_back_is_read_or_named_with_what_is_wrong(
    tmp_path: Path, returned: Fill, few: pd.DataFrame
) -> None:
    folder = tmp_path / "coders"
    folder.mkdir()
    as_csv(returned(), "cp932").rename(folder / "甲.CSV")
    returned().rename(folder / "乙.xlsx")
    as_csv(returned(), "utf-8").rename(folder / "乙.csv")
    as_csv(returned(_renamed), "utf-8").rename(folder / "丙.csv")
    (folder / "丁.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    (folder / "~$甲.xlsx").touch()
    (folder / ".DS_Store").touch()
    (folder / "前の版").mkdir()
    codings, findings = read_coding_sheets(folder, few, _CODES)
    assert sorted(codings["coder"]) == ["乙", "甲"]
    found = findings.set_index("source")["found"]
    assert sorted(found.index) == ["coders/丁.xls", "coders/丙.csv:1行", "coders/乙.csv"]
    assert "見出しが「意見番号,意見,はし" in found["coders/丙.csv:1行"]
    assert "「乙」の表は、ほかにもあります" in found["coders/乙.csv"]
    assert "Excel ファイル(.xlsx)として開けません" in found["coders/丁.xls"]


def test_a_csv_stands_in_for_a_workbook_that_cannot_be_used(
    tmp_path: Path, returned: Fill, few: pd.DataFrame
) -> None:
    folder = tmp_path / "coders"
    folder.mkdir()
    as_csv(returned(), "cp932").rename(folder / "甲.csv")
    (folder / "甲.xlsx").write_bytes(b"")
    codings, findings = read_coding_sheets(folder, few, _CODES)
    assert codings["coder"].tolist() == ["甲"]
    assert findings["source"].tolist() == ["coders/甲.xlsx"]


def test_a_file_that_is_no_workbook_is_named(tmp_path: Path, few: pd.DataFrame) -> None:
    path = tmp_path / "memo.xlsx"
    path.write_text("橋", encoding="utf-8")
    with pytest.raises(StudyError, match=r"memo\.xlsx: Excel ファイル"):
        read_coding_sheet(path, few, _CODES, coder="佐藤")
