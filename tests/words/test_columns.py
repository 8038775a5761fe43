import pandas as pd
import pytest

from kyodo_analysis.words.columns import label, stack_frames


def _frame(values, categories, numbers):
    return pd.DataFrame({"word": pd.Categorical(values, categories=categories), "n": numbers})


@pytest.mark.parametrize(
    "frames",
    [
        [_frame(["橋", "税", "橋"], ["税", "橋", "道"], [1, 2, 3])],
        [_frame(["橋"], ["橋", "道"], [1]), _frame(["税", "橋"], ["橋", "税"], [2, 3])],
        [_frame([], ["道"], []), _frame(["橋", "税", "橋"], ["橋", "税"], [1, 2, 3])],
    ],
    ids=["one", "two", "an empty one"],
)
def test_however_rows_are_spread_categories_are_those_in_use_and_sorted(frames):
    stacked = stack_frames(frames)
    assert list(stacked["word"]) == ["橋", "税", "橋"]
    assert list(stacked["word"].cat.categories) == ["橋", "税"]
    assert list(stacked["n"]) == [1, 2, 3]


def test_values_that_repeat_share_a_category():
    assert list(label(["市", "市", "橋"], pd.array([0, 1, 2, 0]).to_numpy(int))) == list("市市橋市")
