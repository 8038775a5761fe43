"""Identical and nearly identical texts: a copy-paste campaign is one text sent many times."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kyodo_analysis.themes.clusters.matrix import document_frequencies
from kyodo_analysis.themes.clusters.tables import DUPLICATES

if TYPE_CHECKING:
    from scipy import sparse

SIMILARITY = 0.8
PIECE = 3
PAIRS_AT_ONCE = 100_000


def group_duplicates(opinions: pd.DataFrame) -> pd.DataFrame:
    """Group opinions whose texts are the same, or nearly so.

    Texts are compared after NFKC, by their letters, kana, kanji and digits. They are nearly the
    same when their sets of 3-character pieces have a Jaccard index of at least 0.8; groups are
    chains of such pairs. Time and memory grow with the length of all texts, not with the pairs.

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
    plain = opinions["text"].map(_bare)
    text_of, texts = pd.factorize(plain)
    group = _near_groups(texts.tolist())[text_of]
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


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text)))


def _near_groups(texts: list[str]) -> np.ndarray:
    from scipy import sparse
    from scipy.sparse.csgraph import connected_components

    if not texts:
        return np.empty(0, dtype=np.intp)
    pieces = _piece_matrix(texts)
    one, other = _candidates(pieces)
    shared = _count_shared(pieces, one, other)
    sizes = np.diff(pieces.indptr)
    near = shared >= SIMILARITY * (sizes[one] + sizes[other] - shared)
    links = sparse.csr_array(
        (np.ones(near.sum()), (one[near], other[near])), shape=(len(texts), len(texts))
    )
    return connected_components(links, directed=False)[1]


def _count_shared(pieces: sparse.csr_array, one: np.ndarray, other: np.ndarray) -> np.ndarray:
    batches = [slice(start, start + PAIRS_AT_ONCE) for start in range(0, len(one), PAIRS_AT_ONCE)]
    counts = [pieces[one[at]].multiply(pieces[other[at]]).sum(axis=1) for at in batches]
    return np.concatenate([np.empty(0, dtype=np.int64), *counts])


def _piece_matrix(texts: list[str]) -> sparse.csr_array:
    """Texts x pieces, 0/1; the rarest pieces come first in each row."""
    from scipy import sparse
    from sklearn.feature_extraction.text import HashingVectorizer

    pieces = HashingVectorizer(
        analyzer="char",
        ngram_range=(PIECE, PIECE),
        binary=True,
        norm=None,
        alternate_sign=False,
        n_features=2**20,
        dtype=np.int32,
    ).transform(texts)
    rarest_first = np.argsort(np.argsort(document_frequencies(pieces), kind="stable"))
    ordered = sparse.csr_array(
        (pieces.data, rarest_first[pieces.indices], pieces.indptr), shape=pieces.shape
    )
    ordered.sort_indices()
    return ordered


def _candidates(pieces: sparse.csr_array) -> tuple[np.ndarray, np.ndarray]:
    """Pairs that share one of their rarest pieces, as all near texts do (Bayardo et al. 2007).

    Within one piece each text is paired with the first and with the one before it, so that a
    campaign of thousands does not become millions of pairs.
    """
    sizes = np.diff(pieces.indptr)
    rows = np.repeat(np.arange(len(sizes)), sizes)
    rank = np.arange(len(rows)) - pieces.indptr[rows]
    leading = rank < (sizes - np.ceil(SIMILARITY * sizes) + 1)[rows]
    order = np.lexsort((rows[leading], pieces.indices[leading]))
    row, piece = rows[leading][order], pieces.indices[leading][order]
    starts = np.flatnonzero(np.r_[True, piece[1:] != piece[:-1]]) if len(piece) else piece
    first = np.repeat(row[starts], np.diff(np.r_[starts, len(piece)]))
    again = np.flatnonzero(piece[1:] == piece[:-1]) + 1
    pairs = np.unique(
        np.r_[np.c_[first[again], row[again]], np.c_[row[again - 1], row[again]]], axis=0
    )
    return pairs[:, 0], pairs[:, 1]
