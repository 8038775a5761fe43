"""Terms to a sparse opinion x term matrix, with compounds counted as the words in them, too.

Who writes 図書館利用 speaks of 図書館 and of 利用.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kyodo_analysis.errors import TableError
from kyodo_analysis.labels import number_names

if TYPE_CHECKING:
    from scipy import sparse

SHORTEST, LONGEST = 2, 10
# Hiragana and Latin letters are left out: between them, chance makes words.
_RUN = re.compile("[一-鿿々〆ァ-ヶー]{2,}")


@dataclass(frozen=True, eq=False)
class DocumentTermMatrix:
    """How often each opinion uses each term.

    Parameters
    ----------
    opinion_ids : pandas.Index
        The opinions, one a row of `counts`, in the order of the opinions table.
    terms : pandas.Index
        The terms, one a column of `counts`, in code point order.
    counts : scipy.sparse.csr_array
        Occurrences, opinions in rows; an opinion without a kept term is an empty row.
    """

    opinion_ids: pd.Index
    terms: pd.Index
    counts: sparse.csr_array


def build_matrix(
    terms: pd.DataFrame, opinions: pd.DataFrame, *, min_df: int = 2
) -> DocumentTermMatrix:
    """Count terms per opinion; every opinion keeps its row and one-character terms are kept.

    Words that were hidden before publishing (● only) are no terms: they are alike if equally long.

    Parameters
    ----------
    terms : DataFrame
        The terms table.
    opinions : DataFrame
        The opinions table; it decides the rows and their order.
    min_df : int, default 2
        Terms used by fewer opinions than this are left out.

    Raises
    ------
    TableError
        If a term belongs to an opinion that `opinions` does not have.
    """
    from scipy import sparse

    opinion_ids = pd.Index(opinions["opinion_id"].astype("str"), name="opinion_id")
    rows = _positions(terms["opinion_id"], opinion_ids)
    codes, vocabulary = number_names(terms["term"])
    counts = sparse.csr_array(
        (np.ones(len(rows), dtype=np.int32), (rows, codes.astype(np.int32))),
        shape=(len(opinion_ids), len(vocabulary)),
    )
    hidden = np.asarray(vocabulary.str.fullmatch("●+"), dtype=bool)
    kept = np.flatnonzero((document_frequencies(counts) >= min_df) & ~hidden)
    return DocumentTermMatrix(opinion_ids, vocabulary[kept].rename("term"), counts[:, kept])


def _positions(of_terms: pd.Series[Any], opinion_ids: pd.Index) -> np.ndarray:
    labels = of_terms.astype("category").cat
    row_of = opinion_ids.get_indexer(labels.categories.astype("str"))
    rows = row_of.astype(np.int32)[labels.codes]
    if (rows < 0).any():
        stranger = of_terms.iloc[int(np.argmax(rows < 0))]
        raise TableError(
            "表「語」",
            f"意見番号「{stranger}」が表「意見」にありません",
            action="語を作り直してください",
        )
    return rows


def document_frequencies(counts: sparse.csr_array) -> np.ndarray:
    """In how many rows each column is not zero."""
    return np.bincount(counts.indices, minlength=counts.shape[1])


def weigh(present: sparse.csr_array) -> sparse.csr_array:
    """Weigh a 0/1 matrix by the square of log((n + 1) / (df + 1)) and give each row length 1.

    Frequent words make clusters that come back even in shuffled text, so that real ones do not
    stand out: the square opened the gate on twice as many labelled corpora of 100 short texts as
    scikit-learn's 1 + log did (docs/evidence.md). A row without a weight stays empty.
    """
    idf = np.log((present.shape[0] + 1) / (document_frequencies(present) + 1)) ** 2
    weighted = present.astype(np.float64)
    weighted.data = weighted.data * idf[weighted.indices]
    weighted.eliminate_zeros()
    row = np.repeat(np.arange(weighted.shape[0]), np.diff(weighted.indptr))
    weighted.data /= np.sqrt(np.bincount(row, weighted.data**2))[row]
    return weighted


def link_compounds(terms: pd.Index) -> sparse.csr_array:
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
        for part in _substrings(term) - {term}
        if part in place_of
    ]
    itself = np.arange(len(names), dtype=np.int32)
    rows, columns = np.append(np.array(links, dtype=np.int32).reshape(-1, 2).T, [itself] * 2, 1)
    return sparse.csr_array(
        (np.ones(len(rows), dtype=np.int32), (rows, columns)), shape=(len(names),) * 2
    )


def _substrings(term: str) -> set[str]:
    return {
        run[start:end]
        for run in _RUN.findall(term)
        for start in range(len(run) - SHORTEST + 1)
        for end in range(start + SHORTEST, min(start + LONGEST, len(run)) + 1)
    }


def add_words_in_compounds(
    present: sparse.csr_array, links: sparse.csr_array, *, min_df: int
) -> sparse.csr_array:
    """Let each opinion have the parts of its terms, and keep what `min_df` opinions have.

    Parameters
    ----------
    present : scipy.sparse.csr_array
        0/1, opinions in rows, terms in columns.
    links : scipy.sparse.csr_array
        As `link_compounds` gives it for these terms.
    min_df : int
        Terms that fewer opinions have are left out.
    """
    whole: sparse.csr_array = (present @ links).minimum(1)
    whole.sort_indices()
    return whole[:, document_frequencies(whole) >= min_df]


def weigh_with_compounds(matrix: DocumentTermMatrix) -> sparse.csr_array:
    """Weigh the terms of the opinions and the parts of these terms; rows have length 1."""
    present = matrix.counts.minimum(1)
    return weigh(add_words_in_compounds(present, link_compounds(matrix.terms), min_df=1))
