import datetime
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kyodo_analysis.errors import KyodoError, ReadingError, StudyError, TableError
from kyodo_analysis.reading import (
    Reading,
    ReportHeader,
    read_corrections,
    read_meeting_report,
    read_organizations,
)
from kyodo_analysis.reading.tables import ORGANIZATIONS
from kyodo_analysis.tables import ATTENDANCE, CORRECTIONS, OPINIONS, RECONCILIATION, SESSIONS

ROOT = Path(__file__).parents[3]
REPORT = ROOT / "data" / "raw" / "kashiwa-2019" / "report.txt"
STUDY = ROOT / "studies" / "kashiwa-2019"
ITEMS_PER_CATEGORY = {"A": 5, "B": 3, "C": 7, "D": 4, "E": 2, "F": 3, "G": 3, "H": 2}
IDS = [f"{code}{number}" for code, n in ITEMS_PER_CATEGORY.items() for number in range(1, n + 1)]

HEAD = "北市の意見交換会の実施報告\n令和2年1月15日 広報課\n\n"
TABLE = "分類\t内容\n"
Read = Callable[[str], Reading]


def _read(path: Path, **lists: pd.DataFrame) -> Reading:
    empty = {"organizations": ORGANIZATIONS.make(), "corrections": CORRECTIONS.make()}
    return read_meeting_report(path, **{**empty, **lists})


@pytest.fixture(scope="module")
def kashiwa() -> Reading:
    return read_meeting_report(
        REPORT,
        organizations=read_organizations(STUDY / "organizations.csv"),
        corrections=read_corrections(STUDY / "corrections.csv"),
    )


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read_words(text: str, **lists: pd.DataFrame) -> Reading:
        path = tmp_path / "report.txt"
        path.write_bytes(text.encode())
        return _read(path, **lists)

    return read_words


def _said(reading: Reading, check: str) -> list[str]:
    return reading.findings.query("check == @check")["found"].tolist()


def _words_in_place(reading: Reading, lines: list[str]) -> list[str]:
    numbers = reading.opinions["source"].str.extract(r":(\d+)行", expand=False).astype(int)
    places = zip(
        numbers, reading.opinions["source_start"], reading.opinions["source_end"], strict=True
    )
    return [lines[number - 1][start:end] for number, start, end in places]


def _lines() -> list[str]:
    return REPORT.read_text(encoding="utf-8").split("\n")


# Kashiwa's report


def test_kashiwa_has_twenty_nine_opinions_in_eight_categories(kashiwa):
    assert kashiwa.opinions["opinion_id"].tolist() == IDS
    counted = kashiwa.opinions.groupby("category_code").size()
    assert counted.to_dict() == ITEMS_PER_CATEGORY
    assert kashiwa.opinions["category"].iloc[0] == "市職員の協働意識"
    assert list(kashiwa.opinions.columns) == OPINIONS.names


def test_kashiwas_opinions_are_whole_at_their_edges(kashiwa):
    words = kashiwa.opinions.set_index("opinion_id")["raw_text"]
    assert words["A1"] == "市職員の協働への理解が足りないと感じる。"
    assert words["B1"].endswith("連携が必要ではないか")
    assert words["B2"].startswith("協働事業に関係する複数の")
    assert words["D3"].endswith("望ましい)")
    assert words["D4"].startswith("他市では、")
    assert words["F2"].endswith("あるのでは?")
    assert words["H2"].endswith("フォローが弱い)。")


def test_kashiwas_raw_words_stand_where_they_are_said_to_stand(kashiwa):
    assert _words_in_place(kashiwa, _lines()) == kashiwa.opinions["raw_text"].tolist()
    assert kashiwa.opinions.set_index("opinion_id")["source"]["H1"] == "report.txt:24行"


def test_nothing_but_the_list_tag_is_left_between_kashiwas_opinions(kashiwa):
    rest = "".join(line.partition("\t")[2] for line in _lines()[16:])
    for words in kashiwa.opinions["raw_text"]:
        rest = rest.replace(words, "", 1)
    assert rest.replace(" ", "") == '<ulstyle="list-style-type:none">' * 8


