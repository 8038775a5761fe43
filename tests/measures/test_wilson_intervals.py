import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest

from kyodo_analysis.measures.intervals import shares_of, wilson_interval


@pytest.mark.parametrize(
    ("hits", "total", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_is_newcombes(hits: int, total: int, low: float, high: float) -> None:
    # Newcombe (1998), Table I, method 3
    assert wilson_interval(hits, total) == pytest.approx((low, high), abs=5e-5)


@settings(deadline=None, derandomize=True, max_examples=50)
@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_is_scipys(case: tuple[int, int]) -> None:
    expected = binomtest(*case).proportion_ci(method="wilson")

    assert wilson_interval(*case) == pytest.approx((expected.low, expected.high), abs=1e-12)


def test_below_thirty_opinions_no_share_is_given() -> None:
    shares = shares_of(pd.Series([3, 3, 0]), pd.Series([29, 30, 0]))

    assert shares.notna().to_numpy().tolist() == [[False] * 3, [True] * 3, [False] * 3]
    assert np.isclose(shares.loc[1, "share"], 0.1)
