"""Look back at codings: what is left uncoded, what carries much, which words decide, what changed."""

import pandas as pd

from kyodo_analysis.tables import OPINIONS
from kyodo_analysis.themes.codebook.tables import CODES_PER_OPINION, CODING_CHANGES

_KEY = ["opinion_id", "code", "coder"]


def find_uncoded(opinions: pd.DataFrame, codings: pd.DataFrame) -> pd.DataFrame:
    """List the opinions that carry no code (OPINIONS)."""
    uncoded = ~opinions["opinion_id"].isin(codings["opinion_id"])
    return OPINIONS.check(opinions[uncoded].reset_index(drop=True))


def count_codes(opinions: pd.DataFrame, codings: pd.DataFrame) -> pd.DataFrame:
    """Count the codes of every opinion, in the order of the opinions (CODES_PER_OPINION)."""
    pairs = codings[["opinion_id", "code"]].astype("str").drop_duplicates()
    listed = pairs.groupby("opinion_id")["code"].agg(["size", "、".join])
    of_all = listed.reindex(opinions["opinion_id"])
    return CODES_PER_OPINION.check(
        pd.DataFrame(
            {
                "opinion_id": opinions["opinion_id"].array,
                "n_codes": of_all["size"].fillna(0).astype("Int64").array,
                "codes": of_all["join"].fillna("").astype("str").array,
                "text": opinions["text"].array,
            }
        )
    )


def compare_codings(
    before: pd.DataFrame, after: pd.DataFrame, opinions: pd.DataFrame
) -> pd.DataFrame:
    """Say which codings were gained and lost, and which kept their code for other words.

    Parameters
    ----------
    before, after : pandas.DataFrame
        CODINGS of an earlier and a later run.
    opinions : pandas.DataFrame
        OPINIONS of the later run; an opinion that no longer exists has no text.

    Returns
    -------
    pandas.DataFrame
        One row per coding that changed, gained ones first (CODING_CHANGES).
    """
    old, new = (table[[*_KEY, "evidence"]].astype("str") for table in (before, after))
    both = old.merge(new, on=_KEY, how="outer", suffixes=("_before", "_after"), indicator=True)
    same = (both["_merge"] == "both") & (
        both["evidence_before"].fillna("") == both["evidence_after"].fillna("")
    )
    change = both["_merge"].map({"right_only": "増えた", "left_only": "消えた", "both": "根拠"})
    texts = opinions.set_index("opinion_id")["text"]
    changed = both.assign(change=change.astype("str"), text=both["opinion_id"].map(texts))[~same]
    return CODING_CHANGES.check(_in_order(changed, opinions)[CODING_CHANGES.names])


def _in_order(changed: pd.DataFrame, opinions: pd.DataFrame) -> pd.DataFrame:
    kinds = changed["change"].map({"増えた": 0, "消えた": 1, "根拠": 2})
    rows = pd.Index(opinions["opinion_id"]).get_indexer(pd.Index(changed["opinion_id"]))
    keyed = changed.assign(kind=kinds, row=rows).sort_values(["kind", "row", "code", "coder"])
    return keyed.reset_index(drop=True)
