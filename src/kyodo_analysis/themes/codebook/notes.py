"""What the analyst writes beside the rules: definitions, limits and examples of the themes."""

from collections.abc import Collection
from pathlib import Path

import pandas as pd

from kyodo_analysis.errors import StudyError
from kyodo_analysis.files import StudyRow, read_study_rows
from kyodo_analysis.tables import CODES
from kyodo_analysis.themes.codebook.tables import THEME_NOTES

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


def add_notes(codes: pd.DataFrame, notes: pd.DataFrame, *, known: Collection[str]) -> pd.DataFrame:
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
    for code, place in zip(notes["code"], notes["source"], strict=True):
        if code not in known:
            raise StudyError(
                place,
                f"コード「{code}」はコードブックにありません",
                f"あるのは {'、'.join(known)} です",
                "名前をそろえるか、その行を消してください",
            )
    described = codes[["code", "rule", "source"]].merge(
        notes.drop(columns="source"), on="code", how="left"
    )
    return CODES.check(described[CODES.names])
