"""A figure in the making: text that fits, rows in millimetres, notes below, height as needed."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

from kyodo_analysis.charts.style import Style
from kyodo_analysis.errors import NotInDataError, TableError
from kyodo_analysis.lettering import (
    FAMILY,
    LINE_MM,
    POINTS,
    SUBSTITUTE,
    readable,
    stacked,
    width_mm,
    wrap,
    wrap_evenly,
)

MM_PER_INCH = 25.4
EDGE_MM = 2.0
PAGE_MM = 220.0
"""The height of a drawing that leaves room on A4 for title, notes and margins."""

_TALLEST_MM = 247.0

_ROW_GAP_MM = 1.2
_START_MM = 400.0
_HEAD_LINES = 6
_BETWEEN_HEADS_MM = 0.8

Millimetres = npt.NDArray[np.float64]


def require_columns(table: pd.DataFrame, *names: str, may_be_empty: bool = False) -> None:
    """Raise TableError unless `table` has the columns `names`, and rows."""
    if lacking := [name for name in names if name not in table.columns]:
        raise TableError(
            "図にする表",
            f"列 {'、'.join(lacking)} がありません",
            f"必要な列は {'、'.join(names)} です",
        )
    if table.empty and not may_be_empty:
        raise TableError("図にする表", "行が1つもないため、図にできません")


def require_some(counts: pd.DataFrame) -> None:
    """Raise NotInDataError if there is nothing but zeros to draw."""
    if not counts.to_numpy(dtype="float64", na_value=np.nan).any():
        raise NotInDataError("図", "数がすべて0件のため、図にしません")


@dataclass
class Canvas:
    """One figure while it is drawn.

    Parameters
    ----------
    figure : Figure
    style : Style
    is_own : bool
        Whether the figure was made for it, so that its height may change.
    notes : list of str
        What is printed below the axes, a line or more each.
    """

    figure: Figure
    style: Style
    is_own: bool = True
    notes: list[str] = field(default_factory=list)
    _lacking: set[str] = field(default_factory=set)

    def text(self, value: object) -> str:
        """Return `value` as the font can draw it; what it lacks is kept for a note."""
        drawn, lacking = readable(str(value))
        self._lacking.update(lacking)
        return drawn

    def lines(self, value: object, mm: float) -> str:
        """Return `value` broken into lines of at most `mm`."""
        return "\n".join(wrap(self.text(value).strip(), mm))

    def labels(self, values: Iterable[object], *, share: float = 0.36) -> list[str]:
        """Return row labels broken to at most a `share` of the figure's width."""
        mm = self.style.width_mm * share
        return ["\n".join(_evenly(parts, mm)) for parts in self._parts(values)]

    def rows(
        self, table: pd.DataFrame, name: str, *, size: str | None = None, least: float = 0.0
    ) -> tuple[pd.DataFrame, list[str]]:
        """Return the rows that one page holds, and their labels; what is left out is noted.

        The largest by `size` are kept, in their order; without it the first.
        """
        labels = self.labels(table[name])
        sizes = range(len(table), 0, -1) if size is None else table[size]
        kept, note = keep_largest(np.diff(row_edges(labels, least=least)), sizes)
        self.notes += note
        return table[kept], [label for label, is_kept in zip(labels, kept, strict=True) if is_kept]

    def heads(self, values: Iterable[object], slots: Iterable[float]) -> list[str]:
        """Return column heads that fit slots of so many mm: level if all can be, else stacked."""
        parts, inner = self._parts(values), [slot - _BETWEEN_HEADS_MM for slot in slots]
        level = [_evenly(head, mm) for head, mm in zip(parts, inner, strict=True)]
        are_level = all(
            len(lines) <= _HEAD_LINES and widest_mm(lines) <= mm
            for lines, mm in zip(level, inner, strict=True)
        )
        if are_level:
            return ["\n".join(lines) for lines in level]
        return [stacked(" ".join(head)) for head in parts]

    def _parts(self, values: Iterable[object]) -> list[list[str]]:
        return [[self.text(part).strip() for part in str(value).splitlines()] for value in values]

    def finish(self, axes: Sequence[Axes], *, height_mm: float, n_rows: int = 1) -> None:
        """Give each of the axes a height, and print the notes below them.

        Raises
        ------
        NotInDataError
            The drawing is taller than A4.
        """
        if (tall := height_mm * n_rows) > _TALLEST_MM:
            raise NotInDataError(
                "図",
                f"高さが{tall:.0f} mmになり、A4の紙1枚に入りません",
                action="同じ数値の表をご覧ください",
            )
        if self._lacking:
            self.notes.append(_say_lacking(self._lacking))
        for text in chain.from_iterable(ax.findobj(Text) for ax in axes):
            text.set(fontfamily=FAMILY, parse_math=False)
        self._print_notes()
        self._lay_out()
        if self.is_own:
            drawn = axes[-1].get_window_extent().height / self.figure.dpi
            lacking = height_mm / MM_PER_INCH - drawn
            self.figure.set_figheight(self.figure.get_figheight() + lacking * n_rows)
            self._lay_out()

    def _lay_out(self) -> None:
        if (engine := self.figure.get_layout_engine()) is not None:
            engine.execute(self.figure)

    def _print_notes(self) -> None:
        mm = self.style.width_mm - 2 * EDGE_MM
        notes = [self.figure.get_supxlabel(), *(self.lines(note, mm) for note in self.notes)]
        left = EDGE_MM / self.style.width_mm
        text = "\n".join(filter(None, notes))
        self.figure.supxlabel(text, x=left, ha="left", fontfamily=FAMILY, fontsize=POINTS)


