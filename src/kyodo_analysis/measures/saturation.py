"""Whether more opinions would have brought more: what is new after so many were read."""

from collections.abc import Iterable
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from kyodo_analysis.errors import NotInDataError
from kyodo_analysis.labels import number_names
from kyodo_analysis.measures.shuffles import Shuffles
from kyodo_analysis.measures.tables import SATURATION
from kyodo_analysis.measures.theme_counts import themes_of

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

_MOST_POINTS: Final = 40
_LEAST: Final = 2
_MIDDLE_95: Final = (0.025, 0.975)


def count_saturation(
    codings: pd.DataFrame,
    terms: pd.DataFrame,
    opinions: pd.DataFrame,
    themes: Iterable[str],
    *,
    shuffles: Shuffles | None = None,
) -> pd.DataFrame:
    """Count the different themes and words after so many opinions, read in random order.

    Parameters
    ----------
    codings : CODINGS
    terms : TERMS
    opinions : OPINIONS
    themes : iterable of str
    shuffles : Shuffles, optional
        The random orders; 199 by default.

    Returns
    -------
    SATURATION
        One row per kind (テーマ, 語) and number of opinions read. ``n_found`` is the mean over all
        orders (rarefaction, Hurlbert 1971), ``low`` and ``high`` hold 95 % of random orders.

    Raises
    ------
    NotInDataError
        There are fewer than two opinions.
    """
    ids = pd.Index(opinions["opinion_id"].astype("str"))
    if len(ids) < _LEAST:
        raise NotInDataError(
            "読み進めるほど新しいものが出るか",
            f"意見が{len(ids)}件です",
            f"読む順を変えて見るには{_LEAST}件以上が要ります",
        )
    chosen = shuffles or Shuffles(n=199)
    carried = themes_of(codings, opinions["opinion_id"].astype("str"), themes)
    used = terms.drop_duplicates(["opinion_id", "term"])
    places = {
        "テーマ": (carried["opinion_id"], carried["theme"]),
        "語": (used["opinion_id"], used["term"]),
    }
    found = [
        _found(
            ids.get_indexer(pd.Index(owner.astype("str"))), number_names(name)[0], len(ids), chosen
        )
        .assign(kind=kind, n_shuffles=chosen.n, seed=chosen.seed)
        .astype({"kind": "str"})
        for kind, (owner, name) in places.items()
        if len(name)
    ]
    return SATURATION.check(
        pd.concat([SATURATION.make(), *found], ignore_index=True)[SATURATION.names].astype(
            {"n_read": "int64", "n_all": "int64", "n_shuffles": "int64", "seed": "int64"}
        )
    )


def _found(owner: Integers, name: Integers, n: int, shuffles: Shuffles) -> pd.DataFrame:
    """Count the different names among the first opinions; each pair stands once."""
    known = owner >= 0
    owner, name = owner[known], pd.factorize(name[known])[0]
    n_of_name = np.bincount(name)
    read = np.unique(np.linspace(1, n, min(n, _MOST_POINTS)).round().astype(np.int64))
    rng = np.random.default_rng(shuffles.seed)
    counts = []
    for _ in range(shuffles.n):
        first = np.full(len(n_of_name), n)
        np.minimum.at(first, name, rng.permutation(n)[owner])
        counts.append(np.searchsorted(np.sort(first), read, side="left"))
    low, high = np.quantile(counts, _MIDDLE_95, axis=0)
    return pd.DataFrame(
        {
            "n_read": read,
            "n_found": expected_found(n_of_name, n, read),
            "low": low,
            "high": high,
            "n_all": len(n_of_name),
        }
    )


def expected_found(n_of_name: Integers, n: int, read: Integers) -> Floats:
    """Give the mean number of different names in `read` of `n` opinions (Hurlbert 1971)."""
    from scipy.special import gammaln

    sizes, times = np.unique(n_of_name, return_counts=True)
    without = n - sizes[:, None]
    possible = without >= read
    log_missed = (
        gammaln(without + 1)
        - gammaln(np.where(possible, without - read, 0) + 1)
        - gammaln(n + 1)
        + gammaln(n - read + 1)
    )
    return np.asarray(times @ (1 - np.where(possible, np.exp(log_missed), 0)))
