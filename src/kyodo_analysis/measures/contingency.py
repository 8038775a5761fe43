"""Numbers about tables of counts: expected counts, chi-square, G2, residuals, exact tests.

Every function takes counts with one row per theme or word and one column per group, and the size
of each group; the second row of each small table (not coded, other words) is what remains.
"""

from typing import Final, Literal, NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

_MAX_TABLES: Final = 200_000
_SAME_PROBABILITY: Final = 1e-7


def expected_counts(counts: Floats, group_sizes: Floats) -> Floats:
    """Give the counts expected if rows and groups had nothing to do with each other."""
    return np.asarray(counts.sum(axis=1, keepdims=True) * group_sizes / group_sizes.sum())


def chi_square(counts: Floats, group_sizes: Floats) -> Floats:
    """Give Pearson's X2 of each row against its remainder; 0 for a row of nothing or all."""
    expected = expected_counts(counts, group_sizes)
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = (counts - expected) ** 2 * (1 / expected + 1 / (group_sizes - expected))
    return np.asarray(np.nansum(parts, axis=1))


def residuals(counts: Floats, group_sizes: Floats) -> tuple[Floats, Floats]:
    """Give Pearson's and the adjusted residuals (Haberman 1973); not a number where undefined."""
    total = group_sizes.sum()
    expected = expected_counts(counts, group_sizes)
    row_rest = 1 - counts.sum(axis=1, keepdims=True) / total
    with np.errstate(divide="ignore", invalid="ignore"):
        pearson = (counts - expected) / np.sqrt(expected)
        adjusted = pearson / np.sqrt(row_rest * (1 - group_sizes / total))
    return pearson, np.where(np.isfinite(adjusted), adjusted, np.nan)


def g_squared(observed: Floats, expected: Floats) -> Floats:
    """Sum 2 O ln(O / E) over the first axis; an empty cell adds nothing."""
    from scipy.special import xlogy

    ratio = np.divide(observed, expected, out=np.ones_like(observed), where=observed > 0)
    return np.asarray(2 * xlogy(observed, ratio).sum(axis=0))


def log_likelihood(counts: Floats, group_sizes: Floats) -> Floats:
    """Give Dunning's (1993) G2 of each cell: its row and group against all others.

    Negative where the cell holds less than expected.
    """
    row, total = counts.sum(axis=1, keepdims=True), group_sizes.sum()
    inside, outside = counts, row - counts
    observed = np.stack([inside, outside, group_sizes - inside, total - group_sizes - outside])
    shares = np.stack(np.broadcast_arrays(row, row, total - row, total - row)) / total
    rest = total - group_sizes
    expected = shares * np.stack([group_sizes, rest, group_sizes, rest])[:, None, :]
    g2 = np.clip(g_squared(observed, expected), 0, None)
    return np.asarray(np.sign(inside - expected[0]) * g2)


def jaccard(both: Floats, n_a: Floats, n_b: Floats) -> Floats:
    """Give the opinions with both as a share of those with either; missing where none has."""
    either = np.asarray(n_a + n_b - both, dtype=np.float64)
    return np.divide(both, either, out=np.full_like(both, np.nan), where=either > 0)


def cramers_v(chi2: Floats, total: float) -> Floats:
    """Give the strength of a relation between 0 and 1, for tables of two rows."""
    return np.sqrt(chi2 / total)


def adjust_by_holm(p_values: Floats) -> Floats:
    """Adjust p-values for their number (Holm 1979); missing ones stay missing."""
    order = np.argsort(p_values)
    tested = int(np.isfinite(p_values).sum())
    raised = p_values[order] * np.clip(tested - np.arange(len(p_values)), 1, None)
    adjusted = np.full_like(p_values, np.nan)
    adjusted[order[:tested]] = np.clip(np.maximum.accumulate(raised[:tested]), 0, 1)
    return adjusted


class ExactTest(NamedTuple):
    """A p-value, and how it was found: every table enumerated, or some drawn."""

    p: float
    method: Literal["数え上げ", "乱数による近似"]


def fisher_freeman_halton(table: npt.NDArray[np.int64], seed: int) -> ExactTest:
    """Test a table of any size with its margins fixed.

    The p-value is the probability of all tables that are not more probable than this one
    (Freeman and Halton 1951): by enumeration for two rows while there are few enough tables,
    else by drawing 9,999 of them.
    """
    from scipy.stats import MonteCarloMethod, fisher_exact

    n_tables = np.prod(np.minimum(table.sum(axis=0), table[0].sum()) + 1.0)
    if len(table) == 2 and n_tables <= _MAX_TABLES:
        return ExactTest(_enumerate(table), "数え上げ")
    drawn = fisher_exact(table, method=MonteCarloMethod(rng=np.random.default_rng(seed)))
    return ExactTest(float(drawn.pvalue), "乱数による近似")


def _enumerate(table: npt.NDArray[np.int64]) -> float:
    """Fill the first row column by column, keeping every partial row and its probability."""
    from scipy.special import gammaln

    def log_choose(n: int, k: npt.NDArray[np.int64]) -> Floats:
        return np.asarray(gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1))

    first, sizes = int(table[0].sum()), table.sum(axis=0)
    used, log_p = np.zeros(1, dtype=np.int64), np.zeros(1)
    for size in sizes:
        taken = np.arange(min(size, first) + 1)
        used = np.add.outer(used, taken).ravel()
        log_p = np.add.outer(log_p, log_choose(size, taken)).ravel()
        used, log_p = used[used <= first], log_p[used <= first]
    whole = log_choose(int(sizes.sum()), np.array([first]))
    p = np.exp(log_p[used == first] - whole)
    own = np.exp(
        sum(log_choose(n, np.array([k])) for n, k in zip(sizes, table[0], strict=True)) - whole
    )
    return float(min(1.0, p[p <= own * (1 + _SAME_PROBABILITY)].sum()))