def test_only_the_reviewed_correction_separates_kashiwas_text_from_its_raw_words(kashiwa):
    changed = kashiwa.opinions.query("text != raw_text")
    assert changed["opinion_id"].tolist() == ["B3"]
    assert changed["text"].item().endswith("各団体に提供するのも良いかと思う。")
    assert changed["raw_text"].item().endswith("各団体に提供するの也不错かと思う。")
    assert _said(kashiwa, "訂正") == ["「也不错」を「も良い」と読み替え"]
    assert kashiwa.corrections["opinion_id"].tolist() == ["B3"]


def test_kashiwas_sessions_are_dated_by_the_year_of_the_report(kashiwa):
    expected = SESSIONS.make(
        {
            "session": session,
            "date": datetime.date(2019, month, day),
            "weekday": weekday,
            "start": start,
            "end": end,
            "venue": f"パレット柏 {room}",
            "n_organizations_stated": organizations,
            "n_people_stated": people,
        }
        for session, month, day, weekday, start, end, room, organizations, people in [
            (1, 6, 26, "水", "14:00", "16:00", "ミーティングルーム F", 9, 10),
            (2, 7, 5, "金", "16:00", "18:00", "多目的スペース A", 5, 5),
            (3, 7, 29, "月", "15:30", "17:30", "ミーティングルーム F", 3, 6),
            (4, 7, 30, "火", "09:30", "11:30", "多目的スペース A", 3, 4),
        ]
    )
    pd.testing.assert_frame_equal(kashiwa.sessions, expected)


def test_kashiwas_attendance_is_split_by_the_reviewed_list(kashiwa):
    attendance = kashiwa.attendance
    assert list(attendance.columns) == ATTENDANCE.names
    assert attendance.groupby("session").size().tolist() == [9, 5, 3, 3]
    assert attendance["organization"].nunique() == 19
    second = attendance.query("session == 2")["organization"].tolist()
    assert second[:2] == ["S L F ガーデンサポート", "我孫子市野鳥を守る会 柏支部"]
    assert attendance["organization_type"].value_counts().to_dict() == {
        "NPO法人": 5,
        "認定NPO法人": 1,
    }


def test_kashiwas_header_is_read(kashiwa):
    assert kashiwa.header == ReportHeader(
        title="柏市協働事業に関する意見交換会の実施報告",
        date=datetime.date(2019, 8, 30),
        department="協働推進課",
    )


def test_kashiwas_opinions_have_no_session_and_that_is_said(kashiwa):
    assert kashiwa.opinions["session"].isna().all()
    assert _said(kashiwa, "意見と回の対応") == [
        "意見29件のうち29件は、述べられた回の記録がありません"
    ]
    assert _said(kashiwa, "意見の載せ方") == ["2. 主なご意見(順不同)"] * 2


def test_kashiwas_checks_agree_or_name_what_is_odd(kashiwa):
    findings = kashiwa.findings
    agreed = findings.query("result == '一致'")["check"].value_counts()
    assert agreed.to_dict() == {"曜日と暦": 4, "団体数の記載": 4}
    doubted = findings.query("result == '要確認'")
    assert doubted[["check", "opinion_id"]].to_numpy().tolist() == [["JISにない漢字", "B3"]]
    unended = findings.query("check == '文末の句点'")
    assert unended["opinion_id"].tolist() == ["B1", "C3", "D1", "F1"]
    assert _said(kashiwa, "複数の回に参加") == ["NPO 法人こんぶくろ池自然の森(第1回、第2回)"]
    assert _said(kashiwa, "丸数字") == ["①、②、③"]
    assert _said(kashiwa, "HTMLの残り") == ['<ul style="list-style-type: none">'] * 8
    assert _said(kashiwa, "読み取らなかった語") == ["≪意見交換会の様子≫"]
    assert _said(kashiwa, "読み取らなかった行") == []


