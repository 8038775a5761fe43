"""Pieces of a table on several pages become one table."""

import re
import statistics
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kyodo_analysis.reading.formats.pdf.joining import full_line
from kyodo_analysis.reading.formats.pdf.lines import Line
from kyodo_analysis.reading.formats.pdf.page import PageCell, PageTable, Part

_SAME_EDGE = 4.0
_ENDED = re.compile(r"(?:[。．！？!?」』）)】…]|以上)\s*\Z")
_MOSTLY = 0.7
_SHORT = 12


@dataclass(frozen=True)
class TableCell:
    """A cell of a whole table: rows and columns from 0, and its parts page by page."""

    top: int
    left: int
    bottom: int
    right: int
    parts: tuple[Part, ...]

    @property
    def lines(self) -> list[Line]:
        """Its lines on all pages."""
        return [line for part in self.parts for line in part.lines]

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it."""
        return not any(line.text.strip() for line in self.lines)


@dataclass(frozen=True)
class WholeTable:
    """A table on all its pages.

    Parameters
    ----------
    xs : tuple of float
        The edges of its columns, as on its last page.
    cells : tuple of TableCell
        Its cells.
    n_rows : int
        How many rows it has.
    dropped : tuple of Part
        Its headers where they stand again on a further page.
    last_page : int
        The page on which it ends.
    is_open_below : bool
        Whether it ends without a rule, as a table does that goes on within a row.
    is_ruled : bool
        Whether rules part its cells.
    """

    xs: tuple[float, ...]
    cells: tuple[TableCell, ...]
    n_rows: int
    dropped: tuple[Part, ...]
    last_page: int
    is_open_below: bool
    is_ruled: bool

    @property
    def n_columns(self) -> int:
        """How many columns it has."""
        return len(self.xs) - 1

    def row(self, number: int) -> list[TableCell]:
        """Return the cells that cover a row."""
        return [cell for cell in self.cells if cell.top <= number <= cell.bottom]


def start_table(piece: PageTable) -> WholeTable:
    """Return a table that has only one piece yet."""
    cells = tuple(_whole(cell, 0) for cell in piece.cells)
    return WholeTable(
        piece.xs, cells, piece.n_rows, (), piece.page, piece.is_open_below, piece.is_ruled
    )


def _whole(cell: PageCell, down: int) -> TableCell:
    return TableCell(cell.top + down, cell.left, cell.bottom + down, cell.right, (cell.part,))


def goes_on(table: WholeTable, piece: PageTable) -> bool:
    """Tell whether `piece`, the first thing on the next page, is more of `table`."""
    if piece.page != table.last_page + 1 or len(piece.xs) != len(table.xs):
        return False
    if n_repeated(table, piece):
        return True
    if table.is_ruled != piece.is_ruled:
        return False
    pairs = zip(table.xs, piece.xs, strict=True)
    is_same = all(abs(before - after) <= _SAME_EDGE for before, after in pairs)
    return is_same if piece.is_ruled else True


def n_repeated(table: WholeTable, piece: PageTable) -> int:
    """Return how many rows at the head of `piece` are those at the head of `table` again."""
    n = 0
    while n < min(table.n_rows, piece.n_rows) and _row_text(table, n) == _piece_text(piece, n):
        n += 1
    ends = {cell.bottom for cell in piece.cells if cell.top < n}
    return n if n and max(ends, default=0) < n and any(_piece_text(piece, n - 1)) else 0


def _row_text(table: WholeTable, row: int) -> list[tuple[int, str]]:
    cells = (cell for cell in table.cells if cell.top == row)
    return sorted((cell.left, _plain("".join(x.text for x in cell.lines))) for cell in cells)


def _piece_text(piece: PageTable, row: int) -> list[tuple[int, str]]:
    return sorted((cell.left, _plain(cell.text)) for cell in piece.cells if cell.top == row)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def add_piece(table: WholeTable, piece: PageTable) -> WholeTable:
    """Return `table` with its piece on the next page: a row or merged cell that goes on is one."""
    skipped = n_repeated(table, piece)
    dropped = [cell.part for cell in piece.cells if cell.top < skipped and cell.part.lines]
    below = [replace_rows(cell, -skipped) for cell in piece.cells if cell.top >= skipped]
    if not below:
        return replace(
            table,
            dropped=(*table.dropped, *dropped),
            last_page=piece.page,
            is_open_below=piece.is_open_below,
        )
    is_one_row = _row_goes_on(table, below)
    down = table.n_rows - is_one_row
    cells = list(table.cells)
    for cell in below:
        above = _cell_above(cells, table.n_rows - 1, cell) if cell.top == 0 else None
        whole = _whole(cell, down)
        if above is not None and (is_one_row or _is_merged_on(table, above, cell, below)):
            cells[cells.index(above)] = replace(
                above, bottom=max(above.bottom, whole.bottom), parts=(*above.parts, *whole.parts)
            )
        else:
            cells.append(whole)
    return replace(
        table,
        xs=piece.xs,
        cells=tuple(cells),
        n_rows=down + piece.n_rows - skipped,
        dropped=(*table.dropped, *dropped),
        last_page=piece.page,
        is_open_below=piece.is_open_below,
    )


def replace_rows(cell: PageCell, down: int) -> PageCell:
    """Return the cell some rows further down."""
    return replace(cell, top=cell.top + down, bottom=cell.bottom + down)


def _cell_above(cells: Sequence[TableCell], row: int, cell: PageCell) -> TableCell | None:
    """Return the cell with the same columns that ends in `row`."""
    same = (
        above
        for above in cells
        if above.bottom == row and (above.left, above.right) == (cell.left, cell.right)
    )
    return next(same, None)


def _row_goes_on(table: WholeTable, below: Sequence[PageCell]) -> bool:
    """Tell whether the first row of the next page is the rest of the last row of this page."""
    last = [cell for cell in table.cells if cell.bottom == table.n_rows - 1]
    first = [cell for cell in below if cell.top == 0]
    if {(c.left, c.right) for c in last} != {(c.left, c.right) for c in first}:
        return False
    key = _key_column(table)
    if key is not None:
        cell = next((cell for cell in first if cell.left == key), None)
        return cell is not None and not cell.text
    if table.is_open_below:
        return True
    by_column = {cell.left: cell for cell in last}
    pairs = [(by_column[cell.left], cell) for cell in first if cell.text]
    is_cut = [_is_cut(above, _full(table, above)) for above, _ in pairs]
    is_whole = len(pairs) == len(first) and len(first) > 1
    return any(is_cut) and (not is_whole or all(is_cut))


def _full(table: WholeTable, cell: TableCell) -> float:
    """Return where full lines end in the cells with the same columns."""
    alike = [c for c in table.cells if (c.left, c.right) == (cell.left, cell.right)]
    return full_line(line for c in alike for line in c.lines)


def _is_cut(cell: TableCell, full: float) -> bool:
    """Tell whether the words of a cell stop at a full line within a sentence."""
    lines = cell.lines
    text = lines[-1].text if lines else ""
    if not text.strip() or _ENDED.search(text):
        return False
    return lines[-1].end >= full - 1.5 * lines[-1].em


def _key_column(table: WholeTable) -> int | None:
    """Return the first column that has a cell of its own, and words, in nearly every row."""
    rows = range(1, table.n_rows) if table.n_rows > 1 else range(table.n_rows)
    for column in range(table.n_columns):
        own = [
            cell
            for cell in table.cells
            if cell.left == cell.right == column and cell.top == cell.bottom and cell.top in rows
        ]
        filled = sum(not cell.is_blank for cell in own)
        if len(own) == len(rows) and filled >= max(1, _MOSTLY * len(rows)):
            return column if _is_short(own) else None
    return None


def _is_short(cells: Sequence[TableCell]) -> bool:
    lengths = [sum(len(line.glyphs) for line in cell.lines) for cell in cells]
    return statistics.median(lengths) <= _SHORT and max(lengths) <= 3 * _SHORT


def _is_merged_on(
    table: WholeTable, above: TableCell, cell: PageCell, below: Sequence[PageCell]
) -> bool:
    """Tell whether a merged cell goes on although a new row begins."""
    is_blank = not cell.text
    if not is_blank and not above.is_blank:
        return False
    if cell.bottom > cell.top or above.bottom > above.top:
        return True
    column = [c for c in table.cells if c.left == c.right == above.left and c.top > 0]
    rest = [c for c in below if c.left == c.right == above.left and c is not cell]
    has_merged = any(c.bottom > c.top for c in column) or any(c.bottom > c.top for c in rest)
    has_blank = any(c.is_blank and c.bottom == c.top for c in column)
    has_blank |= any(not c.text and c.bottom == c.top for c in rest)
    return is_blank and has_merged and not has_blank
