"""Sessions and who came, held against the calendar, the stated numbers and the opinions."""

from collections.abc import Sequence

import pandas as pd

from kyodo_analysis.reading.findings import DOUBTFUL, MATCHES, NOTED, Finding, finding

_WEEKDAYS = "月火水木金土日"


def check_weekdays(sessions: pd.DataFrame, *, source: str) -> list[Finding]:
    """Hold each stated weekday against the calendar."""
    dated = sessions.dropna(subset=["date", "weekday"])
    rows = dated[["session", "date", "weekday"]].itertuples(index=False, name=None)
    return [
        _weekday(
            f"第{session}回 {date:%Y-%m-%d}({weekday})", weekday, _WEEKDAYS[date.weekday()], source
        )
        for session, date, weekday in rows
    ]


def check_attendance(
    sessions: pd.DataFrame, attendance: pd.DataFrame, *, source: str
) -> list[Finding]:
    """Hold the organisations that were found against the stated 計N団体N名."""
    listed = attendance.groupby("session").size().reindex(sessions["session"], fill_value=0)
    stated = sessions[["session", "n_organizations_stated", "n_people_stated"]]
    return [
        _count(session, int(found), organizations, people, source)
        for (session, organizations, people), found in zip(
            stated.itertuples(index=False, name=None), listed, strict=True
        )
    ]


def check_returning(attendance: pd.DataFrame, *, source: str) -> list[Finding]:
    """Name the organisations that came to more than one session."""
    visits = attendance.groupby("organization", sort=False)["session"].agg(list)
    note = "延べの団体数では回ごとに数え、実の団体数では1団体と数えます"
    return [
        finding("複数の回に参加", NOTED, source, f"{name}({_sessions(numbers)})", note)
        for name, numbers in visits.items()
        if len(numbers) > 1
    ]


def check_session_link(
    opinions: pd.DataFrame, sessions: pd.DataFrame, *, source: str
) -> list[Finding]:
    """Say how many opinions are without a session although the report has sessions."""
    without = int(opinions["session"].isna().sum())
    if sessions.empty or not without:
        return []
    found = f"意見{len(opinions)}件のうち{without}件は、述べられた回の記録がありません"
    note = "回ごとのテーマは出せません。回について示せるのは参加団体だけです"
    return [finding("意見と回の対応", NOTED, source, found, note)]


def _weekday(found: str, stated: str, by_calendar: str, source: str) -> Finding:
    if stated == by_calendar:
        return finding("曜日と暦", MATCHES, source, found, "暦の曜日と合います")
    note = f"暦では{by_calendar}曜日です。日付・曜日・年のどれかの誤りかを確かめてください"
    return finding("曜日と暦", DOUBTFUL, source, found, note)


def _count(
    session: int, found: int, organizations: int | None, people: int | None, source: str
) -> Finding:
    check = "団体数の記載"
    listed = f"第{session}回: 参加団体の欄に{found}団体"
    if organizations is None or pd.isna(organizations):
        return finding(
            check, NOTED, source, listed, "資料に「計N団体」の記載がなく、照合できません"
        )
    stated = f"{listed}、資料の計は{organizations}団体"
    if found != organizations:
        note = "数が合いません。organizations.csv の名前と、資料の書き方を確かめてください"
        return finding(check, DOUBTFUL, source, stated, note)
    if people is not None and not pd.isna(people) and people < found:
        note = f"{people}名では団体の数に足りません。資料の数字を確かめてください"
        return finding(check, DOUBTFUL, source, stated, note)
    return finding(check, MATCHES, source, stated, "読み取った団体の数と資料の計が合います")


def _sessions(numbers: Sequence[int]) -> str:
    return "、".join(f"第{number}回" for number in numbers)
