"""A raw file becomes opinions, and all that is odd about it becomes findings."""

from kyodo_analysis.files import TextFile, read_study_csv, read_text
from kyodo_analysis.reading.checks.words import check_opinions
from kyodo_analysis.reading.decisions.corrections import apply_corrections, read_corrections
from kyodo_analysis.reading.decisions.organizations import read_organizations
from kyodo_analysis.reading.decisions.settings import (
    AttendanceSheet,
    DocumentSettings,
    OpinionColumns,
    SessionSheet,
    SpreadsheetSettings,
)
from kyodo_analysis.reading.decisions.study_toml import settings_from
from kyodo_analysis.reading.document.reader import read_document
from kyodo_analysis.reading.findings import UNREAD_CHECKS
from kyodo_analysis.reading.formats.pdf.places import draw_place
from kyodo_analysis.reading.guess.draft_toml import write_study_toml
from kyodo_analysis.reading.guess.proposal import Guess, guess_settings
from kyodo_analysis.reading.khcoder_text import KhcoderText, read_khcoder_text
from kyodo_analysis.reading.meeting_report.reader import read_meeting_report
from kyodo_analysis.reading.result import Reading, ReportHeader
from kyodo_analysis.reading.spreadsheet.reader import read_spreadsheet

__all__ = [
    "UNREAD_CHECKS",
    "AttendanceSheet",
    "DocumentSettings",
    "Guess",
    "KhcoderText",
    "OpinionColumns",
    "Reading",
    "ReportHeader",
    "SessionSheet",
    "SpreadsheetSettings",
    "TextFile",
    "apply_corrections",
    "check_opinions",
    "draw_place",
    "guess_settings",
    "read_corrections",
    "read_document",
    "read_khcoder_text",
    "read_meeting_report",
    "read_organizations",
    "read_spreadsheet",
    "read_study_csv",
    "read_text",
    "settings_from",
    "write_study_toml",
]
