"""The rows of a returned coding sheet, however it was saved: texts by their headers."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kyodo_analysis.errors import StudyError
from kyodo_analysis.files import read_study_rows
from kyodo_analysis.themes.human import layout

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_SHOWN_PROBLEMS = 20


@dataclass(frozen=True)
class FilledRow:
    """One filled row.

    Parameters
    ----------
    number : int
        The row as Excel counts.
    cells : dict of str to str
        Its texts by header.
    letters : mapping of str to str
        Each header's column.
    """

    number: int
    cells: dict[str, str]
    letters: Mapping[str, str]

    @property
    def opinion_id(self) -> str:
        """The opinion that it is about."""
        return self.cells[layout.ID_HEADER]

    def place(self, header: str) -> str:
        """Return how Excel names its cell under `header`: ``C12``."""
        return f"{self.letters[header]}{self.number}"


def read_filled_rows(path: Path, codes: Sequence[str]) -> list[FilledRow]:
    """Read the rows that hold anything, of a workbook or of a CSV file made from one.

    Raises
    ------
    StudyError
        When the file cannot be read, or its headers are not those of `codes`.
    """
    is_csv = path.suffix.lower() == ".csv"
    return _read_csv(path, codes) if is_csv else _read_workbook(path, codes)


def refuse(path: Path, problems: Sequence[str]) -> None:
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


def _read_csv(path: Path, codes: Sequence[str]) -> list[FilledRow]:
    from openpyxl.utils import get_column_letter

    rows = read_study_rows(path, required=layout.sheet_headers(codes), comments=False)
    headers = rows[0].cells if rows else ()
    letters = {header: get_column_letter(number) for number, header in enumerate(headers, start=1)}
    return [
        FilledRow(row.number, {header: _text(cell) for header, cell in row.cells.items()}, letters)
        for row in rows
    ]


def _read_workbook(path: Path, codes: Sequence[str]) -> list[FilledRow]:
    sheet = _open(path)
    found = {cell.column_letter: str(cell.value) for cell in sheet[1] if cell.value is not None}
    refuse(path, _header_problems(found, codes))
    letters = {header: letter for letter, header in found.items()}
    rows = (
        FilledRow(
            number,
            {header: _text(sheet[f"{letter}{number}"].value) for header, letter in letters.items()},
            letters,
        )
        for number in range(2, sheet.max_row + 1)
    )
    return [row for row in rows if any(row.cells.values())]


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


def _header_problems(found: Mapping[str, str], codes: Sequence[str]) -> list[str]:
    wanted = layout.sheet_headers(codes)
    return [
        *(
            f"{letter}1: 見出し「{header}」は元の表にありません"
            for letter, header in found.items()
            if header not in wanted
        ),
        *(
            f"1行目: 見出し「{header}」がありません"
            for header in wanted
            if header not in found.values()
        ),
        *(
            f"1行目: 見出し「{header}」が{times}つあります"
            for header, times in Counter(found.values()).items()
            if times > 1
        ),
    ]


def _text(value: object) -> str:
    return "" if value is None else layout.as_shown(str(value)).strip(" \u3000")
