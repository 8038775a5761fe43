"""Identical and nearly identical texts: a copy-paste campaign is one text sent many times."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kyodo_analysis.themes.clusters.pieces import (
    Integers,
    Numbers,
    make_piece_matrix,
    sort_once,
)
from kyodo_analysis.themes.clusters.tables import DUPLICATES

if TYPE_CHECKING:
    from scipy import sparse

SIMILARITY = 0.8
PAIRS_AT_ONCE = 100_000
_NOT_BARE = re.compile(r"[\W_]+")


def group_duplicates(opinions: pd.DataFrame) -> pd.DataFrame:
    """Group opinions whose texts are the same, or nearly so.

    Texts are compared after NFKC, by their letters, kana, kanji and digits. They are nearly the
    same when their sets of 3-character pieces have a Jaccard index of at least 0.8; groups are
    chains of such pairs. Time and memory grow with the length of all texts, not with the pairs:
    of the texts that share a rare piece, each is compared with the first and with the one before
    it only. What lies further apart is missed unless other texts or pieces link it.

    Parameters
    ----------
    opinions : DataFrame
        The opinions table.

    Returns
    -------
    DataFrame
        The duplicates table: one row per opinion, in the order of `opinions`. Nothing is taken
        away; a group is represented by its first opinion.
    """
    text_of, pieces = _cut(opinions["text"])
    group = _near_groups(pieces)[text_of]
    _, first, group, sizes = np.unique(
        group, return_index=True, return_inverse=True, return_counts=True
    )
    leader = first[group]
    kind = np.where(text_of == text_of[leader], "同文", "ほぼ同文")
    kind[np.arange(len(kind)) == leader] = "代表"
    ids = opinions["opinion_id"].astype("str").reset_index(drop=True)
    table = {
        "opinion_id": ids,
        "representative": ids.iloc[leader].reset_index(drop=True),
        "n_same": pd.Series(sizes[group], dtype="Int64"),
        "kind": pd.Series(kind, dtype="str"),
    }
    return DUPLICATES.check(pd.DataFrame(table))


def _cut(texts: pd.Series[str]) -> tuple[np.ndarray, sparse.csr_array]:
    """Say which bare text each is, and take these to pieces; only the pieces are kept."""
    bare = [_bare(text) for text in texts.tolist()]
    text_of, different = pd.factorize(np.array(bare, dtype=object))
    return text_of, make_piece_matrix(different.tolist())


def _bare(text: str) -> str:
    return _NOT_BARE.sub("", unicodedata.normalize("NFKC", text))


def _near_groups(pieces: sparse.csr_array) -> np.ndarray:
    from scipy import sparse
    from scipy.sparse.csgraph import connected_components

    one, other = _candidates(pieces)
    shared = _count_shared(pieces, one, other)
    sizes = np.diff(pieces.indptr)
    near = shared >= SIMILARITY * (sizes[one] + sizes[other] - shared)
    links = sparse.csr_array(
        (np.ones(near.sum()), (one[near], other[near])), shape=(len(sizes), len(sizes))
    )
    return connected_components(links, directed=False)[1]


def _count_shared(pieces: sparse.csr_array, one: np.ndarray, other: np.ndarray) -> np.ndarray:
    batches = [slice(start, start + PAIRS_AT_ONCE) for start in range(0, len(one), PAIRS_AT_ONCE)]
    counts = [pieces[one[at]].multiply(pieces[other[at]]).sum(axis=1) for at in batches]
    return np.concatenate([np.empty(0, dtype=np.int64), *counts])


def _candidates(pieces: sparse.csr_array) -> tuple[Numbers, Numbers]:
    """Pairs that share one of their rarest pieces, as all near texts do (Bayardo et al. 2007).

    Within one piece each text is paired with the first and with the one before it, so that a
    campaign of thousands does not become millions of pairs.
    """
    sizes = np.diff(pieces.indptr)
    piece, row = _split(_list_rarest(pieces))
    again = np.flatnonzero(piece[1:] == piece[:-1]) + 1
    pairs = [
        _pair(row[place], row[later], sizes)
        for later in np.array_split(again, len(again) // PAIRS_AT_ONCE + 1)
        for place in (np.searchsorted(piece, piece[later]), later - 1)
    ]
    return _split(sort_once(np.concatenate(pairs)))


def _pair(one: Numbers, other: Numbers, sizes: Numbers) -> Integers:
    """Join the rows of texts of which none has far more pieces than the other."""
    fewer, more = np.minimum(sizes[one], sizes[other]), np.maximum(sizes[one], sizes[other])
    comparable = fewer >= SIMILARITY * more
    return _join(one[comparable], other[comparable])


def _list_rarest(pieces: sparse.csr_array) -> Integers:
    """Join the rarest pieces of each text, one of which near texts must share, with its row."""
    sizes = np.diff(pieces.indptr)
    n_rarest = np.minimum(sizes - np.ceil(SIMILARITY * sizes) + 1, sizes).astype(np.int32)
    row = np.repeat(np.arange(len(sizes), dtype=np.int32), n_rarest)
    skipped = pieces.indptr[:-1] - (np.cumsum(n_rarest) - n_rarest).astype(pieces.indptr.dtype)
    place = np.repeat(skipped, n_rarest) + np.arange(len(row), dtype=pieces.indptr.dtype)
    joined = _join(pieces.indices[place], row)
    joined.sort()
    return joined


def _join(high: Numbers, low: Numbers) -> Integers:
    """Make one number of two, which sorts as the pair would, but faster."""
    return (high.astype(np.int64) << 32) | low


def _split(joined: Integers) -> tuple[Numbers, Numbers]:
    return (joined >> 32).astype(np.int32), joined.astype(np.int32)
