"""Tables of results: what was said, how often, by whom, and how sure one may be.

Each function takes tables of :mod:`kyodo_analysis.tables` and returns one table whose contract is
in :mod:`kyodo_analysis.measures.tables`; the maps (network, correspondence, dendrogram) return a
few tables, one of them the check that says whether the map may be shown. Opinions are counted
before occurrences.
"""

from kyodo_analysis.measures.copies import count_texts, describe_duplicates
from kyodo_analysis.measures.corrected import correct_theme_counts, plan_sample
from kyodo_analysis.measures.correspondence import (
    Correspondence,
    CorrespondenceSettings,
    find_correspondence,
)
from kyodo_analysis.measures.dendrogram import Dendrogram, DendrogramSettings, find_dendrogram
from kyodo_analysis.measures.groups import count_opinions_by_group, groups_by
from kyodo_analysis.measures.keyness import compare_terms_by_group, find_candidate_terms
from kyodo_analysis.measures.network import CooccurrenceNetwork, NetworkSettings, find_network
from kyodo_analysis.measures.quotes import select_quotes
from kyodo_analysis.measures.rule_words import weigh_words
from kyodo_analysis.measures.saturation import count_saturation
from kyodo_analysis.measures.sessions import (
    count_attendance,
    count_organization_types,
    describe_sessions,
    find_returning,
)
from kyodo_analysis.measures.shuffles import Shuffles
from kyodo_analysis.measures.terms import count_terms, find_concordance
from kyodo_analysis.measures.theme_counts import (
    count_phrases_by_theme,
    count_theme_pairs,
    count_themes,
    count_themes_by_group,
    opinion_matrix,
)
from kyodo_analysis.measures.theme_tests import (
    compare_cells,
    compare_themes_by_group,
    describe_as_kh_coder,
)

__all__ = [
    "CooccurrenceNetwork",
    "Correspondence",
    "CorrespondenceSettings",
    "Dendrogram",
    "DendrogramSettings",
    "NetworkSettings",
    "Shuffles",
    "compare_cells",
    "compare_terms_by_group",
    "compare_themes_by_group",
    "correct_theme_counts",
    "count_attendance",
    "count_opinions_by_group",
    "count_organization_types",
    "count_phrases_by_theme",
    "count_saturation",
    "count_terms",
    "count_texts",
    "count_theme_pairs",
    "count_themes",
    "count_themes_by_group",
    "describe_as_kh_coder",
    "describe_duplicates",
    "describe_sessions",
    "find_candidate_terms",
    "find_concordance",
    "find_correspondence",
    "find_dendrogram",
    "find_network",
    "find_returning",
    "groups_by",
    "opinion_matrix",
    "plan_sample",
    "select_quotes",
    "weigh_words",
]
