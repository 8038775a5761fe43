"""Evaluate a syntax tree in every unit, and name the words that made it true."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np

from kyodo_analysis.themes.codebook.layout import Booleans, Layout
from kyodo_analysis.themes.codebook.matching import MATCHERS, Match, Values, without_spans
from kyodo_analysis.themes.codebook.operators import BINARY, PREFIX, truth
from kyodo_analysis.themes.codebook.rules import Rule
from kyodo_analysis.themes.codebook.situation import SITUATIONS, Variables
from kyodo_analysis.themes.codebook.syntax import Atom, Chain, CodeReference, Node, Prefix

_DENIALS = ("not", "!")
_COMPARISONS = (">", ">=", "<", "<=", "==")


@dataclass(frozen=True, eq=False)
class Evaluator:
    """Evaluates the rules of one codebook over one layout, in the order of the file.

    Attributes
    ----------
    layout : Layout
        Where the tokens stand.
    variables : Variables
        The values of the opinions' variables.
    given : dict
        The outcome of each earlier code by its header.
    """

    layout: Layout
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
            return without_spans(np.zeros(self.layout.n_units, np.bool_))
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
                np.zeros(self.layout.n_units, np.bool_)
            )
        if atom not in self._matches:
            self._matches[atom] = self._find(atom)
        return self._matches[atom]

    def _find(self, atom: Atom) -> Match:
        if find := MATCHERS.get(type(atom)):
            return find(self.layout, atom)
        return without_spans(SITUATIONS[type(atom)](self.layout, self.variables, atom))

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
