"""Charts: a result table goes in, Matplotlib Axes come out; nothing is counted here.

Every function draws in its own style (:class:`Style`) and leaves Matplotlib's settings as they
were.
"""

from kyodo_analysis.charts.agreement import plot_agreement
from kyodo_analysis.charts.bars import plot_opinions_per_category, plot_ranked_terms
from kyodo_analysis.charts.dendrogram import plot_dendrogram
from kyodo_analysis.charts.evidence import plot_cluster_evidence
from kyodo_analysis.charts.heatmap import plot_counts_heatmap, plot_modality_by_theme
from kyodo_analysis.charts.keyness import plot_keyness
from kyodo_analysis.charts.maps import plot_correspondence, plot_network
from kyodo_analysis.charts.opinion_matrix import plot_opinion_matrix
from kyodo_analysis.charts.panels import plot_theme_panels_by_session
from kyodo_analysis.charts.quotes import plot_quotes_beside_counts
from kyodo_analysis.charts.ranking import plot_ranked_themes
from kyodo_analysis.charts.saturation import plot_saturation
from kyodo_analysis.charts.sessions import (
    plot_attendance,
    plot_organization_types,
    plot_themes_by_session,
)
from kyodo_analysis.charts.style import HALF_WIDTH, PRINT, Style

__all__ = [
    "HALF_WIDTH",
    "PRINT",
    "Style",
    "plot_agreement",
    "plot_attendance",
    "plot_cluster_evidence",
    "plot_correspondence",
    "plot_counts_heatmap",
    "plot_dendrogram",
    "plot_keyness",
    "plot_modality_by_theme",
    "plot_network",
    "plot_opinion_matrix",
    "plot_opinions_per_category",
    "plot_organization_types",
    "plot_quotes_beside_counts",
    "plot_ranked_terms",
    "plot_ranked_themes",
    "plot_saturation",
    "plot_theme_panels_by_session",
    "plot_themes_by_session",
]
