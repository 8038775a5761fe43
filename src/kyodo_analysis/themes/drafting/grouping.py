"""Groups of opinions for a draft to start from, and how well the opinions of a word hold together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from warnings import catch_warnings, simplefilter

import numpy as np

if TYPE_CHECKING:
    from scipy import sparse

    from kyodo_analysis.themes.drafting.candidates import Presence

_SIZES = (3, 4, 6, 9, 14, 22, 36, 60, 100, 170, 300)
_SAMPLES = 60
_DIMENSIONS = (12, 16, 20)


def weigh_words(present: Presence, signs: Presence) -> sparse.csr_array:
    """Weigh the words and their signs by inverse document frequency; each row has length 1.

    Short texts rarely share a word; with the signs of their words, groups agree with the staff's
    categories .03 to .10 (AMI) better on all corpora of docs/drafting.md.
    """
    from scipy import sparse
    from sklearn.preprocessing import normalize

    signs = ((present @ signs) > 0).astype(float)
    return sparse.csr_array(normalize(sparse.hstack([_weigh(present), _weigh(signs)]).tocsr()))


def _weigh(present: sparse.csr_array) -> sparse.csr_array:
    from scipy import sparse
    from sklearn.preprocessing import normalize

    n = present.shape[0]
    frequency = np.asarray(present.sum(axis=0)).ravel()
    usable = (frequency >= 2) & (frequency <= 0.3 * n)
    idf = np.where(usable, np.log((n + 1) / (frequency + 1)), 0.0)
    return sparse.csr_array(normalize(present @ sparse.diags_array(idf)))


def measure_cohesion(weighted: sparse.csr_array, present: Presence, signs: Presence) -> np.ndarray:
    """Say how much more alike the opinions of each word are than opinions drawn at random.

    The word itself and its signs are left out of the comparison, so that only what else the
    opinions share counts: a general word (道, 声) draws opinions that have nothing else in common.

    Returns
    -------
    array of float, one per word
        The mean cosine of its opinions, in standard deviations above random sets of that size;
        minus infinity where there are not two.
    """
    n, n_words = present.shape
    sizes, means, spreads = _random_cohesion(weighted)
    dense = weighted.toarray() if n * weighted.shape[1] < 2e7 else None
    columns, scores = present.tocsc(), np.full(n_words, -np.inf)
    for word in np.flatnonzero(np.diff(columns.indptr) >= 2):
        rows = columns.indices[columns.indptr[word] : columns.indptr[word + 1]]
        own = [word, *(n_words + signs.indices[signs.indptr[word] : signs.indptr[word + 1]])]
        block = dense[rows] if dense is not None else weighted[rows].toarray()
        size = np.log(len(rows))
        expected = np.interp(size, sizes, means)
        spread = np.exp(np.interp(size, sizes, np.log(spreads)))
        scores[word] = (_mean_cosine(block, own) - expected) / spread
    return scores


def _random_cohesion(weighted: sparse.csr_array) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(0)
    n = weighted.shape[0]
    sizes = [size for size in _SIZES if size <= n]
    drawn = [
        [
            _mean_cosine(weighted[rng.choice(n, size, replace=False)].toarray(), [])
            for _ in range(_SAMPLES)
        ]
        for size in sizes
    ]
    spreads = np.maximum(np.std(drawn, axis=1), 1e-6)
    return np.log(sizes), np.mean(drawn, axis=1), spreads


def _mean_cosine(block: np.ndarray, left_out: list[int]) -> float:
    """Average the cosine over all pairs of rows, some columns left out."""
    rest = block.copy()
    rest[:, left_out] = 0
    lengths = np.linalg.norm(rest, axis=1)
    total = (rest[lengths > 0] / lengths[lengths > 0, None]).sum(axis=0)
    n, filled = len(block), int((lengths > 0).sum())
    return float((total @ total - filled) / (n * (n - 1)))


def propose_groups(
    weighted: sparse.csr_array, n_groups: int
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield several groupings of the opinions, each with the opinions' places in a small space."""
    from sklearn.cluster import KMeans
    from sklearn.decomposition import NMF
    from sklearn.exceptions import ConvergenceWarning
    from threadpoolctl import threadpool_limits

    with threadpool_limits(limits=1), catch_warnings():
        simplefilter("ignore", ConvergenceWarning)  # a rough grouping to start from will do
        spaces = [reduce_to(weighted, dimensions) for dimensions in _DIMENSIONS]
        model = NMF(n_groups, init="nndsvda", max_iter=200, tol=1e-3, random_state=0)
        groupings = [model.fit_transform(weighted).argmax(axis=1)]
        groupings += [
            KMeans(n_groups, n_init=3, random_state=seed).fit_predict(space)
            for space in spaces
            for seed in (0, 1)
        ]
    yield groupings[0], spaces[0]
    yield from zip(groupings[1:], [space for space in spaces for _ in (0, 1)], strict=True)


def reduce_to(weighted: sparse.csr_array, dimensions: int) -> np.ndarray:
    """Place the opinions in a space of few dimensions (latent semantic analysis), at length 1."""
    from sklearn.decomposition import TruncatedSVD
    from sklearn.preprocessing import normalize

    most = max(2, min(dimensions, min(weighted.shape) // 3))
    placed: np.ndarray = normalize(
        TruncatedSVD(most, n_iter=4, random_state=0).fit_transform(weighted)
    )
    return placed
