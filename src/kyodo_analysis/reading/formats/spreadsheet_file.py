"""Whichever file an analyst has: its sheets, or its one table, as grids."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from kyodo_analysis.errors import ReadingError, StudyError
from kyodo_analysis.reading.formats.delimited import read_delimited
from kyodo_analysis.reading.formats.grid import Grid
from kyodo_analysis.reading.formats.workbook import WORKBOOKS, read_workbook

DELIMITED = (".csv", ".tsv", ".txt")


def read_grids(path: Path) -> tuple[Grid, ...]:
    """Read every sheet of a workbook, or the one table of a .csv, .tsv or .txt file.

    What empty sheets hold beside their cells is told with the first sheet that holds cells.

    Raises
    ------
    ReadingError
        When the file is of another kind, cannot be read, or holds no cell.
    """
    suffix = path.suffix.lower()
    if suffix not in (*WORKBOOKS, *DELIMITED):
        raise ReadingError(
            path.name,
            f"「{path.suffix}」のファイルは表として読めません",
            f"読めるのは {'、'.join((*WORKBOOKS, *DELIMITED[:2]))} です",
            "Excel で開き、「Excel ブック(.xlsx)」で保存し直してください",
        )
    grids = read_workbook(path) if suffix in WORKBOOKS else (read_delimited(path),)
    filled = [grid for grid in grids if not grid.is_blank]
    beside = [found for grid in grids if grid.is_blank for found in grid.findings]
    if not filled:
        outside = "。".join(
            f"{found['source']} に{found['check']}があります" for found in beside[:3]
        )
        raise ReadingError(
            path.name,
            "どのシートも空です" + (f"({outside})" if outside else ""),
            action="正しいファイルかを確かめてください",
        )
    first = replace(filled[0], findings=(*beside, *filled[0].findings))
    return (first, *filled[1:])


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