def test_kashiwas_items_are_all_accounted_for(kashiwa):
    assert kashiwa.set_aside.empty
    assert kashiwa.reconciliation["part"].iloc[0] == "A. 市職員の協働意識"
    for column in ("n_read", "n_kept"):
        assert kashiwa.reconciliation[column].tolist() == [*ITEMS_PER_CATEGORY.values()]
    assert kashiwa.reconciliation["n_set_aside"].sum() == 0


# Other files with the same words


@pytest.mark.parametrize(
    ("codec", "line_end"),
    [("utf-8-sig", "\r\n"), ("utf-16", "\r\n"), ("utf-8", "\r"), ("cp932", "\r\n")],
)
def test_encoding_and_line_ends_do_not_change_what_is_read(tmp_path, kashiwa, codec, line_end):
    text = REPORT.read_text(encoding="utf-8")
    if codec == "cp932":
        text = text.replace("也不错", "も良い")
    path = tmp_path / "report.txt"
    path.write_bytes(text.replace("\n", line_end).encode(codec))
    reading = _read(path, organizations=read_organizations(STUDY / "organizations.csv"))
    places = ["opinion_id", "source", "source_start", "source_end"]
    pd.testing.assert_frame_equal(reading.opinions[places], kashiwa.opinions[places])
    pd.testing.assert_frame_equal(reading.sessions, kashiwa.sessions)
    pd.testing.assert_frame_equal(reading.attendance, kashiwa.attendance)


def test_reading_twice_gives_the_same_tables():
    once, again = _read(REPORT), _read(REPORT)
    pd.testing.assert_frame_equal(once.opinions, again.opinions)
    pd.testing.assert_frame_equal(once.findings, again.findings)


def test_the_lists_that_are_handed_in_stay_unchanged():
    organizations = read_organizations(STUDY / "organizations.csv")
    corrections = read_corrections(STUDY / "corrections.csv")
    kept = organizations.copy(deep=True), corrections.copy(deep=True)
    read_meeting_report(REPORT, organizations=organizations, corrections=corrections)
    pd.testing.assert_frame_equal(organizations, kept[0])
    pd.testing.assert_frame_equal(corrections, kept[1])


# Items of a cell


@pytest.mark.parametrize(
    "cell",
    [
        "<ul> 税が高い。 橋が古い。</ul>",
        "<ul><li>税が高い。</li><li>橋が古い。</li></ul>",
        '<UL class="x"><LI>税が高い。<LI>橋が古い。',
        "税が高い。\n橋が古い。",
        "  税が高い。 \n　橋が古い。",
        "<ul><li> 税が高い。</li>\n <li> 橋が古い。 </li></ul>",
        "・税が高い。\n・ 橋が古い。",
        "○税が高い。\n○橋が古い。",
        "①税が高い。\n②橋が古い。",
        "- 税が高い。\n- 橋が古い。",
        "・税が高い。 ・橋が古い。",
        "\n税が高い。\n\n橋が古い。\nB. 広報\t良い。",
        "税が高い。\n\t橋が古い。",
    ],
)
def test_items_are_found_however_they_are_listed(read, cell):
    text = f"{HEAD}{TABLE}A. 交通\t{cell}\n"
    reading = read(text)
    found = reading.opinions.query("category_code == 'A'")
    assert found["raw_text"].tolist() == ["税が高い。", "橋が古い。"]
    assert found["opinion_id"].tolist() == ["A1", "A2"]
    assert _words_in_place(reading, text.split("\n")) == reading.opinions["raw_text"].tolist()


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("<ul> 税が高い 橋が古い", ["税が高い", "橋が古い"]),
        ("<ul> Open Data City を作る。 次。", ["Open Data City を作る。", "次。"]),
        ("<ul> NPO 法人を増やす。", ["NPO 法人を増やす。"]),
        ("<ul> 高い。 PRが要る。", ["高い。", "PRが要る。"]),
        ("<ul> (高い。) PRが要る。", ["(高い。)", "PRが要る。"]),
        ("<ul> 高い　税。  古い橋。", ["高い　税。", "古い橋。"]),
        ("税が 高い。", ["税が 高い。"]),
        ("①税、②橋が要る。", ["①税、②橋が要る。"]),
        ("○○町の橋。\n-5度の朝。", ["○○町の橋。", "-5度の朝。"]),
    ],
)
def test_blanks_and_marks_within_an_item_do_not_split_it(read, cell, expected):
    assert read(f"{HEAD}{TABLE}A. 交通\t{cell}\n").opinions["raw_text"].tolist() == expected


