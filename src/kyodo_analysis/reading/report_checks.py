"""A meeting report held against itself and against the calendar."""

from collections.abc import Sequence

import pandas as pd

from kyodo_analysis.reading.checks import SENTENCE_END
from kyodo_analysis.reading.findings import DOUBTFUL, MATCHES, NOTED, Finding, finding

_WEEKDAYS = "月火水木金土日"
_SELECTION = {
    "主な": "資料に選ばれて載った意見です。出された意見のすべてではなく、件数は意見の多さを表しません",
    "順不同": "並び順に意味はありません。どの回で述べられたかも分かりません",
}


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


def _weekday(found: str, stated: str, by_calendar: str, source: str) -> Finding:
    if stated == by_calendar:
        return finding("曜日と暦", MATCHES, source, found, "暦の曜日と合います")
    note = f"暦では{by_calendar}曜日です。日付・曜日・年のどれかの誤りかを確かめてください"
    return finding("曜日と暦", DOUBTFUL, source, found, note)


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


def check_selection(title: str, *, source: str) -> list[Finding]:
    """Say what the title of the opinions table says about how they were chosen and ordered."""
    return [
        finding("意見の載せ方", NOTED, source, title, note)
        for word, note in _SELECTION.items()
        if word in title
    ]


def check_categories(
    codes: Sequence[str], reconciliation: pd.DataFrame, *, source: str
) -> list[Finding]:
    """Look for letters left out (A, B, D), letters of two categories, categories without items."""
    letters = [code for code in codes if len(code) == 1 and "A" <= code <= "Z"]
    up_to_last = range(ord("A"), ord(max(letters, default="A")))
    left_out = [chr(number) for number in up_to_last if chr(number) not in letters]
    twice = [code for code in dict.fromkeys(codes) if codes.count(code) > 1]
    empty = reconciliation.loc[reconciliation["n_read"] == 0, "part"]
    missing = "資料が途中で切れていないか、写し漏れがないかを確かめてください"
    shared = "意見番号は通し番号にしました。元の資料の記号を確かめてください"
    doubts = [
        *(("分類の続き", f"分類{letter}がありません", missing) for letter in left_out),
        *(("分類の記号", f"名前の違う分類に同じ記号{code}があります", shared) for code in twice),
        *(("分類の中身", f"「{part}」に意見がありません", missing) for part in empty),
    ]
    return [finding(check, DOUBTFUL, source, found, note) for check, found, note in doubts]


def check_end(opinions: pd.DataFrame, text: str) -> list[Finding]:
    """Doubt the last opinion if the file stops in the middle of its sentence."""
    last = opinions.iloc[-1]
    words = str(last["raw_text"])
    if not text.rstrip().endswith(words) or SENTENCE_END.search(words):
        return []
    note = "資料の最後が文の途中で終わっています。後ろが欠けていないかを元の資料で確かめてください"
    return [
        finding(
            "資料の終わり",
            DOUBTFUL,
            last["source"],
            words[-20:],
            note,
            opinion_id=last["opinion_id"],
        )
    ]
