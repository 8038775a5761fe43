"""A slow, obvious evaluator of coding rules: one unit, one token, one word at a time.

The values of words are counted by plain loops that scan a unit as KH Coder describes it; the
operators are left to Python, whose ranks agree with MySQL's (``~`` stands for ``!``).
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

_PYTHON = {
    **{sign: sign for sign in ("and", "or", "not", ")", ">", ">=", "<", "<=", "==", "+", "-", "*")},
    **{"&": "and", "|": "or", "&!": "and not", "|!": "or not", "!": "~", "(": "Value("},
}


class Token(NamedTuple):
    opinion: int
    line: int
    sentence: int
    word: str


class Value:
    """A number whose ``~`` is MySQL's ``!``, and whose comparisons are numbers again."""

    def __init__(self, of: object) -> None:
        self.number = of.number if isinstance(of, Value) else float(of)

    def __bool__(self) -> bool:
        return self.number != 0

    def __invert__(self) -> "Value":
        return Value(not self)

    def __add__(self, other: "Value") -> "Value":
        return Value(self.number + other.number)

    def __sub__(self, other: "Value") -> "Value":
        return Value(self.number - other.number)

    def __mul__(self, other: "Value") -> "Value":
        return Value(self.number * other.number)

    def __gt__(self, other: "Value") -> "Value":
        return Value(self.number > other.number)

    def __ge__(self, other: "Value") -> "Value":
        return Value(self.number >= other.number)

    def __lt__(self, other: "Value") -> "Value":
        return Value(self.number < other.number)

    def __le__(self, other: "Value") -> "Value":
        return Value(self.number <= other.number)

    def __eq__(self, other: "Value") -> "Value":
        return Value(self.number == other.number)

    __hash__ = None


def number_tokens(opinions: Sequence[Sequence[Sequence[str]]]) -> list[Token]:
    """Number opinions of lines of words: a sentence ends after 。 and at the end of a line."""
    tokens, sentence, line_number = [], 0, 0
    for opinion, lines in enumerate(opinions):
        for line in lines:
            for place, word in enumerate(line):
                tokens.append(Token(opinion, line_number, sentence, word))
                sentence += word == "。" and place < len(line) - 1
            sentence += 1
            line_number += 1
    return tokens


def is_given(rule: Sequence[str], tokens: Sequence[Token], unit: str, number: int) -> bool:
    """Say whether a rule, given as its tokens, is true in one unit."""
    names = {"Value": Value, "Truth": lambda value: Value(bool(value))}
    parts, opened = [], []
    for part in rule:
        if part == "(":
            opened.append(len(parts))
        elif part == ")":
            opened.pop()
        elif part in ("and", "or", "&", "|", "&!", "|!", "not") and opened:
            parts[opened[-1]] = "Truth("
        if part not in _PYTHON:
            names[f"v{len(parts)}"] = Value(_value(part, tokens, unit, number))
        parts.append(_PYTHON.get(part, f"v{len(parts)}"))
    return bool(eval(" ".join(parts), names))


def _value(atom: str, tokens: Sequence[Token], unit: str, number: int) -> int:
    places = [at for at, token in enumerate(tokens) if _unit(token, unit) == number]
    if atom.isdecimal():
        return int(atom)
    if atom.startswith("'"):
        sentences = {tokens[at].sentence for at in places}
        return sum(
            atom[1:-1] in "".join(token.word for token in tokens if token.sentence == sentence)
            for sentence in sentences
        )
    if near := re.fullmatch(r"(near|seq)\((.+)\)(?:\[([bd]?)(\d*)\])?", atom):
        kind, words, scope, gap = near.groups()
        return _meetings(
            tokens, places, words.split("-"), kind == "seq", int(gap or 10), scope or ""
        )
    if "+" in atom:
        return _phrases(tokens, places, atom.split("+"))
    return sum(tokens[at].word == atom for at in places)


def _unit(token: Token, unit: str) -> int:
    return {"opinion": token.opinion, "paragraph": token.line, "sentence": token.sentence}[unit]


def _phrases(tokens: Sequence[Token], places: list[int], words: list[str]) -> int:
    if not all(any(tokens[at].word == word for at in places) for word in words):
        return 0
    return sum(
        [token.word for token in tokens[at : at + len(words)]] == words
        and len({token.opinion for token in tokens[at : at + len(words)]}) == 1
        for at in places
    )


def _meetings(
    tokens: Sequence[Token],
    places: list[int],
    words: list[str],
    ordered: bool,
    gap: int,
    scope: str,
) -> int:
    hits = [at for at in places if tokens[at].word in words]
    return sum(_meet(tokens, hits[n:], words, ordered, gap, scope) for n in range(len(hits)))


def _meet(
    tokens: Sequence[Token], hits: list[int], words: list[str], ordered: bool, gap: int, scope: str
) -> bool:
    first = tokens[hits[0]]
    if ordered and first.word != words[0]:
        return False
    if len(hits) > 1 and tokens[hits[1]].word == first.word:
        return False
    met: list[str] = []
    last = hits[0]
    for at in hits:
        token = tokens[at]
        if gap and at - last > gap:
            return False
        if (scope == "b" and token.sentence != first.sentence) or (
            scope == "d" and token.line != first.line
        ):
            return False
        wanted = words[len(met)] if ordered else token.word
        if token.word == wanted and token.word not in met:
            met.append(token.word)
            last = at
            if len(met) == len(words):
                return True
    return False
