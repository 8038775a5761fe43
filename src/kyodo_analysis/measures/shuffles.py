"""What chance alone would show: whole opinions dealt out to the groups anew."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from kyodo_analysis.measures.copies import people_of

if TYPE_CHECKING:
    from scipy.sparse import csr_array

_SAME_VALUE: Final = 1e-9

Floats = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Shuffles:
    """How chance is looked at.

    Parameters
    ----------
    n : int, default 999
        How often to shuffle; the smallest possible p-value is 1 / (n + 1).
    seed : int, default 1
        Any number will do; the same number gives the same result.
    """

    n: int = 999
    seed: int = 1


def chance_line(values: npt.ArrayLike) -> Floats:
    """Give the 95 % point of what the shuffles reached, along the first axis."""
    return np.asarray(np.quantile(np.asarray(values), 0.95, axis=0, method="higher"))


def beats_chance(observed: npt.ArrayLike, line: npt.ArrayLike) -> npt.NDArray[np.bool_]:
    """Say what lies above the line; the same value reached by another sum does not."""
    return np.asarray(observed) > np.asarray(line) * (1 + _SAME_VALUE)


def share_reaching(observed: Floats, by_chance: list[float]) -> Floats:
    """Give the p-value of each observed value: how often chance came as far, itself included."""
    reached = np.asarray(by_chance) >= observed[:, None] * (1 - _SAME_VALUE)
    return np.asarray((1 + reached.sum(axis=1)) / (1 + len(by_chance)))


def respondent_blocks(opinions: pd.DataFrame, opinion_ids: pd.Index) -> list[Indices]:
    """Sort the opinions of `opinion_ids` into respondents who gave equally many.

    An opinion without a respondent stands for a respondent of its own.

    Returns
    -------
    list of ndarray
        One array per number of opinions: respondents in rows, positions of their opinions in
        columns.
    """
    codes = people_of(opinions)[opinion_ids].to_numpy()
    order = np.argsort(codes, kind="stable")
    size_of = np.bincount(codes)[codes[order]]
    return [order[size_of == size].reshape(-1, size) for size in np.unique(size_of)]


def shuffled_orders(blocks: list[Indices], shuffles: Shuffles) -> Iterator[Indices]:
    """Yield, time after time, whose group each opinion gets.

    Respondents who gave equally many opinions swap all their groups at once, and a respondent's
    groups change places among her own opinions, so that several opinions of one person never
    count as several persons.
    """
    rng = np.random.default_rng(shuffles.seed)
    n = sum(block.size for block in blocks)
    for _ in range(shuffles.n):
        order = np.empty(n, dtype=np.int64)
        for block in blocks:
            order[block] = rng.permuted(rng.permutation(block), axis=1)
        yield order


def counts_by_group(matrix: "csr_array", membership: Floats) -> Floats:
    """Count what each group's opinions hold.

    Parameters
    ----------
    matrix : csr_array
        Opinions in rows, words or themes in columns.
    membership : ndarray
        Opinions in rows, groups in columns, one 1 in each row.

    Returns
    -------
    ndarray
        Words or themes in rows, groups in columns.
    """
    return np.asarray(matrix.T @ membership, dtype=np.float64)


def shuffled_counts(
    matrix: "csr_array", membership: Floats, blocks: list[Indices], shuffles: Shuffles
) -> Iterator[tuple[Floats, Indices]]:
    """Yield the counts by group of each shuffle, and its order."""
    transposed = matrix.T.tocsr()
    for order in shuffled_orders(blocks, shuffles):
        yield np.asarray(transposed @ membership[order], dtype=np.float64), order
