import datetime

import pandas as pd
import pytest

from kyodo_analysis.reading.checks.sessions import (
    check_attendance,
    check_returning,
    check_session_link,
    check_weekdays,
)
from kyodo_analysis.tables import ATTENDANCE, SESSIONS


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
