import numpy as np
import pandas as pd
import pytest
from known_topics import make_opinions, make_terms, topic_of
from scipy import sparse

from kyodo_analysis.themes.clusters import build_matrix
from kyodo_analysis.themes.clusters.matrix import weigh_with_compounds
from kyodo_analysis.themes.clusters.partition import (
    mean_silhouette,
    mean_similarity,
    number_by_size,
    partition_by_nmf,
)


@pytest.fixture
def two_blocks() -> sparse.csr_array:
    block = np.array([[1.0, 1, 0, 0], [0, 0, 1, 1]])
    return sparse.csr_array(np.vstack([block[[1, 1, 1, 0, 0]], np.zeros((1, 4))]))


def test_numbers_go_by_size_then_by_first_appearance():
    labels = np.array([7, 3, 3, -1, 5, 5, 7, 3])
    assert number_by_size(labels).tolist() == [1, 0, 0, -1, 2, 2, 1, 0]


def test_opinions_without_words_in_common_part_and_an_empty_one_goes_nowhere(two_blocks):
    (labels,) = partition_by_nmf(two_blocks, [2])
    assert labels.tolist() == [0, 0, 0, 1, 1, -1]


def test_several_numbers_of_clusters_come_in_order_and_repeat(two_blocks):
    first, second = (partition_by_nmf(two_blocks, [2, 3]) for _ in range(2))
    assert [labels.max() for labels in first] == [1, 1]
    np.testing.assert_array_equal(first, second)


def test_known_topics_part_and_an_opinion_without_words_goes_nowhere():
    opinions = make_opinions(31)
    matrix = build_matrix(make_terms(31).query("opinion_id != 'P30'"), opinions)
    (labels,) = partition_by_nmf(weigh_with_compounds(matrix), [3])
    topics = [topic_of(position) for position in range(30)]
    assert pd.Series(labels[:30]).groupby(topics).nunique().tolist() == [1, 1, 1]
    assert sorted(set(labels[:30])) == [0, 1, 2]
    assert labels[30] == -1


def test_where_no_word_tells_opinions_apart_none_has_a_cluster():
    no_weights = sparse.csr_array((4, 3))
    assert [labels.tolist() for labels in partition_by_nmf(no_weights, [2, 3])] == [[-1] * 4] * 2


def test_one_text_of_many_words_over_and_over_is_one_cluster():
    alike = sparse.csr_array(np.ones((6, 5)) / np.sqrt(5))
    assert [set(labels) for labels in partition_by_nmf(alike, [2, 3])] == [{0}, {0}]


def test_silhouette_is_by_cosine_distance_and_leaves_rows_without_a_cluster_out():
    rows = sparse.csr_array(np.array([[1.0, 0], [1, 0], [0, 1], [0.6, 0.8], [0, 0]]))
    # Rows 2 and 3 are 0.2 apart; to the others 1 and 0.4: (1 - 0.2) / 1 and (0.4 - 0.2) / 0.4;
    # rows 0 and 1 are 0 apart and 1 and 0.4 to the others.
    expected = (1 + 1 + 0.8 + 0.5) / 4
    assert mean_silhouette(rows, np.array([0, 0, 1, 1, -1])) == pytest.approx(expected)
    assert np.isnan(mean_silhouette(rows, np.array([0, 0, 0, 0, -1])))


def test_similarity_to_a_cluster_leaves_the_opinion_itself_out():
    rows = sparse.csr_array(np.array([[1.0, 0], [1, 0], [0, 1], [0.6, 0.8], [0, 0]]))
    similarity = mean_similarity(rows, np.array([0, 0, 1, 1, 1]))
    np.testing.assert_allclose(
        similarity, [[1, 0.2], [1, 0.2], [0, 0.4], [0.6, 0.4], [0, 0]], atol=1e-12
    )
