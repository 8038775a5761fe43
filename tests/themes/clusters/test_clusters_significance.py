import numpy as np
import pytest

from kyodo_analysis.themes.clusters.significance import cluster_lines, line_above, lines_over_ks
from kyodo_analysis.themes.clusters.stability import Scores


def _clusters(sizes: list[int], jaccard: list[float]) -> Scores:
    return Scores(np.array([]), 0.0, 0.0, np.array(sizes), np.array(jaccard))


def test_the_line_is_the_largest_of_19_and_the_fifth_largest_of_99():
    assert line_above(np.arange(19.0), 19) == 18
    assert line_above(np.arange(99.0), 99) == 94


def test_fewer_than_19_shuffles_have_no_95_percent_point():
    assert line_above(np.arange(18.0), 18) == np.inf


def test_chance_crosses_a_line_over_several_ks_in_at_most_one_text_of_twenty():
    rng = np.random.default_rng(0)
    crossed = []
    for _ in range(400):
        scores = rng.normal(size=(20, 5)) * [1, 2, 3, 4, 5] + [5, 4, 3, 2, 1]
        crossed.append((scores[0] > lines_over_ks(scores, 19)).any())
    # 20 of 400 expected, standard deviation 4.4.
    assert 6 < sum(crossed) < 34


def test_a_k_where_every_text_scores_the_same_is_never_crossed():
    assert not (np.ones((20, 2))[0] > lines_over_ks(np.ones((20, 2)), 19)).any()


def test_a_cluster_is_held_against_shuffled_clusters_of_its_own_size():
    small = _clusters([10] * 99, list(np.linspace(0.01, 0.99, 99)))
    large = _clusters([100] * 99, list(np.linspace(0.001, 0.099, 99)))
    lines = cluster_lines(np.array([11, 90]), [small, large])
    assert lines == pytest.approx([0.95, 0.095])
