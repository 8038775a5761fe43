import pandas as pd
import pytest

from kyodo_analysis.measures import count_texts, describe_duplicates


@pytest.fixture
def campaign() -> pd.DataFrame:
    rows = [
        ("A1", "A1", 3, "代表"),
        ("A2", "A2", 2, "代表"),
        ("B1", "A2", 2, "ほぼ同文"),
        ("B2", "A1", 3, "同文"),
        ("X1", "A1", 3, "ほぼ同文"),
    ]
    return pd.DataFrame(rows, columns=["opinion_id", "representative", "n_same", "kind"])


@pytest.fixture
def all_different(campaign: pd.DataFrame) -> pd.DataFrame:
    return campaign.assign(representative=campaign["opinion_id"], n_same=1, kind="代表")


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
