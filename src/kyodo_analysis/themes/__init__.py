"""Themes: which opinion says what, by rules, by human coders, and by clusters with evidence."""

from kyodo_analysis.themes.agreement import Agreement, AgreementSettings, compare_coders
from kyodo_analysis.themes.clusters import (
    QUICK,
    THOROUGH,
    ClusterFinding,
    ClusterSettings,
    DocumentTermMatrix,
    build_matrix,
    find_clusters,
    group_duplicates,
)
from kyodo_analysis.themes.codebook import (
    Codebook,
    Coded,
    apply_codebook,
    read_codebook,
    read_theme_notes,
)
from kyodo_analysis.themes.human import (
    CodingSheetSettings,
    read_coding_sheet,
    sample_opinions,
    write_coding_sheet,
)
from kyodo_analysis.themes.tables import AGREEMENT, DISAGREEMENTS

__all__ = [
    "AGREEMENT",
    "DISAGREEMENTS",
    "QUICK",
    "THOROUGH",
    "Agreement",
    "AgreementSettings",
    "ClusterFinding",
    "ClusterSettings",
    "Codebook",
    "Coded",
    "CodingSheetSettings",
    "DocumentTermMatrix",
    "apply_codebook",
    "build_matrix",
    "compare_coders",
    "find_clusters",
    "group_duplicates",
    "read_codebook",
    "read_coding_sheet",
    "read_theme_notes",
    "sample_opinions",
    "write_coding_sheet",
]
