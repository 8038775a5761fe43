"""Which words a map shows, what they look like by chance, and whether the map may be shown."""

from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from kyodo_analysis.errors import NotInDataError
from kyodo_analysis.measures.cooccurrence import jaccard
from kyodo_analysis.measures.matrices import WordMatrix, word_matrix
from kyodo_analysis.measures.shuffles import Shuffles, beats_chance, chance_line
from kyodo_analysis.measures.tables import MAP_CHECKS

Presence = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]

MIN_FOR_MAP: Final = 30
"""Below as many different texts a map changes with any single one of them."""

_MIN_OPINIONS: Final = 2
_MIN_WORDS: Final = 3
_ROUNDS: Final = 10


def distinct_texts(opinions: pd.DataFrame) -> pd.Index:
    """Give the first opinion of each text: copies of one letter would tie all of its words."""
    return pd.Index(opinions.drop_duplicates("text")["opinion_id"].astype("str"))


def frequent_words(
    terms: pd.DataFrame, opinion_ids: pd.Index, *, n_words: int, where: str
) -> WordMatrix:
    """Choose the lowest frequency that leaves about `n_words` words, as KH Coder does.

    Raises
    ------
    NotInDataError
        Fewer than three words are used in two opinions.
    """
    words = word_matrix(terms, opinion_ids, _MIN_OPINIONS)
    if len(words.words) < _MIN_WORDS:
        raise NotInDataError(
            where,
            f"{_MIN_OPINIONS}件以上の意見に現れる語が{len(words.words)}語です",
            f"図にするには{_MIN_WORDS}語以上が要ります",
        )
    n = words.words["n"].to_numpy()
    lowest = np.unique(n)
    left = (n >= lowest[:, None]).sum(axis=1)
    distance = np.where(left >= _MIN_WORDS, np.abs(left - n_words), np.inf)
    return words.select(np.flatnonzero(n >= lowest[distance.argmin()]))


def shuffled_presences(presence: Presence, shuffles: Shuffles) -> Iterator[Presence]:
    """Yield tables with the same opinions per word and words per opinion, else at random.

    Global curveball (Carstens et al. 2018): in each round all words are paired at random, and each
    pair deals out anew the opinions that only one of the two has.

    Parameters
    ----------
    presence : ndarray
        Opinions in rows, words in columns.
    """
    rng = np.random.default_rng(shuffles.seed)
    words = presence.T.copy()
    for _ in range(shuffles.n):
        for _ in range(_ROUNDS):
            order = rng.permutation(len(words))
            for first, second in zip(order[::2], order[1::2], strict=False):
                _trade(words, first, second, rng)
        yield words.T.copy()


def _trade(words: Presence, first: int, second: int, rng: np.random.Generator) -> None:
    """Deal the opinions that only one of two words has to both of them anew, in place."""
    apart = rng.permutation(np.flatnonzero(words[first] ^ words[second]))
    n_first = np.count_nonzero(words[first, apart])
    words[first, apart], words[second, apart] = False, True
    words[first, apart[:n_first]], words[second, apart[:n_first]] = True, False


def pair_strengths(presence: Presence, weights: npt.ArrayLike = 1.0) -> Floats:
    """Give the Jaccard coefficient of every pair of words, pairs as ``np.triu_indices`` has them.

    Parameters
    ----------
    presence : ndarray
        Opinions in rows, words in columns.
    weights : array-like, default 1
        How often each opinion counts.
    """
    from scipy.sparse import csr_array

    used = csr_array(presence, dtype=np.float64)
    weighted = csr_array(used.multiply(np.reshape(weights, (-1, 1))))
    both = csr_array(weighted.T @ used).toarray()
    first, second = np.triu_indices(len(both), k=1)
    n = both.diagonal()
    return jaccard(both[first, second], n[first], n[second])


def check_map(
    name: str,
    measure: str,
    *,
    observed: float,
    by_chance: list[float],
    n_opinions: int,
    n_texts: int,
    seed: int,
) -> pd.DataFrame:
    """Compare one number of a map with what shuffled data give; few texts hold no map.

    Returns
    -------
    MAP_CHECKS
        One row, with the verdict as a sentence.
    """
    line = float(chance_line(by_chance))
    above, enough = bool(beats_chance(observed, line)), n_texts >= MIN_FOR_MAP
    holds = above and enough
    sentence = (
        f"{name}: {measure}は{observed:.3f}で、ランダムに入れ替えた場合の95%点{line:.3f}を"
        f"{'上回りました' if above else '上回りませんでした'}"
        f"({n_opinions}件、異なる文{n_texts}、入れ替え{len(by_chance)}回、乱数の種{seed})。"
        f"{'' if enough else f'ただし、文が{MIN_FOR_MAP}に満たないため、少しの意見で図が変わります。'}"
        f"{'' if holds else '図は示さず、表で示します。'}"
    )
    row = {
        "map": name,
        "n_opinions": n_opinions,
        "n_texts": n_texts,
        "measure": measure,
        "observed": observed,
        "reference": line,
        "n_shuffles": len(by_chance),
        "seed": seed,
        "holds": holds,
        "sentence": sentence,
    }
    return MAP_CHECKS.make([row])
