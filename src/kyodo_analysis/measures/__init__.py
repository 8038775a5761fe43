"""Tables of results: what was said, how often, by whom, and how sure one may be.

Each function takes tables of :mod:`kyodo_analysis.tables` and returns one table whose contract is
in :mod:`kyodo_analysis.measures.tables`. Opinions are counted before occurrences.
"""

from kyodo_analysis.measures.attendance import (
    count_attendance,
    count_organization_types,
    find_returning,
)
from kyodo_analysis.measures.concordance import find_concordance
from kyodo_analysis.measures.duplicates import count_texts, describe_duplicates
from kyodo_analysis.measures.groups import count_opinions_by_group, groups_by
from kyodo_analysis.measures.intervals import INTERVAL_LABEL, MIN_FOR_SHARE, wilson_interval
from kyodo_analysis.measures.opinion_matrix import opinion_matrix
from kyodo_analysis.measures.quotes import select_quotes
from kyodo_analysis.measures.term_counts import count_terms
from kyodo_analysis.measures.theme_counts import (
    count_phrases_by_theme,
    count_themes,
    count_themes_by_group,
)

__all__ = [
    "INTERVAL_LABEL",
    "MIN_FOR_SHARE",
    "count_attendance",
    "count_opinions_by_group",
    "count_organization_types",
    "count_phrases_by_theme",
    "count_terms",
    "count_texts",
    "count_themes",
    "count_themes_by_group",
    "describe_duplicates",
    "find_concordance",
    "find_returning",
    "groups_by",
    "opinion_matrix",
    "select_quotes",
    "wilson_interval",
]
