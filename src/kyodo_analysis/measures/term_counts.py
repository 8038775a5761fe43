"""How often a term is used, and by whom."""

import pandas as pd

from kyodo_analysis.measures.listing import join_names
from kyodo_analysis.measures.matrices import is_hidden, usual_parts
from kyodo_analysis.measures.tables import TERM_COUNTS


def count_terms(terms: pd.DataFrame) -> pd.DataFrame:
    """Count the opinions that use each term, and its occurrences.

    Returns
    -------
    TERM_COUNTS
        One row per form, whatever parts of speech the tokenizer gave it; most opinions first,
        then most occurrences, then by term. Hidden words (●) are left out.
    """
    rows = terms.astype({"term": "str"})
    rows = rows[~is_hidden(rows["term"])]
    counts = rows.groupby("term")["opinion_id"].agg(n_opinions="nunique", n="size")
    counts["part_of_speech"] = usual_parts(rows)
    counts["opinion_ids"] = join_names(rows, ["term"], "opinion_id").astype("str")
    ordered = counts.reset_index().sort_values(
        ["n_opinions", "n", "term"], ascending=[False, False, True], ignore_index=True
    )
    return TERM_COUNTS.check(ordered[TERM_COUNTS.names])
