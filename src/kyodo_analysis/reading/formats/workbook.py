"""A workbook as grids: the values that it was saved with, nothing ever computed."""

import io
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kyodo_analysis.errors import KyodoError, ReadingError
from kyodo_analysis.reading.findings import DOUBTFUL, Finding, finding
from kyodo_analysis.reading.formats.besides import FAR, NOT_SEEN
from kyodo_analysis.reading.formats.grid import Grid, Merge, as_cells, as_text, check_size, is_given
from kyodo_analysis.reading.formats.ods_look import look_into_ods
from kyodo_analysis.reading.formats.office_file import broken_file, open_office_file
from kyodo_analysis.reading.formats.sheet_look import SheetLook
from kyodo_analysis.reading.formats.xlsx_look import look_into_xlsx

WORKBOOKS = (".xlsx", ".xls", ".xlsb", ".ods")
_FAR_COLUMNS, _FAR_ROWS, _MOST_STRAYS = 50, 5000, 100
_TRY = """
import contextlib, io, sys
from python_calamine import CalamineWorkbook
with contextlib.suppress(BaseException):
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
    for name in workbook.sheet_names:
        workbook.get_sheet_by_name(name)
"""
_MOST_SECONDS = 60


def read_workbook(path: Path) -> tuple[Grid, ...]:
    """Read every sheet of a workbook; what stands outside the cells becomes findings of its grid.

    A formula gives the value that was last computed, or itself where none was kept.

    Raises
    ------
    ReadingError
        When the file may not be opened (:mod:`~kyodo_analysis.reading.formats.office_file`), is
        broken or too large, lacks a sheet that it lists, or when the places of its cells
        contradict each other.
    """
    with open_office_file(path) as content:
        suffix = path.suffix.lower()
        if suffix == ".xlsx":
            looks = look_into_xlsx(path.name, content)
        elif suffix == ".ods":
            looks = look_into_ods(path.name, content)
        else:
            looks = []
            _try_beside(path, content.getvalue())
        with _opened(path, content) as workbook:
            unseen = finding("確かめられないこと", DOUBTFUL, path.name, suffix, NOT_SEEN)
            return tuple(_grids(path.name, workbook, looks, [] if looks else [unseen]))


def _try_beside(path: Path, content: bytes) -> None:
    """Open a file of a binary format in a process of its own first, which damage may bring down."""
    try:
        ended = subprocess.run(
            [sys.executable, "-c", _TRY], input=content, capture_output=True, timeout=_MOST_SECONDS
        )
    except subprocess.TimeoutExpired:
        raise broken_file(path) from None
    if ended.returncode:
        raise broken_file(path)


@contextmanager
def _opened(path: Path, content: io.BytesIO) -> Iterator[Any]:
    """Open a workbook with calamine, whose parser panics at some broken files."""
    from python_calamine import CalamineWorkbook, PasswordError

    content.seek(0)
    try:
        with _silent_panics(), CalamineWorkbook.from_filelike(content) as workbook:
            yield workbook
    except PasswordError:
        raise ReadingError(
            path.name,
            "パスワードが付いています",
            "読めるのは、パスワードの無いファイルです",
            "パスワードを外して保存し直してください",
        ) from None
    except (KyodoError, MemoryError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException:
        raise broken_file(path) from None


@contextmanager
def _silent_panics() -> Iterator[None]:
    """Keep what the library's parser says of its panics, in English, from the analyst's screen."""
    try:
        shown, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    except OSError:  # there is no screen, as under pythonw
        yield
        return
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(shown, 2)
        os.close(shown)
        os.close(nowhere)


def _grids(
    file: str, workbook: Any, looks: Sequence[SheetLook], findings: Sequence[Finding]
) -> Iterator[Grid]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    described = [m for m in workbook.sheets_metadata if m.typ == SheetTypeEnum.WorkSheet]
    if looks and [look.name for look in looks] != [sheet.name for sheet in described]:
        raise ValueError("the sheets that two parsers find differ")
    for number, sheet in enumerate(described):
        look = looks[number] if looks else SheetLook(sheet.name)
        yield _grid(
            file,
            workbook.get_sheet_by_name(sheet.name),
            look,
            is_hidden=sheet.visible != SheetVisibleEnum.Visible,
            findings=[] if number else findings,
        )


def _grid(
    file: str, sheet: Any, look: SheetLook, *, is_hidden: bool, findings: Sequence[Finding]
) -> Grid:
    where = f"{file}:{sheet.name}"
    check_size(sheet.total_height, sheet.total_width, where)
    values = _values(sheet.to_python(skip_empty_area=False))
    cells, strays = _without_strays(look.mend(values))
    merged = [Merge(t + 1, left, b + 1, r) for (t, left), (b, r) in sheet.merged_cell_ranges or []]
    whole = Grid(file, sheet.name, as_cells(cells))
    grid = replace(
        whole,
        merged=tuple(merge for merge in [*merged, *look.merged] if merge[:2] != merge[2:]),
        formulas=look.formulas,
        is_hidden=is_hidden,
        hidden=frozenset(look.hidden),
        hidden_spans=tuple(look.hidden_spans),
    )
    far = [
        finding("離れたセル", DOUBTFUL, grid.place(row, column), as_text(value), FAR)
        for row, column, value in strays
    ]
    return replace(grid, findings=(*findings, *look.findings, *look.about_cells(grid), *far))


def _values(rows: list[list[Any]]) -> NDArray[Any]:
    """Return what the library read, None where a cell is empty, each different string once."""
    strings: dict[str, str | None] = {"": None}
    height, width = len(rows), len(rows[0]) if rows else 0
    values = np.empty((height, width), dtype=object)
    for number, row in enumerate(rows):
        values[number] = [
            strings.setdefault(value, value) if type(value) is str else value for value in row
        ]
        row.clear()
    return values


def _without_strays(values: NDArray[Any]) -> tuple[NDArray[Any], list[tuple[int, int, Any]]]:
    """Take off the few cells that stand far right of or far below all others.

    Returns
    -------
    values : array
        The rest.
    strays : list
        Row (from 1), column (from 0) and value of each cell that was taken off.
    """
    is_filled = is_given(values)
    ends = []
    for axis, far in ((0, _FAR_ROWS), (1, _FAR_COLUMNS)):
        filled = np.flatnonzero(is_filled.any(axis=1 - axis))
        gaps = np.flatnonzero(np.diff(filled) > far)
        ends.append(int(filled[gaps[0]]) + 1 if len(gaps) else values.shape[axis])
    height, width = ends
    beyond = is_filled.copy()
    beyond[:height, :width] = False
    if beyond.sum() > _MOST_STRAYS:
        return values, []
    rows, columns = np.nonzero(beyond)
    strays = [(int(r) + 1, int(c), values[r, c]) for r, c in zip(rows, columns, strict=True)]
    return values[:height, :width], strays
