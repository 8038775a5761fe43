"""Charts: a result table goes in, Matplotlib Axes come out; nothing is counted here.

Every function draws in its own style (:class:`Style`) and leaves Matplotlib's settings as they
were.
"""

from kyodo_analysis.charts.bars import plot_opinions_per_category, plot_ranked_terms
from kyodo_analysis.charts.heatmap import plot_counts_heatmap
from kyodo_analysis.charts.opinion_matrix import plot_opinion_matrix
from kyodo_analysis.charts.style import HALF_WIDTH, PRINT, Style

__all__ = [
    "HALF_WIDTH",
    "PRINT",
    "Style",
    "plot_counts_heatmap",
    "plot_opinion_matrix",
    "plot_opinions_per_category",
    "plot_ranked_terms",
]
