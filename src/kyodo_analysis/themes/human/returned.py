"""Read filled coding sheets back, naming every cell that needs another look."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from kyodo_analysis.errors import StudyError
from kyodo_analysis.files import read_study_rows
from kyodo_analysis.tables import CODINGS, FINDINGS
from kyodo_analysis.themes.human import sheet as layout
from kyodo_analysis.themes.human.sheet import ALL_OPINIONS, CodingSheetSettings, sample_opinions

SHEET_CHECK = "コーディングの表"
"""The check under which a finding says why a sheet was left out."""

_METHOD = "human"
_MOST_LINES = 4
_SHOWN_PROBLEMS = 20


@dataclass(frozen=True)
class _FilledRow:
    """One filled row: its number as Excel counts, its texts and its columns' letters by header."""

    number: int
    cells: dict[str, str]
    letters: Mapping[str, str]

    @property
    def opinion_id(self) -> str:
        return self.cells[layout.ID_HEADER]

    def place(self, header: str) -> str:
        """Return how Excel names its cell under `header`: ``C12``."""
        return f"{self.letters[header]}{self.number}"


def read_coding_sheets(
    folder: Path,
    opinions: pd.DataFrame,
    codes: list[str],
    *,
    settings: CodingSheetSettings = ALL_OPINIONS,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read every coding sheet in `folder`; the coder is named by the file.

    Of two files for one coder, a workbook goes before a CSV file.

    Parameters
    ----------
    folder : Path
        Where the sheets are put, and no other files; it may be missing.
    opinions, codes, settings
        As for :func:`~kyodo_analysis.themes.human.returned.read_coding_sheet`.

    Returns
    -------
    codings : CODINGS
        One row per ○ of the sheets that can be used.
    findings : FINDINGS
        One row per sheet that was left out, with the first of the reasons.
    """
    codings: dict[str, pd.DataFrame] = {}
    findings = []
    for path in _returned_files(folder):
        try:
            if path.stem in codings:
                raise StudyError(path.name, f"「{path.stem}」の表は、ほかにもあります")
            codings[path.stem] = read_coding_sheet(
                path, opinions, codes, coder=path.stem, settings=settings
            )
        except StudyError as error:
            findings.append(_left_out(path, error))
    given = pd.concat([CODINGS.make(), *codings.values()], ignore_index=True)
    return given, FINDINGS.make(findings)


def _returned_files(folder: Path) -> list[Path]:
    """List what a person put into `folder`, a workbook before a CSV file of the same name."""
    files = [path for path in folder.glob("[!~.]*") if path.is_file()]
    return sorted(files, key=lambda path: (path.stem, path.suffix.lower() == ".csv", path.suffix))


def _left_out(path: Path, error: StudyError) -> dict[str, str]:
    lines = [line.strip() for line in error.found.splitlines()]
    row = error.where.partition(f"{path.name}:")[2]
    return {
        "check": SHEET_CHECK,
        "result": "要確認",
        "source": f"coders/{path.name}" + (f":{row}" if row else ""),
        "found": "、".join(lines[:_MOST_LINES]) + ("、…" if len(lines) > _MOST_LINES else ""),
        "note": "この表を使わずに進みました。直すか、coders の外へ移してください",
    }


def read_coding_sheet(
    path: Path,
    opinions: pd.DataFrame,
    codes: Sequence[str],
    *,
    coder: str,
    settings: CodingSheetSettings = ALL_OPINIONS,
) -> pd.DataFrame:
    """Read a sheet that :func:`write_coding_sheet` wrote and a coder filled in.

    Rows and columns may have been moved, and the opinions' sheet saved as CSV; nothing else may
    have changed.

    Parameters
    ----------
    path : Path
        The returned file.
    opinions : pandas.DataFrame
        The opinions that the sheet was written from (OPINIONS).
    codes : sequence of str
        The codes that the sheet was written with.
    coder : str
        The coder's name, as it shall stand in the results.
    settings : CodingSheetSettings
        The settings that the sheet was written with.

    Returns
    -------
    pandas.DataFrame
        One row per ○, by opinion and code in their given order (CODINGS, method ``human``).

    Raises
    ------
    StudyError
        Names every cell that cannot be used: a header or a text that was changed, a row that is
        missing, added, double or left open, a mark other than ○.
    """
    rows = _read_filled_rows(path, codes)
    sample = sample_opinions(opinions, settings)
    texts = dict(zip(sample["opinion_id"], sample["text"].map(layout.as_shown), strict=True))
    _refuse(path, [*_row_problems(rows, texts), *_mark_problems(rows, codes)])
    marked = {row.opinion_id: row.cells for row in rows}
    return CODINGS.make(
        {"opinion_id": opinion_id, "code": code, "coder": coder, "method": _METHOD}
        for opinion_id in opinions["opinion_id"]
        for code in codes
        if opinion_id in marked and marked[opinion_id][code]
    )


def _row_problems(rows: list[_FilledRow], texts: dict[str, str]) -> Iterator[str]:
    times = Counter(row.opinion_id for row in rows)
    for row in rows:
        place = row.place(layout.ID_HEADER)
        if row.opinion_id not in texts:
            yield f"{place}: 意見番号「{row.opinion_id}」は元の表にありません"
        elif times[row.opinion_id] > 1:
            yield f"{place}: 意見番号「{row.opinion_id}」の行が二度あります"
        elif row.cells[layout.TEXT_HEADER] != texts[row.opinion_id].strip(" \u3000"):
            where = row.place(layout.TEXT_HEADER)
            yield f"{where}: 意見 {row.opinion_id} の文が元の文と違います"
    for opinion_id in texts:
        if opinion_id not in times:
            yield f"意見 {opinion_id} の行がありません"


def _mark_problems(rows: list[_FilledRow], codes: Sequence[str]) -> Iterator[str]:
    choices = [*codes, layout.NONE_HEADER]
    for row in rows:
        marks = {header: row.cells[header] for header in choices if row.cells[header]}
        for header, mark in marks.items():
            if mark not in layout.MARKS:
                yield f"{row.place(header)}: 「{mark}」は読めません(○ か空欄にします)"
        if not marks:
            yield f"{row.number}行目: ○ が1つもありません(なければ「該当なし」に ○ を付けます)"
        if layout.NONE_HEADER in marks and len(marks) > 1:
            place = row.place(layout.NONE_HEADER)
            yield f"{place}: テーマの ○ と「該当なし」の ○ が両方あります"


def _read_filled_rows(path: Path, codes: Sequence[str]) -> list[_FilledRow]:
    """Read the rows that hold anything, of a workbook or of a CSV file made from one."""
    is_csv = path.suffix.lower() == ".csv"
    return _read_csv(path, codes) if is_csv else _read_workbook(path, codes)


def _refuse(path: Path, problems: Sequence[str]) -> None:
    """Raise a :class:`StudyError` that names `problems`, if there are any."""
    if problems:
        rest = len(problems) - _SHOWN_PROBLEMS
        lines = [*problems[:_SHOWN_PROBLEMS], *([f"ほか{rest}か所"] if rest > 0 else [])]
        sheet = "" if path.suffix.lower() == ".csv" else f" のシート「{layout.SHEET}」"
        raise StudyError(
            f"{path.name}{sheet}",
            f"直すところが{len(problems)}か所あります\n  " + "\n  ".join(lines),
            action="その欄を直してから、もう一度読んでください",
        )


def _read_csv(path: Path, codes: Sequence[str]) -> list[_FilledRow]:
    from openpyxl.utils import get_column_letter

    rows = read_study_rows(path, required=layout.sheet_headers(codes), comments=False)
    headers = rows[0].cells if rows else ()
    letters = {header: get_column_letter(number) for number, header in enumerate(headers, start=1)}
    return [
        _FilledRow(row.number, {header: _text(cell) for header, cell in row.cells.items()}, letters)
        for row in rows
    ]


def _read_workbook(path: Path, codes: Sequence[str]) -> list[_FilledRow]:
    sheet = _open(path)
    found = {cell.column_letter: str(cell.value) for cell in sheet[1] if cell.value is not None}
    _refuse(path, list(_header_problems(found, codes)))
    letters = {header: letter for letter, header in found.items()}
    rows = (
        _FilledRow(
            number,
            {header: _text(sheet[f"{letter}{number}"].value) for header, letter in letters.items()},
            letters,
        )
        for number in range(2, sheet.max_row + 1)
    )
    return [row for row in rows if any(row.cells.values())]


def _open(path: Path) -> Any:
    from openpyxl import load_workbook

    try:
        book = load_workbook(path)
    except Exception:  # openpyxl raises whatever its XML and ZIP parsers raise
        raise StudyError(
            path.name,
            "Excel ファイル(.xlsx)として開けません(空か、壊れているか、パスワードが付いています)",
            action="開いたままなら閉じ、Excel で .xlsx として保存し直してください",
        ) from None
    if layout.SHEET not in book.sheetnames:
        raise StudyError(
            path.name,
            f"シート「{layout.SHEET}」がありません(あるのは {'、'.join(book.sheetnames)})",
            action="シートの名前を元に戻してください",
        )
    return book[layout.SHEET]


def _header_problems(found: Mapping[str, str], codes: Sequence[str]) -> Iterator[str]:
    wanted = layout.sheet_headers(codes)
    for letter, header in found.items():
        if header not in wanted:
            yield f"{letter}1: 見出し「{header}」は元の表にありません"
    times = Counter(found.values())
    for header in dict.fromkeys([*wanted, *found.values()]):
        if not times[header]:
            yield f"1行目: 見出し「{header}」がありません"
        elif times[header] > 1:
            yield f"1行目: 見出し「{header}」が{times[header]}つあります"


def _text(value: object) -> str:
    return "" if value is None else layout.as_shown(str(value)).strip(" \u3000")
