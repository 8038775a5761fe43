from itertools import combinations
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2_contingency, fisher_exact
from scipy.stats.contingency import association

from kyodo_analysis.measures.contingency import (
    adjust_by_holm,
    chi_square,
    cramers_v,
    expected_counts,
    fisher_freeman_halton,
    g_squared,
    log_likelihood,
    residuals,
)

# Agresti (2007), p. 39: women and men by party
PARTY = np.array([[762.0, 327, 468], [484, 239, 477]])
SIZES = PARTY.sum(axis=0)

small_tables = st.lists(st.tuples(st.integers(0, 9), st.integers(1, 9)), min_size=2, max_size=4)


def test_chi_square_and_g2_are_agrestis() -> None:
    expected = np.vstack([expected_counts(PARTY[:1], SIZES), expected_counts(PARTY[1:], SIZES)])

    assert chi_square(PARTY, SIZES) == pytest.approx([30.07, 30.07], abs=0.005)
    assert g_squared(PARTY.ravel(), expected.ravel()) == pytest.approx(30.02, abs=0.005)


def test_adjusted_residuals_are_agrestis() -> None:
    _, adjusted = residuals(PARTY[:1], SIZES)

    assert adjusted[0] == pytest.approx([4.502, 0.699, -5.316], abs=0.0005)


def test_pearson_residuals_add_up_to_chi_square() -> None:
    pearson, _ = residuals(PARTY, SIZES)

    assert (pearson**2).sum() == pytest.approx(30.07, abs=0.005)


@settings(deadline=None, derandomize=True, max_examples=50)
@given(small_tables)
def test_chi_square_and_v_are_scipys(cells: list[tuple[int, int]]) -> None:
    table = np.array([[coded, rest] for coded, rest in cells], dtype=float).T
    if not table.sum(axis=1).all():
        assert chi_square(table[:1], table.sum(axis=0)) == pytest.approx([0])
        return
    chi2 = chi_square(table[:1], table.sum(axis=0))

    assert chi2 == pytest.approx([chi2_contingency(table, correction=False).statistic])
    assert cramers_v(chi2, table.sum()) == pytest.approx(
        [association(table.astype(int), method="cramer")]
    )


def test_residuals_of_a_theme_that_nobody_or_everybody_carries_are_missing() -> None:
    pearson, adjusted = residuals(np.array([[0.0, 0], [4, 6]]), np.array([4.0, 6]))

    assert np.isnan(adjusted).all()
    assert np.isnan(pearson[0]).all()


@pytest.mark.parametrize(
    ("cells", "g2"),
    [
        ((110, 2442, 111, 29114), 270.72),
        ((29, 13, 123, 31612), 263.90),
        ((31, 23, 139, 31584), 256.84),
    ],
)
def test_the_likelihood_ratio_is_dunnings(cells: tuple[int, ...], g2: float) -> None:
    # Dunning (1993), table 2: a word pair, one word without the other, neither
    table = np.array(cells, dtype=float).reshape(2, 2)

    found = log_likelihood(table, table.sum(axis=0))

    assert found == pytest.approx(np.array([[g2, -g2], [-g2, g2]]), abs=0.005)


def test_a_word_as_frequent_as_expected_has_no_likelihood_ratio() -> None:
    assert log_likelihood(np.array([[2.0, 4]]), np.array([10.0, 20])) == pytest.approx(0)


def test_the_exact_p_of_tea_tasting() -> None:
    test = fisher_freeman_halton(np.array([[3, 1], [1, 3]]), seed=1)

    assert (test.p, test.method) == (pytest.approx(0.4857, abs=5e-5), "数え上げ")


def test_the_exact_p_of_a_larger_table_is_drawn() -> None:
    # Job satisfaction by income, Agresti (2002), p. 57
    table = np.array([[1, 3, 10, 6], [2, 3, 10, 7], [1, 6, 14, 12], [0, 1, 9, 11]])

    test = fisher_freeman_halton(table, seed=1)

    assert (test.p, test.method) == (pytest.approx(0.7827, abs=0.015), "乱数による近似")
    assert fisher_freeman_halton(table, seed=1) == test


@settings(deadline=None, derandomize=True, max_examples=50)
@given(st.lists(st.integers(0, 12), min_size=4, max_size=4))
def test_two_by_two_tables_are_scipys(cells: list[int]) -> None:
    table = np.array(cells).reshape(2, 2)

    assert fisher_freeman_halton(table, seed=1).p == pytest.approx(fisher_exact(table).pvalue)


def test_two_rows_and_three_columns_agree_with_every_possible_deal() -> None:
    sizes, observed = [3, 4, 5], [3, 0, 2]
    owners = [group for group, size in enumerate(sizes) for _ in range(size)]

    def ways(deal: list[int]) -> int:
        return comb(3, deal[0]) * comb(4, deal[1]) * comb(5, deal[2])

    deals = [
        np.bincount([owners[i] for i in chosen], minlength=3)
        for chosen in combinations(range(12), 5)
    ]
    unlikely = [deal for deal in deals if ways(deal.tolist()) <= ways(observed)]

    p = fisher_freeman_halton(np.array([observed, np.subtract(sizes, observed)]), seed=1).p

    assert p == pytest.approx(len(unlikely) / len(deals))


def test_holm_adjusts_by_hand_and_leaves_missing_ones() -> None:
    adjusted = adjust_by_holm(np.array([0.04, np.nan, 0.01, 0.03, 0.9]))

    assert adjusted == pytest.approx([0.09, np.nan, 0.04, 0.09, 0.9], nan_ok=True)
