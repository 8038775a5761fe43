"""The small files that an analyst keeps in a study, as Excel and editors write them."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import pandas as pd

from kyodo_analysis.errors import ReadingError, StudyError, shown
from kyodo_analysis.files.formula_guard import unguard
from kyodo_analysis.files.text import read_text

_COMMENTS = ("#", '"#')
_SAVE_AGAIN = "Excel で開いて文字が正しく見えることを確かめ、「CSV UTF-8(コンマ区切り)」で保存し直してください"
_GARBLED = re.compile("[縺繧繝]")  # what the first bytes of kana become
_GARBLED_AT_LEAST = 4


@dataclass(frozen=True)
class StudyRow:
    """One row of a CSV file.

    Parameters
    ----------
    place : str
        File and row, as messages name them: ``studies/town/synonyms.csv:3行``.
    number : int
        The row as Excel counts, from 1.
    cells : dict of str to str
        By header, as written; the cells that a short row lacks are empty.
    """

    place: str
    number: int
    cells: dict[str, str]


def read_study_text(path: Path) -> str:
    """Return the text of a file, which may be empty.

    Raises
    ------
    StudyError
        When it cannot be opened or decoded, as :func:`~kyodo_analysis.files.read_text` says.
    """
    try:
        text = read_text(path, may_be_empty=True).text
    except ReadingError as error:
        where = shown(path) + error.where.removeprefix(path.name)
        action = _SAVE_AGAIN if path.suffix.lower() == ".csv" else error.action
        raise StudyError(where, error.found, error.allowed, action) from None
    if len(_GARBLED.findall(text)) >= _GARBLED_AT_LEAST:
        raise StudyError(
            shown(path),
            "文字化けしています(BOM の無いファイルを Excel で開き、そのまま保存したようです)",
            action="元のファイルに戻し、Excel では「データ」の「テキストまたは CSV から」で UTF-8 として開くか、"
            "メモ帳で「UTF-8(BOM 付き)」で保存してから Excel で開いてください",
        )
    return text


def read_study_csv(
    path: Path,
    columns: Sequence[str],
    *,
    may_be_empty: Sequence[str] = (),
    key: str | None = None,
) -> pd.DataFrame:
    """Read a CSV file as one table, in which no row is a comment.

    Parameters
    ----------
    path : Path
        In any encoding that :func:`~kyodo_analysis.files.read_text` reads.
    columns : sequence of str
        The headers that the file must have, in any order, and no others.
    may_be_empty : sequence of str, optional
        The columns in which a cell may be empty.
    key : str, optional
        The column in which nothing may stand twice.

    Returns
    -------
    DataFrame
        All of `columns`, in that order, as text exactly as written; one row per filled row.

    Raises
    ------
    StudyError
        Names the row and column that cannot be used.
    """
    filled = [column for column in columns if column not in may_be_empty]
    rows = read_study_rows(path, required=columns, filled=filled, key=key, comments=False)
    return pd.DataFrame([row.cells for row in rows], columns=list(columns), dtype="str")


def read_study_rows(
    path: Path,
    *,
    required: Sequence[str],
    optional: Sequence[str] | None = (),
    filled: Sequence[str] = (),
    key: str | None = None,
    comments: bool = True,
) -> list[StudyRow]:
    """Read the filled rows of a CSV file whose first one names the columns.

    Parameters
    ----------
    path : Path
        In any encoding that :func:`~kyodo_analysis.files.read_text` reads.
    required, optional : sequence of str
        The headers that must and may be there, in any order; with None for `optional` any other
        column may, and is passed over.
    filled : sequence of str
        The columns in which no cell may be empty.
    key : str, optional
        The column in which nothing may stand twice.
    comments : bool
        Whether a row that begins with # is none; not so where an opinion may be called ``#12``.

    Raises
    ------
    StudyError
        When the file cannot be read, lacks a column or has one that is not known, or a row has
        more cells than there are headers, an empty cell or a repeated one where none may be.
    """
    records = _filled_records(path, comments=comments)
    if (first := next(records, None)) is None:
        columns = ",".join([*required, *(optional or ())])
        raise StudyError(shown(path), "何も書かれていません", f"1行目は {columns} です")
    header = [name.strip() for name in first[1]]
    _check_header(_place(path, first[0]), header, required, optional)
    rows = [_named(header, cells, _place(path, number), number) for number, cells in records]
    _check_filled(rows, filled)
    if key is not None:
        _check_unique(rows, key)
    return rows


def _place(path: Path, number: int) -> str:
    return f"{shown(path)}:{number}行"


def _filled_records(path: Path, *, comments: bool) -> Iterator[tuple[int, list[str]]]:
    """Yield the number and the cells of each row with any words, a comment aside."""
    lines = io.StringIO(read_study_text(path), newline="")
    for number, line in enumerate(lines, start=1):
        if comments and line.startswith(_COMMENTS):
            continue
        try:
            cells = next(csv.reader(chain([line], lines), strict=True))
        except csv.Error:
            raise StudyError(
                _place(path, number),
                'CSV として読めません(引用符 " の対応がとれていません)',
                action="Excel で開き、「CSV UTF-8(コンマ区切り)」で保存し直してください",
            ) from None
        if filled := _without_empty_end(cells):
            yield number, filled


def _without_empty_end(cells: list[str]) -> list[str]:
    width = max((place for place, cell in enumerate(cells, start=1) if cell.strip()), default=0)
    return [unguard(cell) for cell in cells[:width]]


def _check_header(
    place: str, header: list[str], required: Sequence[str], optional: Sequence[str] | None
) -> None:
    known = header if optional is None else [*required, *optional]
    if set(required) <= set(header) <= set(known) and len(set(header)) == len(header):
        return
    allowed = (
        f"使えるのは {','.join(known)} で、{','.join(required)} は必要です"
        if optional
        else f"決まりは「{','.join(required)}」です"
    )
    found = f"見出しが「{','.join(header)}」です"
    raise StudyError(place, found, allowed, "見出しを直してください")


def _named(header: list[str], cells: list[str], place: str, number: int) -> StudyRow:
    if len(cells) > len(header):
        raise StudyError(
            place,
            f"{len(cells)}列あります",
            f"見出しは {','.join(header)} の{len(header)}列です",
            '「,」を含む言葉は " で囲んでください',
        )
    return StudyRow(
        place, number, dict.fromkeys(header, "") | dict(zip(header, cells, strict=False))
    )


def _check_filled(rows: Sequence[StudyRow], columns: Sequence[str]) -> None:
    for row in rows:
        if empty := [column for column in columns if not row.cells[column].strip()]:
            raise StudyError(
                row.place,
                f"「{empty[0]}」が空です",
                action="書き入れるか、その行を消してください",
            )


def _check_unique(rows: Sequence[StudyRow], key: str) -> None:
    first: dict[str, int] = {}
    for row in rows:
        value = row.cells[key].strip()
        if (earlier := first.setdefault(value, row.number)) != row.number:
            raise StudyError(
                row.place,
                f"{key}「{value}」は{earlier}行目にもあります",
                action="1行にまとめるか、どちらかの行を消してください",
            )
