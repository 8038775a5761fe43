"""Which sheets are read, and what of them Excel does not show."""

from collections.abc import Iterator, Sequence

from kyodo_analysis.reading.decisions.settings import SpreadsheetSettings
from kyodo_analysis.reading.findings import DOUBTFUL, Finding, finding
from kyodo_analysis.reading.formats.grid import Grid

_MOST_ROWS = 10


def sheets_read(grids: Sequence[Grid], settings: SpreadsheetSettings) -> list[Grid]:
    """Return the grids that `settings` name, in the order of the file."""
    others = [part.sheet for part in (settings.sessions, settings.attendance) if part]
    names = {settings.sheet or grids[0].sheet, *settings.more_sheets, *others}
    return [grid for grid in grids if grid.sheet in names]


def find_hidden(grids: Sequence[Grid]) -> Iterator[Finding]:
    """Say of each grid that was read whether it, or which of its rows, is hidden."""
    for grid in grids:
        if grid.is_hidden:
            note = "Excel で非表示のシートを読みました。公開してよいものかを確かめてください"
            yield finding("非表示のシート", DOUBTFUL, grid.source, f"{len(grid.cells)}行", note)
        if grid.hidden_rows:
            note = "Excel で非表示の行(フィルターで隠れた行も)を読みました。数えてよいかを確かめてください"
            yield finding("非表示の行", DOUBTFUL, grid.source, name_hidden_rows(grid), note)


def name_hidden_rows(grid: Grid) -> str:
    """Return how many rows are hidden, and the numbers of the first ones."""
    rows = grid.hidden_rows
    numbers = "・".join(map(str, rows[:_MOST_ROWS]))
    return f"{len(rows)}行({numbers}行目{' など' if len(rows) > _MOST_ROWS else ''})"
