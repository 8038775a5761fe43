"""The lines above the tables of a meeting report: title, date, department."""

import datetime
import re
import unicodedata
from collections.abc import Iterable, Sequence

from kyodo_analysis.reading.files import TextFile
from kyodo_analysis.reading.findings import DOUBTFUL, NOTED, Finding, finding
from kyodo_analysis.reading.normalise import to_date
from kyodo_analysis.reading.pieces import Piece
from kyodo_analysis.reading.result import ReportHeader

_DATE = re.compile(
    r"(?:西暦\s*)?((?:(?:令和|平成|昭和|[RHS]\.?)\s*(?:元|\d{1,2})|\d{4})"
    r"\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}\s*日?)(?:\s*\([月火水木金土日]\))?"
)
_DEPARTMENT = re.compile(r"\S{1,30}(?:課|部|局|室|係|センター)")
_MISSING = {
    "title": ("資料の題", "図や報告には study.toml の title を使います"),
    "date": ("資料の日付", "年が分からないため、年の書かれていない開催日は空にします"),
    "department": ("担当課", "集計には影響しません"),
}


def read_header(head: Sequence[Piece], file: TextFile) -> tuple[ReportHeader, list[Finding]]:
    """Read title, date and department from the lines above the first section or table.

    Returns
    -------
    header : ReportHeader
        None for what is not written there.
    findings : list of Finding
        What is missing, and the lines that are none of the three.
    """
    lines = {line.line: unicodedata.normalize("NFKC", line.text).strip() for line in head}
    dated = next((number for number, text in lines.items() if _DATE.match(text)), None)
    titled = next((number for number in lines if number != dated), None)
    around = _DATE.sub("", lines[dated]).strip() if dated is not None else ""
    below = (n for n, text in lines.items() if n != titled and _DEPARTMENT.fullmatch(text))
    signed = dated if around else next(below, None)
    header = ReportHeader(
        title=next((line.text.strip() for line in head if line.line == titled), None),
        date=_find_date(lines.values()),
        department=around or (lines[signed] if signed is not None else None),
    )
    unread = [line for line in head if line.line not in (titled, dated, signed)]
    return header, [*_missing(header, file), *unread_lines(unread, file)]


def unread_lines(lines: Sequence[Piece], file: TextFile) -> list[Finding]:
    """Say which words of the report are in no table; whole sentences may be opinions."""
    note = "題・日付・担当課でも、回の表でも、「分類」「内容」の列でもないため、読み取っていません"
    return [
        finding(
            "読み取らなかった行",
            DOUBTFUL if "。" in line.text else NOTED,
            file.place(line.line),
            line.text.strip(),
            note,
        )
        for line in lines
    ]


def _find_date(lines: Iterable[str]) -> datetime.date | None:
    found = (match for line in lines if (match := _DATE.search(line)))
    first = min(found, key=lambda match: match.start() > 0, default=None)
    return to_date(first[1]) if first else None


def _missing(header: ReportHeader, file: TextFile) -> list[Finding]:
    return [
        finding("資料の見出し", DOUBTFUL, file.name, f"{label}がありません", note)
        for name, (label, note) in _MISSING.items()
        if getattr(header, name) is None
    ]
