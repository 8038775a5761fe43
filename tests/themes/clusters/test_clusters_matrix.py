import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from kyodo_analysis.errors import TableError
from kyodo_analysis.themes.clusters import build_matrix
from kyodo_analysis.themes.clusters.matrix import weigh


def test_opinions_keep_their_order_and_an_opinion_without_terms_keeps_its_row(
    four_terms, four_opinions
):
    matrix = build_matrix(four_terms, four_opinions, min_df=1)
    assert matrix.opinion_ids.tolist() == ["A1", "A2", "B1", "X1"]
    assert matrix.terms.tolist() == ["広報", "橋", "税"]
    assert matrix.counts.toarray().tolist() == [[0, 1, 2], [1, 0, 1], [0, 1, 0], [0, 0, 0]]


def test_a_word_of_one_character_stays_and_a_word_of_one_opinion_goes(four_terms, four_opinions):
    assert build_matrix(four_terms, four_opinions).terms.tolist() == ["橋", "税"]


def test_categorical_terms_give_the_same_matrix(four_terms, four_opinions):
    categorical = build_matrix(four_terms.astype("category"), four_opinions)
    plain = build_matrix(four_terms, four_opinions)
    assert categorical.terms.tolist() == plain.terms.tolist()
    np.testing.assert_array_equal(categorical.counts.toarray(), plain.counts.toarray())


def test_terms_of_an_unknown_opinion_are_named(four_terms, four_opinions):
    with pytest.raises(TableError, match="B1"):
        build_matrix(four_terms, four_opinions.query("opinion_id != 'B1'"))


def test_no_terms_at_all_give_a_matrix_without_columns(four_opinions):
    empty = pd.DataFrame({"opinion_id": [], "term": []}, dtype="str")
    assert build_matrix(empty, four_opinions).counts.shape == (4, 0)


def test_inputs_stay_as_they_are(four_terms, four_opinions):
    terms, opinions = four_terms.copy(), four_opinions.copy()
    build_matrix(four_terms, four_opinions)
    pd.testing.assert_frame_equal(four_terms, terms)
    pd.testing.assert_frame_equal(four_opinions, opinions)


def test_rare_words_weigh_more_and_a_word_of_every_opinion_weighs_nothing():
    present = sparse.csr_array(np.array([[1, 1, 0], [1, 0, 1], [1, 0, 1], [1, 0, 0]]))
    weighted = weigh(present).toarray()
    np.testing.assert_allclose(weighted, [[0, 1, 0], [0, 0, 1], [0, 0, 1], [0, 0, 0]])
    both = weigh(sparse.csr_array(np.array([[1, 1], [0, 1], [0, 0]]))).toarray()
    # The squares of log(4 / 2) and log(4 / 3), then length 1.
    assert both[0, 0] / both[0, 1] == pytest.approx((np.log(2) / np.log(4 / 3)) ** 2)
    np.testing.assert_allclose(np.linalg.norm(both, axis=1), [1, 1, 0])


def test_hidden_words_are_no_terms(four_terms, four_opinions):
    hidden = four_terms.replace({"term": {"税": "●●"}})
    assert build_matrix(hidden, four_opinions).terms.tolist() == ["橋"]
