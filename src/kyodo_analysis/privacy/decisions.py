"""What the analyst decided about each finding: ``studies/<study>/privacy.csv``."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from kyodo_analysis.errors import StudyError
from kyodo_analysis.privacy.tables import DECISIONS

PUBLISH, HIDE, DROP = "公開", "伏せる", "除く"
TREATMENTS = (PUBLISH, HIDE, DROP)
_COLUMNS = {
    column.label: column.name for column in DECISIONS.columns if column.name != "row"
}  # 番号,意見番号,種類,言葉,扱い
_ALLOWED = "扱いは 公開・伏せる・除く のどれかか、空です"
_LISTED = 5
_GUARD = "'"


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
    header, *records = _read_records(path)
    if missing := [label for label in _COLUMNS if label not in header]:
        raise StudyError(
            f"{_shown(path)}: 1行目",
            f"列 {missing} がありません",
            f"必要な列は {list(_COLUMNS)} です",
        )
    rows = [
        {"row": number, **_read_row(dict(zip(header, cells, strict=False)))}
        for number, cells in enumerate(records, start=2)
        if any(cells)
    ]
    _check_rows(path, rows)
    return DECISIONS.make(rows)


def write_decisions(path: Path, findings: pd.DataFrame, decisions: pd.DataFrame) -> None:
    """Write one row per finding with the decision that it has, then the stale decisions.

    The file is written to the side and then replaced, in UTF-8 with a BOM so that Excel shows
    it rightly. Words that a spreadsheet would take for a formula get a leading apostrophe, which
    :func:`read_decisions` takes away again.

    Parameters
    ----------
    path : Path
    findings : PERSONAL_DATA
    decisions : DECISIONS
        Decisions made so far.

    Raises
    ------
    StudyError
        The file cannot be written, for instance because a spreadsheet has it open.
    """
    known = findings.merge(decisions[["finding_id", "treatment"]], on="finding_id", how="left")
    columns = list(_COLUMNS.values())
    stale = find_stale_decisions(findings, decisions)
    rows = pd.concat([known[columns], stale[columns]]).fillna("").set_axis(list(_COLUMNS), axis=1)
    beside = path.with_name(f".{path.name}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        rows.map(_shield).to_csv(beside, index=False, encoding="utf-8-sig", lineterminator="\n")
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise StudyError(
            _shown(path),
            f"書き込めません({error.strerror})",
            action="Excel などで開いていれば閉じて、もう一度実行してください",
        ) from error


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
        _shown(path),
        f"個人情報かもしれない言葉のうち{len(undecided)}件の扱いが決まっていません: {named}"
        + (f"、ほか{rest}件" if rest > 0 else ""),
        action="「扱い」の列に 公開・伏せる・除く のどれかを書いて、もう一度実行してください",
    )


def _shown(path: Path) -> str:
    return "/".join(path.parts[-3:])


def _place_of(row: object) -> str:
    return "まだ行がありません" if pd.isna(row) else f"{row}行目"  # type: ignore[call-overload]


def _read_records(path: Path) -> list[list[str]]:
    content = io.StringIO(_decode(path), newline="")
    try:
        return list(csv.reader(content, strict=True)) or [[]]
    except csv.Error as error:
        raise StudyError(
            _shown(path),
            '引用符 " の対応がとれていません',
            action="Excel で開き、「CSV UTF-8(コンマ区切り)」で保存し直してください",
        ) from error


def _decode(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise StudyError(_shown(path), f"読めません({error.strerror})") from error
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise StudyError(_shown(path), "文字コードが分かりません", "UTF-8 か CP932(Shift_JIS)です")


def _read_row(cells: dict[str, str]) -> dict[str, str | None]:
    row = {name: cells.get(label, "").removeprefix(_GUARD) for label, name in _COLUMNS.items()}
    return {**row, "treatment": row["treatment"].strip() or None}


def _check_rows(path: Path, rows: Sequence[Mapping[str, object]]) -> None:
    first_row: dict[object, object] = {}
    for row in rows:
        where = f"{_shown(path)}: {row['row']}行目"
        if row["treatment"] not in (None, *TREATMENTS):
            raise StudyError(where, f"扱いが「{row['treatment']}」です", _ALLOWED)
        if not row["finding_id"]:
            raise StudyError(where, "番号が空です", action="番号を戻すか、その行を消してください")
        if row["finding_id"] in first_row:
            raise StudyError(
                where,
                f"番号 {row['finding_id']} は{first_row[row['finding_id']]}行目にもあります",
                "1つの番号は1行です",
                "どちらかの行を消してください",
            )
        first_row[row["finding_id"]] = row["row"]


def _shield(value: str) -> str:
    return _GUARD + value if value.startswith((*"=+-@\t\r", _GUARD)) else value