def test_a_blank_that_may_or_may_not_part_two_items_is_doubted(read):
    reading = read(f"{HEAD}{TABLE}A. 交通\t<ul> 橋が欲しい PRも要る。 Open Data が要る。\n")
    found = reading.findings.query("check == '文の中の空白'")
    assert found["opinion_id"].tolist() == ["A1", "A2"]
    assert found["found"].tolist() == ["橋が欲しい PRも要る", "Data が要る。"]


def test_html_within_an_opinion_leaves_the_text_but_not_the_raw_words(read):
    reading = read(f"{HEAD}{TABLE}A. 交通\t<li>税が<b>高い</b>。<br/>R&amp;D&nbsp;も<3件>。</li>\n")
    opinion = reading.opinions.iloc[0]
    assert opinion["raw_text"] == "税が<b>高い</b>。<br/>R&amp;D&nbsp;も<3件>。"
    assert opinion["text"] == "税が高い。\nR&D\xa0も<3件>。"
    assert _said(reading, "HTMLの残り") == [
        "<li>、</li>",
        "<b>、</b>、<br/>、&amp;、&nbsp;",
    ]


def test_items_that_are_no_opinions_are_set_aside_with_a_reason(read):
    cell = "税が高い。\n特になし\n※敬称略\n----\n<br>\nご意見はありません。\n橋が古い。"
    reading = read(f"{HEAD}{TABLE}A. 交通\t{cell}\n")
    assert reading.opinions["opinion_id"].tolist() == ["A1", "A2"]
    assert reading.set_aside["treatment"].tolist() == [
        "特になし",
        "注記",
        "記号だけ",
        "空欄",
        "特になし",
    ]
    assert reading.set_aside["source"].iloc[0] == "report.txt:6行"
    counts = reading.reconciliation.iloc[0].to_dict()
    assert counts == {"part": "A. 交通", "n_read": 7, "n_kept": 2, "n_set_aside": 5}


# Categories


def test_categories_need_no_letter_and_may_pass_twenty_six(read):
    codes = [chr(ord("A") + n) for n in range(26)] + ["AA", "Ｂ"]
    rows = "".join(f"{code}. 分類{n}\t意見です。\n" for n, code in enumerate(codes))
    reading = read(
        f"{HEAD}{TABLE}{rows}交通\t高い。\n遠い。\n3.11の震災\t怖い。\n１．広報\t良い。\n"
    )
    ids = reading.opinions["opinion_id"].tolist()
    assert ids[25:] == ["Z1", "AA1", "B2", "分類29-1", "分類29-2", "分類30-1", "1-1"]
    assert reading.opinions["category_code"].fillna("").tolist()[-5:] == ["B", "", "", "", "1"]
    assert reading.opinions["category"].tolist()[-3:] == ["交通", "3.11の震災", "広報"]
    assert _said(reading, "分類の記号") == ["名前の違う分類に同じ記号Bがあります"]


def test_html_in_a_category_is_taken_out_and_named(read):
    reading = read(f"{HEAD}{TABLE}<b>A. 交通<br>道路</b>\t高い。\n")
    opinion = reading.opinions.iloc[0]
    assert (opinion["category_code"], opinion["category"]) == ("A", "交通道路")
    assert _said(reading, "HTMLの残り") == ["<b>、<br>、</b>"]


