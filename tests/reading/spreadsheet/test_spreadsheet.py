from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from kyodo_analysis.errors import StudyError
from kyodo_analysis.reading import (
    AttendanceSheet,
    OpinionColumns,
    Reading,
    SessionSheet,
    SpreadsheetSettings,
    read_spreadsheet,
)
from kyodo_analysis.tables import CORRECTIONS

TEXT_ONLY = SpreadsheetSettings(OpinionColumns("ご意見"))
NO_CORRECTIONS = CORRECTIONS.make()


def read(path: Path, settings: SpreadsheetSettings = TEXT_ONLY) -> Reading:
    return read_spreadsheet(path, settings=settings, corrections=NO_CORRECTIONS)


def treatments(reading: Reading) -> dict[str, str]:
    """Map the place of each row that was set aside to its treatment."""
    places = reading.set_aside["source"].str.partition(":")[2]
    return dict(zip(places, reading.set_aside["treatment"], strict=True))


def found(reading: Reading, check: str) -> list[str]:
    return reading.findings.loc[reading.findings["check"] == check, "found"].tolist()


def test_an_opinion_keeps_every_character_of_its_cell_and_its_place(
    write_workbook: Callable[..., Path],
) -> None:
    words = " バスが\n来ない。 "
    reading = read(write_workbook({"意見": [["ご意見"], [words], ["橋が古い"]]}))
    first = reading.opinions.iloc[0]
    assert (first["raw_text"], first["text"], first["source"]) == (
        words,
        words,
        "意見.xlsx:意見!A2",
    )
    assert (first["source_start"], first["source_end"]) == (0, len(words))
    assert reading.opinions["opinion_id"].tolist() == ["1", "2"]


def test_every_row_with_any_content_is_kept_or_set_aside_with_its_reason(
    write_workbook: Callable[..., Path],
) -> None:
    rows = [
        ["令和6年度 意見の一覧"],
        [],
        ["番号", "ご意見", "件数"],
        [1, "バスを増やしてほしい", 3],
        [2, "特になし。", 1],
        [3, None, 1],
        ["番号", "ご意見", "件数"],
        ["交通について"],
        [4, "#N/A", 1],
        [5, "？？", 1],
        [6, "橋が古い", 1],
        ["合計", None, 7],
        ["※件数は延べ数です。"],
    ]
    reading = read(write_workbook({"意見": rows}), replace(TEXT_ONLY, header_rows=(3,)))
    assert reading.opinions["raw_text"].tolist() == ["バスを増やしてほしい", "橋が古い"]
    assert treatments(reading) == {
        "意見!A1": "表の前",
        "意見!B5": "特になし",
        "意見!B6": "空欄",
        "意見!A7": "見出しの繰り返し",
        "意見!A8": "見出し・説明",
        "意見!B9": "読めない",
        "意見!B10": "記号だけ",
        "意見!A12": "合計",
        "意見!A13": "注記",
    }
    assert reading.set_aside["raw_text"].tolist()[-1] == "※件数は延べ数です。"
    assert reading.reconciliation.to_dict("records") == [
        {"part": "意見", "n_read": 11, "n_kept": 2, "n_set_aside": 9}
    ]


BELOW_A_TOTAL = [
    [1, "交通", "バスを増やしてほしい"],
    ["小計", None, 1],
    [2, "道路", "橋が古い"],
    ["計", None, 2],
    [None, None, "男性"],
    [None, None, "(参考)年代の内訳は次のとおりです"],
    ["問い合わせ先:企画課", None, None],
]


@pytest.mark.parametrize("entry", [{"id": "番号"}, {"category": "分類"}])
def test_what_stands_below_the_last_total_is_no_opinion_and_the_ids_stay(
    write_workbook: Callable[..., Path], entry: dict[str, Any]
) -> None:
    settings = SpreadsheetSettings(OpinionColumns("ご意見", **entry))
    path = write_workbook({"意見": [["番号", "分類", "ご意見"], *BELOW_A_TOTAL]})
    reading = read(path, settings)
    assert reading.opinions["raw_text"].tolist() == ["バスを増やしてほしい", "橋が古い"]
    assert reading.opinions["opinion_id"].tolist() == (["1", "2"] if "id" in entry else ["1", "3"])
    assert treatments(reading) == {
        "意見!A3": "合計",
        "意見!A5": "合計",
        "意見!C6": "表の下",
        "意見!C7": "表の下",
        "意見!A8": "表の下",
    }
    is_below = reading.findings["check"] == "表の下の行"
    assert reading.findings.loc[is_below, "source"].str[-2:].tolist() == ["C6", "C7", "A8"]
    assert set(reading.findings.loc[is_below, "result"]) == {"要確認"}


