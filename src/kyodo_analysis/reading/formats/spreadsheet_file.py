"""Whichever file an analyst has: its sheets, or its one table, as grids."""

from collections.abc import Sequence
from pathlib import Path

from kyodo_analysis.errors import ReadingError, StudyError
from kyodo_analysis.reading.formats.delimited import read_delimited
from kyodo_analysis.reading.formats.grid import Grid
from kyodo_analysis.reading.formats.workbook import read_workbook

DELIMITED = (".csv", ".tsv", ".txt")


def read_grids(path: Path) -> tuple[Grid, ...]:
    """Read every sheet of an .xlsx file, or the one table of a .csv, .tsv or .txt file.

    Raises
    ------
    ReadingError
        When the file is of another kind, cannot be read, or holds no cell.
    """
    suffix = path.suffix.lower()
    if suffix not in (".xlsx", *DELIMITED):
        raise ReadingError(
            path.name,
            f"「{path.suffix}」のファイルは表として読めません",
            "読めるのは .xlsx、.csv、.tsv です",
            "Excel で開き、「Excel ブック(.xlsx)」で保存し直してください",
        )
    grids = read_workbook(path) if suffix == ".xlsx" else (read_delimited(path),)
    filled = tuple(grid for grid in grids if not grid.is_blank)
    if not filled:
        raise ReadingError(
            path.name, "どのシートも空です", action="正しいファイルかを確かめてください"
        )
    return filled


def find_sheet(grids: Sequence[Grid], name: str | None, setting: str) -> Grid:
    """Return the grid called `name`; the first one where it is None.

    Raises
    ------
    StudyError
        When there is no such sheet; says `setting` and what there is.
    """
    if name is None:
        return grids[0]
    try:
        return next(grid for grid in grids if grid.sheet == name)
    except StopIteration:
        sheets = "、".join(f"「{grid.sheet}」" for grid in grids if grid.sheet)
        raise StudyError(
            setting,
            f"「{name}」というシートがありません",
            f"{grids[0].file} のシートは {sheets} です"
            if sheets
            else f"{grids[0].file} にはシートがありません",
        ) from None
