import re
from datetime import datetime
from zipfile import ZipFile

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kyodo_analysis.errors import OutputError
from kyodo_analysis.output import workbook as workbook_module
from kyodo_analysis.output import write_workbook

RUNS = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "#N/A", "＝1+1", "007", "TRUE"]


@pytest.fixture
def table():
    return pd.DataFrame(
        {
            "意見番号": ["A1", "A2"],
            "意見": ["税が高い。", None],
            "意見数": pd.array([1, None], dtype="Int64"),
            "割合": [0.5, float("inf")],
            "日付": pd.to_datetime(["2019-06-26", None]),
            "該当": [True, False],
        }
    )


def sheet_of(path, name="表"):
    return openpyxl.load_workbook(path)[name]


def as_excel_shows(text):
    return re.sub("_x([0-9A-F]{4})_", lambda code: chr(int(code[1], 16)), text)


def test_numbers_dates_and_truths_keep_their_types_and_missing_cells_are_empty(table, tmp_path):
    sheet = sheet_of(write_workbook({"表": table}, tmp_path / "t.xlsx"))
    rows = [[cell.value for cell in row] for row in sheet.rows]
    assert rows == [
        ["意見番号", "意見", "意見数", "割合", "日付", "該当"],
        ["A1", "税が高い。", 1, 0.5, datetime(2019, 6, 26), True],
        ["A2", None, None, "inf", None, False],
    ]


@pytest.mark.parametrize("text", RUNS)
def test_every_text_is_a_text_cell_and_never_a_formula(tmp_path, text):
    path = write_workbook({"表": pd.DataFrame({text: [text]})}, tmp_path / "t.xlsx")
    for cell in (sheet_of(path)["A1"], sheet_of(path)["A2"]):
        assert (cell.value, cell.data_type) == (text, "s")


@settings(deadline=None, derandomize=True, max_examples=25)
@given(st.text(min_size=1, max_size=30))
def test_whatever_was_written_reads_back_as_it_was(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("xlsx") / "t.xlsx"
    write_workbook({"表": pd.DataFrame({"意見": [text]})}, path)
    assert as_excel_shows(sheet_of(path)["A2"].value) == text


def test_characters_that_a_workbook_cannot_hold_are_counted(tmp_path, capsys):
    write_workbook({"表": pd.DataFrame({"意見": ["a\x00b\x0b", "_x0041_"]})}, tmp_path / "t.xlsx")
    assert "3か所" in capsys.readouterr().out


def test_the_same_tables_give_the_same_bytes_at_any_time(table, tmp_path):
    path = write_workbook({"表": table}, tmp_path / "t.xlsx")
    with ZipFile(path) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        times = re.findall(rb"\d{4}-\d\d-\d\dT[\d:]+", parts.read("docProps/core.xml"))
    assert times == [b"1980-01-01T00:00:00"] * 2
    first = path.read_bytes()
    assert write_workbook({"表": table}, path).read_bytes() == first


def test_numbers_show_three_decimals_and_columns_are_as_wide_as_what_they_show(tmp_path):
    table = pd.DataFrame({"割合": [2 / 3], "件": [3], "日付": pd.to_datetime(["2019-06-26"])})
    sheet = sheet_of(write_workbook({"表": table}, tmp_path / "t.xlsx"))
    share, count, day = sheet[2]
    assert share.value == 2 / 3
    formats = (share.number_format, count.number_format, day.number_format)
    assert formats == ("0.000", "General", "yyyy-mm-dd")
    widths = [sheet.column_dimensions[letter].width for letter in "ABC"]
    assert widths == [8, 8, 10]


def test_headers_stay_in_view_and_long_texts_are_wrapped(tmp_path):
    table = pd.DataFrame({"番号": ["A1"], "意見": ["バスの本数を増やしてほしい。" * 10]})
    sheet = sheet_of(write_workbook({"表": table}, tmp_path / "t.xlsx"))
    assert sheet.freeze_panes == "A2"
    assert sheet["B2"].alignment.wrap_text
    assert sheet.column_dimensions["B"].width > sheet.column_dimensions["A"].width
    assert sheet.column_dimensions["B"].width <= 60


def test_rows_are_as_tall_as_their_wrapped_texts_and_others_say_nothing_of_their_height(tmp_path):
    texts = ["短い", "バスの本数を増やしてほしい。" * 10, "一行目\n二行目", "長" * 9000]
    table = pd.DataFrame({"番号": range(4), "意見": texts})
    sheet = sheet_of(write_workbook({"表": table}, tmp_path / "t.xlsx"))
    heights = [sheet.row_dimensions[row].height for row in range(1, 6)]
    assert heights[:2] == [None, None]
    assert heights[2:] == [5 * 18, 2 * 18, 409]  # 280 half characters in lines of 58
    assert [bool(cell.alignment.wrap_text) for cell in sheet["B"][1:]] == [False, True, True, True]


def test_a_sheet_prints_all_columns_on_a4_and_its_headers_on_every_page(table, tmp_path):
    sheet = sheet_of(write_workbook({"表": table}, tmp_path / "t.xlsx"))
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    setup = sheet.page_setup
    assert (setup.orientation, setup.paperSize, setup.fitToHeight) == ("landscape", 9, 0)


def test_sheet_names_that_excel_refuses_are_mended(table, tmp_path):
    name = "テーマ/組[案]:?" + "長" * 40
    path = write_workbook({name: table, name + "2": table}, tmp_path / "t.xlsx")
    names = openpyxl.load_workbook(path).sheetnames
    assert len(set(names)) == 2
    assert all(len(each) <= 31 for each in names)


def test_an_empty_table_keeps_its_headers(table, tmp_path):
    sheet = sheet_of(write_workbook({"表": table.head(0)}, tmp_path / "t.xlsx"))
    assert [cell.value for cell in sheet[1]] == table.columns.to_list()


def test_a_text_longer_than_a_cell_is_cut_and_says_so(tmp_path, capsys):
    table = pd.DataFrame({"意見": ["あ" * 32_767, "い" * 32_768, "う\x00" * 5_000]})
    sheet = sheet_of(write_workbook({"表": table}, tmp_path / "t.xlsx"))
    whole, cut, escaped = (sheet[f"A{row}"].value for row in (2, 3, 4))
    assert whole == "あ" * 32_767
    assert len(cut) == len(escaped) == 32_767
    assert cut.startswith("い" * 32_000)
    assert cut.endswith("い…【長すぎるため、ここで切れています。全文は CSV にあります】")
    assert "超える文2か所" in capsys.readouterr().out
    assert table["意見"].str.len().tolist() == [32_767, 32_768, 10_000]


def test_more_rows_than_a_sheet_are_refused(table, tmp_path, monkeypatch):
    monkeypatch.setattr(workbook_module, "MOST_ROWS", 2)
    with pytest.raises(OutputError, match="2行あり"):
        write_workbook({"表": table}, tmp_path / "t.xlsx")
