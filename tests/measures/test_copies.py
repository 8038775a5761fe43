import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_array
from scipy.stats import t

from kyodo_analysis.measures import count_texts, describe_duplicates
from kyodo_analysis.measures.copies import design_effects, families_of
from kyodo_analysis.measures.intervals import wilson_interval
from kyodo_analysis.tables import FAMILIES


@pytest.fixture
def campaign() -> pd.DataFrame:
    rows = [
        ("A1", "A1", True, 3, "代表"),
        ("A2", "A2", True, 2, "代表"),
        ("B1", "A2", False, 2, "ほぼ同文"),
        ("B2", "A1", False, 3, "同文"),
        ("X1", "A1", False, 3, "ほぼ同文"),
    ]
    return pd.DataFrame(rows, columns=FAMILIES.names)


@pytest.fixture
def all_different(campaign: pd.DataFrame) -> pd.DataFrame:
    return campaign.assign(family=campaign["opinion_id"], is_first=True, n_in_family=1, kind="代表")


def test_same_texts_are_grouped_with_everyone_who_sent_them(
    campaign: pd.DataFrame, opinions: pd.DataFrame
) -> None:
    text = opinions.set_index("opinion_id")["text"]

    assert describe_duplicates(campaign, opinions).to_numpy().tolist() == [
        ["A1", text["A1"], 3, 2, 1, "A1、B2、X1"],
        ["A2", text["A2"], 2, 1, 1, "A2、B1"],
    ]


def test_opinions_and_distinct_texts_are_both_counted(
    campaign: pd.DataFrame, all_different: pd.DataFrame
) -> None:
    assert count_texts(campaign).to_numpy().tolist() == [[5, 2, 5]]
    assert count_texts(all_different).to_numpy().tolist() == [[5, 5, 0]]


def test_without_repetition_nothing_is_listed(
    all_different: pd.DataFrame, opinions: pd.DataFrame
) -> None:
    assert describe_duplicates(all_different, opinions).empty


def test_people_who_say_the_same_again_are_worth_as_many_people() -> None:
    # 40 people with 5 like opinions each are worth 40 opinions, whatever the share
    coded = csr_array(np.repeat(np.arange(40) < 12, 5).astype(float)[:, None])

    effect = design_effects(coded, np.repeat(np.arange(40), 5))

    assert effect == pytest.approx(5 * 40 / 39 * (t.ppf(0.975, 39) / 1.959964) ** 2)


def test_one_opinion_each_changes_no_interval() -> None:
    coded = csr_array((np.arange(30) < 9).astype(float)[:, None])

    assert design_effects(coded, np.arange(30)).tolist() == [1]


@pytest.mark.parametrize("alike", [0.3, 0.6])
def test_intervals_over_people_hold_the_true_share(alike: float) -> None:
    rng = np.random.default_rng(17)
    odds = (1 - alike) / alike
    held = []
    for _ in range(300):
        inclined = rng.beta(0.2 * odds, 0.8 * odds, 50)
        people = np.repeat(np.arange(50), 4)
        coded = rng.random(200) < inclined[people]
        effect = design_effects(csr_array(coded.astype(float)[:, None]), people)[0]
        low, high = wilson_interval(coded.sum() / effect, 200 / effect)
        held.append(low <= 0.2 <= high)

    # without people 79 to 86 % of such intervals hold it
    assert np.mean(held) > 0.91


def test_near_copies_are_one_voice_and_the_second_question_gets_the_same_answer(
    opinions: pd.DataFrame,
) -> None:
    letters = opinions.assign(
        text=[f"第{n}号の手紙です。駅前の歩道橋に屋根を付けてください。" for n in range(5)]
    )

    assert families_of(letters).tolist() == [0] * 5
    assert families_of(letters).tolist() == [0] * 5
    assert families_of(opinions).tolist() == list(range(5))
