import tomllib
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import docx
import openpyxl
import pytest

from kyodo_analysis.errors import ReadingError
from kyodo_analysis.reading import (
    AttendanceSheet,
    DocumentSettings,
    Guess,
    OpinionColumns,
    SessionSheet,
    SpreadsheetSettings,
    guess_settings,
    settings_from,
    write_study_toml,
)
from kyodo_analysis.reading.tables import CHOICES

KASHIWA = Path(__file__).parents[3] / "data" / "raw" / "kashiwa-2019" / "report.txt"

LONG = "駅からの最終バスが早すぎて、仕事の帰りに乗れないことが多く困っています。"
PUBLIC_COMMENTS = [
    ["架空市地域公共交通計画(案)に対するご意見"],
    [],
    ["No.", "項目", "氏名", "住所", "年代", "ご意見の概要", "市の考え方"],
    [1, "バス", "架空花子", "架空市1", "30代", LONG, "ご意見として承ります。" * 9],
    [2, "バス", "架空太郎", "架空市2", "40代", "本数を増やしてほしい。", "検討します。" * 9],
    [3, "道路", "架空次郎", "架空市3", "30代", "特になし", ""],
    [4, "道路", "架空三郎", "架空市4", "60代", "歩道が狭い。", "点検します。" * 9],
    ["※住所と氏名は公表しません。"],
]
FORM = [
    [
        "タイムスタンプ",
        "お住まいの地区を教えてください",
        "バスについてのご意見を自由にお書きください(複数行可)",
        "メールアドレス",
    ],
    ["2024/06/01 2:03:04 午後 GMT+9", "北部", LONG, "a@example.jp"],
    ["2024/06/02 9:00:00 午前 GMT+9", "南部", "本数を\n増やしてほしい。", "b@example.jp"],
]


def chosen(guess: Guess, item: str) -> list[str]:
    return guess.choices.loc[guess.choices["item"] == item, "choice"].tolist()


def test_a_public_comment_sheet_is_understood(write_workbook: Callable[..., Path]) -> None:
    guess = guess_settings(write_workbook({"表紙": [["架空市"]], "一覧": PUBLIC_COMMENTS}))
    assert guess.settings == SpreadsheetSettings(
        OpinionColumns(
            "ご意見の概要", id="No.", category="項目", attributes=("年代",), reply="市の考え方"
        ),
        sheet="一覧",
        header_rows=(3,),
    )
    assert guess.title == "架空市地域公共交通計画(案)に対するご意見"
    assert guess.examples["text"].tolist() == [LONG, "本数を増やしてほしい。", "歩道が狭い。"]
    assert chosen(guess, "意見の数") == ["3件"]
    assert list(guess.choices.columns) == CHOICES.names


