import pandas as pd
import pytest

from kyodo_analysis.labels import number_names


@pytest.mark.parametrize("dtype", ["str", "category"])
def test_names_are_numbered_in_their_order_and_only_those_in_use(dtype):
    labels = pd.Series(["道", "橋", "道", "川"], dtype=dtype)[:3]
    numbers, names = number_names(labels)
    assert names.tolist() == ["橋", "道"]
    assert numbers.tolist() == [1, 0, 1]
