"""A raw file becomes opinions, and all that is odd about it becomes findings."""

from kyodo_analysis.reading.corrections import apply_corrections, read_corrections
from kyodo_analysis.reading.files import TextFile, read_text
from kyodo_analysis.reading.result import Reading, ReportHeader
from kyodo_analysis.reading.study_csv import read_study_csv

__all__ = [
    "Reading",
    "ReportHeader",
    "TextFile",
    "apply_corrections",
    "read_corrections",
    "read_study_csv",
    "read_text",
]
