"""Rules tried on a study's opinions before anything is saved."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from kyodo_analysis.desk.codebook_file import CODEBOOK, Block, find_block, put_rule
from kyodo_analysis.errors import RuleError
from kyodo_analysis.themes.codebook import Codebook, Coded, apply_codebook, parse_codebook
from kyodo_analysis.themes.codebook.atoms import OPERATORS, split_tokens
from kyodo_analysis.themes.codebook.syntax import CodeReference, Rule, atoms_of

_SOUGHT = "探しているルール"


@dataclass(frozen=True)
class Part:
    """One of the alternatives that a rule joins by or.

    Parameters
    ----------
    text : str
        As written.
    n : int
        The opinions that it catches.
    n_alone : int
        Those that no other alternative of the rule catches: what dropping it costs.
    """

    text: str
    n: int
    n_alone: int


@dataclass(frozen=True, eq=False)
class Trial:
    """What a rule would do to the opinions.

    Parameters
    ----------
    before, after : DataFrame
        The places that the rule of the file and the tried one match (opinion_id, start, end, code).
    n_before, n_after : int
        The opinions that each catches.
    gained, lost : list of str
        The numbers of the opinions that only one of them catches.
    remarks : list of dict
        What the grammar says of the tried rule: level, line (of the rule, from 1), found, action.
    parts : list of Part
    """

    before: pd.DataFrame
    after: pd.DataFrame
    n_before: int
    n_after: int
    gained: list[str]
    lost: list[str]
    remarks: list[dict[str, Any]]
    parts: list[Part]

    @property
    def error(self) -> dict[str, Any] | None:
        """The first remark that keeps the tried rule from being used at all."""
        return next((each for each in self.remarks if each["level"] == "誤り"), None)


@dataclass(frozen=True, eq=False)
class RuleBench:
    """Opinions as they are, for rules to be tried on; what is shown of them is published elsewhere.

    Parameters
    ----------
    opinions, attributes, tokens : DataFrame
        OPINIONS, ATTRIBUTES and TOKENS with nothing hidden.
    """

    opinions: pd.DataFrame
    attributes: pd.DataFrame
    tokens: pd.DataFrame
    _known: dict[tuple[str, str], tuple[pd.DataFrame, set[str]]] = field(default_factory=dict)

    def find(self, rule: str, *, codebook: str = "") -> tuple[list[str], pd.DataFrame]:
        """Find the opinions for which a rule holds that stands in no codebook.

        Parameters
        ----------
        rule : str
            In KH Coder's syntax.
        codebook : str
            The text of the codebook whose codes it may name.

        Returns
        -------
        list of str
            Their numbers.
        DataFrame
            The places that the rule matches (opinion_id, start, end).

        Raises
        ------
        RuleError
            The rule cannot be understood.
        """
        line = " ".join(rule.split("\n")).lstrip("*＊#")  # nothing in it begins another code
        book = _parse(codebook, _SOUGHT, line)
        own = book.warnings[book.warnings["code"].eq(_SOUGHT) & book.warnings["level"].eq("誤り")]
        if len(own):
            error = own.iloc[0]
            raise RuleError("探すルール", str(error["found"]), action=str(error["action"]))
        coded = self._apply(book, [_SOUGHT])
        return list(_ids_of(coded, _SOUGHT)), _spans_of(coded, _SOUGHT)

    def try_rule(self, codebook: str, theme: str, rule: str) -> Trial:
        """Say what a rule would change, were it written into a codebook in place of a theme's.

        Parameters
        ----------
        codebook : str
            The text of ``codebook.txt``; may be empty.
        theme : str
            A theme of it, or a new one.
        rule : str
            The lines below the theme's name.
        """
        before, had = self._before(codebook, theme)
        tried, texts = put_rule(codebook, theme, rule), split_alternatives(rule)
        book, names = _add_parts(tried, theme, texts)
        coded = self._apply(book, [theme, *names])
        has = _ids_of(coded, theme)
        order = list(self.opinions["opinion_id"])
        return Trial(
            before=before,
            after=_spans_of(coded, theme),
            n_before=len(had),
            n_after=len(has),
            gained=[each for each in order if each in has - had],
            lost=[each for each in order if each in had - has],
            remarks=_remarks(coded.warnings, theme, find_block(tried, theme)),
            parts=_weigh(coded.codings, dict(zip(names, texts, strict=False))),
        )

    def _before(self, codebook: str, theme: str) -> tuple[pd.DataFrame, set[str]]:
        """Apply the rule of the file; once, while its text stays."""
        if (codebook, theme) not in self._known:
            coded = self._apply(parse_or_none(codebook) or _parse("", theme, ""), [theme])
            self._known[codebook, theme] = _spans_of(coded, theme), _ids_of(coded, theme)
        return self._known[codebook, theme]

    def _apply(self, book: Codebook, names: Collection[str]) -> Coded:
        """Apply some rules of a codebook, and those that they name."""
        kept = _with_named(book.rules, names)
        codes = book.codes[book.codes["code"].isin([rule.name for rule in kept])]
        few = replace(book, rules=kept, codes=codes)
        return apply_codebook(few, self.tokens, self.opinions, attributes=self.attributes)


def _add_parts(tried: str, theme: str, texts: Sequence[str]) -> tuple[Codebook, list[str]]:
    """Parse a codebook with each part of a rule as a code of its own; with none if one is broken."""
    names = [f"{_SOUGHT}{number}" for number in range(len(texts))]
    added = "".join(f"\n＊{name}\n{text}\n" for name, text in zip(names, texts, strict=True))
    book = parse_codebook(tried + added, file=CODEBOOK)
    if {theme, *names} <= {each.name for each in book.rules}:
        return book, names
    return parse_codebook(tried, file=CODEBOOK), []


def _weigh(codings: pd.DataFrame, texts: dict[str, str]) -> list[Part]:
    given = codings[codings["code"].isin(list(texts))]
    times = given.groupby("opinion_id")["code"].transform("size")
    n_of, alone = (each["code"].value_counts() for each in (given, given[times.eq(1)]))
    return [
        Part(text, int(n_of.get(name, 0)), int(alone.get(name, 0))) for name, text in texts.items()
    ]


def _ids_of(coded: Coded, theme: str) -> set[str]:
    return set(coded.codings.loc[coded.codings["code"].eq(theme), "opinion_id"])


def _spans_of(coded: Coded, theme: str) -> pd.DataFrame:
    return coded.evidence[coded.evidence["code"].eq(theme)]


def parse_or_none(codebook: str) -> Codebook | None:
    """Understand the text of a codebook; None where it holds no code."""
    try:
        return parse_codebook(codebook, file=CODEBOOK)
    except RuleError:
        return None


def split_alternatives(rule: str) -> list[str]:
    """Cut a rule at each or that stands in no parenthesis; one that uses none stays whole."""
    parts: list[list[str]] = [[]]
    depth = 0
    for token in split_tokens([(1, line) for line in rule.split("\n") if line[:1] != "#"]):
        signs = OPERATORS.get(token.text.lower(), ())
        depth += signs.count("(") - signs.count(")")
        if depth == 0 and signs[:1] == ("or",):
            parts.append(list(signs[1:]))
        else:
            parts[-1].append(token.text)
    return [" ".join(part) for part in parts if part]


def _parse(codebook: str, theme: str, rule: str) -> Codebook:
    return parse_codebook(put_rule(codebook, theme, rule), file=CODEBOOK)


def _with_named(rules: Sequence[Rule], names: Iterable[str]) -> tuple[Rule, ...]:
    by_header = {rule.header: rule for rule in rules}
    waiting = [rule for rule in rules if rule.name in set(names)]
    wanted: set[str] = set()
    while waiting:
        rule = waiting.pop()
        if rule.header in wanted:
            continue
        wanted.add(rule.header)
        atoms = atoms_of(rule.tree) if rule.tree else []
        named = [each.header for each in atoms if isinstance(each, CodeReference)]
        waiting += [by_header[header] for header in named if header in by_header]
    return tuple(rule for rule in rules if rule.header in wanted)


def _remarks(warnings: pd.DataFrame, theme: str, block: Block) -> list[dict[str, Any]]:
    own = warnings[warnings["code"].eq(theme)]
    return [
        {
            "level": str(each["level"]),
            "line": max(1, int(each["line"]) - block.header_line),
            "found": str(each["found"]),
            "action": str(each["action"]),
        }
        for each in own.to_dict("records")
    ]
