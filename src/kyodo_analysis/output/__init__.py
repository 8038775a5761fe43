"""Charts, tables and pages as files: whole or not at all, and the same bytes every time."""

from kyodo_analysis.output.earlier import note_start, remove_earlier
from kyodo_analysis.output.figures import ReportContext, SavedChart, save_chart
from kyodo_analysis.output.index import write_index
from kyodo_analysis.output.pages import notebook_to_html
from kyodo_analysis.output.tables import read_csv, write_csv
from kyodo_analysis.output.workbook import write_workbook

__all__ = [
    "ReportContext",
    "SavedChart",
    "note_start",
    "notebook_to_html",
    "read_csv",
    "remove_earlier",
    "save_chart",
    "write_csv",
    "write_index",
    "write_workbook",
]
