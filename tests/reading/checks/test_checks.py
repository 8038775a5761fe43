import datetime

import pandas as pd
import pytest

from kyodo_analysis.reading import check_opinions
from kyodo_analysis.reading.checks.sessions import (
    check_attendance,
    check_returning,
    check_session_link,
    check_weekdays,
)
from kyodo_analysis.reading.meeting_report.checks import (
    check_categories,
    check_end,
    check_selection,
)
from kyodo_analysis.tables import ATTENDANCE, FINDINGS, OPINIONS, RECONCILIATION, SESSIONS


def _opinions(*texts: str) -> pd.DataFrame:
    return OPINIONS.make(
        {
            "opinion_id": f"A{number}",
            "text": "訂正済み。",
            "raw_text": text,
            "source": f"x.txt:{number}行",
            "source_start": 0,
            "source_end": len(text),
        }
        for number, text in enumerate(texts, start=1)
    )


def _found(*texts: str) -> list[tuple[str, str, str]]:
    found = check_opinions(_opinions(*texts))
    return [*found[["opinion_id", "check", "found"]].itertuples(index=False, name=None)]


def test_sound_opinions_give_no_findings():
    texts = (
        "バスを(朝に)増やしてほしい。",
        "PRは「広報」で?",
        "髙橋さんと﨑さんの〜～ー案。",
        "3〜5年。\n次の行。",
    )
    found = check_opinions(_opinions(*texts))
    assert found.empty
    assert list(found.columns) == FINDINGS.names


@pytest.mark.parametrize(
    ("text", "check", "found"),
    [
        ("提供するの也不错かと思う。", "JISにない漢字", "也不错かと"),
        ("𠮷野さんの案。", "JISにない漢字", "𠮷野さ"),
        ("よいと思う😀。", "JISにない文字", "思う😀。"),
        ("①金、②人の話。", "丸数字", "①、②"),
        ("改善<br />と&nbsp;案。", "HTMLの残り", "<br />、&nbsp;"),
        ("ﾊﾞｽの本数。", "半角カナ", "ﾊﾞｽ"),
        ("バ\x03ス。", "制御文字", "U+0003"),
        ("バ\u200bス。", "見えない文字", "U+200B"),
        ("バ\ufffdス。", "置き換わった文字", "\ufffd"),
        ("〓野さんの案。", "置き換わった文字", "〓"),
        ("バ\ue000ス。", "外字", "U+E000"),
        ("⼈と⾞の道。", "部首の文字", "⼈、⾞"),
        ("「市の広報。", "括弧の対応", "「市の広報。"),
        ("広報(市の。", "括弧の対応", "広報(市の。"),
    ],
)
def test_each_oddity_is_found_with_the_words_at_fault(text, check, found):
    assert _found("ふつうの意見。", text) == [("A2", check, found)]


@pytest.mark.parametrize(
    ("wrote", "read"), [("utf-8", "cp932"), ("utf-8", "latin-1"), ("cp932", "latin-1")]
)
def test_text_opened_in_the_wrong_encoding_is_recognised(wrote, read):
    damaged = "あいさつのことば".encode(wrote).decode(read, errors="ignore")
    assert "文字化け" in [check for _, check, _ in _found(damaged)]


def test_an_opinion_without_a_full_stop_is_named_with_its_end():
    texts = ("増やしてほしい。", "高い!", "遠い(駅から)", "バス停に屋根を付けられないか")
    assert _found(*texts) == [("A4", "文末の句点", "屋根を付けられないか")]


def test_where_most_opinions_have_no_full_stop_one_row_says_so():
    found = check_opinions(_opinions("バス", "道路", "広報を増やす。"))
    assert found["found"].tolist() == ["3件のうち2件は「。」などで終わっていません"]
    assert found["opinion_id"].isna().all()


def test_the_raw_words_are_checked_and_stay_as_they_are():
    opinions = _opinions("①の案。")
    before = opinions.copy(deep=True)
    pd.testing.assert_frame_equal(check_opinions(opinions), check_opinions(opinions))
    pd.testing.assert_frame_equal(opinions, before)


