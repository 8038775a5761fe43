"""Coding rules in KH Coder's format: read, checked and applied with their evidence."""

from kyodo_analysis.themes.codebook.application import Coded, apply_codebook
from kyodo_analysis.themes.codebook.reader import Codebook, read_codebook
from kyodo_analysis.themes.codebook.tables import UNITS, WARNINGS

__all__ = ["UNITS", "WARNINGS", "Codebook", "Coded", "apply_codebook", "read_codebook"]
