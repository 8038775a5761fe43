"""Evaluate a syntax tree in every unit, and name the words that made it true.

The operators are MySQL's, over arrays of values, one per unit; NaN stands for its NULL. What is
true or false and never NULL is an array of booleans; arithmetic is done in floats.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from kyodo_analysis.themes.codebook.index import Booleans, PositionalIndex
from kyodo_analysis.themes.codebook.matching import MATCHERS, Match, Values, without_spans
from kyodo_analysis.themes.codebook.syntax import Atom, Chain, CodeReference, Node, Prefix, Rule
from kyodo_analysis.themes.codebook.variables import SITUATIONS, Variables


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


_DENIALS = ("not", "!")
_COMPARISONS = (">", ">=", "<", "<=", "==")


@dataclass(frozen=True, eq=False)
class Evaluator:
    """Evaluates the rules of one codebook over one index, in the order of the file.

    Attributes
    ----------
    index : PositionalIndex
        Where the tokens stand.
    variables : Variables
        The values of the opinions' variables.
    given : dict
        The outcome of each earlier code by its header.
    """

    index: PositionalIndex
    variables: Variables
    given: dict[str, Match] = field(default_factory=dict)
    _matches: dict[Atom, Match] = field(default_factory=dict)

    def outcomes(self, rules: Iterable[Rule]) -> list[Match]:
        """Evaluate the rules in the order of the file."""
        for rule in rules:
            self.given[rule.header] = self.outcome(rule.tree)
        return list(self.given.values())

    def outcome(self, node: Node | None) -> Match:
        """Evaluate a rule: values 1 or 0 per unit, and the spans behind every 1."""
        if node is None:
            return without_spans(np.zeros(self.index.n_units, np.bool_))
        values = self.values(node)
        true = _is_true(values)
        parts = list(self._support(node, true, True))
        self._matches.clear()  # a value per unit and atom: those of all rules would fill the memory
        return Match(
            true,
            *(
                np.concatenate([getattr(part, name) for part in parts] or [np.empty(0, np.int64)])
                for name in ("unit", "opinion", "start", "end")
            ),
        )

    def values(self, node: Node) -> Values:
        """Evaluate a tree: one value per unit, NaN where MySQL has NULL."""
        match node:
            case Chain(first, rest):
                values = self.values(first)
                for operator, operand in rest:
                    values = BINARY[operator](values, self.values(operand))
                return values
            case Prefix(operator, operand):
                return PREFIX[operator](self.values(operand))
            case _:
                return self.match(node).values

    def match(self, atom: Atom) -> Match:
        """Find what an atom names, once in a rule."""
        if isinstance(atom, CodeReference):
            return self.given.get(atom.header) or without_spans(
                np.zeros(self.index.n_units, np.bool_)
            )
        if atom not in self._matches:
            self._matches[atom] = self._find(atom)
        return self._matches[atom]

    def _find(self, atom: Atom) -> Match:
        if find := MATCHERS.get(type(atom)):
            return find(self.index, atom)
        return without_spans(SITUATIONS[type(atom)](self.index, self.variables, atom))

    def _support(self, node: Node, where: Booleans, wanted: bool) -> Iterator[Match]:
        """Name the spans that make a tree `wanted` in the units `where` it is."""
        match node:
            case Chain(_, ((operator, _), *_)) if operator in _COMPARISONS:
                yield from self._support_of_comparison(node, where, wanted)
            case Chain(_, ((operator, _), *_)) if operator in ("and", "or"):
                for operand in node.operands:
                    agreeing = _is_true(self.values(operand)) == wanted
                    yield from self._support(operand, where & agreeing, wanted)
            case Prefix(operator, operand) if operator in _DENIALS:
                yield from self._support(operand, where, not wanted)
            case _:
                yield from self._push(node, where, wanted)

    def _support_of_comparison(self, node: Chain, where: Booleans, wanted: bool) -> Iterator[Match]:
        left = Chain(node.first, node.rest[:-1]) if node.rest[1:] else node.first
        operator, right = node.rest[-1]
        if operator == "==":
            sides = ((left, True), (right, True)) if wanted else ()
        else:
            upwards = operator.startswith(">") == wanted
            sides = ((left, upwards), (right, not upwards))
        for side, upward in sides:
            yield from self._push(side, where, upward)

    def _push(self, node: Node, where: Booleans, upwards: bool) -> Iterator[Match]:
        """Name the spans that raise a value (or, if not `upwards`, that lower it)."""
        match node:
            case Chain(first, ((operator, _), *_)) if operator in ("+", "-", "*", "/"):
                yield from self._push(first, where, upwards)
                for operator, operand in node.rest:
                    yield from self._push(operand, where, upwards == (operator in ("+", "*")))
            case Prefix("+" | "-" as operator, operand):
                yield from self._push(operand, where, upwards == (operator == "+"))
            case Chain() | Prefix():
                agreeing = _is_true(self.values(node)) == upwards
                yield from self._support(node, where & agreeing, upwards)
            case _ if upwards:
                yield self.match(node).within(where)


def _is_true(values: Values) -> Booleans:
    return np.equal(truth(values), True)