def test_a_category_that_goes_on_after_the_headings_are_repeated_goes_on_counting(read):
    reading = read(f"{HEAD}{TABLE}A. 交通\t高い。\n\n{TABLE}A. 交通\t遠い。\n")
    assert reading.opinions["opinion_id"].tolist() == ["A1", "A2"]
    assert reading.reconciliation["n_read"].tolist() == [2]


def test_words_above_the_first_category_are_opinions_without_one(read):
    reading = read(f"{HEAD}{TABLE}\t高い。\nA. 交通\t遠い。\n")
    assert reading.opinions["opinion_id"].tolist() == ["分類なし-1", "A1"]
    assert reading.opinions["category"].isna().tolist() == [True, False]


def test_columns_are_found_by_their_headings(read):
    reading = read(f"{HEAD}No\t内容\t備考\t分類\n1\t高い。\t済\tA. 交通\n")
    assert reading.opinions[["opinion_id", "raw_text"]].to_numpy().tolist() == [["A1", "高い。"]]
    assert _said(reading, "読み取らなかった行") == ["1", "済"]


def test_what_follows_the_table_is_no_opinion_and_is_named(read):
    rest = "\n以上\n\n3. 今後の予定\n\n広報課で検討する。\n"
    reading = read(f"{HEAD}{TABLE}A. 交通\t高い。\n{rest}")
    assert reading.opinions["raw_text"].tolist() == ["高い。"]
    assert _said(reading, "読み取らなかった行") == [
        "以上",
        "3. 今後の予定",
        "広報課で検討する。",
    ]
    unread = reading.findings.query("check == '読み取らなかった行'")
    assert unread["result"].tolist() == ["参考", "参考", "要確認"]


def test_numbered_sentences_in_the_table_are_no_titles_of_sections(read):
    reading = read(f"{HEAD}{TABLE}A. 交通\t1. 高い。\n2. 遠い\n\n3. 古い。\nB. 広報\t良い。\n")
    assert reading.opinions["opinion_id"].tolist() == ["A1", "A2", "A3", "B1"]


# Header and sessions


@pytest.mark.parametrize(
    ("lines", "date", "department"),
    [
        ("令和元年８月３０日 協働推進課", datetime.date(2019, 8, 30), "協働推進課"),
        ("西暦2019年8月30日(金)\n協働推進課", datetime.date(2019, 8, 30), "協働推進課"),
        ("平成31年4月1日", datetime.date(2019, 4, 1), None),
        ("協働推進課", None, "協働推進課"),
        ("令和元年13月30日", None, None),
    ],
)
def test_date_and_department_are_read_from_the_lines_above(read, lines, date, department):
    reading = read(f"実施報告\n{lines}\n\n{TABLE}A. 交通\t高い。\n")
    assert reading.header == ReportHeader("実施報告", date, department)
    missing = [label for label, value in [("日付", date), ("担当課", department)] if value is None]
    assert len(_said(reading, "資料の見出し")) == len(missing)


@pytest.mark.parametrize(
    ("lines", "header", "unread"),
    [
        (
            "令和元年6月26日開催 意見交換会の報告\n令和元年8月30日 広報課",
            ReportHeader(
                "令和元年6月26日開催 意見交換会の報告", datetime.date(2019, 8, 30), "広報課"
            ),
            [],
        ),
        (
            "報告\n令和元年8月30日 広報課\n総務課",
            ReportHeader("報告", datetime.date(2019, 8, 30), "広報課"),
            ["総務課"],
        ),
        (
            "北市協働センター\n2019/8/30作成",
            ReportHeader("北市協働センター", datetime.date(2019, 8, 30), None),
            [],
        ),
        (
            "報告(令和元年8月30日)\n問い合わせは広報課へ\n広報課\n総務課",
            ReportHeader("報告(令和元年8月30日)", datetime.date(2019, 8, 30), "広報課"),
            ["問い合わせは広報課へ", "総務課"],
        ),
    ],
)
def test_title_date_and_department_are_told_apart(read, lines, header, unread):
    reading = read(f"{lines}\n\n{TABLE}A. 交通\t高い。\n")
    assert reading.header == header
    assert _said(reading, "読み取らなかった行") == unread