def test_opinions_below_a_total_are_said_where_nothing_marks_the_entries(
    write_workbook: Callable[..., Path],
) -> None:
    path = write_workbook({"意見": [["番号", "分類", "ご意見"], *BELOW_A_TOTAL]})
    reading = read(path)
    assert len(reading.opinions) == 4
    assert found(reading, "表の下の行") == ["男性"]


@pytest.mark.parametrize(
    "answer",
    [
        "特になし",
        "とくにありません。",
        "なし",
        " 特に 無い ",
        "ご意見はございません",
        "こ\u3099意見はこ\u3099さ\u3099いません",
        "無回答",
        "Ｎ／Ａ",
    ],
)
def test_answers_that_say_nothing_are_counted_apart(
    write_workbook: Callable[..., Path], answer: str
) -> None:
    reading = read(write_workbook({"意見": [["ご意見"], [answer], ["橋が古い"]]}))
    assert reading.set_aside[["treatment", "raw_text"]].to_numpy().tolist() == [
        ["特になし", answer]
    ]


@pytest.mark.parametrize(
    "answer", ["特に不満はない", "なしの木を植えてほしい", "意見はないが橋が古い", "無"]
)
def test_answers_that_only_begin_so_are_opinions(
    write_workbook: Callable[..., Path], answer: str
) -> None:
    assert read(write_workbook({"意見": [["ご意見"], [answer]]})).opinions["text"].tolist() == [
        answer
    ]


def test_the_study_may_name_more_answers_that_say_nothing(
    write_workbook: Callable[..., Path],
) -> None:
    path = write_workbook({"意見": [["ご意見"], ["わからない。"], ["橋が古い"]]})
    reading = read(path, replace(TEXT_ONLY, nothing_phrases=("わからない",)))
    assert reading.opinions["text"].tolist() == ["橋が古い"]


def test_the_first_cell_of_merged_opinions_is_counted_once(
    write_workbook: Callable[..., Path],
) -> None:
    rows = [["ご意見", "市の考え方"], ["橋が古い", "直します"], [None, "点検もします"]]
    reading = read(write_workbook({"意見": rows}, merged=["A2:A3"]))
    assert reading.opinions["text"].tolist() == ["橋が古い"]
    assert treatments(reading) == {"意見!A3": "結合の続き"}


def test_a_divider_across_the_table_is_no_opinion_even_in_the_column_of_opinions(
    write_workbook: Callable[..., Path],
) -> None:
    rows = [["ご意見", "年代"], ["交通について", None], ["橋が古い", "30代"]]
    reading = read(write_workbook({"意見": rows}, merged=["A2:B2"]))
    assert reading.opinions["text"].tolist() == ["橋が古い"]
    assert treatments(reading) == {"意見!A2": "見出し・説明"}


def test_a_note_mark_is_part_of_the_words_where_the_row_holds_more(
    write_workbook: Callable[..., Path],
) -> None:
    rows = [["番号", "ご意見"], [1, "※の説明が小さい"], [None, "※番号は受付順です"]]
    reading = read(write_workbook({"意見": rows}))
    assert reading.opinions["text"].tolist() == ["※の説明が小さい"]


def test_categories_are_filled_where_merged_and_their_codes_split(
    write_workbook: Callable[..., Path],
) -> None:
    rows = [["分類", "ご意見"], ["Ａ．交通", "バス"], [None, "橋"], ["B. 広報", "広報紙"]]
    settings = SpreadsheetSettings(OpinionColumns("ご意見", category="分類"))
    opinions = read(write_workbook({"意見": rows}, merged=["A2:A3"]), settings).opinions
    assert opinions["category"].tolist() == ["交通", "交通", "広報"]
    assert opinions["category_code"].tolist() == ["A", "A", "B"]


