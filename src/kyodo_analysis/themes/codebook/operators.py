"""MySQL's operators over arrays of values, one per unit; NaN stands for its NULL.

What is true or false and never NULL is an array of booleans; arithmetic is done in floats.
"""

from collections.abc import Callable
from functools import partial

import numpy as np

from kyodo_analysis.themes.codebook.matching import Values


def truth(values: Values) -> Values:
    """1 where the value is not zero, 0 where it is, NaN where it is NULL."""
    if values.dtype == np.bool_:
        return values
    true: Values = values != 0
    if values.dtype.kind != "f" or not (null := np.isnan(values)).any():
        return true
    return np.where(null, np.nan, true)


def _both(left: Values, right: Values) -> Values:
    left, right = truth(left), truth(right)
    if left.dtype == right.dtype == np.bool_:
        return left & right
    return np.where((left == 0) | (right == 0), 0.0, left * right)


def _either(left: Values, right: Values) -> Values:
    left, right = truth(left), truth(right)
    if left.dtype == right.dtype == np.bool_:
        return left | right
    return np.where((left == 1) | (right == 1), 1.0, left + right)


def _deny(values: Values) -> Values:
    true = truth(values)
    denied: Values = ~true if true.dtype == np.bool_ else 1 - true
    return denied


def _divide(left: Values, right: Values) -> Values:
    divided: Values = np.full(len(left), np.nan)
    np.divide(left, right, out=divided, where=right != 0)
    return divided


def _compare(holds: Callable[[Values, Values], Values]) -> Callable[[Values, Values], Values]:
    def compared(left: Values, right: Values) -> Values:
        null, held = np.isnan(left) | np.isnan(right), holds(left, right)
        return np.where(null, np.nan, held) if null.any() else held

    return compared


_in_floats = partial(partial, dtype=np.float64)

BINARY: dict[str, Callable[[Values, Values], Values]] = {
    "or": _either,
    "and": _both,
    ">": _compare(np.greater),
    ">=": _compare(np.greater_equal),
    "<": _compare(np.less),
    "<=": _compare(np.less_equal),
    "==": _compare(np.equal),
    "+": _in_floats(np.add),
    "-": _in_floats(np.subtract),
    "*": _in_floats(np.multiply),
    "/": _divide,
}
PREFIX: dict[str, Callable[[Values], Values]] = {
    "not": _deny,
    "!": _deny,
    "-": _in_floats(np.negative),
    "+": _in_floats(np.positive),
}
