"""Read a file of coding rules in KH Coder's format."""

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from kyodo_analysis.errors import RuleError
from kyodo_analysis.tables import CODES
from kyodo_analysis.themes.codebook.advice import find_remarks
from kyodo_analysis.themes.codebook.decoding import read_decoded
from kyodo_analysis.themes.codebook.lexer import split_tokens
from kyodo_analysis.themes.codebook.notes import add_notes, read_theme_notes
from kyodo_analysis.themes.codebook.parser import RuleSyntaxError, parse_rule
from kyodo_analysis.themes.codebook.remarks import Remark, tabulate_remarks
from kyodo_analysis.themes.codebook.rules import Draft, Rule


@dataclass(frozen=True, eq=False)
class Codebook:
    """The rules of one file.

    Attributes
    ----------
    file : str
        The file's name.
    codes : pandas.DataFrame
        One row per usable code, in the order of the file (CODES).
    rules : tuple of Rule
        Their syntax trees, in the same order.
    warnings : pandas.DataFrame
        What is doubtful (警告) and which codes are left out (誤り) (WARNINGS).
    """

    file: str
    codes: pd.DataFrame
    rules: tuple[Rule, ...]
    warnings: pd.DataFrame


def read_codebook(path: Path, *, notes: Path | None = None) -> Codebook:
    """Read a codebook; a code with an error is left out and listed, the others work.

    Parameters
    ----------
    path : Path
        The coding rules, in UTF-8, CP932 or EUC-JP.
    notes : Path, optional
        The study's ``themes.csv``, read as :func:`read_theme_notes` does.

    Raises
    ------
    RuleError
        The file holds no code.
    StudyError
        A file cannot be read, or a note is about a code that does not exist.
    """
    drafts = _split_into_drafts(read_decoded(path))
    if not drafts:
        raise RuleError(
            path.name,
            "コードの見出しが1つもありません",
            "見出しは行の先頭に ＊ を付けて書きます(例: ＊交通)",
            "コーディングルールのファイルかどうかを確かめてください",
        )
    rules, errors = _parse_drafts(drafts, path.name)
    remarks = find_remarks(drafts, rules, path.name)
    codes = _tabulate_codes(rules, path.name)
    if notes is not None:
        known = dict.fromkeys(draft.name for draft in drafts)
        codes = add_notes(codes, read_theme_notes(notes), known=known)
    return Codebook(
        path.name,
        codes,
        rules,
        tabulate_remarks([*errors, *remarks]),
    )


def _split_into_drafts(text: str) -> list[Draft]:
    drafts: list[Draft] = []
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text), start=1):
        if line.startswith("#") or not line:
            continue
        if re.match(r"[*＊].", line):
            drafts.append(Draft(line, number, []))
        elif drafts:
            drafts[-1].body.append((number, line))
    return drafts


def _parse_drafts(drafts: list[Draft], file: str) -> tuple[tuple[Rule, ...], list[Remark]]:
    times = Counter(draft.name for draft in drafts)
    rules, errors = [], []
    for draft in drafts:
        try:
            rules.append(_parse_draft(draft, times[draft.name]))
        except RuleSyntaxError as error:
            errors.append(Remark("誤り", file, error.line, draft.name, error.found, error.action))
    return tuple(rules), errors


def _parse_draft(draft: Draft, times: int) -> Rule:
    if times > 1:
        raise RuleSyntaxError(
            draft.line,
            f"コード「{draft.name}」が{times}回定義されているので、どれも使いません",
            "1つにまとめるか、名前を変えてください",
        )
    tokens = split_tokens(draft.body)
    return Rule(
        draft.header, draft.name, draft.line, draft.text, parse_rule(tokens) if tokens else None
    )


def _tabulate_codes(rules: tuple[Rule, ...], file: str) -> pd.DataFrame:
    return CODES.make(
        {"code": rule.name, "rule": rule.text, "source": f"{file}:{rule.line}行"} for rule in rules
    )
