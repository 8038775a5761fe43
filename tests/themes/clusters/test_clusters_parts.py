import numpy as np
import pandas as pd
from scipy import sparse

from kyodo_analysis.themes.clusters import build_matrix
from kyodo_analysis.themes.clusters.parts import add_parts, find_parts, weigh_with_parts

TERMS = pd.Index(
    ["利用", "図書", "図書館", "図書館利用", "使い方", "バス停", "バス", "12", "123", "い方"]
)


def _parts_of(term: str) -> set[str]:
    links = find_parts(TERMS)
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
    assert find_parts(terms).toarray().tolist() == [[1, 0, 0], [1, 1, 0], [1, 0, 1]]


def test_no_terms_have_no_parts():
    assert find_parts(pd.Index([], dtype="str")).shape == (0, 0)


def test_opinions_get_each_part_once_and_rare_ones_go():
    parts = sparse.csr_array(np.array([[1, 0, 0], [1, 1, 0], [0, 0, 1]]))
    present = sparse.csr_array(np.array([[1, 1, 0], [0, 1, 1]]))
    assert add_parts(present, parts, min_df=2).toarray().tolist() == [[1, 1], [1, 1]]
    assert add_parts(present, parts, min_df=1).toarray().tolist() == [[1, 1, 0], [1, 1, 1]]
    assert present.toarray().tolist() == [[1, 1, 0], [0, 1, 1]]


def test_two_compounds_of_one_word_are_close():
    opinions = pd.DataFrame({"opinion_id": ["A", "B", "C", "D"]})
    rows = [("A", "図書館利用"), ("B", "図書館設備"), ("C", "図書館"), ("D", "バス")]
    matrix = build_matrix(pd.DataFrame(rows, columns=["opinion_id", "term"]), opinions, min_df=1)
    weighted = weigh_with_parts(matrix)
    cosine = (weighted @ weighted.T).toarray()
    assert cosine[0, 1] > 0
    assert cosine[0, 3] == 0
