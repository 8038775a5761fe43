"""Human coding: a blind sheet for a second coder, and its return."""

from kyodo_analysis.themes.human.returned import (
    SHEET_CHECK,
    read_coding_sheet,
    read_coding_sheets,
)
from kyodo_analysis.themes.human.sheet import (
    CodingSheetSettings,
    sample_opinions,
    write_coding_sheet,
)

__all__ = [
    "SHEET_CHECK",
    "CodingSheetSettings",
    "read_coding_sheet",
    "read_coding_sheets",
    "sample_opinions",
    "write_coding_sheet",
]
