"""How often a term is used, and by whom."""

import pandas as pd

from kyodo_analysis.measures.listing import join_names
from kyodo_analysis.measures.tables import TERM_COUNTS

_KEY = ["term", "part_of_speech"]


def count_terms(terms: pd.DataFrame) -> pd.DataFrame:
    """Count the opinions that use each term, and its occurrences.

    Returns
    -------
    TERM_COUNTS
        One row per term and part of speech; most opinions first, then most occurrences, then by
        term.
    """
    rows = terms.astype({"term": "str", "part_of_speech": "str"})
    counts = rows.groupby(_KEY)["opinion_id"].agg(n_opinions="nunique", n="size")
    counts["opinion_ids"] = join_names(rows, _KEY, "opinion_id").astype("str")
    ordered = counts.reset_index().sort_values(
        ["n_opinions", "n", *_KEY], ascending=[False, False, True, True], ignore_index=True
    )
    return TERM_COUNTS.check(ordered)
