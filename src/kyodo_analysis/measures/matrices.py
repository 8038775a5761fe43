"""Tables of pairs as sparse matrices, opinions in rows."""

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from kyodo_analysis.labels import number_names

_HIDDEN = "●+"

if TYPE_CHECKING:
    from scipy.sparse import csr_array


class WordMatrix(NamedTuple):
    """How often each opinion uses each word.

    ``counts`` has opinions in rows and the rows of ``words`` in columns; ``words`` holds ``term``,
    ``part_of_speech`` (the most frequent one of this form), ``n_opinions`` and ``n``. ``lengths``
    counts all words of each opinion, rare ones included.
    """

    opinion_ids: pd.Index
    words: pd.DataFrame
    counts: "csr_array"
    lengths: npt.NDArray[np.float64]

    @property
    def presence(self) -> "csr_array":
        """1 where an opinion uses a word at all."""
        return (self.counts > 0).astype(np.float64)

    def select(self, columns: npt.NDArray[Any]) -> "WordMatrix":
        """Keep some of the words."""
        kept = self.words.iloc[columns].reset_index(drop=True)
        return self._replace(words=kept, counts=self.counts[:, columns])

    def keep(self, rows: npt.NDArray[np.bool_]) -> "WordMatrix":
        """Keep some of the opinions; ``words`` goes on counting all of them."""
        return self._replace(
            opinion_ids=self.opinion_ids[rows],
            counts=self.counts[rows],
            lengths=self.lengths[rows],
        )


def pair_matrix(
    opinion_ids: pd.Index, rows: "pd.Series[Any]", columns: npt.NDArray[Any], n_columns: int
) -> "csr_array":
    """Count the pairs of an opinion and a column; opinions not in `opinion_ids` are left out."""
    from scipy.sparse import csr_array

    labels = rows.astype("category").cat
    place = opinion_ids.get_indexer(labels.categories.astype("str"))[labels.codes]
    known = place >= 0
    shape = (len(opinion_ids), n_columns)
    return csr_array((np.ones(known.sum()), (place[known], columns[known])), shape=shape)


def word_matrix(terms: pd.DataFrame, opinion_ids: pd.Index, min_opinions: int) -> WordMatrix:
    """Count words per opinion, words in the order of their names.

    A form is one word, whatever parts of speech the tokenizer gave it: what a reader sees twice in
    a list looks like a mistake. A hidden word is none of them, but stays in the ``lengths``.

    Parameters
    ----------
    terms : TERMS
    opinion_ids : Index of str
        The rows; terms of other opinions are left out.
    min_opinions : int
        Words of fewer opinions are left out.
    """
    column, names = number_names(terms["term"])
    words = pd.DataFrame({"term": names, "part_of_speech": usual_parts(terms).reindex(names).array})
    counts = pair_matrix(opinion_ids, terms["opinion_id"], column, len(words))
    words["n_opinions"] = np.asarray((counts > 0).sum(axis=0), dtype=np.int64)
    words["n"] = np.asarray(counts.sum(axis=0), dtype=np.int64)
    matrix = WordMatrix(opinion_ids, words, counts, np.asarray(counts.sum(axis=1)))
    kept = (words["n_opinions"] >= min_opinions) & ~is_hidden(words["term"])
    return matrix.select(np.flatnonzero(kept))


def is_hidden(terms: "pd.Series[Any]") -> "pd.Series[bool]":
    """Tell which terms are ● only: words hidden before publishing, alike if equally long."""
    return terms.str.fullmatch(_HIDDEN)


def usual_parts(terms: pd.DataFrame) -> "pd.Series[Any]":
    """Give each form's most frequent part of speech; of equally frequent ones the first by name."""
    n = terms.groupby(["term", "part_of_speech"], observed=True).size().rename("n").reset_index()
    n = n.astype({"term": "str", "part_of_speech": "str"})
    ordered = n.sort_values(["n", "part_of_speech"], ascending=[False, True])
    return ordered.drop_duplicates("term").set_index("term")["part_of_speech"]


def theme_matrix(pairs: pd.DataFrame, opinion_ids: pd.Index) -> "csr_array":
    """Say which opinion carries which theme (from ``themes_of``)."""
    theme = pairs["theme"].cat
    return pair_matrix(
        opinion_ids, pairs["opinion_id"], theme.codes.to_numpy(), len(theme.categories)
    )
