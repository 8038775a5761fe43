"""Ruled tables: where rules cross, cells; where no edge is drawn between cells, a merged one."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kyodo_analysis.reading.formats.pdf.geometry import Box
from kyodo_analysis.reading.formats.pdf.rules import Rule, Rules

_TOUCH = 5.0
_SNAP = 6.8  # wider than the widest double rule, narrower than the lowest row
_COVERED = 0.6
_SLACK = 2.0
_MOST_CROSSINGS = 4_000_000


@dataclass(frozen=True)
class Cell:
    """One cell: its first and last row and column (from 0), and its box."""

    top: int
    left: int
    bottom: int
    right: int
    box: Box


@dataclass(frozen=True)
class Lattice:
    """A ruled table: the edges of its columns and rows, and its cells from above, from the left."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[Cell, ...]
    is_open_below: bool = False

    @property
    def box(self) -> Box:
        """All of it."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def cell_at(self, x: float, y: float) -> Cell | None:
        """Return the cell at a point; None outside."""
        if not self.box.holds(x, y, slack=_SLACK):
            return None
        column = min(max(bisect_right(self.xs, x) - 1, 0), len(self.xs) - 2)
        row = min(max(bisect_right(self.ys, y) - 1, 0), len(self.ys) - 2)
        inside = (c for c in self.cells if c.top <= row <= c.bottom and c.left <= column <= c.right)
        return next(inside, None)


def find_lattices(rules: Rules) -> list[Lattice]:
    """Return the ruled tables of a page, from above; a frame around other things is none."""
    groups = _groups(rules)
    found = [_lattice(*group) for group in groups]
    tables = [table for table in found if table and len(table.cells) > 1]
    return sorted(_without_inner(tables), key=lambda table: (table.ys[0], table.xs[0]))


def _groups(rules: Rules) -> list[tuple[list[Rule], list[Rule]]]:
    """Return the rules that hang together."""
    across, down = rules.horizontal, rules.vertical
    if len(across) * len(down) > _MOST_CROSSINGS:
        return []
    group_of = list(range(len(across) + len(down)))

    def find(i: int) -> int:
        while group_of[i] != i:
            group_of[i] = group_of[group_of[i]]
            i = group_of[i]
        return i

    for i, h in enumerate(across):
        for j, v in enumerate(down):
            if (
                h.start - _TOUCH <= v.at <= h.end + _TOUCH
                and v.start - _TOUCH <= h.at <= v.end + _TOUCH
            ):
                group_of[find(i)] = find(len(across) + j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = defaultdict(lambda: ([], []))
    for i, rule in enumerate([*across, *down]):
        groups[find(i)][i >= len(across)].append(rule)
    return [group for group in groups.values() if group[0] and group[1]]


def _lattice(across: Sequence[Rule], down: Sequence[Rule]) -> Lattice | None:
    ends = [end for h in across for end in (h.start, h.end)]
    xs = _snap([*(v.at for v in down), min(ends), max(ends)])
    ends = [end for v in down for end in (v.start, v.end)]
    ys = _snap([*(h.at for h in across), min(ends), max(ends)])
    if len(xs) < 2 or len(ys) < 2:
        return None
    has_right = _edges(down, xs, ys)  # (column's right edge, row)
    has_bottom = _edges(across, ys, xs)  # (row's bottom edge, column)
    cells = _merge(xs, ys, has_right, has_bottom)
    is_open = not any((len(ys) - 1, column) in has_bottom for column in range(len(xs) - 1))
    return Lattice(xs, ys, cells, is_open)


def _snap(places: Iterable[float]) -> tuple[float, ...]:
    groups: list[list[float]] = []
    for place in sorted(places):
        if groups and place - groups[-1][0] <= _SNAP:
            groups[-1].append(place)
        else:
            groups.append([place])
    return tuple(sum(group) / len(group) for group in groups)


def _edges(
    rules: Iterable[Rule], places: Sequence[float], along: Sequence[float]
) -> set[tuple[int, int]]:
    """Return which edges are drawn: the number of the line, and of the cell along it."""
    covered: dict[tuple[int, int], float] = defaultdict(float)
    for rule in rules:
        line = min(range(len(places)), key=lambda i: abs(places[i] - rule.at))
        for number, (start, end) in enumerate(pairwise(along)):
            overlap = min(rule.end, end) - max(rule.start, start)
            if overlap > 0:
                covered[line, number] += overlap / (end - start)
    return {edge for edge, share in covered.items() if share >= _COVERED}


def _merge(
    xs: Sequence[float],
    ys: Sequence[float],
    has_right: set[tuple[int, int]],
    has_bottom: set[tuple[int, int]],
) -> tuple[Cell, ...]:
    """Return rectangular cells: each grows right, then down, as far as no edge is in its way."""
    n_rows, n_columns = len(ys) - 1, len(xs) - 1
    taken: set[tuple[int, int]] = set()
    cells = []
    for top in range(n_rows):
        for left in range(n_columns):
            if (top, left) in taken:
                continue
            right = left
            while (
                right + 1 < n_columns
                and (right + 1, top) not in has_right
                and (top, right + 1) not in taken
            ):
                right += 1
            bottom = top
            columns = range(left, right + 1)
            while bottom + 1 < n_rows and _is_one_with_next(bottom, columns, has_right, has_bottom):
                bottom += 1
            taken |= {(row, column) for row in range(top, bottom + 1) for column in columns}
            box = Box(xs[left], ys[top], xs[right + 1], ys[bottom + 1])
            cells.append(Cell(top, left, bottom, right, box))
    return tuple(cells)


def _is_one_with_next(
    row: int,
    columns: range,
    has_right: set[tuple[int, int]],
    has_bottom: set[tuple[int, int]],
) -> bool:
    is_open = not any((row + 1, column) in has_bottom for column in columns)
    return is_open and not any((column + 1, row + 1) in has_right for column in columns[:-1])


def _without_inner(tables: Sequence[Lattice]) -> list[Lattice]:
    """Leave out tables that lie in a cell of another one."""
    return [
        table
        for table in tables
        if not any(
            _is_inside(table, cell)
            for other in tables
            if other is not table
            for cell in other.cells
        )
    ]


def _is_inside(table: Lattice, cell: Cell) -> bool:
    x, y = (table.xs[0] + table.xs[-1]) / 2, (table.ys[0] + table.ys[-1]) / 2
    return cell.box.holds(x, y) and table.box.width * table.box.height < (
        cell.box.width * cell.box.height
    )