def test_codes_are_not_split_where_only_some_categories_look_coded(
    write_workbook: Callable[..., Path],
) -> None:
    rows = [["分類", "ご意見"], ["A. 交通", "バス"], ["その他", "橋"]]
    settings = SpreadsheetSettings(OpinionColumns("ご意見", category="分類"))
    opinions = read(write_workbook({"意見": rows}), settings).opinions
    assert opinions["category"].tolist() == ["A. 交通", "その他"]
    assert opinions["category_code"].isna().all()


def test_an_empty_category_means_the_one_above_only_if_the_study_says_so(
    write_csv: Callable[..., Path],
) -> None:
    path = write_csv(
        [["分類", "ご意見"], ["交通", "バス"], ["", "橋"], ["広報", ""], ["", "広報紙"]]
    )
    settings = SpreadsheetSettings(OpinionColumns("ご意見", category="分類"))
    assert read(path, settings).opinions["category"].isna().tolist() == [False, True, True]
    filled = read(path, replace(settings, fill_down=True)).opinions
    assert filled["category"].tolist() == ["交通", "交通", "広報"]


def test_sessions_and_dates_are_read_however_they_are_written(
    write_workbook: Callable[..., Path],
) -> None:
    written = [
        ["第１０回", "令和6年6月1日"],
        [10, datetime(2024, 6, 1)],
        ["10回目", 45444],
        ["未定", "6月頃"],
        [None, None],
    ]
    rows = [["回", "日付", "ご意見"], *([*cells, "橋が古い"] for cells in written)]
    settings = SpreadsheetSettings(OpinionColumns("ご意見", session="回", date="日付"))
    reading = read(write_workbook({"意見": rows}), settings)
    sessions = reading.opinions["session"]
    dates = reading.opinions["date"]
    assert sessions.dropna().tolist() == [10, 10, 10]
    assert dates.dropna().tolist() == [pd.Timestamp(2024, 6, 1)] * 3
    assert (found(reading, "回"), found(reading, "日付")) == (["未定"], ["6月頃"])
    assert reading.sessions["session"].tolist() == [10]
    assert reading.sessions["date"].tolist() == [pd.Timestamp(2024, 6, 1)]


def test_a_session_whose_opinions_came_on_several_days_has_no_date(
    write_csv: Callable[..., Path],
) -> None:
    rows = [["回", "日付", "ご意見"], [1, "2024/6/1", "橋"], [1, "2024/6/2", "道"]]
    settings = SpreadsheetSettings(OpinionColumns("ご意見", session="回", date="日付"))
    assert read(write_csv(rows), settings).sessions["date"].isna().all()


def test_ids_come_from_their_column_while_they_are_unique(
    write_csv: Callable[..., Path],
) -> None:
    settings = SpreadsheetSettings(OpinionColumns("ご意見", id="番号"))
    unique = read(
        write_csv([["番号", "ご意見"], ["A-1", "橋"], ["A-2", ""], ["A-3", "道"]]), settings
    )
    assert unique.opinions["opinion_id"].tolist() == ["A-1", "A-3"]
    repeated = read(write_csv([["番号", "ご意見"], ["7", "橋"], ["8", ""], ["7", "道"]]), settings)
    assert repeated.opinions["opinion_id"].tolist() == ["1", "3"]
    assert found(repeated, "意見番号") == ["7"]


def test_every_row_whose_number_cannot_be_used_is_named(write_csv: Callable[..., Path]) -> None:
    rows = [["番号", "ご意見"], [1, "橋"], [2, "道"], [1, "川"], ["", "駅"]]
    reading = read(write_csv(rows), SpreadsheetSettings(OpinionColumns("ご意見", id="番号")))
    notes = reading.findings.loc[reading.findings["check"] == "意見番号", "note"].tolist()
    assert ["3件(2・4・5行目)あるので" in note for note in notes] == [True]


def test_a_running_number_stays_when_more_answers_are_set_aside(
    write_csv: Callable[..., Path],
) -> None:
    path = write_csv([["ご意見"], ["わからない"], ["橋が古い"]])
    fewer = read(path, replace(TEXT_ONLY, nothing_phrases=("わからない",)))
    assert fewer.opinions["opinion_id"].tolist() == ["2"]