def test_columns_that_name_a_person_are_left_out_and_said(
    write_workbook: Callable[..., Path],
) -> None:
    guess = guess_settings(write_workbook({"一覧": PUBLIC_COMMENTS}))
    assert chosen(guess, "使わない列") == ["氏名、住所"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp932"])
def test_a_form_services_export_is_understood(
    write_csv: Callable[..., Path], encoding: str
) -> None:
    guess = guess_settings(write_csv(FORM, encoding=encoding))
    assert guess.settings == SpreadsheetSettings(
        OpinionColumns(
            "バスについてのご意見を自由にお書きください(複数行可)",
            date="タイムスタンプ",
            attributes=("お住まいの地区を教えてください",),
        )
    )
    assert guess.date == date(2024, 6, 2)
    assert chosen(guess, "使わない列") == ["メールアドレス"]


def test_of_two_free_answers_the_one_with_more_words_is_chosen(
    write_csv: Callable[..., Path],
) -> None:
    rows = [["ご意見(賛否)", "理由", "備考"], ["賛成", LONG, "済"], ["反対", LONG, ""]]
    guess = guess_settings(write_csv(rows))
    assert isinstance(guess.settings, SpreadsheetSettings)
    assert guess.settings.columns.text == "理由"
    assert chosen(guess, "使わなかった列") == ["ご意見(賛否)、備考"]


def test_headers_of_two_rows_are_both_taken(write_workbook: Callable[..., Path]) -> None:
    rows = [
        ["ご意見の一覧"],
        ["番号", "ご意見", "回答者", None],
        [None, None, "年代", "地区"],
        [1, LONG, "30代", "北"],
        [2, "橋が古い。", "30代", "南"],
    ]
    merged = ["A2:A3", "B2:B3", "C2:D2", "A1:D1"]
    settings = guess_settings(write_workbook({"一覧": rows}, merged=merged)).settings
    assert isinstance(settings, SpreadsheetSettings)
    assert settings.header_rows == (2, 3)
    assert settings.columns.attributes == ("年代", "地区")


def test_group_names_above_the_headers_belong_to_them(write_workbook: Callable[..., Path]) -> None:
    rows = [
        ["回答者", None, "回答", None],
        ["番号", "年代", "ご意見", "分類"],
        [1, "30代", LONG, "交通"],
    ]
    settings = guess_settings(write_workbook({"一覧": rows}, merged=["A1:B1", "C1:D1"])).settings
    assert isinstance(settings, SpreadsheetSettings)
    assert settings.header_rows == (1, 2)


def test_numbers_that_repeat_are_not_taken_for_the_opinions_own(
    write_csv: Callable[..., Path],
) -> None:
    rows = [["番号", "ご意見"], ["1", LONG], ["1", "橋が古い。"], ["2", "道が狭い。"]]
    guess = guess_settings(write_csv(rows))
    assert isinstance(guess.settings, SpreadsheetSettings)
    assert guess.settings.columns.id is None
    assert chosen(guess, "使わなかった列") == ["番号"]


def test_categories_that_stand_only_in_the_first_row_of_a_group_are_filled_down(
    write_csv: Callable[..., Path],
) -> None:
    rows = [["分類", "意見"], ["交通", LONG], ["", "橋が古い。"], ["広報", "字が小さい。"]]
    guess = guess_settings(write_csv(rows))
    assert isinstance(guess.settings, SpreadsheetSettings)
    assert guess.settings.fill_down
    assert chosen(guess, "空いた分類") == ["上の分類と同じ"]


def test_the_sheets_of_sessions_and_organisations_are_found(
    write_workbook: Callable[..., Path],
) -> None:
    sheets = {
        "参加者": [["回", "団体名", "種別"], ["第1回", "川の会", "任意団体"]],
        "日程": [
            ["開催回", "開催日", "時間", "会場"],
            ["第1回", datetime(2024, 6, 1), "14:00~16:00", "公民館"],
        ],
        "意見": [["回", "ご意見"], ["第1回", LONG], ["第2回", LONG]],
    }
    guess = guess_settings(write_workbook(sheets))
    assert isinstance(guess.settings, SpreadsheetSettings)
    assert (guess.settings.sheet, guess.settings.columns.session) == ("意見", "回")
    assert guess.settings.sessions == SessionSheet(
        "日程", "開催回", date="開催日", start="時間", end="時間", venue="会場"
    )
    assert guess.settings.attendance == AttendanceSheet(
        "参加者", "回", "団体名", organization_type="種別"
    )


def test_dates_and_numbers_of_sessions_are_proposed_even_where_few_can_be_read(
    write_workbook: Callable[..., Path],
) -> None:
    days = [["回", "開催日", "参加者数"], ["第1回", "5月25日", "約20名"], ["第2回", "未定", "多数"]]
    sheets = {"意見": [["回", "ご意見"], ["第1回", LONG]], "開催": days}
    settings = guess_settings(write_workbook(sheets)).settings
    assert isinstance(settings, SpreadsheetSettings)
    assert settings.sessions == SessionSheet("開催", "回", date="開催日", n_people="参加者数")


def test_a_sheet_for_each_session_is_read_but_no_copy_of_one(
    write_workbook: Callable[..., Path],
) -> None:
    rows = [["番号", "ご意見"], [1, LONG]]
    by_session = guess_settings(write_workbook({"第1回": rows, "第2回": [*rows, [2, LONG]]}))
    with_copy = guess_settings(write_workbook({"一覧": rows, "一覧の控え": rows}))
    assert isinstance(by_session.settings, SpreadsheetSettings)
    assert isinstance(with_copy.settings, SpreadsheetSettings)
    assert (by_session.settings.sheet, by_session.settings.more_sheets) == ("第1回", ("第2回",))
    assert (with_copy.settings.sheet, with_copy.settings.more_sheets) == ("一覧", ())


@pytest.mark.parametrize(
    "words",
    [
        "健診の予約がいつも電話でつながらない。",
        "窓口の電話対応を良くしてほしい",
        "住所を書く欄が狭いです。",
        "名前を呼ばれるのが恥ずかしい",
    ],
)
def test_an_opinion_about_telephones_or_addresses_is_no_header(
    write_csv: Callable[..., Path], words: str
) -> None:
    rows = [[1, "交通", LONG], [2, "福祉", words], [3, "道路", "歩道が狭くて、雨の日は怖い。"]]
    guess = guess_settings(write_csv(rows))
    assert isinstance(guess.settings, SpreadsheetSettings)
    assert guess.settings.header_rows == ()
    assert guess.examples["text"].tolist() == [LONG, words, "歩道が狭くて、雨の日は怖い。"]


def test_a_hidden_sheet_is_never_proposed_and_sheets_that_are_not_used_are_named(
    write_workbook: Callable[..., Path],
) -> None:
    rows = [["番号", "ご意見"], [1, LONG]]
    path = write_workbook({"表紙": [["架空市"]], "一覧": rows, "没": [*rows, [2, LONG * 3]]})
    book = openpyxl.load_workbook(path)
    book["没"].sheet_state = "hidden"
    book["一覧"].row_dimensions[2].hidden = True
    book["一覧"].column_dimensions["A"].hidden = True
    book.save(path)
    guess = guess_settings(path)
    assert isinstance(guess.settings, SpreadsheetSettings)
    assert guess.settings.sheet == "一覧"
    assert chosen(guess, "使わないシート") == ["没", "表紙(1行)"]
    assert chosen(guess, "非表示の行") == ["一覧の1行(2行目)"]
    assert chosen(guess, "非表示の列") == ["番号"]


def test_other_columns_of_free_text_and_numbers_that_repeat_are_named_as_what_they_are(
    write_csv: Callable[..., Path],
) -> None:
    rows = [
        ["番号", "良かった点", "改善してほしい点", "感想の要否"],
        [1, "職員の説明が分かりやすかった。", LONG, "要"],
        [1, "会場が駅から近くて良かった。", LONG, "否"],
    ]
    choices = guess_settings(write_csv(rows)).choices.set_index("choice")
    assert choices.loc["良かった点", "item"] == "ほかの文章の列"
    assert "text に" in choices.loc["良かった点", "reason"]
    assert "重なる" in choices.loc["番号", "reason"]
    assert "attributes" in choices.loc["感想の要否", "reason"]


@pytest.mark.parametrize("header", ["本市の考え", "市の考え", "当町の考え方"])
def test_the_citys_thoughts_are_its_reply(write_csv: Callable[..., Path], header: str) -> None:
    rows = [["ご意見", header], [LONG, "検討します。" * 20], ["橋が古い。", "点検します。" * 20]]
    settings = guess_settings(write_csv(rows)).settings
    assert settings == SpreadsheetSettings(OpinionColumns("ご意見", reply=header))


def test_a_folder_is_said_to_be_one(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match="フォルダです"):
        guess_settings(tmp_path)


def test_a_question_about_telephones_asks_for_no_number(write_csv: Callable[..., Path]) -> None:
    rows = [["番号", "電話で困ったこと", "氏名(任意)", "お名前を入力してください"]]
    guess = guess_settings(write_csv([*rows, [1, LONG, "架空花子", "架空花子"]]))
    assert guess.examples["text"].tolist() == [LONG]
    assert chosen(guess, "使わない列") == ["氏名(任意)、お名前を入力してください"]


def test_a_list_without_headers_is_read_from_its_first_line(tmp_path: Path) -> None:
    path = tmp_path / "意見.txt"
    path.write_text("橋が古いので、直してほしい。\n歩道が狭い。\n", encoding="utf-8")
    guess = guess_settings(path)
    assert (guess.reader, guess.settings) == ("document", DocumentSettings())
    assert guess.examples["text"].tolist() == ["橋が古いので、直してほしい。", "歩道が狭い。"]


def test_a_meeting_report_is_known_by_its_tables() -> None:
    guess = guess_settings(KASHIWA)
    assert (guess.reader, guess.settings) == ("meeting_report", None)
    assert (guess.title, guess.date) == (
        "柏市協働事業に関する意見交換会の実施報告",
        date(2019, 8, 30),
    )
    assert guess.examples["opinion_id"].tolist() == ["A1", "A2", "A3"]


def test_a_word_file_is_read_by_its_table_or_by_its_headings(tmp_path: Path) -> None:
    with_table, with_headings = docx.Document(), docx.Document()
    with_table.add_paragraph("意見募集の結果")
    table = with_table.add_table(2, 3)
    rows = [["番号", "意見の概要", "市の考え方"], ["1", LONG, "検討します。"]]
    for cells, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(cells.cells, texts, strict=True):
            cell.text = text
    with_headings.add_heading("交通", 1)
    with_headings.add_paragraph("次の意見がありました。")
    with_headings.add_paragraph(LONG, style="List Bullet")
    with_headings.add_paragraph("橋が古い。", style="List Bullet")
    for name, document in (("表", with_table), ("見出し", with_headings)):
        document.save(str(tmp_path / f"{name}.docx"))
    by_table = guess_settings(tmp_path / "表.docx")
    assert by_table.title == "意見募集の結果"
    assert by_table.settings == DocumentSettings(
        OpinionColumns("意見の概要", id="番号", reply="市の考え方")
    )
    assert guess_settings(tmp_path / "見出し.docx").settings == DocumentSettings(
        only_list_items=True
    )


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("意見.jpg", b"\xff\xd8\xff", r"読めるのは \.xlsx、\.xls、"),
        ("意見.pdf", b"%PDF-1.7", "壊れているようです"),
        ("意見.xlsm", b"PK", r"\.xlsx か \.docx で保存し直して"),
        ("意見.csv", "番号,数\n1,2\n".encode(), "意見らしい文章の列が見つかりません"),
        ("意見.csv", "番号,意見\n1,特になし\n".encode(), "意見が1件も見つかりません"),
    ],
)
def test_a_file_without_opinions_is_said_to_hold_none(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ReadingError, match=said):
        guess_settings(tmp_path / name)


