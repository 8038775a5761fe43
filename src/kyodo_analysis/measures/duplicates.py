"""The same text from several people: grouped, never dropped."""

import pandas as pd

from kyodo_analysis.measures.listing import join_names
from kyodo_analysis.measures.tables import DUPLICATE_GROUPS, TEXT_COUNTS

_NEAR = "ほぼ同文"


def describe_duplicates(duplicates: pd.DataFrame, opinions: pd.DataFrame) -> pd.DataFrame:
    """List the texts that came more than once, and who sent them.

    Parameters
    ----------
    duplicates : DataFrame
        FAMILIES, as :func:`kyodo_analysis.near_copies.find_families` gives it.
    opinions : OPINIONS

    Returns
    -------
    DUPLICATE_GROUPS
        One row per group of two or more, most opinions first, then by first appearance.
    """
    repeated = duplicates[duplicates["n_in_family"] > 1].rename(
        columns={"family": "representative"}
    )
    by_group = repeated.assign(n_near=repeated["kind"].eq(_NEAR)).groupby(
        "representative", sort=False
    )
    table = by_group.agg(n_opinions=("opinion_id", "size"), n_near=("n_near", "sum"))
    table["n_identical"] = table["n_opinions"] - table["n_near"]
    names = join_names(repeated, ["representative"], "opinion_id")
    table["opinion_ids"] = names.reindex(table.index).astype("str")
    table["text"] = opinions.set_index("opinion_id")["text"].reindex(table.index)
    ranked = table.sort_values("n_opinions", ascending=False, kind="stable").reset_index()
    return DUPLICATE_GROUPS.check(ranked[DUPLICATE_GROUPS.names])


def count_texts(duplicates: pd.DataFrame) -> pd.DataFrame:
    """Count opinions and distinct texts side by side.

    Parameters
    ----------
    duplicates : DataFrame
        As in :func:`describe_duplicates`.

    Returns
    -------
    TEXT_COUNTS
        One row.
    """
    return TEXT_COUNTS.make(
        [
            {
                "n_opinions": len(duplicates),
                "n_texts": int(duplicates["is_first"].sum()),
                "n_repeated": int(duplicates["n_in_family"].gt(1).sum()),
            }
        ]
    )
