"""What a person decided on single opinions: a theme given or taken away, with the reason.

A decision counts as a rule's coding does and outlives changes of the rules. It is the analyst's
word against the machine's, so it is reported apart: rules n, people +a -b.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from kyodo_analysis.contract import Column, Table
from kyodo_analysis.errors import StudyError
from kyodo_analysis.files import StudyRow, read_study_rows
from kyodo_analysis.tables import CODINGS, FINDINGS

GIVE, TAKE = "付ける", "外す"
HEADERS = ("意見番号", "テーマ", "判断", "理由", "日付", "誰", "意見の印")
_REQUIRED = HEADERS[:4]
_MARK_LENGTH = 12

THEME_DECISIONS = Table(
    "theme_decisions",
    "人の判断",
    "1行 = 1件の意見と1つのテーマについての、人の判断",
    (
        Column("opinion_id", "text", "意見番号", "意見を一意に示す番号", holds="ours"),
        Column("code", "label", "テーマ", "テーマの名前", holds="ours"),
        Column("decision", "label", "判断", "付ける か 外す", holds="ours"),
        Column("reason", "text", "理由", "そう判断した理由", holds="free"),
        Column("date", "text", "日付", "判断した日", optional=True, holds="ours"),
        Column("who", "text", "誰", "判断した人", optional=True, holds="ours"),
        Column(
            "effect",
            "label",
            "結果",
            "付けた・外した・規則と同じ・当てはまらない",
            holds="ours",
        ),
    ),
)


def mark_text(text: str) -> str:
    """Return a short mark of an opinion's text, by which a decision knows it again."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_MARK_LENGTH]


@dataclass(frozen=True, eq=False)
class Decided:
    """Codings after people decided.

    Parameters
    ----------
    codings : DataFrame
        CODINGS; what a person gave has the method ``decision``.
    decisions : DataFrame
        THEME_DECISIONS, in the order of the file.
    findings : DataFrame
        FINDINGS: decisions that fit nothing, contradict each other, or whose text has changed.
    """

    codings: pd.DataFrame
    decisions: pd.DataFrame
    findings: pd.DataFrame


def read_decisions(path: Path) -> list[StudyRow]:
    """Read ``decisions.csv``; none where there is no such file.

    Raises
    ------
    StudyError
        A row has no opinion, theme or reason, or decides something else than 付ける or 外す.
    """
    if not path.exists():
        return []
    rows = read_study_rows(
        path, required=_REQUIRED, optional=HEADERS[4:], filled=_REQUIRED, comments=False
    )
    for row in rows:
        if (said := row.cells["判断"].strip()) not in (GIVE, TAKE):
            raise StudyError(row.place, f"判断が「{said}」です", f"書けるのは {GIVE}・{TAKE} です")
    return rows


def apply_decisions(
    rows: Sequence[StudyRow], codings: pd.DataFrame, opinions: pd.DataFrame, themes: Sequence[str]
) -> Decided:
    """Give and take themes as people decided; of two decisions on the same the later counts.

    Parameters
    ----------
    rows : sequence of StudyRow
        Of :func:`read_decisions`.
    codings : DataFrame
        CODINGS by rules.
    opinions : DataFrame
        OPINIONS.
    themes : sequence of str
        The names of the codebook's themes.
    """
    texts = dict(zip(opinions["opinion_id"], opinions["text"], strict=True))
    by_rules = set(zip(codings["opinion_id"], codings["code"].astype("str"), strict=True))
    last = {_pair(row): row for row in rows}
    decided, findings = [], []
    for row in rows:
        opinion_id, theme = pair = _pair(row)
        problem = _problem(row, texts, themes, last[pair])
        findings += [_finding(row, problem, opinion_id in texts)] if problem else []
        counts = opinion_id in texts and theme in themes and last[pair] is row
        decided.append(_decision(row, _effect(row, by_rules) if counts else "当てはまらない"))
    decisions = THEME_DECISIONS.make(decided)
    return Decided(_changed(codings, decisions), decisions, FINDINGS.make(findings))


def without_taken(table: pd.DataFrame, decisions: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a table by opinion and code (CODINGS, EVIDENCE) that nobody took away."""
    taken = decisions.loc[decisions["effect"].eq("外した"), ["opinion_id", "code"]]
    pairs = pd.MultiIndex.from_frame(table[["opinion_id", "code"]].astype("str"))
    return table[~pairs.isin(pd.MultiIndex.from_frame(taken))].reset_index(drop=True)


def only_rules(codings: pd.DataFrame, decisions: pd.DataFrame) -> pd.DataFrame:
    """Return the codings (CODINGS) that the rules alone gave, as people are compared with them."""
    taken = decisions[decisions["effect"].eq("外した")]
    rows = CODINGS.make(
        {"opinion_id": row.opinion_id, "code": row.code, "coder": "codebook", "method": "rule"}
        for row in taken.itertuples(index=False)
    )
    kept = codings[codings["method"].astype("str").ne("decision")]
    return CODINGS.check(pd.concat([kept, rows], ignore_index=True)) if len(rows) else kept


def _pair(row: StudyRow) -> tuple[str, str]:
    return row.cells["意見番号"].strip(), row.cells["テーマ"].strip()


def _effect(row: StudyRow, by_rules: set[tuple[str, str]]) -> str:
    is_coded = _pair(row) in by_rules
    if (row.cells["判断"].strip() == GIVE) == is_coded:
        return "規則と同じ"
    return "外した" if is_coded else "付けた"


def _problem(
    row: StudyRow, texts: dict[str, str], themes: Sequence[str], last: StudyRow
) -> tuple[str, str] | None:
    """Return what is odd about a decision: the words that are, and what it means."""
    opinion_id, theme = _pair(row)
    mark = row.cells.get("意見の印", "").strip()
    if opinion_id not in texts:
        return opinion_id, "この番号の意見はありません。判断は使っていません"
    if theme not in themes:
        return theme, "この名前のテーマは codebook.txt にありません。判断は使っていません"
    if last is not row:
        return theme, f"同じ意見とテーマの判断が{last.number}行目にもあり、後の行を使いました"
    if mark and mark != mark_text(texts[opinion_id]):
        return theme, "判断したあとで意見の文が変わりました。読み直して、判断を確かめてください"
    return None


def _finding(row: StudyRow, problem: tuple[str, str], is_known: bool) -> dict[str, object]:
    found, note = problem
    return {
        "check": "人の判断",
        "result": "要確認",
        "opinion_id": _pair(row)[0] if is_known else None,
        "source": row.place,
        "found": found,
        "note": note,
    }


def _decision(row: StudyRow, effect: str) -> dict[str, object]:
    opinion_id, theme = _pair(row)
    return {
        "opinion_id": opinion_id,
        "code": theme,
        "decision": row.cells["判断"].strip(),
        "reason": row.cells["理由"].strip(),
        "date": row.cells.get("日付", "").strip() or None,
        "who": row.cells.get("誰", "").strip() or None,
        "effect": effect,
    }


def _changed(codings: pd.DataFrame, decisions: pd.DataFrame) -> pd.DataFrame:
    given = decisions.loc[decisions["effect"].eq("付けた"), ["opinion_id", "code"]]
    rows = CODINGS.make(
        {"opinion_id": opinion_id, "code": code, "coder": "codebook", "method": "decision"}
        for opinion_id, code in given.itertuples(index=False)
    )
    kept = without_taken(codings, decisions)
    return CODINGS.check(pd.concat([kept, rows], ignore_index=True)) if len(rows) else kept