def _evenly(parts: Iterable[str], mm: float) -> list[str]:
    return [line.strip() for part in parts for line in wrap_evenly(part, mm)]


def _say_lacking(lacking: set[str]) -> str:
    named = "、".join(f"U+{ord(character):04X}" for character in sorted(lacking))
    return f"{SUBSTITUTE} は図の書体にない文字({len(lacking)}種: {named})"


@contextmanager
def new_canvas(style: Style, ax: Axes | None = None) -> Iterator[tuple[Canvas, Axes]]:
    """Open a canvas of one axes in the given style: `ax` if there is one, else a new figure.

    A figure that cannot be finished is closed, so that no notebook shows half of it.
    """
    is_own = ax is None
    with style.drawing():
        if ax is None:
            _, ax = plt.subplots(figsize=(style.width_mm / MM_PER_INCH, _START_MM / MM_PER_INCH))
        canvas = Canvas(ax.get_figure(root=True), style, is_own)  # type: ignore[arg-type]
        try:
            yield canvas, ax
        except Exception:
            if is_own:
                plt.close(canvas.figure)
            raise


def row_edges(
    labels: Sequence[str], *, least: float = 0.0, gap: float = _ROW_GAP_MM
) -> Millimetres:
    """Return the edges of rows, in mm from the top, each as tall as its label needs."""
    heights = [max(least, (label.count("\n") + 1) * LINE_MM + gap) for label in labels]
    return np.concatenate([[0.0], np.cumsum(heights)])


def keep_largest(
    lengths: npt.ArrayLike, sizes: Iterable[float], unit: str = "行", room: float = PAGE_MM
) -> tuple[npt.NDArray[np.bool_], list[str]]:
    """Say which parts, of so many mm each, have room: the largest; and note what is left out.

    Returns
    -------
    kept : ndarray of bool
        At least one. A part has room only if all larger ones have.
    note : list of str
        Empty where everything is kept.
    """
    order = np.argsort(-np.asarray(list(sizes), dtype=np.float64), kind="stable")
    n_kept = max(1, int((np.cumsum(np.asarray(lengths)[order]) <= room).sum()))
    kept = np.zeros(len(order), dtype=bool)
    kept[order[:n_kept]] = True
    n_left_out = len(order) - n_kept
    return kept, [
        f"紙1枚に収めるため、数の多い{n_kept}{unit}だけを図にしました。"
        f"ほかの{n_left_out}{unit}は表にだけあります"
    ] * (n_left_out > 0)


def middles(edges: Millimetres) -> Millimetres:
    """Return the middle of each row."""
    return (edges[:-1] + edges[1:]) / 2


def label_rows(ax: Axes, edges: Millimetres, labels: Sequence[str]) -> None:
    """Lay rows from top to bottom, with their labels at the left and no ticks or frame."""
    ax.set_ylim(edges[-1], 0)
    ax.set_yticks(middles(edges), labels=labels)
    ax.tick_params(axis="y", length=0)
    ax.spines[["top", "right", "bottom"]].set_visible(False)


def widest_mm(labels: Iterable[str]) -> float:
    """Return the width of the widest line among labels of one or more lines."""
    return max((width_mm(line) for label in labels for line in label.split("\n")), default=0.0)
