"""Themes: which opinion says what, by rules, by human coders, and by clusters with evidence."""

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

__all__ = [
    "QUICK",
    "THOROUGH",
    "ClusterFinding",
    "ClusterSettings",
    "Codebook",
    "Coded",
    "DocumentTermMatrix",
    "apply_codebook",
    "build_matrix",
    "find_clusters",
    "group_duplicates",
    "read_codebook",
    "read_theme_notes",
]
