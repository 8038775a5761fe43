"""Read a file of coding rules in KH Coder's format, and what the analyst notes beside them."""

import codecs
import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from kyodo_analysis.errors import RuleError, StudyError
from kyodo_analysis.files import StudyRow, read_study_rows
from kyodo_analysis.folding import fold_word
from kyodo_analysis.tables import CODES
from kyodo_analysis.themes.codebook.atoms import Draft, split_tokens
from kyodo_analysis.themes.codebook.parser import RuleSyntaxError, parse_rule
from kyodo_analysis.themes.codebook.rule_warnings import Remark, find_remarks, tabulate_remarks
from kyodo_analysis.themes.codebook.syntax import Rule
from kyodo_analysis.themes.codebook.tables import THEME_NOTES

# EUC-JP before CP932: CP932 would read EUC-JP as half-width katakana, never the reverse.
_UNREAD = "最初の見出し(＊)より前の行は、ルールとして読みません"
_HEAD = "見出しの行を上に書くか、注なら行の先頭に # を付けてください"
ENCODINGS = ("utf-8-sig", "euc_jp", "euc_jis_2004", "cp932")


def read_decoded(path: Path) -> str:
    """Return the text of a file in UTF-8 or UTF-16 (with or without mark), EUC-JP or CP932.

    Raises
    ------
    StudyError
        The file cannot be opened, or is in no such encoding.
    """
    try:
        raw = path.read_bytes()
    except OSError:
        raise StudyError(
            path.name, "ファイルを開けません", action="場所と名前を確かめてください"
        ) from None
    wide = _is_utf16(raw)
    for encoding in (wide,) if wide else ENCODINGS:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise StudyError(
        path.name,
        "文字コードが分かりません",
        "読めるのは UTF-8、UTF-16、CP932(Shift_JIS)、EUC-JP です",
        "UTF-8 で保存し直してください",
    )


def _is_utf16(raw: bytes) -> str | None:
    """Name the UTF-16 that a file is in: no other encoding of text holds zero bytes."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\0" not in raw:
        return None
    return "utf-16-le" if raw[1::2].count(0) >= raw[::2].count(0) else "utf-16-be"


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
        The coding rules, in UTF-8, UTF-16, CP932 or EUC-JP.
    notes : Path, optional
        The study's ``themes.csv``, read as :func:`read_theme_notes` does.

    Raises
    ------
    RuleError
        The file holds no code.
    StudyError
        A file cannot be read, or a note is about a code that does not exist.
    """
    codebook = parse_codebook(read_decoded(path), file=path.name)
    if notes is None:
        return codebook
    left_out = codebook.warnings.query("level == '誤り'")["code"].dropna()
    known = dict.fromkeys([*codebook.codes["code"], *left_out])
    codes = _add_notes(codebook.codes, read_theme_notes(notes), known=known)
    return replace(codebook, codes=codes)


def parse_codebook(text: str, *, file: str) -> Codebook:
    """Understand coding rules that stand in `file`, or would.

    Raises
    ------
    RuleError
        There is no code.
    """
    before, drafts = _split_into_drafts(text)
    if not drafts:
        raise RuleError(
            file,
            "コードの見出しが1つもありません",
            "見出しは行の先頭に ＊ を付けて書きます(例: ＊交通)",
            "コーディングルールのファイルかどうかを確かめてください",
        )
    rules, errors = _parse_drafts(drafts, file)
    remarks = find_remarks(drafts, rules, file)
    unread = [Remark("警告", file, before[0], None, _UNREAD, _HEAD)] if before else []
    return Codebook(
        file, _tabulate_codes(rules, file), rules, tabulate_remarks([*errors, *unread, *remarks])
    )


def _split_into_drafts(text: str) -> tuple[list[int], list[Draft]]:
    """Return the numbers of the lines before the first header that no one reads, and the codes."""
    before: list[int] = []
    drafts: list[Draft] = []
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text), start=1):
        if line.startswith("#") or not line:
            continue
        if re.match(r"[*＊].", line):
            drafts.append(Draft(line, number, []))
        elif drafts:
            drafts[-1].body.append((number, line))
        elif line.strip():
            before.append(number)
    return before, drafts


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


_FIELDS = [column for column in THEME_NOTES.columns if column.name != "source"]
_HEADERS = [column.label for column in _FIELDS]


def read_theme_notes(path: Path) -> pd.DataFrame:
    """Read ``themes.csv``, whose headers are コード, 上位, 定義, 含める, 含めない and 例.

    Returns
    -------
    pandas.DataFrame
        One row per theme, in the order of the file (THEME_NOTES); empty cells are missing.

    Raises
    ------
    StudyError
        The file cannot be read, the headers differ, a row has no code or too many cells, or a
        code comes twice.
    """
    code = _HEADERS[0]
    rows = read_study_rows(path, required=_HEADERS, filled=[code], key=code)
    return THEME_NOTES.make(_note(row) for row in rows)


def _note(row: StudyRow) -> dict[str, str | None]:
    cells = {column.name: row.cells[column.label].strip() or None for column in _FIELDS}
    return {**cells, "source": row.place}


def _add_notes(codes: pd.DataFrame, notes: pd.DataFrame, *, known: Collection[str]) -> pd.DataFrame:
    """Put the notes beside the codes (CODES).

    Parameters
    ----------
    codes : pandas.DataFrame
        The usable codes (CODES).
    notes : pandas.DataFrame
        THEME_NOTES.
    known : collection of str
        All codes of the codebook, also those that are left out for an error.

    Raises
    ------
    StudyError
        A note is about a code that the codebook does not have.
    """
    names = {fold_word(name): name for name in known}
    for code, place in zip(notes["code"], notes["source"], strict=True):
        if fold_word(code) not in names:
            raise StudyError(
                place,
                f"コード「{code}」はコードブックにありません",
                f"あるのは {'、'.join(known)} です",
                "名前をそろえるか、その行を消してください",
            )
    notes = notes.assign(code=[names[fold_word(code)] for code in notes["code"]])
    described = codes[["code", "rule", "source"]].merge(
        notes.drop(columns="source"), on="code", how="left"
    )
    return CODES.check(described[CODES.names])
