"""What chance alone would make of a 0/1 matrix: its ones dealt out anew (curveball)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from scipy import sparse

ROUNDS = 20


def shuffle_presence(
    present: sparse.csr_array, rng: np.random.Generator, *, rounds: int = ROUNDS
) -> sparse.csr_array:
    """Deal the ones of a 0/1 matrix out anew; row sums and column sums stay exactly as they are.

    Global curveball (Carstens, Hamann, Meyer, Penschuck, Tran & Wagner 2018): in each round all
    rows are paired at random, and each pair deals out anew the columns that only one of the two
    has. Every matrix with these sums becomes equally likely.

    Parameters
    ----------
    present : scipy.sparse.csr_array
        0/1, such as opinions in rows and terms in columns. It stays as it is.
    rng : numpy.random.Generator
        Decides the deal.
    rounds : int
        How many rounds; in each, a row trades once.
    """
    from scipy import sparse

    entries = present.tocoo()
    owners, columns = (index.astype(np.int64) for index in entries.coords)
    for _ in range(rounds):
        owners = _trade(owners, columns, present.shape, rng)
    return sparse.csr_array((entries.data, (owners, columns)), shape=present.shape)


def _trade(
    owners: np.ndarray, columns: np.ndarray, shape: tuple[int, int], rng: np.random.Generator
) -> np.ndarray:
    """Give each one a new row: one of the pair that its row is in."""
    n_rows, n_columns = shape
    pair_of = rng.permutation(n_rows) // 2
    column_in_pair = pair_of[owners] * n_columns + columns
    order = np.argsort(column_in_pair)
    twice = np.diff(column_in_pair[order], prepend=-1, append=-1) == 0
    free = order[~(twice[:-1] | twice[1:])]
    dealt = owners.copy()
    dealt[free[np.argsort(pair_of[owners[free]] + rng.random(len(free)))]] = owners[free]
    return dealt
