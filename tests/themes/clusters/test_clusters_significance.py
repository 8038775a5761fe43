import numpy as np
import pytest

from kyodo_analysis.themes.clusters.significance import cluster_lines, hold_against, line_above
from kyodo_analysis.themes.clusters.stability import Scores


def _clusters(sizes: list[int], jaccard: list[float]) -> Scores:
    return Scores(np.array([]), 0.0, 0.0, np.array(sizes), np.array(jaccard))


def test_the_line_is_the_largest_of_19_and_the_fifth_largest_of_99():
    assert line_above(np.arange(19.0), 19) == 18
    assert line_above(np.arange(99.0), 99) == 94


def test_fewer_than_19_shuffles_have_no_95_percent_point():
    assert line_above(np.arange(18.0), 18) == np.inf


def _text(stability: list[float], held_out: list[float]) -> list[Scores]:
    none = np.array([])
    return [
        Scores(none, one, other, none, none) for one, other in zip(stability, held_out, strict=True)
    ]


def test_chance_lies_above_both_lines_at_any_k_in_at_most_one_text_of_twenty():
    rng = np.random.default_rng(0)
    passed = []
    for _ in range(400):
        scores = rng.normal(size=(20, 2, 5)) * [1, 2, 3, 4, 5] + [5, 4, 3, 2, 1]
        passed.append(hold_against([_text(*of_text) for of_text in scores], 19)["passes"].any())
    # 20 of 400 expected, standard deviation 4.4.
    assert 6 < sum(passed) < 34


def test_what_lies_above_both_lines_passes_and_nothing_else():
    shuffled = [_text([n % 7, n % 5], [n % 3, n % 4]) for n in range(19)]
    table = hold_against([_text([9, 9], [9, 0]), *shuffled], 19)
    assert table["passes"].tolist() == [True, False]
    above = [table[name] > table[f"{name}_line"] for name in ("stability", "held_out")]
    assert (above[0] & above[1]).tolist() == [True, False]
    assert above[0].tolist() == [True, True]


def test_a_k_where_every_text_scores_the_same_is_never_crossed():
    assert not hold_against([_text([1, 1], [1, 1])] * 20, 19)["passes"].any()


def test_two_higher_texts_among_few_of_39_are_enough_to_know_that_nothing_passes():
    low, high, middle = _text([0], [0]), _text([2], [2]), _text([1], [1])
    assert hold_against([middle, high, *[low] * 8], 39)["passes"].all()
    assert not hold_against([middle, high, high, *[low] * 7], 39)["passes"].any()


def test_a_cluster_is_held_against_shuffled_clusters_of_its_own_size():
    small = _clusters([10] * 99, list(np.linspace(0.01, 0.99, 99)))
    large = _clusters([100] * 99, list(np.linspace(0.001, 0.099, 99)))
    lines = cluster_lines(np.array([11, 90]), [small, large])
    assert lines == pytest.approx([0.95, 0.095])
