"""What stands together in the same opinion."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pandas as pd

from kyodo_analysis.measures.listing import join_names
from kyodo_analysis.measures.matrices import word_matrix
from kyodo_analysis.measures.tables import TERM_PAIRS, THEME_PAIRS
from kyodo_analysis.measures.theme_counts import themes_of

Floats = npt.NDArray[np.float64]

_PAIR = ["theme_a", "theme_b"]


def jaccard(both: Floats, n_a: Floats, n_b: Floats) -> Floats:
    """Give the opinions with both as a share of those with either; missing where none has."""
    either = np.asarray(n_a + n_b - both, dtype=np.float64)
    return np.divide(both, either, out=np.full_like(both, np.nan), where=either > 0)


def count_theme_pairs(
    codings: pd.DataFrame, opinions: pd.DataFrame, themes: Iterable[str]
) -> pd.DataFrame:
    """Count the opinions that carry two themes at once.

    Returns
    -------
    THEME_PAIRS
        One row per pair of themes, in the given order; pairs without an opinion are kept as zero.
    """
    listed = list(themes)
    carried = themes_of(codings, opinions["opinion_id"], listed)
    sizes = carried.groupby("theme", observed=False).size()
    found = carried.merge(carried, on="opinion_id", suffixes=("_a", "_b"))
    names = np.array(listed, dtype=object)
    first, second = np.triu_indices(len(listed), k=1)
    pairs = pd.DataFrame({"theme_a": names[first], "theme_b": names[second]}, dtype="str")
    pairs = pairs.join(found.groupby(_PAIR, observed=True).size().rename("n_both"), on=_PAIR)
    pairs = pairs.join(join_names(found, _PAIR, "opinion_id").rename("opinion_ids"), on=_PAIR)
    pairs = pairs.fillna({"n_both": 0, "opinion_ids": ""}).astype({"n_both": "int64"})
    pairs["n_a"], pairs["n_b"] = sizes.to_numpy()[first], sizes.to_numpy()[second]
    numbers = (pairs[name].to_numpy(dtype=float) for name in ("n_both", "n_a", "n_b"))
    table = pairs.assign(jaccard=jaccard(*numbers))
    return THEME_PAIRS.check(table[THEME_PAIRS.names])


def count_term_pairs(
    terms: pd.DataFrame, opinions: pd.DataFrame, *, min_opinions: int = 2
) -> pd.DataFrame:
    """Count the opinions that use two words at once.

    Parameters
    ----------
    terms : TERMS
    opinions : OPINIONS
    min_opinions : int, default 2
        Words of fewer opinions are left out.

    Returns
    -------
    TERM_PAIRS
        One row per pair that meets in an opinion, highest Jaccard coefficient first, then most
        opinions, then by name.
    """
    ids = pd.Index(opinions["opinion_id"].astype("str"))
    words = word_matrix(terms, ids, min_opinions)
    together = (words.presence.T @ words.presence).tocoo()
    upper = together.row < together.col
    first, second, both = (part[upper] for part in (together.row, together.col, together.data))
    label = words.words["term"].to_numpy()
    n = words.words["n_opinions"].to_numpy()
    table = pd.DataFrame(
        {
            "word_a": label[first],
            "word_b": label[second],
            "n_both": both.astype(np.int64),
            "n_a": n[first],
            "n_b": n[second],
            "jaccard": jaccard(both, n[first], n[second]),
        }
    ).astype({"word_a": "str", "word_b": "str"})
    return TERM_PAIRS.check(
        table.sort_values(
            ["jaccard", "n_both", "word_a", "word_b"],
            ascending=[False, False, True, True],
            ignore_index=True,
        )
    )
