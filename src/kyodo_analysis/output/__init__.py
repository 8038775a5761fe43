"""Charts, tables and pages as files: whole or not at all, and the same bytes every time."""

from kyodo_analysis.output.figures import ReportContext, SavedChart, save_chart
from kyodo_analysis.output.index import FRONT_PAGE, write_index
from kyodo_analysis.output.pages import notebook_to_html
from kyodo_analysis.output.tables import read_csv, write_csv, write_csvs
from kyodo_analysis.output.voices import VOICES, link_to_voices, write_voices
from kyodo_analysis.output.whole_report import (
    alone_on,
    begin_report,
    finish_report,
    read_made_from,
    restore_report,
)
from kyodo_analysis.output.workbook import write_workbook

__all__ = [
    "FRONT_PAGE",
    "VOICES",
    "ReportContext",
    "SavedChart",
    "alone_on",
    "begin_report",
    "finish_report",
    "link_to_voices",
    "notebook_to_html",
    "read_csv",
    "read_made_from",
    "restore_report",
    "save_chart",
    "write_csv",
    "write_csvs",
    "write_index",
    "write_voices",
    "write_workbook",
]
