"""What the analyst decided about each finding: ``studies/<study>/privacy.csv``."""

from pathlib import Path

import pandas as pd

from kyodo_analysis.errors import StudyError, shown
from kyodo_analysis.files import StudyRow, guard, read_study_rows, write_text
from kyodo_analysis.privacy.tables import DECISIONS, TREATMENT_COUNTS

PUBLISH, HIDE, DROP = "公開", "伏せる", "除く"
TREATMENTS = (PUBLISH, HIDE, DROP)
_COLUMNS = {
    column.label: column.name for column in DECISIONS.columns if column.name != "row"
}  # 番号,意見番号,種類,言葉,扱い
_NUMBER = next(iter(_COLUMNS))
_ALLOWED = "扱いは 公開・伏せる・除く のどれかか、空です"
_LISTED = 5
_BYTE_ORDER_MARK = "\ufeff"


def read_decisions(path: Path) -> pd.DataFrame:
    """Read the decisions of a study.

    Parameters
    ----------
    path : Path
        CSV with the columns 番号, 意見番号, 種類, 言葉, 扱い, in UTF-8 or, as Excel may save it,
        CP932. A file that is not there holds no decision.

    Returns
    -------
    DECISIONS
        In the order of the file.

    Raises
    ------
    StudyError
        The file cannot be read, a column is missing, a treatment is unknown, or a finding is
        decided twice.
    """
    if not path.exists():
        return DECISIONS.make()
    rows = read_study_rows(
        path,
        required=list(_COLUMNS),
        optional=None,
        filled=[_NUMBER],
        key=_NUMBER,
        comments=False,
    )
    return DECISIONS.make(_decision(row) for row in rows)


def write_decisions(path: Path, findings: pd.DataFrame, decisions: pd.DataFrame) -> None:
    """Write one row per finding with the decision that it has, then the stale decisions.

    In UTF-8 with a byte order mark, so that Excel shows it rightly; words that a spreadsheet would
    take for a formula are guarded, which :func:`read_decisions` undoes.

    Parameters
    ----------
    path : Path
    findings : PERSONAL_DATA
    decisions : DECISIONS
        Decisions made so far.

    Raises
    ------
    OutputError
        The file cannot be written, for instance because a spreadsheet has it open.
    """
    known = findings.merge(decisions[["finding_id", "treatment"]], on="finding_id", how="left")
    columns = list(_COLUMNS.values())
    stale = find_stale_decisions(findings, decisions)
    rows = pd.concat([known[columns], stale[columns]]).fillna("").set_axis(list(_COLUMNS), axis=1)
    text = rows.map(guard).to_csv(index=False, lineterminator="\n")
    write_text(path, _BYTE_ORDER_MARK + text)


def find_stale_decisions(findings: pd.DataFrame, decisions: pd.DataFrame) -> pd.DataFrame:
    """Find the decisions whose finding is no longer there.

    Parameters
    ----------
    findings : PERSONAL_DATA
    decisions : DECISIONS

    Returns
    -------
    DECISIONS
        The rows of `decisions` that no finding answers to.
    """
    return decisions[~decisions["finding_id"].isin(findings["finding_id"])].reset_index(drop=True)


def hide_undecided(findings: pd.DataFrame, decisions: pd.DataFrame) -> pd.DataFrame:
    """Decide to hide, for as long as the analyst has not decided.

    Parameters
    ----------
    findings : PERSONAL_DATA
    decisions : DECISIONS

    Returns
    -------
    DECISIONS
        One row per finding; those without a treatment are hidden.
    """
    made = decisions[["finding_id", "treatment", "row"]]
    columns = ["finding_id", "opinion_id", "kind", "matched"]
    known = findings[columns].merge(made, on="finding_id", how="left").fillna({"row": 0})
    return DECISIONS.check(known.fillna({"treatment": HIDE}).astype({"row": "Int64"}))


def count_treatments(decisions: pd.DataFrame) -> pd.DataFrame:
    """Count how many places of each kind are treated in each way.

    Parameters
    ----------
    decisions : DECISIONS
        A treatment for every finding.

    Returns
    -------
    TREATMENT_COUNTS
        None of the words that were found.
    """
    counts = decisions.groupby(["kind", "treatment"], observed=True).size()
    return TREATMENT_COUNTS.check(counts.reset_index(name="n").astype({"n": "Int64"}))


def check_decided(
    findings: pd.DataFrame, decisions: pd.DataFrame, *, path: Path = Path("privacy.csv")
) -> None:
    """See that every finding has a decision.

    Parameters
    ----------
    findings : PERSONAL_DATA
    decisions : DECISIONS
    path : Path
        Where the decisions are, for the message.

    Raises
    ------
    StudyError
        Names the undecided findings: opinion, kind, words and row of the file.
    """
    known = findings.merge(
        decisions[["finding_id", "treatment", "row"]], on="finding_id", how="left"
    )
    undecided = known[known["treatment"].isna()]
    if undecided.empty:
        return
    named = "、".join(
        f"意見{row.opinion_id}の{row.kind}「{row.matched}」({_place_of(row.row)})"
        for row in undecided.head(_LISTED).itertuples()
    )
    rest = len(undecided) - _LISTED
    raise StudyError(
        shown(path),
        f"個人情報かもしれない言葉のうち{len(undecided)}件の扱いが決まっていません: {named}"
        + (f"、ほか{rest}件" if rest > 0 else ""),
        action="「扱い」の列に 公開・伏せる・除く のどれかを書いて、もう一度実行してください",
    )


def _place_of(row: object) -> str:
    return "まだ行がありません" if pd.isna(row) else f"{row}行目"  # type: ignore[call-overload]


def _decision(row: StudyRow) -> dict[str, object]:
    cells = {name: row.cells[label] for label, name in _COLUMNS.items()}
    treatment = cells["treatment"].strip()
    if treatment not in ("", *TREATMENTS):
        raise StudyError(row.place, f"扱いが「{treatment}」です", _ALLOWED)
    return {**cells, "treatment": treatment or None, "row": row.number}
