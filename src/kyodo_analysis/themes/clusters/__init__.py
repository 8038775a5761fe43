"""Clusters of opinions, shown only with evidence: terms and opinions in, a finding out."""

from kyodo_analysis.themes.clusters.duplicates import group_duplicates
from kyodo_analysis.themes.clusters.evidence import find_clusters
from kyodo_analysis.themes.clusters.finding import ClusterFinding
from kyodo_analysis.themes.clusters.matrix import DocumentTermMatrix, build_matrix
from kyodo_analysis.themes.clusters.settings import QUICK, THOROUGH, ClusterSettings

__all__ = [
    "QUICK",
    "THOROUGH",
    "ClusterFinding",
    "ClusterSettings",
    "DocumentTermMatrix",
    "build_matrix",
    "find_clusters",
    "group_duplicates",
]