def _sessions(**values: object) -> pd.DataFrame:
    return SESSIONS.make([{"session": 1, **values}])


@pytest.mark.parametrize(("weekday", "result"), [("水", "一致"), ("木", "要確認")])
def test_a_weekday_is_held_against_the_calendar(weekday, result):
    sessions = _sessions(date=datetime.date(2019, 6, 26), weekday=weekday)
    (found,) = check_weekdays(sessions, source="x.txt:1行")
    assert (found["result"], found["found"]) == (result, f"第1回 2019-06-26({weekday})")
    assert ("水曜日" in found["note"]) == (result == "要確認")


def test_a_session_without_date_or_weekday_is_not_held_against_the_calendar():
    assert check_weekdays(_sessions(weekday="水"), source="x") == []
    assert check_weekdays(_sessions(date=datetime.date(2019, 6, 26)), source="x") == []


@pytest.mark.parametrize(
    ("organizations", "people", "result"),
    [(2, 3, "一致"), (3, 3, "要確認"), (2, 1, "要確認"), (2, None, "一致"), (None, 3, "参考")],
)
def test_listed_organisations_are_held_against_the_stated_counts(organizations, people, result):
    sessions = _sessions(n_organizations_stated=organizations, n_people_stated=people)
    attendance = ATTENDANCE.make([{"session": 1, "organization": name} for name in "甲乙"])
    (found,) = check_attendance(sessions, attendance, source="x")
    assert found["result"] == result


def test_a_session_without_a_known_organisation_counts_as_zero():
    (found,) = check_attendance(_sessions(n_organizations_stated=2), ATTENDANCE.make(), source="x")
    assert found["result"] == "要確認"
    assert found["found"] == "第1回: 参加団体の欄に0団体、資料の計は2団体"


def test_only_organisations_of_several_sessions_are_named():
    attendance = ATTENDANCE.make(
        [
            {"session": session, "organization": name}
            for session, name in [(1, "甲"), (1, "乙"), (2, "甲")]
        ]
    )
    assert [row["found"] for row in check_returning(attendance, source="x")] == ["甲(第1回、第2回)"]


def test_opinions_without_a_session_are_counted_where_there_are_sessions(opinions):
    (found,) = check_session_link(opinions, _sessions(), source="x")
    assert found["found"] == "意見5件のうち1件は、述べられた回の記録がありません"
    assert check_session_link(opinions, SESSIONS.make(), source="x") == []
    assert check_session_link(opinions.head(4), _sessions(), source="x") == []


def test_the_title_says_how_opinions_were_chosen_and_ordered():
    assert len(check_selection("2. 主なご意見(順不同)", source="x")) == 2
    assert check_selection("2. ご意見", source="x") == []


def test_letters_left_out_or_used_twice_and_empty_categories_are_doubted():
    reconciliation = RECONCILIATION.make(
        {"part": part, "n_read": n, "n_kept": n, "n_set_aside": 0}
        for part, n in [("A. 甲", 1), ("B. 乙", 0), ("D. 丙", 2), ("D. 丁", 1)]
    )
    found = check_categories(["A", "B", "D", "D"], reconciliation, source="x")
    assert [row["found"] for row in found] == [
        "分類Cがありません",
        "名前の違う分類に同じ記号Dがあります",
        "「B. 乙」に意見がありません",
    ]
    assert check_categories([], RECONCILIATION.make(), source="x") == []


@pytest.mark.parametrize(
    ("text", "n"), [("甲。\n乙が増え", 1), ("甲。\n乙が増える。", 0), ("甲。\n乙が増え\n以上", 0)]
)
def test_a_file_that_stops_within_a_sentence_is_doubted(text, n):
    opinions = _opinions("甲。", text.splitlines()[1])
    assert len(check_end(opinions, text + "\n")) == n
