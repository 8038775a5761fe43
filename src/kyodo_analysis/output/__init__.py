"""Charts, tables and pages as files: whole or not at all, and the same bytes every time."""

from kyodo_analysis.output.figures import ReportContext, SavedChart, save_chart
from kyodo_analysis.output.tables import read_csv, write_csv

__all__ = ["ReportContext", "SavedChart", "read_csv", "save_chart", "write_csv"]
