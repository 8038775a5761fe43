"""How far a theme's count hangs on single words of its rule."""

from collections.abc import Iterable

import pandas as pd

from kyodo_analysis.measures.listing import join_names
from kyodo_analysis.measures.tables import RULE_WORDS
from kyodo_analysis.measures.theme_counts import themes_of

_WORD = ["theme", "word"]


def weigh_words(
    evidence: pd.DataFrame, codings: pd.DataFrame, opinions: pd.DataFrame, themes: Iterable[str]
) -> pd.DataFrame:
    """Count what is left of each theme when one word of its rule is dropped.

    An opinion is lost with a word if nothing else in it spoke for the theme. Words that a rule
    joins with ``and`` stand beside each other in the evidence, so that no opinion hangs on one of
    them alone: dropping such a word would lose more.

    Parameters
    ----------
    evidence : EVIDENCE
    codings : CODINGS
    opinions : OPINIONS
    themes : iterable of str

    Returns
    -------
    RULE_WORDS
        One row per theme and word, themes in the given order, words that carry most first.
    """
    listed = list(themes)
    carried = themes_of(codings, opinions["opinion_id"].astype("str"), listed)
    n_theme = carried.groupby("theme", observed=False).size()
    fired = evidence.rename(columns={"code": "theme", "matched": "word"})
    fired = fired.astype({"opinion_id": "str", "theme": "str"})[["theme", "word", "opinion_id"]]
    fired = fired.drop_duplicates().merge(carried.astype({"theme": "str"}))
    n_words = fired.groupby(["theme", "opinion_id"])["word"].transform("size")
    table = fired.groupby(_WORD, sort=False).size().to_frame("n_opinions")
    alone = fired[n_words == 1]
    table["n_alone"] = alone.groupby(_WORD).size().reindex(table.index, fill_value=0)
    table["opinion_ids"] = join_names(alone, _WORD, "opinion_id").reindex(table.index)
    table = table.fillna({"opinion_ids": ""}).reset_index()
    table["n_theme"] = table["theme"].map(n_theme).astype("int64")
    table["n_left"] = table["n_theme"] - table["n_alone"]
    table["carries_half"] = table["n_opinions"] > table["n_theme"] / 2
    ordered = table.sort_values(
        ["theme", "n_alone", "n_opinions", "word"],
        ascending=[True, False, False, True],
        key=lambda values: values.map(listed.index) if values.name == "theme" else values,
        ignore_index=True,
    )
    kinds = {"opinion_ids": "str", "n_alone": "int64", "n_left": "int64", "carries_half": "bool"}
    return RULE_WORDS.check(ordered.astype(kinds)[RULE_WORDS.names])
