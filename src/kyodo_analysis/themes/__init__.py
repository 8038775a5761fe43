"""Themes: which opinion says what, by rules, by human coders, and by clusters with evidence."""

from kyodo_analysis.themes.agreement import Agreement, compare_coders
from kyodo_analysis.themes.clusters import ClusterSearch, find_clusters
from kyodo_analysis.themes.codebook import (
    CODING_CHANGES,
    Codebook,
    Coded,
    apply_codebook,
    compare_codings,
    count_codes,
    find_uncoded,
    force_words,
    read_codebook,
    read_word_list,
)
from kyodo_analysis.themes.decisions import (
    THEME_DECISIONS,
    apply_decisions,
    only_rules,
    read_decisions,
    without_taken,
)
from kyodo_analysis.themes.human import (
    CodingSheetSettings,
    read_coding_sheets,
    sample_opinions,
    write_coding_sheet,
)

__all__ = [
    "CODING_CHANGES",
    "THEME_DECISIONS",
    "Agreement",
    "ClusterSearch",
    "Codebook",
    "Coded",
    "CodingSheetSettings",
    "apply_codebook",
    "apply_decisions",
    "compare_coders",
    "compare_codings",
    "count_codes",
    "find_clusters",
    "find_uncoded",
    "force_words",
    "only_rules",
    "read_codebook",
    "read_coding_sheets",
    "read_decisions",
    "read_word_list",
    "sample_opinions",
    "without_taken",
    "write_coding_sheet",
]