SESSION_TABLE = """回\t第１０回\t第 9 回
日時\t12月20日(金) 14時~15時半\t2019年11月2日(土)
場所\t本庁舎
参加団体\t甲の会 乙 (計2団体3名)\t甲の会 甲の会 別の会 (計 ２ 団体)

"""


def test_a_session_before_the_new_year_is_dated_to_the_year_before(read):
    reading = read(f"{HEAD}{SESSION_TABLE}{TABLE}A. 交通\t高い。\n")
    sessions = reading.sessions
    assert sessions["session"].tolist() == [9, 10]
    assert [f"{day:%Y-%m-%d}" for day in sessions["date"]] == ["2019-11-02", "2019-12-20"]
    assert sessions["end"].fillna("").tolist() == ["", "15:30"]
    assert sessions["venue"].fillna("").tolist() == ["", "本庁舎"]
    assert sessions["n_people_stated"].fillna(-1).tolist() == [-1, 3]


def test_organisations_outside_the_reviewed_list_are_named_and_not_counted(read):
    organizations = ORGANIZATIONS.make([{"organization": "甲の会"}, {"organization": "乙"}])
    text = f"{HEAD}{SESSION_TABLE}{TABLE}A. 交通\t高い。\n"
    reading = read(text, organizations=organizations)
    came = reading.attendance[["session", "organization"]].to_numpy().tolist()
    assert came == [[10, "甲の会"], [10, "乙"], [9, "甲の会"]]
    assert _said(reading, "団体の一覧") == ["別の会", "甲の会"]
    counted = reading.findings.query("check == '団体数の記載'")["result"].tolist()
    assert counted == ["要確認", "一致"]


def test_without_a_date_of_the_report_the_day_of_a_session_is_missing(read):
    reading = read(f"実施報告\n\n{SESSION_TABLE}{TABLE}A. 交通\t高い。\n")
    assert reading.sessions["date"].isna().tolist() == [False, True]
    assert len(_said(reading, "開催日")) == 1


def test_a_report_without_sessions_is_read_and_says_so(read):
    reading = read(f"{HEAD}{TABLE}A. 交通\t高い。\n")
    assert reading.sessions.empty
    assert reading.attendance.empty
    assert _said(reading, "回の表") == ["回の表がありません"]
    assert _said(reading, "意見と回の対応") == []


def test_rows_missing_from_the_sessions_table_are_named(read):
    reading = read(f"{HEAD}回\t第1回\n日時\t1月7日(火)\n\n{TABLE}A. 交通\t高い。\n")
    assert _said(reading, "回の表") == ["「場所」の行がありません", "「参加団体」の行がありません"]


# Files that are none, or are cut short


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("議事録\n市長の挨拶。\n", "実施報告として読めません"),
        (f"{HEAD}{TABLE}", "意見が1件もありません"),
        (f"{HEAD}{TABLE}A. 交通\t<ul>\n", "意見が1件もありません"),
        (
            f"{HEAD}{TABLE}A. 交通\t特になし\n",
            r"1件もありません\(「特になし」や注記など1件だけです",
        ),
        (f"{HEAD}回\t第1回\t第1回\n\n{TABLE}A. 交通\t高い。\n", "第1回が二つあります"),
    ],
)
def test_a_file_without_opinions_is_answered_in_a_sentence(read, text, said):
    with pytest.raises(ReadingError, match=said):
        read(text)


def test_a_report_cut_before_its_opinions_says_which_part_is_missing(read):
    text = "\n".join(_lines()[:12])
    with pytest.raises(ReadingError, match=r"意見の表.*がありません。9行目に「回」の表はあるので"):
        read(text)