def test_lists_in_a_cell_are_offered_and_split_only_if_the_study_says_so(
    write_workbook: Callable[..., Path],
) -> None:
    cell = "・バス\n・橋"
    path = write_workbook({"意見": [["番号", "ご意見"], [7, cell], [8, "道"]]})
    settings = SpreadsheetSettings(OpinionColumns("ご意見", id="番号"))
    whole = read(path, settings)
    assert whole.opinions["text"].tolist() == [cell, "道"]
    assert found(whole, "箇条書き") == ["・バス"]
    split = read(path, replace(settings, split_items=True))
    assert split.opinions["opinion_id"].tolist() == ["7-1", "7-2", "8"]
    places = zip(split.opinions["source_start"], split.opinions["source_end"], strict=True)
    assert [cell[start:end] for start, end in list(places)[:2]] == ["バス", "橋"]
    assert split.reconciliation["n_read"].tolist() == [3]


def test_split_items_never_share_an_id_with_another_row(write_csv: Callable[..., Path]) -> None:
    path = write_csv([["番号", "ご意見"], ["7", "・バス\n・橋"], ["7-1", "道"]])
    settings = SpreadsheetSettings(OpinionColumns("ご意見", id="番号"), split_items=True)
    assert read(path, settings).opinions["opinion_id"].tolist() == ["1-1", "1-2", "2"]


def test_attributes_and_replies_stand_apart_from_the_words(
    write_csv: Callable[..., Path],
) -> None:
    rows = [
        ["ご意見", "年代", "市の考え方"],
        ["橋", "３０代", "直します"],
        ["道", "30代", ""],
        ["なし", "40代", "なし"],
        ["川", "", ""],
    ]
    columns = OpinionColumns("ご意見", attributes=("年代",), reply="市の考え方")
    reading = read(write_csv(rows), SpreadsheetSettings(columns))
    assert reading.attributes.to_numpy().tolist() == [["1", "年代", "30代"], ["2", "年代", "30代"]]
    assert reading.replies.to_numpy().tolist() == [["1", "直します"]]
    assert found(reading, "表記の違い") == ["３０代"]


@pytest.mark.parametrize("key", ["attributes", "id", "respondent", "category"])
def test_a_column_that_names_a_person_is_never_an_attribute_or_number(
    write_csv: Callable[..., Path], key: str
) -> None:
    path = write_csv([["お名前", "ご意見"], ["架空花子", "橋"]])
    given = ("お名前",) if key == "attributes" else "お名前"
    columns = replace(TEXT_ONLY.columns, **{key: given})
    with pytest.raises(StudyError, match="個人を特定する列") as error:
        read(path, SpreadsheetSettings(columns))
    assert error.value.where == f"study.toml の [reading.columns] {key}"


@pytest.mark.parametrize("named", [{"category": "ご意見"}, {"attributes": ("B列",)}])
def test_the_column_of_the_opinions_is_nothing_else(
    write_csv: Callable[..., Path], named: dict[str, Any]
) -> None:
    path = write_csv([["番号", "ご意見"], [1, "橋が古い"]])
    with pytest.raises(StudyError, match=f"{next(iter(named))}: 「ご意見」は意見の列"):
        read(path, SpreadsheetSettings(OpinionColumns("ご意見", **named)))


def test_headers_of_several_rows_are_found_by_their_lowest_level(
    write_workbook: Callable[..., Path],
) -> None:
    rows = [["ご意見", "回答者", None], [None, "年代", "地区"], ["橋", "30代", "北"]]
    columns = OpinionColumns("ご意見", attributes=("年代", "回答者／地区"))
    settings = SpreadsheetSettings(columns, header_rows=(1, 2))
    reading = read(write_workbook({"意見": rows}, merged=["A1:A2", "B1:C1"]), settings)
    assert reading.attributes["attribute"].tolist() == ["年代", "地区"]
    assert len(reading.opinions) == 1


def test_columns_that_are_merged_in_every_row_have_one_name(
    write_workbook: Callable[..., Path],
) -> None:
    rows = [["番号", "ご意見", None, "年代"], [1, "橋", None, "30代"]]
    settings = SpreadsheetSettings(OpinionColumns("ご意見", id="番号", attributes=("年代",)))
    reading = read(write_workbook({"意見": rows}, merged=["B1:C1", "B2:C2"]), settings)
    assert reading.opinions["text"].tolist() == ["橋"]
    assert reading.attributes["attribute"].tolist() == ["年代"]


