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

    n_opinions = present.shape[0]
    half = n_opinions // 2
    dealt = present.astype(np.int8)
    where = np.arange(n_opinions)
    for _ in range(rounds):
        order = rng.permutation(n_opinions)
        dealt, where = dealt[order], where[order]
        first, second = _trade(dealt[:half], dealt[half : 2 * half], rng)
        dealt = sparse.vstack([first, second, dealt[2 * half :]], format="csr")
    back = np.empty(n_opinions, dtype=np.intp)
    back[where] = np.arange(n_opinions)
    restored: sparse.csr_array = dealt[back].astype(present.dtype)
    return restored


def _trade(
    first: sparse.csr_array, second: sparse.csr_array, rng: np.random.Generator
) -> tuple[sparse.csr_array, sparse.csr_array]:
    both = first.multiply(second).tocsr()
    pool = (first + second - 2 * both).tocsr()
    pool.eliminate_zeros()
    pool.sort_indices()
    rows = np.repeat(np.arange(pool.shape[0]), np.diff(pool.indptr))
    dealt_order = np.lexsort((rng.random(len(rows)), rows))
    rank = np.empty(len(rows), dtype=np.intp)
    rank[dealt_order] = np.arange(len(rows)) - pool.indptr[rows]
    own = first.sum(axis=1) - both.sum(axis=1)
    to_first = pool.copy()
    to_first.data = (rank < own[rows]).astype(np.int8)
    to_second = pool - to_first
    return both + to_first, both + to_second
