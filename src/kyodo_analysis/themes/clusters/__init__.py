"""Clusters of opinions, shown only with evidence: terms and opinions in, a search out."""

from kyodo_analysis.themes.clusters.codes import compare_clusters_with_codes, suggest_codes
from kyodo_analysis.themes.clusters.describe import (
    find_borderline_opinions,
    find_cluster_terms,
    find_typical_opinions,
)
from kyodo_analysis.themes.clusters.gate import Progress, find_clusters
from kyodo_analysis.themes.clusters.matrix import DocumentTermMatrix, build_matrix
from kyodo_analysis.themes.clusters.names import draft_names, label_clusters
from kyodo_analysis.themes.clusters.partition import compare_with_ward
from kyodo_analysis.themes.clusters.search import QUICK, THOROUGH, ClusterSearch, ClusterSettings

__all__ = [
    "QUICK",
    "THOROUGH",
    "ClusterSearch",
    "ClusterSettings",
    "DocumentTermMatrix",
    "Progress",
    "build_matrix",
    "compare_clusters_with_codes",
    "compare_with_ward",
    "draft_names",
    "find_borderline_opinions",
    "find_cluster_terms",
    "find_clusters",
    "find_typical_opinions",
    "label_clusters",
    "suggest_codes",
]
