import numpy as np
import pytest
from known_topics import make_opinions, make_terms, topic_of
from scipy import sparse

from kyodo_analysis.themes.clusters import build_matrix, cluster_by_nmf
from kyodo_analysis.themes.clusters.partition import number_by_size, partition_by_nmf


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


def test_clusters_without_evidence_come_as_one_column_per_number():
    opinions = make_opinions(31)
    terms = make_terms(31).query("opinion_id != 'P30'")
    memberships = cluster_by_nmf(build_matrix(terms, opinions), [2, 3])
    assert memberships.index.tolist() == opinions["opinion_id"].tolist()
    assert memberships.columns.tolist() == [2, 3]
    assert memberships.loc["P30"].isna().all()
    topics = [topic_of(position) for position in range(30)]
    assert memberships[3].iloc[:30].groupby(topics).nunique().tolist() == [1, 1, 1]
    assert sorted(memberships[3].dropna().unique()) == [1, 2, 3]