@pytest.mark.parametrize("rows", [PUBLIC_COMMENTS, FORM])
def test_the_study_that_is_written_says_what_was_guessed(
    write_csv: Callable[..., Path], rows: list[list[object]]
) -> None:
    guess = guess_settings(write_csv(rows))
    study = tomllib.loads(write_study_toml(guess))
    assert settings_from(study["reading"]) == guess.settings
    assert study["reading"]["file"] == "意見.csv"
    assert (study["title"], study["date"]) == (guess.title, guess.date)


def test_odd_characters_in_headers_do_not_break_the_study(write_csv: Callable[..., Path]) -> None:
    odd = 'ご意見"\\\x7f\n#'
    guess = guess_settings(write_csv([["番号", odd], ["1", LONG]]))
    study = tomllib.loads(write_study_toml(guess))
    assert settings_from(study["reading"]) == guess.settings


@pytest.mark.parametrize("text", ["寄せられた声", "市民の声", "皆様のお声", "内容"])
@pytest.mark.parametrize(
    "reply", ["所管課コメント", "担当課の回答", "事務局回答", "担当部署の意見"]
)
def test_the_words_of_an_office_are_never_the_opinions(
    write_csv: Callable[..., Path], text: str, reply: str
) -> None:
    answer = "ご意見を踏まえ、来年度の予算で検討してまいります。御理解をお願いします。"
    rows = [["No", text, reply]] + [[i, f"歩道が狭くて困る{i}。", answer] for i in range(6)]
    settings = guess_settings(write_csv(rows)).settings
    assert isinstance(settings, SpreadsheetSettings)
    assert (settings.columns.text, settings.columns.reply) == (text, reply)
