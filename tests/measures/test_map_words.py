from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_array

from kyodo_analysis.errors import NotInDataError
from kyodo_analysis.measures.copies import distinct_texts
from kyodo_analysis.measures.map_words import (
    check_map,
    draw_for_check,
    frequent_words,
    pair_strengths,
    shuffled_presences,
    strengths_of_counts,
)
from kyodo_analysis.measures.shuffles import Shuffles

Make = Callable[..., Any]
PRESENCE = np.random.default_rng(5).random((40, 9)) < 0.3


def test_the_lowest_frequency_leaves_about_as_many_words_as_asked(study_of: Make) -> None:
    opinions, terms = study_of(
        {"a": "税 税 橋 橋 道 川 川", "b": "税 橋 道 川 店", "c": "税 道 店 店", "d": "駅"}
    )
    ids = pd.Index(opinions["opinion_id"])

    def chosen(n_words: int) -> list[str]:
        return frequent_words(terms, ids, n_words=n_words, where="図").words["term"].to_list()

    # 税 4 times, 店 川 橋 道 3 times; 駅 only in one opinion
    assert chosen(5) == chosen(75) == chosen(1) == ["川", "店", "橋", "税", "道"]


def test_hidden_words_are_not_chosen_but_go_on_counting_as_words(study_of: Make) -> None:
    opinions, terms = study_of({"a": "税 橋 道 ●●", "b": "税 橋 道 ●●"})

    words = frequent_words(terms, pd.Index(opinions["opinion_id"]), n_words=9, where="図")

    assert words.words["term"].to_list() == ["橋", "税", "道"]
    assert words.lengths.tolist() == [4, 4]


def test_where_a_page_holds_no_more_the_next_frequency_is_taken(study_of: Make) -> None:
    opinions, terms = study_of(
        {"a": "税 橋 道 川 店 駅", "b": "税 橋 道 川 店 駅", "c": "税 橋 道"}
    )
    ids = pd.Index(opinions["opinion_id"])

    def count(n_words: int, *, may_exceed: bool) -> int:
        found = frequent_words(terms, ids, n_words=n_words, where="図", may_exceed=may_exceed)
        return len(found.words)

    # 3 words three times, 3 more twice
    assert (count(5, may_exceed=True), count(5, may_exceed=False)) == (6, 3)
    assert (count(6, may_exceed=False), count(2, may_exceed=False)) == (6, 3)


def test_too_few_words_are_refused(study_of: Make) -> None:
    opinions, terms = study_of({"a": "税 橋", "b": "税 橋 道"})

    with pytest.raises(NotInDataError, match="現れる語が2語です"):
        frequent_words(terms, pd.Index(opinions["opinion_id"]), n_words=75, where="図")


def test_of_identical_texts_the_first_is_kept(study_of: Make) -> None:
    opinions, _ = study_of({"a": "税 橋", "b": "駅", "c": "税 橋"})

    assert distinct_texts(opinions).to_list() == ["a", "b"]


def test_shuffles_keep_the_size_of_every_opinion_and_word_and_little_else() -> None:
    shuffled = [
        table.toarray() for table in shuffled_presences(csr_array(PRESENCE), Shuffles(n=20))
    ]

    for table in shuffled:
        assert table.sum(axis=0).tolist() == PRESENCE.sum(axis=0).tolist()
        assert table.sum(axis=1).tolist() == PRESENCE.sum(axis=1).tolist()
    assert len({table.tobytes() for table in shuffled}) == 20
    assert np.mean([(table == PRESENCE).mean() for table in shuffled]) < 0.75


def test_every_table_with_the_same_sizes_comes_up_about_equally_often() -> None:
    start = csr_array(np.eye(3, dtype=bool))

    seen = [table.toarray().tobytes() for table in shuffled_presences(start, Shuffles(n=1200))]

    counts = pd.Series(seen).value_counts()
    assert len(counts) == 6
    assert counts.between(150, 250).all()
    assert np.mean([before == after for before, after in pairwise(seen)]) == pytest.approx(
        1 / 6, abs=0.05
    )


def test_pair_strengths_are_jaccard_coefficients() -> None:
    presence = csr_array(np.array([[1, 1, 0], [1, 0, 1], [0, 1, 1], [0, 1, 1]]))

    assert pair_strengths(presence).tolist() == pytest.approx([1 / 4, 1 / 4, 2 / 4])


def test_the_check_says_in_a_sentence_whether_the_map_holds() -> None:
    def check(observed: float, n_texts: int = 30) -> pd.Series:
        return check_map(
            "図",
            "値",
            observed=observed,
            by_chance=[0.1, 0.2, 0.3],
            n_opinions=31,
            n_texts=n_texts,
            seed=7,
        ).loc[0]

    assert (check(0.31)["holds"], check(0.3)["holds"]) == (True, False)
    assert check(0.31)["sentence"] == (
        "図: 値は0.310で、ランダムに入れ替えた場合の95%点0.300を上回りました"
        "(31件、異なる文30、入れ替え3回、乱数の種7)。"
    )
    assert "図は示さず、表で示します" in check(0.3)["sentence"]
    assert not check(0.31, n_texts=29)["holds"]
    assert "文が30に満たない" in check(0.31, n_texts=29)["sentence"]


def test_beyond_2000_texts_a_check_draws_as_many_and_says_so() -> None:
    many = csr_array(np.arange(2_001 * 3).reshape(-1, 3))

    drawn = draw_for_check(many, 1).toarray()

    assert len(np.unique(drawn[:, 0])) == 2_000
    assert (drawn == draw_for_check(many, 1).toarray()).all()
    assert draw_for_check(many[:2_000], 1).shape == (2_000, 3)
    check = check_map(
        "図", "値", observed=1, by_chance=[0.5], n_opinions=9_000, n_texts=2_001, seed=1
    )
    assert "異なる文2001、点検に使った文2000、入れ替え1回" in check.loc[0, "sentence"]


def test_two_words_that_no_drawn_opinion_uses_have_nothing_in_common() -> None:
    assert strengths_of_counts(np.zeros((3, 3))).tolist() == [0, 0, 0]
