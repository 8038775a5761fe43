"""MySQL's operators over arrays of values, one per unit; NaN stands for its NULL."""

from collections.abc import Callable

import numpy as np

from kyodo_analysis.themes.codebook.matching import Values


def truth(values: Values) -> Values:
    """1 where the value is not zero, 0 where it is, NaN where it is NULL."""
    return np.where(np.isnan(values), np.nan, values != 0)


def _both(left: Values, right: Values) -> Values:
    left, right = truth(left), truth(right)
    return np.where((left == 0) | (right == 0), 0.0, left * right)


def _either(left: Values, right: Values) -> Values:
    left, right = truth(left), truth(right)
    return np.where((left == 1) | (right == 1), 1.0, left + right)


def _divide(left: Values, right: Values) -> Values:
    nothing = np.full_like(left, np.nan)
    return np.divide(left, right, out=nothing, where=right != 0)


def _compare(holds: Callable[[Values, Values], Values]) -> Callable[[Values, Values], Values]:
    def compared(left: Values, right: Values) -> Values:
        return np.where(np.isnan(left) | np.isnan(right), np.nan, holds(left, right))

    return compared


BINARY: dict[str, Callable[[Values, Values], Values]] = {
    "or": _either,
    "and": _both,
    ">": _compare(np.greater),
    ">=": _compare(np.greater_equal),
    "<": _compare(np.less),
    "<=": _compare(np.less_equal),
    "==": _compare(np.equal),
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": _divide,
}
PREFIX: dict[str, Callable[[Values], Values]] = {
    "not": lambda values: 1 - truth(values),
    "!": lambda values: 1 - truth(values),
    "-": np.negative,
    "+": np.positive,
}
