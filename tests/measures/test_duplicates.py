import pandas as pd
import pytest

from kyodo_analysis.measures import count_texts, describe_duplicates


@pytest.fixture
def campaign(opinions: pd.DataFrame) -> pd.DataFrame:
    return opinions.assign(text=["橋を直して", "駅が遠い", "駅が遠い", "橋を直して", "橋を直して"])


def test_identical_texts_are_grouped_with_everyone_who_sent_them(campaign: pd.DataFrame) -> None:
    assert describe_duplicates(campaign).to_numpy().tolist() == [
        ["橋を直して", 3, "A1、B2、X1"],
        ["駅が遠い", 2, "A2、B1"],
    ]


def test_opinions_and_distinct_texts_are_both_counted(
    campaign: pd.DataFrame, opinions: pd.DataFrame
) -> None:
    assert count_texts(campaign).to_numpy().tolist() == [[5, 2, 5]]
    assert count_texts(opinions).to_numpy().tolist() == [[5, 5, 0]]


def test_without_repetition_nothing_is_listed(opinions: pd.DataFrame) -> None:
    assert describe_duplicates(opinions).empty
