"""What the analyst writes beside the rules: definitions, limits and examples of the themes."""

import csv
from collections.abc import Collection, Iterator
from pathlib import Path

import pandas as pd

from kyodo_analysis.errors import StudyError
from kyodo_analysis.tables import CODES
from kyodo_analysis.themes.codebook.decoding import read_decoded
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
        The headers differ, a row has no code or too many cells, or a code comes twice.
    """
    rows = list(_filled_rows(path))
    if not rows or rows[0][1] != _HEADERS:
        raise StudyError(
            rows[0][0] if rows else path.name,
            f"見出しが「{','.join(rows[0][1]) if rows else ''}」です",
            f"決まりは「{','.join(_HEADERS)}」です",
            "見出しを直してください",
        )
    first: dict[str, str] = {}
    for place, cells in rows[1:]:
        _check_row(place, cells, first)
    names = [column.name for column in _FIELDS]
    return THEME_NOTES.make(
        dict(zip(names, (cell or None for cell in cells), strict=True)) | {"source": place}
        for place, cells in rows[1:]
    )


def _filled_rows(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield the place and the cells of each row that is neither empty nor a comment."""
    reader = csv.reader(read_decoded(path).splitlines(keepends=True), strict=True)
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if any(cells) and not cells[0].startswith("#"):
                yield f"{path.name}:{reader.line_num}行", cells
    except csv.Error:
        raise StudyError(
            f"{path.name}:{reader.line_num}行",
            'CSV として読めません(引用符 " の対応がとれていません)',
            action="Excel で開き、「CSV UTF-8(コンマ区切り)」で保存し直してください",
        ) from None


def _check_row(place: str, cells: list[str], first: dict[str, str]) -> None:
    if len(cells) != len(_HEADERS):
        raise StudyError(
            place,
            f"{len(cells)}列あります",
            f"決まりは{len(_HEADERS)}列です",
            '「,」を含む言葉は " で囲んでください',
        )
    if not cells[0]:
        raise StudyError(place, "コードが空です", action="コードの名前を書いてください")
    if (earlier := first.setdefault(cells[0], place)) != place:
        raise StudyError(
            place, f"コード「{cells[0]}」は {earlier} にもあります", action="1行にまとめてください"
        )


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