def test_a_table_without_headers_is_read_by_its_letters(write_csv: Callable[..., Path]) -> None:
    settings = SpreadsheetSettings(OpinionColumns("B列", id="A列"), header_rows=())
    reading = read(write_csv([["x1", "橋が古い"], ["x2", "道が狭い"]]), settings)
    assert reading.opinions["opinion_id"].tolist() == ["x1", "x2"]


def test_a_missing_column_is_said_with_the_headers_there_are(
    write_csv: Callable[..., Path],
) -> None:
    path = write_csv([["番号", "内容", "内容"], ["1", "橋", "道"]])
    with pytest.raises(StudyError, match="「番号」、「内容」、「内容」"):
        read(path)
    with pytest.raises(StudyError, match=r"2つあります.*C列"):
        read(path, SpreadsheetSettings(OpinionColumns("内容")))
    assert read(path, SpreadsheetSettings(OpinionColumns("C列"))).opinions["text"].tolist() == [
        "道"
    ]


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (replace(TEXT_ONLY, sheet="別紙"), "シートは 「意見」"),
        (replace(TEXT_ONLY, header_rows=(9,)), "行は 1 から 2 まで"),
    ],
)
def test_settings_that_do_not_fit_the_file_are_said(
    write_workbook: Callable[..., Path], settings: SpreadsheetSettings, message: str
) -> None:
    with pytest.raises(StudyError, match=message):
        read(write_workbook({"意見": [["ご意見"], ["橋"]]}), settings)


def test_a_row_of_a_csv_that_is_wider_than_its_headers_is_said(
    write_csv: Callable[..., Path],
) -> None:
    rows = [
        ["架空市の意見", "", "", "案"],
        ["番号", "ご意見"],
        [1, "道が暗い。"],
        [2, "高い", "安い", "", "どちらも困る。"],
    ]
    reading = read(write_csv(rows), replace(TEXT_ONLY, header_rows=(2,)))
    shifted = reading.findings[reading.findings["check"] == "列のずれ"]
    assert shifted[["result", "source", "found"]].to_numpy().tolist() == [
        ["要確認", "意見.csv:4行C列", "安い、どちらも困る。"]
    ]


def test_hidden_rows_and_sheets_are_read_only_with_a_word(
    write_workbook: Callable[..., Path],
) -> None:
    rows = [["ご意見"], ["バスが来ない"], ["橋が古い"], ["道が暗い"]]
    path = write_workbook({"第1回": rows, "第2回": rows, "没": rows})
    book = openpyxl.load_workbook(path)
    book["第1回"].row_dimensions[3].hidden = True
    book["第1回"].row_dimensions[9].hidden = True
    book["第2回"].sheet_state = book["没"].sheet_state = "hidden"
    book.save(path)
    reading = read(path, replace(TEXT_ONLY, sheet="第1回", more_sheets=("第2回",)))
    assert len(reading.opinions) == 6
    assert found(reading, "非表示の行") == ["1行(3行目)"]
    is_sheet = reading.findings["check"] == "非表示のシート"
    assert reading.findings.loc[is_sheet, ["source", "result"]].to_numpy().tolist() == [
        ["意見.xlsx:第2回", "要確認"]
    ]


