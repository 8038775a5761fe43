import numpy as np
import pandas as pd
import pytest

from kyodo_analysis.measures.shuffles import (
    Shuffles,
    beats_chance,
    chance_line,
    respondent_blocks,
    share_reaching,
    shuffled_orders,
)


@pytest.fixture
def spoken(opinions: pd.DataFrame) -> pd.DataFrame:
    """A1 and B1 by one person, A2 and B2 by another, X1 by nobody known."""
    return opinions.assign(respondent=pd.array(["甲", "乙", "甲", "乙", None], dtype="str"))


def test_opinions_are_sorted_by_respondents_who_gave_equally_many(spoken: pd.DataFrame) -> None:
    blocks = respondent_blocks(spoken, pd.Index(spoken["opinion_id"]))

    assert [block.tolist() for block in blocks] == [[[4]], [[0, 2], [1, 3]]]


def test_without_respondents_everyone_is_alone(opinions: pd.DataFrame) -> None:
    (block,) = respondent_blocks(opinions, pd.Index(["A1", "B1", "X1"]))

    assert block.tolist() == [[0], [1], [2]]


def test_respondents_swap_all_their_groups_at_once(spoken: pd.DataFrame) -> None:
    blocks = respondent_blocks(spoken, pd.Index(spoken["opinion_id"]))

    seen = {tuple(order.tolist()) for order in shuffled_orders(blocks, Shuffles(n=200, seed=3))}

    assert {order[4] for order in seen} == {4}
    assert {frozenset((order[0], order[2])) for order in seen} == {
        frozenset((0, 2)),
        frozenset((1, 3)),
    }
    assert len(seen) == 8


def test_the_same_seed_deals_the_same_and_another_seed_another(opinions: pd.DataFrame) -> None:
    blocks = respondent_blocks(opinions, pd.Index(opinions["opinion_id"]))

    def deals(seed: int) -> list[list[int]]:
        return [order.tolist() for order in shuffled_orders(blocks, Shuffles(n=5, seed=seed))]

    assert deals(1) == deals(1) != deals(2)


def test_the_line_leaves_five_of_a_hundred_at_or_above() -> None:
    assert (np.arange(100) >= chance_line(np.arange(100))).sum() == 5


def test_a_value_that_chance_reached_by_another_sum_does_not_beat_it() -> None:
    assert beats_chance([0.1 + 0.2, 0.31], 0.3).tolist() == [False, True]


def test_a_p_value_counts_the_observed_deal_itself() -> None:
    assert share_reaching(np.array([3.0, 9.0]), [1.0, 2.0, 3.0]).tolist() == [0.5, 0.25]
