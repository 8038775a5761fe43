"""Which words a map shows, what they look like by chance, and whether the map may be shown."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from kyodo_analysis.errors import NotInDataError
from kyodo_analysis.measures.contingency import jaccard
from kyodo_analysis.measures.matrices import WordMatrix, word_matrix
from kyodo_analysis.measures.shuffles import Shuffles, beats_chance, chance_line
from kyodo_analysis.measures.tables import MAP_CHECKS
from kyodo_analysis.shuffling import shuffle_presence

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Floats = npt.NDArray[np.float64]

MIN_FOR_MAP: Final = 30
"""Below as many different texts a map changes with any single one of them."""

MOST_FOR_CHECK: Final = 2_000
"""Of more texts a check looks at as many, drawn at random: chance hardly varies any more."""

_MIN_OPINIONS: Final = 2
_MIN_WORDS: Final = 3
_ROUNDS: Final = 10


def frequent_words(
    terms: pd.DataFrame,
    opinion_ids: pd.Index,
    *,
    n_words: int,
    where: str,
    may_exceed: bool = True,
) -> WordMatrix:
    """Choose the lowest frequency that leaves about `n_words` words, as KH Coder does.

    Unless they `may_exceed` this number, it leaves at most as many, or the fewest possible.

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
    too_many = len(n) * (left > n_words) * (not may_exceed)
    distance = np.where(left >= _MIN_WORDS, np.abs(left - n_words) + too_many, np.inf)
    return words.select(np.flatnonzero(n >= lowest[distance.argmin()]))


def shuffled_presences(presence: "csr_array", shuffles: Shuffles) -> Iterator["csr_array"]:
    """Yield tables with the same opinions per word and words per opinion, else at random.

    Parameters
    ----------
    presence : csr_array
        0/1, opinions in rows, words in columns.
    """
    rng = np.random.default_rng(shuffles.seed)
    words = presence.T.tocsr()
    for _ in range(shuffles.n):
        words = shuffle_presence(words, rng, rounds=_ROUNDS)
        yield words.T.tocsr()


def draw_for_check(presence: "csr_array", seed: int) -> "csr_array":
    """Draw the opinions that are held against chance: all of them, or `MOST_FOR_CHECK`."""
    n_opinions = presence.shape[0]
    if n_opinions <= MOST_FOR_CHECK:
        return presence
    drawn = np.random.default_rng(seed).choice(n_opinions, MOST_FOR_CHECK, replace=False)
    return presence[np.sort(drawn)]


def pair_strengths(presence: "csr_array") -> Floats:
    """Give the Jaccard coefficient of every pair of words, pairs as ``np.triu_indices`` has them.

    Parameters
    ----------
    presence : csr_array
        0/1, opinions in rows, words in columns.
    """
    return strengths_of_counts((presence.T @ presence).toarray().astype(np.float64))


def strengths_of_counts(both: Floats) -> Floats:
    """Give the Jaccard coefficients of pairs; 0 for two words that no opinion uses.

    Parameters
    ----------
    both : ndarray
        Words x words: opinions that use both, on the diagonal those that use the word.
    """
    first, second = np.triu_indices(len(both), k=1)
    n = both.diagonal()
    return np.nan_to_num(jaccard(both[first, second], n[first], n[second]))


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

    `observed` and `by_chance` come from what `draw_for_check` drew.

    Returns
    -------
    MAP_CHECKS
        One row, with the verdict as a sentence.
    """
    line = float(chance_line(by_chance))
    above, enough = bool(beats_chance(observed, line)), n_texts >= MIN_FOR_MAP
    holds = above and enough
    drawn = f"、点検に使った文{MOST_FOR_CHECK}" if n_texts > MOST_FOR_CHECK else ""
    sentence = (
        f"{name}: {measure}は{observed:.3f}で、ランダムに入れ替えた場合の95%点{line:.3f}を"
        f"{'上回りました' if above else '上回りませんでした'}"
        f"({n_opinions}件、異なる文{n_texts}{drawn}、入れ替え{len(by_chance)}回、乱数の種{seed})。"
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