def test_a_report_cut_within_an_opinion_keeps_what_is_there_and_doubts_its_end(read):
    text = "\n".join(_lines()[:18])[:-10]
    reading = read(text)
    assert reading.opinions["opinion_id"].tolist() == IDS[:8]
    end = reading.findings.query("check == '資料の終わり'")
    assert end["opinion_id"].tolist() == ["B3"]


def test_a_correction_that_does_not_fit_stops_the_reading():
    wrong = CORRECTIONS.make(
        [{"opinion_id": "A9", "before": "税", "after": "水", "reason": "誤記"}]
    )
    with pytest.raises(StudyError, match="A9"):
        _read(REPORT, corrections=wrong)


def test_a_reading_that_does_not_add_up_cannot_be_made(kashiwa):
    short = kashiwa.reconciliation.assign(n_read=99)
    with pytest.raises(TableError, match="合いません"):
        Reading(opinions=kashiwa.opinions, reconciliation=short)
    with pytest.raises(TableError, match="合いません"):
        Reading(opinions=kashiwa.opinions.head(3), reconciliation=kashiwa.reconciliation)
    with pytest.raises(TableError, match="合いません"):
        Reading(opinions=kashiwa.opinions, reconciliation=RECONCILIATION.make())


# Any file at all

FAST = settings(deadline=None, derandomize=True, max_examples=20)
DAMAGE = st.sampled_from(
    [
        "",
        "\t",
        "\n\n",
        "<li>",
        "<ul>",
        "<br>",
        "・",
        "①",
        "※",
        " ",
        "\r",
        "\0",
        "<",
        "\u2028",
        "第1回",
    ]
)


@pytest.fixture(scope="module")
def anywhere(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("any") / "any.txt"


def _is_read_or_explained(path: Path) -> bool:
    try:
        reading = _read(path)
    except KyodoError as error:
        return bool(error.found)
    parts = reading.reconciliation
    counts = parts[["n_read", "n_kept", "n_set_aside"]].sum().tolist()
    kept, set_aside = len(reading.opinions), len(reading.set_aside)
    return kept > 0 and counts == [kept + set_aside, kept, set_aside]


@FAST
@given(content=st.binary(max_size=200))
def test_any_bytes_are_read_or_explained(anywhere, content):
    anywhere.write_bytes(content)
    assert _is_read_or_explained(anywhere)


@FAST
@given(
    cuts=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 80), DAMAGE), min_size=1, max_size=4),
    codec=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp932"]),
)
def test_a_damaged_report_is_read_or_explained(anywhere, cuts, codec):
    text = REPORT.read_text(encoding="utf-8")
    for share, length, damage in cuts:
        at = round(share * len(text))
        text = text[:at] + damage + text[at + length :]
    anywhere.write_bytes(text.encode(codec, errors="replace"))
    assert _is_read_or_explained(anywhere)


WORDS = st.text("税橋道古高いがのをバス、ー「」", min_size=1, max_size=12).map(
    lambda text: f"市{text}。"
)
LAYOUTS = {
    "unclosed list": lambda items: '<ul style="x: y"> ' + " ".join(items),
    "closed list": lambda items: "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>",
    "lines": "\n".join,
    "bullets": lambda items: "\n".join(f"・{item}" for item in items),
}


@FAST
@given(
    cells=st.lists(st.lists(WORDS, min_size=1, max_size=5), min_size=1, max_size=5),
    layout=st.sampled_from([*LAYOUTS]),
)
def test_what_was_written_in_any_layout_is_what_is_read(anywhere, cells, layout):
    rows = (
        f"{chr(ord('A') + number)}. 分類\t{LAYOUTS[layout](items)}\n"
        for number, items in enumerate(cells)
    )
    anywhere.write_text(HEAD + TABLE + "".join(rows), encoding="utf-8")
    opinions = _read(anywhere).opinions
    assert opinions["raw_text"].tolist() == [item for items in cells for item in items]
