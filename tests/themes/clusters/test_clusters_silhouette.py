import numpy as np
import pytest
from scipy import sparse
from sklearn.metrics import silhouette_score

from kyodo_analysis.themes.clusters.closeness import mean_closeness
from kyodo_analysis.themes.clusters.silhouette import mean_silhouette


@pytest.fixture
def weighted() -> sparse.csr_array:
    weights = np.random.default_rng(0).random((30, 12))
    return sparse.csr_array(weights / np.linalg.norm(weights, axis=1, keepdims=True))


def test_it_is_scikit_learns_silhouette_by_cosine_distance(weighted):
    labels = np.r_[np.zeros(12), np.ones(9), np.full(8, 2), [3]].astype(int)
    expected = silhouette_score(weighted.toarray(), labels, metric="cosine")
    assert mean_silhouette(weighted, labels) == pytest.approx(expected)


def test_rows_without_a_cluster_are_left_out(weighted):
    labels = np.r_[np.full(10, -1), np.zeros(10), np.ones(10)].astype(int)
    expected = silhouette_score(weighted.toarray()[10:], labels[10:], metric="cosine")
    assert mean_silhouette(weighted, labels) == pytest.approx(expected)


def test_one_cluster_has_no_silhouette(weighted):
    assert np.isnan(mean_silhouette(weighted, np.zeros(30, dtype=int)))


def test_closeness_leaves_the_opinion_itself_out():
    rows = sparse.csr_array(np.array([[1.0, 0], [1, 0], [0, 1], [0.6, 0.8]]))
    closeness = mean_closeness(rows, np.array([0, 0, 1, 1]))
    np.testing.assert_allclose(closeness, [[1, 0.3], [1, 0.3], [0, 0.8], [0.6, 0.8]])
