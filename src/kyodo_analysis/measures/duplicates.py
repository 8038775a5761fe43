"""The same text from several people: grouped, never dropped."""

import pandas as pd

from kyodo_analysis.measures.listing import join_names
from kyodo_analysis.measures.tables import DUPLICATES, TEXT_COUNTS


def describe_duplicates(opinions: pd.DataFrame) -> pd.DataFrame:
    """Group the opinions whose text is exactly the same.

    Returns
    -------
    DUPLICATES
        One row per text given more than once, most opinions first, then by first appearance.
    """
    repeated = opinions.loc[opinions.duplicated("text", keep=False)]
    table = repeated.groupby("text", sort=False).size().to_frame("n_opinions")
    table["opinion_ids"] = join_names(repeated, ["text"], "opinion_id").astype("str")
    ranked = table.sort_values("n_opinions", ascending=False, kind="stable")
    return DUPLICATES.check(ranked.reset_index())


def count_texts(opinions: pd.DataFrame) -> pd.DataFrame:
    """Count opinions and distinct texts side by side.

    Returns
    -------
    TEXT_COUNTS
        One row.
    """
    return TEXT_COUNTS.make(
        [
            {
                "n_opinions": len(opinions),
                "n_texts": opinions["text"].nunique(),
                "n_repeated": int(opinions.duplicated("text", keep=False).sum()),
            }
        ]
    )
