import numpy as np
import pandas as pd
import pytest

from kyodo_analysis.words.columns import keep_used, stack_columns


def _columns(values, categories, numbers):
    word = pd.Categorical(values, categories=categories)
    return {"word": word, "n": np.array(numbers, dtype=np.int32)}


@pytest.mark.parametrize(
    "parts",
    [
        [_columns(["橋", "税", "橋"], ["税", "橋", "道"], [1, 2, 3])],
        [_columns(["橋"], ["橋", "道"], [1]), _columns(["税", "橋"], ["橋", "税"], [2, 3])],
        [_columns([], ["道"], []), _columns(["橋", "税", "橋"], ["橋", "税"], [1, 2, 3])],
    ],
    ids=["one", "two", "an empty one"],
)
def test_however_rows_are_spread_categories_are_those_in_use_and_sorted(parts):
    stacked = stack_columns(parts)
    assert list(stacked["word"]) == ["橋", "税", "橋"]
    assert list(stacked["word"].categories) == ["橋", "税"]
    assert list(stacked["n"]) == [1, 2, 3]
    assert not any(part for part in parts if part.get("n") is not None and len(part["n"]))


def test_names_that_a_column_does_not_use_are_let_go_in_their_own_order():
    word = pd.Categorical(["橋", "税", "橋"], categories=["道", "税", "川", "橋"])
    assert list(keep_used(word)) == ["橋", "税", "橋"]
    assert list(keep_used(word).categories) == ["税", "橋"]
    assert keep_used(np.array([1, 2])).tolist() == [1, 2]
