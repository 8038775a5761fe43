"""How often a term is used, and by whom."""

import pandas as pd

from kyodo_analysis.measures.listing import list_names
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
    rows = terms.astype({"term": "category"})
    counts = list_names(rows, ["term"], "opinion_id")
    counts = counts.rename(columns={"n_names": "n_opinions", "names": "opinion_ids"})
    counts = counts.set_axis(counts.index.astype("str"))
    counts = counts.assign(part_of_speech=usual_parts(rows)).reset_index()
    ordered = counts[~is_hidden(counts["term"])].sort_values(
        ["n_opinions", "n", "term"], ascending=[False, False, True], ignore_index=True
    )
    return TERM_COUNTS.check(ordered[TERM_COUNTS.names])
