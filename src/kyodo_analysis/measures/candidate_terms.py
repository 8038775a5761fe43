"""Words that a theme's opinions share: candidates for its coding rule."""

from typing import Final

import numpy as np
import pandas as pd

from kyodo_analysis.errors import NotInDataError
from kyodo_analysis.measures.matrices import word_matrix
from kyodo_analysis.measures.membership import membership_of
from kyodo_analysis.measures.shuffles import Shuffles
from kyodo_analysis.measures.tables import CANDIDATE_TERMS
from kyodo_analysis.measures.term_keyness import compare_terms_by_group, voices_of

_CODED: Final = "該当"
_OTHERS: Final = "その他"


def find_candidate_terms(
    terms: pd.DataFrame,
    codings: pd.DataFrame,
    opinions: pd.DataFrame,
    theme: str,
    *,
    min_opinions: int = 2,
    shuffles: Shuffles | None = None,
) -> pd.DataFrame:
    """Find the words that a theme's opinions use more than the others: candidates for its rule.

    Returns
    -------
    CANDIDATE_TERMS
        One row per word, as :func:`compare_terms_by_group` selects them, by G2. ``other_ids`` are
        the opinions that use the word without carrying the theme: those to read next.

    Raises
    ------
    NotInDataError
        The theme is carried by no opinion or by all of them, or no word is used in
        `min_opinions` opinions.
    """
    coded = opinions["opinion_id"].isin(codings.loc[codings["code"] == theme, "opinion_id"])
    if coded.all() or not coded.any():
        raise NotInDataError(
            f"テーマ「{theme}」の候補語",
            f"このテーマの付いた意見が{len(opinions)}件中{int(coded.sum())}件です",
            "語を比べるには、付いた意見と付いていない意見の両方が要ります",
        )
    group = pd.Categorical(np.where(coded, _CODED, _OTHERS), [_CODED, _OTHERS], ordered=True)
    groups = pd.DataFrame({"opinion_id": opinions["opinion_id"].array, "group": group})
    found = compare_terms_by_group(
        terms, groups, opinions, min_opinions=min_opinions, shuffles=shuffles
    )
    rows = found.loc[found["group"] == _CODED].drop(columns="group")
    members = membership_of(groups)
    voices = voices_of(word_matrix(terms, members.opinion_ids, min_opinions), members)
    others = voices[voices.index.get_level_values("group") == _OTHERS].droplevel("group")
    rows = rows.join(others.rename("other_ids"), on=["term", "part_of_speech"])
    table = rows.fillna({"other_ids": ""}).rename(
        columns={"n_opinions": "n_coded", "opinion_ids": "coded_ids"}
    )
    table = table.assign(theme=theme, n_others=table["n_opinions_total"] - table["n_coded"])
    return CANDIDATE_TERMS.check(table.reset_index(drop=True)[CANDIDATE_TERMS.names])
