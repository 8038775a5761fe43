"""Coding rules in KH Coder's format: read, checked, applied with their evidence, looked back at."""

from kyodo_analysis.themes.codebook.application import Coded, apply_codebook
from kyodo_analysis.themes.codebook.forced_words import force_words, read_word_list
from kyodo_analysis.themes.codebook.reader import Codebook, parse_codebook, read_codebook
from kyodo_analysis.themes.codebook.review import (
    compare_codings,
    count_codes,
    find_uncoded,
)
from kyodo_analysis.themes.codebook.tables import CODING_CHANGES, WARNINGS

__all__ = [
    "CODING_CHANGES",
    "WARNINGS",
    "Codebook",
    "Coded",
    "apply_codebook",
    "compare_codings",
    "count_codes",
    "find_uncoded",
    "force_words",
    "parse_codebook",
    "read_codebook",
    "read_word_list",
]
