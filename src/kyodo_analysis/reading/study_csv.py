"""The small CSV files of a study, as Excel writes them."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from kyodo_analysis.errors import StudyError
from kyodo_analysis.reading.files import read_text

FIRST_ROW = 2


def read_study_csv(
    path: Path, columns: Sequence[str], *, may_be_empty: Sequence[str] = ()
) -> pd.DataFrame:
    """Read a CSV file whose first row names its columns.

    Parameters
    ----------
    path : Path
        UTF-8 or CP932, as Excel saves it.
    columns : sequence of str
        The headers that the file must have, in any order, and no others.
    may_be_empty : sequence of str, optional
        The columns in which a cell may be empty.

    Returns
    -------
    DataFrame
        All of `columns`, in that order, as text exactly as written; row ``i`` (from 0) stands in
        row ``i + FIRST_ROW`` of the file, as Excel counts. Empty rows at the end are left out.

    Raises
    ------
    ReadingError
        When the file cannot be opened or decoded.
    StudyError
        Names the row and column that cannot be used.
    """
    rows = _rows(path)
    header = [name.strip() for name in rows[0]]
    if sorted(header) != sorted(columns):
        raise StudyError(
            f"{path.name}の1行目",
            f"見出しが「{','.join(header)}」です",
            f"決まりは「{','.join(columns)}」です",
            "見出しを直してください",
        )
    _check_cells(path.name, header, rows[1:], may_be_empty)
    return pd.DataFrame(rows[1:], columns=header, dtype="str")[list(columns)]


def _rows(path: Path) -> list[list[str]]:
    content = io.StringIO(read_text(path).text, newline="")
    try:
        rows = list(csv.reader(content, strict=True))
    except csv.Error:
        raise StudyError(
            path.name,
            'CSV として読めません(引用符 " の対応がとれていません)',
            action="Excel で開き、「CSV UTF-8(コンマ区切り)」で保存し直してください",
        ) from None
    last = max((row for row, cells in enumerate(rows) if any(cells)), default=0)
    return rows[: last + 1]


def _check_cells(
    name: str, header: list[str], rows: list[list[str]], may_be_empty: Sequence[str]
) -> None:
    for number, cells in enumerate(rows, start=FIRST_ROW):
        if not any(cells):
            raise StudyError(f"{name}の{number}行目", "空の行です", action="その行を消してください")
        if len(cells) != len(header):
            raise StudyError(
                f"{name}の{number}行目",
                f"{len(cells)}列あります",
                f"決まりは {len(header)} 列です",
                '読点ではない「,」を含む言葉は " で囲んでください',
            )
        empty = [
            column
            for column, cell in zip(header, cells, strict=True)
            if not cell.strip() and column not in may_be_empty
        ]
        if empty:
            raise StudyError(
                f"{name}の{number}行目",
                f"「{empty[0]}」が空です",
                action="書き入れるか、その行を消してください",
            )
