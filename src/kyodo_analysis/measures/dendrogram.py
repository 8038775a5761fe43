"""A tree of words that are used in the same opinions (Ward on Jaccard distances)."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from kyodo_analysis.errors import NotInDataError
from kyodo_analysis.measures.copies import distinct_texts
from kyodo_analysis.measures.map_words import (
    check_map,
    draw_for_check,
    frequent_words,
    pair_strengths,
    shuffled_presences,
)
from kyodo_analysis.measures.shuffles import Shuffles
from kyodo_analysis.measures.tables import DENDROGRAM_LEAVES, DENDROGRAM_MERGES

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Floats = npt.NDArray[np.float64]

_NAME: Final = "語の樹形図"
_EXACT: Final = 1.0


@dataclass(frozen=True)
class DendrogramSettings:
    """How the tree is made.

    Parameters
    ----------
    n_words : int, default 55
        How many words take part at most, the most frequent ones: as many stand on one page.
    shuffles : Shuffles
    """

    n_words: int = 55
    shuffles: Shuffles = field(default_factory=lambda: Shuffles(n=99))


@dataclass(frozen=True)
class Dendrogram:
    """A tree of words that knows whether it may be drawn.

    Parameters
    ----------
    leaves : DENDROGRAM_LEAVES
    merges : DENDROGRAM_MERGES
    check : MAP_CHECKS
        One row: the cophenetic correlation against that of shuffled opinions.
    """

    leaves: pd.DataFrame
    merges: pd.DataFrame
    check: pd.DataFrame


def find_dendrogram(
    terms: pd.DataFrame, opinions: pd.DataFrame, settings: DendrogramSettings | None = None
) -> Dendrogram:
    """Join words step by step, those used in the same opinions first; copies count once.

    Parameters
    ----------
    terms : TERMS
    opinions : OPINIONS
    settings : DendrogramSettings, optional

    Raises
    ------
    NotInDataError
        Fewer than three words are used in two opinions, or all pairs of them are equally far apart.
    """
    from scipy.cluster.hierarchy import leaves_list

    chosen = settings or DendrogramSettings()
    ids = distinct_texts(opinions)
    words = frequent_words(terms, ids, n_words=chosen.n_words, where=_NAME, may_exceed=False)
    presence = words.presence
    merges, _ = _tree(presence)
    drawn = draw_for_check(presence, chosen.shuffles.seed)
    observed = _tree(drawn)[1]
    _require_differences(observed, len(words.words))
    by_chance = [_tree(shuffled)[1] for shuffled in shuffled_presences(drawn, chosen.shuffles)]
    check = check_map(
        _NAME,
        "コーフェン相関",
        n_opinions=len(opinions),
        n_texts=presence.shape[0],
        observed=observed,
        by_chance=np.nan_to_num(by_chance, nan=_EXACT).tolist(),
        seed=chosen.shuffles.seed,
    )
    order = leaves_list(merges)
    known = words.words.iloc[order]
    leaves = pd.DataFrame(
        {"word": known["term"].array, "node": order, "n_texts": known["n_opinions"].array}
    ).astype({"node": "int64"})
    return Dendrogram(DENDROGRAM_LEAVES.check(leaves), _merge_table(merges), check)


def _require_differences(observed: float, n_words: int) -> None:
    if np.isnan(observed):
        raise NotInDataError(
            _NAME,
            f"多くの意見に出てくる{n_words}語が、どの2語も同じ程度に一緒に使われています",
            "まとまりを図にするには、一緒に使われやすい語とそうでない語の違いが要ります",
        )


def _tree(presence: "csr_array") -> tuple[Floats, float]:
    """Give SciPy's merges, and how well their heights keep the distances; NaN if all are equal."""
    from scipy.cluster.hierarchy import cophenet, linkage

    distances = 1 - pair_strengths(presence)
    merges = linkage(distances, method="ward")
    if np.ptp(distances) == 0:
        return merges, np.nan
    return merges, float(cophenet(merges, distances)[0])


def _merge_table(merges: Floats) -> pd.DataFrame:
    table = pd.DataFrame(merges, columns=["left", "right", "height", "n_words"])
    table.insert(0, "node", len(merges) + 1 + np.arange(len(merges)))
    whole = dict.fromkeys(["node", "left", "right", "n_words"], "int64")
    return DENDROGRAM_MERGES.check(table.astype(whole))
