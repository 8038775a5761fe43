from collections.abc import Callable
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
import pytest

from kyodo_analysis.errors import NotInDataError
from kyodo_analysis.measures import Shuffles, count_saturation
from kyodo_analysis.measures.saturation import expected_found
from kyodo_analysis.tables import CODINGS

Make = Callable[..., Any]


def test_the_mean_is_that_of_every_possible_choice() -> None:
    of_opinion = [{"税"}, {"税", "橋"}, {"橋"}, {"道"}, set()]
    n_of_name = np.array([2, 2, 1])

    found = expected_found(n_of_name, 5, np.arange(1, 6))

    for n_read in range(1, 6):
        numbers = [len(set().union(*read)) for read in combinations(of_opinion, n_read)]
        assert found[n_read - 1] == pytest.approx(np.mean(numbers))


def test_themes_and_words_are_counted_up_to_all_of_them(
    opinions: pd.DataFrame, codings: pd.DataFrame, terms: pd.DataFrame, themes: list[str]
) -> None:
    table = count_saturation(codings, terms, opinions, themes, shuffles=Shuffles(n=19))

    last = table.groupby("kind", sort=False).last()
    assert last[["n_read", "n_found", "low", "high", "n_all"]].to_numpy().tolist() == [
        [5, 3, 3, 3, 3],
        [5, 5, 5, 5, 5],
    ]
    assert (table["low"] <= table["high"]).all()
    assert table["kind"].unique().tolist() == ["テーマ", "語"]


def test_random_orders_lie_around_the_mean(study_of: Make, small_talk: Make) -> None:
    opinions, terms = study_of(small_talk(3, n=60))

    table = count_saturation(CODINGS.make(), terms, opinions, [], shuffles=Shuffles(n=99))

    assert table["kind"].unique().tolist() == ["語"]
    assert table["n_found"].between(table["low"] - 1, table["high"] + 1).all()
    assert (table["high"] > table["low"]).any()


def test_one_opinion_has_no_order(
    opinions: pd.DataFrame, codings: pd.DataFrame, terms: pd.DataFrame
) -> None:
    with pytest.raises(NotInDataError, match="意見が1件"):
        count_saturation(codings, terms, opinions.head(1), ["バス"])
