"""Read a filled coding sheet back, naming every cell that needs another look."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from kyodo_analysis.errors import StudyError
from kyodo_analysis.tables import CODINGS
from kyodo_analysis.themes.human import layout
from kyodo_analysis.themes.human.sample import (
    ALL_OPINIONS,
    CodingSheetSettings,
    sample_opinions,
)

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_METHOD = "human"
_SHOWN_PROBLEMS = 20


@dataclass(frozen=True)
class _Row:
    """One filled row: its number in the sheet and its texts by header."""

    number: int
    cells: dict[str, str]

    @property
    def opinion_id(self) -> str:
        return self.cells[layout.ID_HEADER]


def read_coding_sheet(
    path: Path,
    opinions: pd.DataFrame,
    codes: Sequence[str],
    *,
    coder: str,
    settings: CodingSheetSettings = ALL_OPINIONS,
) -> pd.DataFrame:
    """Read a sheet that :func:`write_coding_sheet` wrote and a coder filled in.

    Rows and columns may have been moved; nothing else may have changed.

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
    sheet = _open(path)
    columns = _columns(sheet, codes, path.name)
    rows = _filled_rows(sheet, columns)
    sample = sample_opinions(opinions, settings)
    texts = dict(zip(sample["opinion_id"], sample["text"].map(layout.as_shown), strict=True))
    _report(
        [*_row_problems(rows, texts, columns), *_mark_problems(rows, codes, columns)], path.name
    )
    marked = {row.opinion_id: row.cells for row in rows}
    return CODINGS.make(
        {"opinion_id": opinion_id, "code": code, "coder": coder, "method": _METHOD}
        for opinion_id in opinions["opinion_id"]
        for code in codes
        if opinion_id in marked and marked[opinion_id][code]
    )


def _open(path: Path) -> "Worksheet":
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


def _columns(sheet: "Worksheet", codes: Sequence[str], file: str) -> dict[str, str]:
    """Map each header to its column letter."""
    found = {cell.column_letter: str(cell.value) for cell in sheet[1] if cell.value is not None}
    wanted = layout.sheet_headers(codes)
    missing = [header for header in wanted if header not in found.values()]
    problems = [
        f"{letter}1: 見出し「{header}」は元の表にありません"
        for letter, header in found.items()
        if header not in wanted
    ]
    problems += [f"1行目: 見出し「{header}」がありません" for header in missing]
    problems += [
        f"1行目: 見出し「{header}」が{times}つあります"
        for header, times in Counter(found.values()).items()
        if times > 1
    ]
    _report(problems, file)
    return {header: letter for letter, header in found.items()}


def _filled_rows(sheet: "Worksheet", columns: dict[str, str]) -> list[_Row]:
    rows = (
        _Row(
            number,
            {header: _text(sheet[f"{letter}{number}"].value) for header, letter in columns.items()},
        )
        for number in range(2, sheet.max_row + 1)
    )
    return [row for row in rows if any(row.cells.values())]


def _text(value: object) -> str:
    return "" if value is None else str(value).strip(" \u3000")


def _row_problems(
    rows: list[_Row], texts: dict[str, str], columns: dict[str, str]
) -> Iterator[str]:
    id_column, text_column = columns[layout.ID_HEADER], columns[layout.TEXT_HEADER]
    times = Counter(row.opinion_id for row in rows)
    for row in rows:
        if row.opinion_id not in texts:
            yield f"{id_column}{row.number}: 意見番号「{row.opinion_id}」は元の表にありません"
        elif times[row.opinion_id] > 1:
            yield f"{id_column}{row.number}: 意見番号「{row.opinion_id}」の行が二度あります"
        elif row.cells[layout.TEXT_HEADER] != texts[row.opinion_id].strip(" \u3000"):
            yield f"{text_column}{row.number}: 意見 {row.opinion_id} の文が元の文と違います"
    for opinion_id in texts:
        if opinion_id not in times:
            yield f"意見 {opinion_id} の行がありません"


def _mark_problems(
    rows: list[_Row], codes: Sequence[str], columns: dict[str, str]
) -> Iterator[str]:
    choices = [*codes, layout.NONE_HEADER]
    for row in rows:
        marks = {header: row.cells[header] for header in choices if row.cells[header]}
        for header, mark in marks.items():
            if mark not in layout.MARKS:
                yield f"{columns[header]}{row.number}: 「{mark}」は読めません(○ か空欄にします)"
        if not marks:
            yield f"{row.number}行目: ○ が1つもありません(なければ「該当なし」に ○ を付けます)"
        if layout.NONE_HEADER in marks and len(marks) > 1:
            yield (
                f"{columns[layout.NONE_HEADER]}{row.number}: "
                "テーマの ○ と「該当なし」の ○ が両方あります"
            )


def _report(problems: list[str], file: str) -> None:
    if problems:
        rest = len(problems) - _SHOWN_PROBLEMS
        lines = problems[:_SHOWN_PROBLEMS] + ([f"ほか{rest}か所"] if rest > 0 else [])
        raise StudyError(
            f"{file} のシート「{layout.SHEET}」",
            f"直すところが{len(problems)}か所あります\n  " + "\n  ".join(lines),
            action="その欄を直してから、もう一度読んでください",
        )
