"""How a file is probably to be read: a proposal with reasons, for the analyst to check."""

import datetime
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from kyodo_analysis.errors import KyodoError, ReadingError
from kyodo_analysis.reading.decisions.settings import (
    DocumentSettings,
    OpinionColumns,
    SpreadsheetSettings,
)
from kyodo_analysis.reading.document.reader import read_document
from kyodo_analysis.reading.formats.document_file import read_document_file
from kyodo_analysis.reading.formats.spreadsheet_file import DELIMITED
from kyodo_analysis.reading.formats.workbook import WORKBOOKS
from kyodo_analysis.reading.guess.choices import Choice, about_reading, choice
from kyodo_analysis.reading.guess.document import about_talk, is_text_of_lines, propose_document
from kyodo_analysis.reading.guess.spreadsheet import about_encoding, propose_spreadsheet
from kyodo_analysis.reading.meeting_report.reader import read_meeting_report
from kyodo_analysis.reading.normalise import to_label
from kyodo_analysis.reading.opinion_table.rows import BEFORE_TABLE
from kyodo_analysis.reading.result import Reading, ReportHeader
from kyodo_analysis.reading.tables import CHOICES, ORGANIZATIONS
from kyodo_analysis.tables import CORRECTIONS

_N_EXAMPLES = 3
_READABLE = (*WORKBOOKS, ".docx", ".pdf", *DELIMITED)


@dataclass(frozen=True, eq=False)
class Guess:
    """A proposal for ``study.toml``.

    Parameters
    ----------
    file : str
        The raw file's name without its folder.
    reader : str
        ``spreadsheet``, ``document`` or ``meeting_report``.
    settings : SpreadsheetSettings, DocumentSettings or None
        How to read the file; a meeting report needs no settings.
    title : str
        The first words of the file, or its name.
    date : datetime.date
        The date of a report, the latest of the opinions, or the day that the file was saved.
    choices : CHOICES
        What was chosen and why.
    examples : OPINIONS
        The first three opinions, read so.
    """

    file: str
    reader: str
    settings: SpreadsheetSettings | DocumentSettings | None
    title: str
    date: datetime.date
    choices: pd.DataFrame
    examples: pd.DataFrame


def guess_settings(path: Path) -> Guess:
    """Propose how to read a file that nobody has described.

    Raises
    ------
    ReadingError
        When the file cannot be read, or nothing in it looks like opinions.
    """
    suffix = path.suffix.lower()
    if path.is_dir():
        raise ReadingError(
            path.name, "ファイルではなくフォルダです", action="中のファイルを指定してください"
        )
    if suffix not in _READABLE:
        raise ReadingError(
            path.name,
            f"「{path.suffix}」のファイルは読めません",
            f"読めるのは {'、'.join(_READABLE)} です",
            "Excel や Word で開き、.xlsx か .docx で保存し直してください",
        )
    if suffix == ".txt" and (report := _read_as_meeting_report(path)):
        return _guess_meeting_report(path, report)
    if suffix in (".docx", ".pdf") or is_text_of_lines(path):
        return _guess_document(path)
    settings, reading, choices = propose_spreadsheet(path)
    if suffix == ".txt":
        choices += about_talk(read_document_file(path))
    return _guess(path, "spreadsheet", settings, reading, choices)


def _guess_document(path: Path) -> Guess:
    document = read_document_file(path)
    settings, choices = propose_document(document)
    if path.suffix.lower() == ".txt":
        choices.insert(0, about_encoding(path))
    columns = settings.columns
    if columns and columns == OpinionColumns(columns.text, category=columns.category):
        report = _read_as_meeting_report(path)
        if report:
            return _guess_meeting_report(path, report)
    reading = read_document(path, settings=settings, corrections=CORRECTIONS.make())
    places = {*reading.opinions["source"]}
    titles = (
        text for p in document.paragraphs if p.place not in places and (text := to_label(p.text))
    )
    header = ReportHeader(title=next(titles, None))
    return _guess(path, "document", settings, replace(reading, header=header), choices)


def _guess_meeting_report(path: Path, reading: Reading) -> Guess:
    reason = "「分類」と「内容」の表がある、実施報告の形をしています"
    return _guess(path, "meeting_report", None, reading, [choice("読み方", "実施報告", reason)])


def _read_as_meeting_report(path: Path) -> Reading | None:
    try:
        return read_meeting_report(
            path, organizations=ORGANIZATIONS.make(), corrections=CORRECTIONS.make()
        )
    except KyodoError:
        return None


def _guess(
    path: Path,
    reader: str,
    settings: SpreadsheetSettings | DocumentSettings | None,
    reading: Reading,
    choices: list[Choice],
) -> Guess:
    if reading.opinions.empty:
        raise ReadingError(
            path.name, "意見が1件も見つかりません", action="正しいファイルかを確かめてください"
        )
    above = reading.set_aside.loc[reading.set_aside["treatment"] == BEFORE_TABLE, "raw_text"]
    saved_on = datetime.date.fromtimestamp(path.stat().st_mtime)
    latest = reading.opinions["date"].max()
    return Guess(
        file=path.name,
        reader=reader,
        settings=settings,
        title=reading.header.title or next(iter(above), path.stem),
        date=reading.header.date or (saved_on if pd.isna(latest) else latest.date()),
        choices=CHOICES.make([*choices, *about_reading(reading)]),
        examples=reading.opinions.head(_N_EXAMPLES),
    )
