import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from kyodo_analysis.errors import TableError
from kyodo_analysis.themes.clusters import build_matrix
from kyodo_analysis.themes.clusters.matrix import (
    add_words_in_compounds,
    link_compounds,
    weigh,
    weigh_with_compounds,
)

TERMS = pd.Index(
    ["利用", "図書", "図書館", "図書館利用", "使い方", "バス停", "バス", "12", "123", "い方"]
)


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


def _parts_of(term: str) -> set[str]:
    links = link_compounds(TERMS)
    return set(TERMS[links[[TERMS.get_loc(term)]].indices])


def test_a_compound_has_the_terms_in_it():
    assert _parts_of("図書館利用") == {"図書館利用", "図書館", "図書", "利用"}
    assert _parts_of("バス停") == {"バス停", "バス"}
    assert _parts_of("図書") == {"図書"}


def test_hiragana_and_digits_make_no_parts():
    assert _parts_of("使い方") == {"使い方"}
    assert _parts_of("123") == {"123"}


def test_a_part_is_at_most_ten_characters_long():
    ten, eleven = "一二三四五六七八九十", "一二三四五六七八九十百"
    terms = pd.Index([ten, eleven, eleven + "千"])
    assert link_compounds(terms).toarray().tolist() == [[1, 0, 0], [1, 1, 0], [1, 0, 1]]


def test_no_terms_have_no_parts():
    assert link_compounds(pd.Index([], dtype="str")).shape == (0, 0)


def test_opinions_get_each_part_once_and_rare_ones_go():
    parts = sparse.csr_array(np.array([[1, 0, 0], [1, 1, 0], [0, 0, 1]]))
    present = sparse.csr_array(np.array([[1, 1, 0], [0, 1, 1]]))
    assert add_words_in_compounds(present, parts, min_df=2).toarray().tolist() == [[1, 1], [1, 1]]
    assert add_words_in_compounds(present, parts, min_df=1).toarray().tolist() == [
        [1, 1, 0],
        [1, 1, 1],
    ]
    assert present.toarray().tolist() == [[1, 1, 0], [0, 1, 1]]


def test_two_compounds_of_one_word_are_close():
    opinions = pd.DataFrame({"opinion_id": ["A", "B", "C", "D"]})
    rows = [("A", "図書館利用"), ("B", "図書館設備"), ("C", "図書館"), ("D", "バス")]
    matrix = build_matrix(pd.DataFrame(rows, columns=["opinion_id", "term"]), opinions, min_df=1)
    weighted = weigh_with_compounds(matrix)
    cosine = (weighted @ weighted.T).toarray()
    assert cosine[0, 1] > 0
    assert cosine[0, 3] == 0
