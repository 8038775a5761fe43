"""Compounds and the words in them: who writes 図書館利用 speaks of 図書館, too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from kyodo_analysis.themes.clusters.matrix import DocumentTermMatrix, document_frequencies, weigh

if TYPE_CHECKING:
    import pandas as pd
    from scipy import sparse

SHORTEST, LONGEST = 2, 10
# Hiragana and Latin letters are left out: between them, chance makes words.
_RUN = re.compile("[一-鿿々〆ァ-ヶー]{2,}")


def find_parts(terms: pd.Index) -> sparse.csr_array:
    """Link each term to itself and to the terms that its kanji and katakana contain.

    Parts have 2 to 10 characters and are terms themselves. Short texts share few compounds but
    many of their parts (docs/evidence.md says how much that helps).

    Returns
    -------
    scipy.sparse.csr_array
        Terms x terms, 0/1.
    """
    from scipy import sparse

    names = terms.tolist()
    place_of = {term: place for place, term in enumerate(names)}
    links = [
        (whole, place_of[part])
        for whole, term in enumerate(names)
        if len(term) > SHORTEST
        for part in _pieces(term) - {term}
        if part in place_of
    ]
    itself = np.arange(len(names), dtype=np.int32)
    rows, columns = np.append(np.array(links, dtype=np.int32).reshape(-1, 2).T, [itself] * 2, 1)
    return sparse.csr_array(
        (np.ones(len(rows), dtype=np.int32), (rows, columns)), shape=(len(names),) * 2
    )


def _pieces(term: str) -> set[str]:
    return {
        run[start:end]
        for run in _RUN.findall(term)
        for start in range(len(run) - SHORTEST + 1)
        for end in range(start + SHORTEST, min(start + LONGEST, len(run)) + 1)
    }


def add_parts(
    present: sparse.csr_array, parts: sparse.csr_array, *, min_df: int
) -> sparse.csr_array:
    """Let each opinion have the parts of its terms, and keep what `min_df` opinions have.

    Parameters
    ----------
    present : scipy.sparse.csr_array
        0/1, opinions in rows, terms in columns.
    parts : scipy.sparse.csr_array
        As `find_parts` gives it for these terms.
    min_df : int
        Terms that fewer opinions have are left out.
    """
    whole: sparse.csr_array = (present @ parts).minimum(1)
    whole.sort_indices()
    return whole[:, document_frequencies(whole) >= min_df]


def weigh_with_parts(matrix: DocumentTermMatrix) -> sparse.csr_array:
    """Weigh the terms of the opinions and the parts of these terms; rows have length 1."""
    present = matrix.counts.minimum(1)
    return weigh(add_parts(present, find_parts(matrix.terms), min_df=1))
