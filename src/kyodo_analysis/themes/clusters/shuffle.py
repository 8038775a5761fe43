"""Text whose words were dealt out anew: the curveball shuffle of an opinion x term matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from scipy import sparse

ROUNDS = 20


def shuffle_terms(
    present: sparse.csr_array, rng: np.random.Generator, *, rounds: int = ROUNDS
) -> sparse.csr_array:
    """Deal the terms of a 0/1 matrix out anew; row sums and column sums stay exactly as they are.

    Global curveball (Carstens, Hamann, Meyer, Penschuck, Tran & Wagner 2018): in each round all
    opinions are paired at random, and each pair deals out anew the terms that only one of the two
    has. Every matrix with these sums becomes equally likely.

    Parameters
    ----------
    present : scipy.sparse.csr_array
        0/1, opinions in rows. It stays as it is.
    rng : numpy.random.Generator
        Decides the deal.
    rounds : int
        How many rounds; 20 rounds are 10 trades per opinion.
    """
    from scipy import sparse

    entries = present.tocoo()
    owners, terms = (index.astype(np.int64) for index in entries.coords)
    for _ in range(rounds):
        owners = _trade(owners, terms, present.shape, rng)
    return sparse.csr_array((entries.data, (owners, terms)), shape=present.shape)


def _trade(
    owners: np.ndarray, terms: np.ndarray, shape: tuple[int, int], rng: np.random.Generator
) -> np.ndarray:
    """Give each occurrence of a term a new owner: one of the pair that its owner is in."""
    n_opinions, n_terms = shape
    pair_of = rng.permutation(n_opinions) // 2
    term_in_pair = pair_of[owners] * n_terms + terms
    order = np.argsort(term_in_pair)
    twice = np.diff(term_in_pair[order], prepend=-1, append=-1) == 0
    free = order[~(twice[:-1] | twice[1:])]
    dealt = owners.copy()
    dealt[free[np.argsort(pair_of[owners[free]] + rng.random(len(free)))]] = owners[free]
    return dealt