def test_hidden_columns_are_read_only_with_a_word(write_workbook: Callable[..., Path]) -> None:
    sheets = {
        "意見": [["番号", "分類", "メモ", "地区", "ご意見"], [1, "道路", "控え", None, "橋が古い"]],
        "日程": [["回", "開催日", "会場"], [1, "2024/6/1", "公民館"]],
        "団体": [["回", "団体名", "種別"], [1, "川の会", "市民団体"]],
    }
    path = write_workbook(sheets)
    book = openpyxl.load_workbook(path)
    for sheet, first, last in [("意見", "B", "D"), ("日程", "B", "B"), ("団体", "C", "XFD")]:
        book[sheet].column_dimensions.group(first, last, hidden=True)
    book.save(path)
    columns = OpinionColumns("ご意見", id="番号", category="分類", attributes=("地区",))
    days = SessionSheet("日程", "回", date="開催日", venue="会場")
    groups = AttendanceSheet("団体", "回", "団体名", organization_type="種別")
    reading = read(path, SpreadsheetSettings(columns, sessions=days, attendance=groups))
    said = reading.findings[reading.findings["check"] == "非表示の列"]
    assert said[["source", "found", "result"]].sort_values("source").to_numpy().tolist() == [
        ["意見.xlsx:団体", "種別", "要確認"],
        ["意見.xlsx:意見", "分類", "要確認"],
        ["意見.xlsx:日程", "開催日", "要確認"],
    ]
    assert reading.opinions["category"].tolist() == ["道路"]


def test_what_was_not_read_is_named(write_workbook: Callable[..., Path]) -> None:
    sheets = {"意見": [["氏名", "ご意見", None], ["架空花子", "橋", "メモ"]], "控え": [["a"]]}
    reading = read(write_workbook(sheets))
    assert found(reading, "読まなかった列") == ["氏名、C列"]
    sources = reading.findings.set_index("check")["source"]
    assert sources["読まなかったシート"] == "意見.xlsx:控え"


def test_a_formula_is_read_as_what_stands_there_and_noted(
    write_workbook: Callable[..., Path],
) -> None:
    reading = read(write_workbook({"意見": [["ご意見"], ["=HYPERLINK(A1)"], ["橋"]]}))
    assert reading.opinions["text"].tolist() == ["=HYPERLINK(A1)", "橋"]
    assert found(reading, "数式") == ["=HYPERLINK(A1)"]


SHEETS = {
    "意見": [["回", "ご意見"], ["第1回", "橋"], ["第3回", "道"]],
    "日程": [
        ["回", "開催日", "時間", "会場", "団体数", "人数"],
        ["第１回", "令和6年6月1日(土)", "午後2時～4時", "公民館", "2団体", "１２名"],
        ["第2回", "未定", None, None, None, None],
        ["第２回", "2024/7/1", None, None, None, None],
        ["※変更することがあります"],
    ],
    "団体": [
        ["回", "団体名", "種別"],
        ["1", "川の会", None],
        [1, "橋の会\n川の会", "市民活動団体"],
    ],
}
WITH_SESSIONS = SpreadsheetSettings(
    OpinionColumns("ご意見", session="回"),
    sessions=SessionSheet(
        "日程",
        "回",
        date="開催日",
        start="時間",
        end="時間",
        venue="会場",
        n_organizations="団体数",
        n_people="人数",
    ),
    attendance=AttendanceSheet("団体", "回", "団体名", organization_type="種別"),
)


def test_the_sheets_of_sessions_and_organisations_are_read_and_held_against_each_other(
    write_workbook: Callable[..., Path],
) -> None:
    reading = read(write_workbook(SHEETS), WITH_SESSIONS)
    first = reading.sessions.iloc[0].to_dict()
    assert first == {
        "session": 1,
        "date": pd.Timestamp(2024, 6, 1),
        "weekday": "土",
        "start": "14:00",
        "end": "16:00",
        "venue": "公民館",
        "n_organizations_stated": 2,
        "n_people_stated": 12,
    }
    assert reading.sessions["session"].tolist() == [1, 2]
    assert reading.attendance[["session", "organization"]].to_numpy().tolist() == [
        [1, "川の会"],
        [1, "橋の会"],
    ]
    assert found(reading, "回の表") == ["第2回が二度あります", "意見にある第3回がありません"]
    assert found(reading, "開催日") == ["未定"]
    assert found(reading, "団体の一覧") == ["第1回 川の会"]
    assert found(reading, "読まなかった行") == ["※変更することがあります"]
    assert found(reading, "曜日と暦") == ["第1回 2024-06-01(土)"]


