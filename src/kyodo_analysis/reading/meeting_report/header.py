"""The lines above the tables of a meeting report: title, date, department."""

import datetime
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from kyodo_analysis.reading.findings import DOUBTFUL, NOTED, Finding, finding
from kyodo_analysis.reading.meeting_report.lines import Piece
from kyodo_analysis.reading.normalise import to_date
from kyodo_analysis.reading.result import ReportHeader

_DATE = re.compile(
    r"(?:(?:令和|平成|昭和|[RHS]\.?)\s*(?:元|\d{1,2})|\d{4})"
    r"\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}\s*日?"
)
_DEPARTMENT = re.compile(r"[^。、]{1,30}(?:課|部|局|室|係|センター)")
_SIGNED = re.compile(
    rf"(?:西暦\s*)?(?P<date>{_DATE.pattern})(?:\s*\([月火水木金土日]\))?\s*(?:現在|付け?|作成)?"
    rf"\s*(?P<department>{_DEPARTMENT.pattern})?"
)
_SELECTION = {
    "主な": "資料に選ばれて載った意見です。出された意見のすべてではなく、件数は意見の多さを表しません",
    "順不同": "並び順に意味はありません。どの回で述べられたかも分かりません",
}
_MISSING = {
    "title": ("資料の題", "図や報告には study.toml の title を使います"),
    "date": ("資料の日付", "年が分からないため、年の書かれていない開催日は空にします"),
    "department": ("担当課", "集計には影響しません"),
}


def read_header(head: Sequence[Piece], *, source: str) -> tuple[ReportHeader, list[Finding]]:
    """Read title, date and department from the lines above the first section or table.

    Returns
    -------
    header : ReportHeader
        None for what is not written there.
    findings : list of Finding
        What is missing, and the lines that are none of the three.
    """
    lines = {line.line: unicodedata.normalize("NFKC", line.text).strip() for line in head}
    signed, found = _first_match(_SIGNED, lines)
    titled = next((number for number in lines if number != signed), None)
    others = {n: text for n, text in lines.items() if n not in (titled, signed)}
    below, department = _first_match(_DEPARTMENT, others)
    own = found["department"] if found else None
    header = ReportHeader(
        title=next((line.text.strip() for line in head if line.line == titled), None),
        date=_find_date([found["date"]] if found else lines.values()),
        department=own or (department[0] if department else None),
    )
    read = (titled, signed, None if own else below)
    unread = [line for line in head if line.line not in read]
    return header, [*_missing(header, source), *unread_lines(unread)]


def _first_match(
    pattern: re.Pattern[str], lines: Mapping[int, str]
) -> tuple[int | None, re.Match[str] | None]:
    found = ((number, pattern.fullmatch(text)) for number, text in lines.items())
    return next(((number, match) for number, match in found if match), (None, None))


def _find_date(texts: Iterable[str]) -> datetime.date | None:
    found = next(filter(None, map(_DATE.search, texts)), None)
    return to_date(found[0]) if found else None


def unread_lines(lines: Sequence[Piece]) -> list[Finding]:
    """Say which words of the report are in no table; whole sentences may be opinions."""
    note = "題・日付・担当課でも、回の表でも、「分類」「内容」の列でもないため、読み取っていません"
    return [
        finding(
            "読み取らなかった行",
            DOUBTFUL if "。" in line.text else NOTED,
            line.place,
            line.text.strip(),
            note,
        )
        for line in lines
    ]


def _missing(header: ReportHeader, source: str) -> list[Finding]:
    return [
        finding("資料の見出し", DOUBTFUL, source, f"{label}がありません", note)
        for name, (label, note) in _MISSING.items()
        if getattr(header, name) is None
    ]


def check_selection(title: Piece | None) -> list[Finding]:
    """Say what the title of the opinions table says about how they were chosen and ordered."""
    return [
        finding("意見の載せ方", NOTED, title.place, title.text, note)
        for word, note in _SELECTION.items()
        if title and word in title.text
    ]
