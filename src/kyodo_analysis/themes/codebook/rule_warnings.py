"""What is doubtful in a codebook, seen from the rules alone."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

import pandas as pd

from kyodo_analysis.themes.codebook.atoms import OPERATORS, Draft, split_tokens
from kyodo_analysis.themes.codebook.parts_of_speech import UNUSED_NAMES, USED_NAMES
from kyodo_analysis.themes.codebook.syntax import (
    Atom,
    Chain,
    CodeReference,
    Node,
    Number,
    Prefix,
    Rule,
    Unreadable,
    Word,
    atoms_of,
)
from kyodo_analysis.themes.codebook.tables import WARNINGS


@dataclass(frozen=True)
class Remark:
    """A warning or an error at one line of a codebook."""

    level: Literal["警告", "誤り"]
    file: str
    line: int
    code: str | None
    found: str
    action: str


def tabulate_remarks(remarks: Iterable[Remark]) -> pd.DataFrame:
    """Table the remarks in the order of their lines (WARNINGS)."""
    return WARNINGS.make(asdict(remark) for remark in sorted(remarks, key=lambda each: each.line))


def find_remarks(drafts: Sequence[Draft], rules: Sequence[Rule], file: str) -> list[Remark]:
    """List the warnings that need no text: what KH Coder would pass over in silence."""
    found = [
        *_mixed_stars(drafts),
        *(remark for draft in drafts for remark in _about_draft(draft)),
        *_about_references(drafts, rules),
        *(remark for rule in rules for remark in (*_about_atoms(rule), *_about_numbers(rule))),
    ]
    return [Remark("警告", file, line, code, what, action) for line, code, what, action in found]


_DECIMAL = re.compile(r"\d*[.．]\d+")
_Finding = tuple[int, str | None, str, str]


def _mixed_stars(drafts: Sequence[Draft]) -> Iterator[_Finding]:
    first = drafts[0]
    for draft in drafts:
        if draft.header[0] != first.header[0]:
            yield (
                draft.line,
                draft.name,
                f"見出しの星が「{first.header[0]}」と「{draft.header[0]}」の2通りあります",
                "どちらかにそろえてください。< > で引くときは同じ星で書かないと見つかりません",
            )
            return


def _about_draft(draft: Draft) -> Iterator[_Finding]:
    if draft.header[1] in " \u3000\t":
        yield (
            draft.line,
            draft.name,
            f"「{draft.header}」を、コードの見出しとして読みました",
            "計算の * を行の先頭に書いたのなら、前の行の終わりに移してください",
        )
    tokens = split_tokens(draft.body)
    if not tokens:
        yield (
            draft.line,
            draft.name,
            "ルールが書かれていないので、どの意見にも付きません",
            "見出しの次の行にルールを書いてください",
        )
    if _mixes_and_or([token.text.lower() for token in tokens]):
        yield (
            draft.line,
            draft.name,
            "and と or がかっこなしで混ざっています。and が先に結び付きます"
            "(a or b and c は a or ( b and c ) の意味)",
            "意図した組み合わせを ( ) で囲んでください",
        )


def _mixes_and_or(tokens: Sequence[str]) -> bool:
    levels: list[set[str]] = [set()]
    for token in tokens:
        match OPERATORS.get(token, ()):
            case ("(",):
                levels.append(set())
            case (")",) if len(levels) > 1:
                levels.pop()
            case ("and" | "or" as operator, *_):
                levels[-1].add(operator)
                if len(levels[-1]) > 1:
                    return True
    return False


def _about_references(drafts: Sequence[Draft], rules: Sequence[Rule]) -> Iterator[_Finding]:
    lines = {draft.header: draft.line for draft in drafts}
    usable = {rule.header for rule in rules}
    for rule in rules:
        for atom in _atoms(rule):
            if not isinstance(atom, CodeReference):
                continue
            if atom.header not in lines:
                what, action = "という見出しがありません", "星の形と名前を見出しにそろえてください"
            elif lines[atom.header] >= rule.line:
                what, action = "はこのコードより前に定義されていません", "定義を前に移してください"
            elif atom.header not in usable:
                what, action = "は誤りがあって使えません", "そのコードの誤りを直してください"
            else:
                continue
            yield rule.line, rule.name, f"<{atom.header}> {what}。0(付かない)として扱います", action


def _about_atoms(rule: Rule) -> Iterator[_Finding]:
    for atom in _atoms(rule):
        match atom:
            case Unreadable(token):
                yield (
                    rule.line,
                    rule.name,
                    f"「{token}」の書き方が読めないので、0(当たらない)として扱います",
                    "near(語-語)[10]、[b]、[d]、[b8] のように、間に空白を入れずに書いてください",
                )
            case Word(base_form) if _DECIMAL.fullmatch(base_form):
                yield (
                    rule.line,
                    rule.name,
                    f"「{base_form}」は小数として読めないので、語として探します",
                    "数は整数で書いてください(例: >= 2)",
                )
            case Word(base_form) if _is_open(base_form):
                yield (
                    rule.line,
                    rule.name,
                    f"「{base_form}」の引用符が閉じていないので、引用符も含めた語として探します",
                    "前と後ろを同じ引用符で囲んでください(例: 'バス停')",
                )
            case Word(part_of_speech=str(name)) if name not in USED_NAMES:
                what = "分析に使わない品詞です" if name in UNUSED_NAMES else "品詞名にありません"
                yield (
                    rule.line,
                    rule.name,
                    f"「{name}」はKH Coderの{what}。0(当たらない)として扱います",
                    f"使える品詞名: {'、'.join(USED_NAMES)}",
                )


def _is_open(word: str) -> bool:
    return any((word[:1] == quote) != (word[1:][-1:] == quote) for quote in "'\"")


def _about_numbers(rule: Rule) -> Iterator[_Finding]:
    for number in _truths(rule.tree) if rule.tree else ():
        yield (
            rule.line,
            rule.name,
            f"数だけの「{number.value}」は、いつも当たり{'ます' if number.value else 'ません'}",
            f'語として探すなら "{number.value}" と書き、数と比べるなら >= などを使ってください',
        )


def _truths(node: Node) -> Iterator[Number]:
    """List the numbers that stand where true or false is asked."""
    match node:
        case Number():
            yield node
        case Chain(_, ((("and" | "or"), _), *_)):
            for operand in node.operands:
                yield from _truths(operand)
        case Prefix("not" | "!", operand):
            yield from _truths(operand)


def _atoms(rule: Rule) -> list[Atom]:
    return atoms_of(rule.tree) if rule.tree else []