def test_what_a_sheet_of_sessions_says_and_cannot_be_read_is_said(
    write_workbook: Callable[..., Path],
) -> None:
    days = [
        ["回", "開催日", "開始", "人数", "天気"],
        [1, "令和6年6月31日", "昼すぎ", "約20名", "雨"],
        [2, "令和6年7月1日", "14時", "0名", "雨"],
        [3, "未定", None, None, None],
    ]
    path = write_workbook({"意見": SHEETS["意見"], "日程": days})
    sheet = SessionSheet("日程", "回", date="開催日", start="開始", end="開始", n_people="人数")
    reading = read(path, replace(WITH_SESSIONS, sessions=sheet, attendance=None))
    unread = {check: found(reading, check) for check in ("開催日", "開始時刻", "終了時刻", "人数")}
    assert unread == {
        "開催日": ["令和6年6月31日", "未定"],
        "開始時刻": ["昼すぎ"],
        "終了時刻": [],
        "人数": ["約20名"],
    }
    assert reading.sessions["n_people_stated"].tolist() == [pd.NA, 0, pd.NA]
    assert found(reading, "読まなかった列") == ["天気"]


def test_a_correction_changes_the_text_and_not_the_raw_words(
    write_csv: Callable[..., Path],
) -> None:
    row = {"opinion_id": "1", "before": "端", "after": "橋", "reason": "変換の誤り"}
    corrections = CORRECTIONS.make([row])
    path = write_csv([["ご意見"], ["端が古い"]])
    reading = read_spreadsheet(path, settings=TEXT_ONLY, corrections=corrections)
    assert reading.opinions[["text", "raw_text"]].to_numpy().tolist() == [["橋が古い", "端が古い"]]


@pytest.mark.parametrize(("fill_down", "organizations"), [(True, [1, 1]), (False, [1])])
def test_an_organisation_below_its_session_belongs_to_it_only_where_blanks_mean_the_one_above(
    write_workbook: Callable[..., Path], fill_down: bool, organizations: list[int]
) -> None:
    sheets = {
        "意見": [["ご意見"], ["橋が古い"]],
        "団体": [["回", "団体名"], ["第1回", "川の会"], [None, "橋の会"]],
    }
    settings = SpreadsheetSettings(
        OpinionColumns("ご意見"),
        sheet="意見",
        fill_down=fill_down,
        attendance=AttendanceSheet("団体", "回", "団体名"),
    )
    reading = read(write_workbook(sheets), settings)
    assert reading.attendance["session"].tolist() == organizations
    assert found(reading, "読まなかった行") == ([] if fill_down else ["橋の会"])


def test_sheets_that_are_called_by_their_session_are_read_one_after_the_other(
    write_workbook: Callable[..., Path],
) -> None:
    sheets = {
        "第1回": [["番号", "ご意見"], [1, "橋"], [2, "道"]],
        "第2回": [["番号", "ご意見"], [1, "川"]],
        "控え": [["番号", "ご意見"], [1, "川"]],
    }
    settings = SpreadsheetSettings(
        OpinionColumns("ご意見", id="番号"), sheet="第1回", more_sheets=("第2回",)
    )
    reading = read(write_workbook(sheets), settings)
    assert reading.opinions[["opinion_id", "session", "text"]].to_numpy().tolist() == [
        ["第1回-1", 1, "橋"],
        ["第1回-2", 1, "道"],
        ["第2回-1", 2, "川"],
    ]
    assert reading.reconciliation["n_read"].tolist() == [2, 1]
    assert reading.findings["check"].tolist().count("読まなかったシート") == 1


def test_the_same_file_gives_the_same_tables(write_workbook: Callable[..., Path]) -> None:
    path = write_workbook(SHEETS)
    first, second = read(path, WITH_SESSIONS), read(path, WITH_SESSIONS)
    for name in ("opinions", "set_aside", "sessions", "attendance", "findings"):
        pd.testing.assert_frame_equal(getattr(first, name), getattr(second, name))


def test_an_unread_sheet_of_sentences_is_doubted_and_one_of_words_is_noted(
    write_workbook: Callable[..., Path],
) -> None:
    sheets = {
        "意見": [["ご意見"], ["橋が古い。"]],
        "2回目": [["ご意見"], ["道が狭くて歩きにくい。"], ["夜が暗くてこわいです。"]],
        "集計": [["区分", "件数"], ["交通", 3]],
    }
    said = read(write_workbook(sheets)).findings.set_index("source")["result"]
    assert said["意見.xlsx:2回目"] == "要確認"
    assert said["意見.xlsx:集計"] == "参考"
