"""The syntax tree of a coding rule."""

from dataclasses import dataclass
from typing import Literal

Scope = Literal["unit", "sentence", "paragraph"]


@dataclass(frozen=True)
class Heading:
    """``<>見出し1-->x``: true under the heading of that level that reads exactly x."""

    level: int
    title: str


@dataclass(frozen=True)
class Variable:
    """``<>v-->x``: true where the variable has that value."""

    name: str
    value: str


@dataclass(frozen=True)
class Length:
    """``lw`` or ``lc``: the words or characters of the unit."""

    of: Literal["words", "characters"]


@dataclass(frozen=True)
class DocumentNumber:
    """``No.``: the number of the unit, from 1."""


@dataclass(frozen=True)
class Text:
    """``'string'``: the number of sentences that contain it."""

    text: str


@dataclass(frozen=True)
class Word:
    """A base form, if asked with part of speech, inflection or surface: its number of tokens."""

    base_form: str
    part_of_speech: str | None = None
    inflection: str | None = None
    surface: str | None = None


@dataclass(frozen=True)
class CodeReference:
    """``<*code>``: whether an earlier code, named with its star, was given."""

    header: str


@dataclass(frozen=True)
class Near:
    """``near(a-b)`` and ``seq(a-b)``: the number of places where all words meet.

    `gap` is the largest difference of token positions between successive words; 0 is unlimited.
    """

    words: tuple[str, ...]
    ordered: bool
    gap: int
    within: Scope


@dataclass(frozen=True)
class Adjacent:
    """``a+b``: the number of places where the words follow each other directly."""

    words: tuple[str, ...]


@dataclass(frozen=True)
class Unreadable:
    """A ``near`` or ``seq`` with options that KH Coder cannot read: always 0."""

    token: str


@dataclass(frozen=True)
class Number:
    """An integer."""

    value: int


@dataclass(frozen=True)
class Prefix:
    """An operator before its operand."""

    operator: str
    operand: "Node"


@dataclass(frozen=True)
class Chain:
    """Operands joined by operators of one rank, worked off from the left."""

    first: "Node"
    rest: tuple[tuple[str, "Node"], ...]

    @property
    def operands(self) -> tuple["Node", ...]:
        """All operands, in order."""
        return (self.first, *(operand for _, operand in self.rest))


Atom = (
    Heading
    | Variable
    | Length
    | DocumentNumber
    | Text
    | Word
    | CodeReference
    | Near
    | Adjacent
    | Unreadable
    | Number
)
Node = Atom | Prefix | Chain


def atoms_of(node: Node) -> list[Atom]:
    """List the atoms of a tree, left to right."""
    match node:
        case Prefix():
            return atoms_of(node.operand)
        case Chain():
            return [atom for operand in node.operands for atom in atoms_of(operand)]
        case _:
            return [node]


def words_of(atom: Atom) -> tuple[str, ...]:
    """List the base forms that an atom names."""
    match atom:
        case Word(base_form):
            return (base_form,)
        case Near(words) | Adjacent(words):
            return words
        case _:
            return ()


@dataclass(frozen=True)
class Rule:
    """One usable code: `tree` is None where the rule is empty and so never true."""

    header: str
    name: str
    line: int
    text: str
    tree: Node | None
