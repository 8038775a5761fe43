import numpy as np
import pytest
from known_topics import make_opinions, make_terms
from scipy import sparse

from kyodo_analysis.themes.clusters import ClusterSettings, build_matrix, stability
from kyodo_analysis.themes.clusters.stability import (
    _hold_out,
    best_jaccard,
    score_partitions,
)


def test_each_cluster_is_held_against_the_nearest_of_the_other_partition():
    before = np.array([0, 0, 0, 1, 1, -1])
    after = np.array([0, 0, 1, 1, 1, 1])
    # 0: 2 of 3 with 0, 1 of 6 with 1; 1: 2 of 4 with 1. A cluster not drawn has none.
    np.testing.assert_allclose(best_jaccard(before, after, 3), [2 / 3, 1 / 2, np.nan])


def test_known_topics_come_back_and_their_scores_repeat():
    present = build_matrix(make_terms(60), make_opinions(60)).counts.minimum(1)
    settings = ClusterSettings(ks=(2, 3), n_bootstraps=5, n_splits=3)
    first, second = (
        score_partitions(present, settings, np.random.default_rng(4)) for _ in range(2)
    )
    assert first[1].sizes.tolist() == [20, 20, 20]
    assert first[1].stability == pytest.approx(1)
    np.testing.assert_allclose(first[1].jaccard, 1)
    assert first[0].stability < 1
    assert [scores.stability for scores in first] == [scores.stability for scores in second]
    assert [scores.held_out for scores in first] == [scores.held_out for scores in second]


def test_words_held_out_bear_out_topics_and_nothing_else():
    settings = ClusterSettings(ks=(3,), n_bootstraps=1, n_splits=4)
    topics, mixed = (
        score_partitions(
            build_matrix(make_terms(60, mixed=mixed), make_opinions(60)).counts.minimum(1),
            settings,
            np.random.default_rng(4),
        )[0].held_out
        for mixed in (False, True)
    )
    assert topics > 2 * mixed


def test_held_out_is_the_similarity_by_the_words_that_made_no_cluster():
    # Words 0-1 part the rows into two pairs; by words 2-4 the first pair is alike, the other not.
    present = sparse.csr_array(
        np.array([[1, 0, 1, 0, 0], [1, 0, 1, 0, 0], [0, 1, 0, 1, 0], [0, 1, 0, 0, 1]])
    )
    settings = ClusterSettings(ks=(2,))
    assert _hold_out(present, np.array([0, 1]), np.array([2, 3, 4]), settings) == [0.5]


def test_the_words_of_each_sample_are_weighed_anew(monkeypatch):
    present = build_matrix(make_terms(60), make_opinions(60)).counts.minimum(1)
    weighed, weigh = [], stability.weigh
    monkeypatch.setattr(stability, "weigh", lambda rows: weighed.append(rows) or weigh(rows))
    score_partitions(
        present, ClusterSettings(ks=(2,), n_bootstraps=5, n_splits=3), np.random.default_rng(4)
    )
    assert [rows.shape[0] < 60 for rows in weighed].count(True) == 5
