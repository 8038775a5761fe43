"""Coding rules in KH Coder's format: read, checked and applied with their evidence."""

from kyodo_analysis.themes.codebook.application import Coded, apply_codebook
from kyodo_analysis.themes.codebook.notes import read_theme_notes
from kyodo_analysis.themes.codebook.reader import Codebook, read_codebook
from kyodo_analysis.themes.codebook.tables import THEME_NOTES, UNITS, WARNINGS

__all__ = [
    "THEME_NOTES",
    "UNITS",
    "WARNINGS",
    "Codebook",
    "Coded",
    "apply_codebook",
    "read_codebook",
    "read_theme_notes",
]
