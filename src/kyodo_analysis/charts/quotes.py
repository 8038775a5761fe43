"""Voices beside their number: whole quotes, the words that were coded underlined."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, chain, islice, pairwise
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from kyodo_analysis.charts.canvas import (
    EDGE_MM,
    PAGE_MM,
    Canvas,
    new_canvas,
    require_columns,
    require_some,
)
from kyodo_analysis.charts.style import GUIDE, INK, LINE_POINTS, PRINT, Style
from kyodo_analysis.lettering import LINE_MM, readable, width_mm, wrap

_BAR_MM = 3.0
_GAP_MM = 2.0
_BASELINE = 0.75
_UNDERLINE = 0.95
_THEME_SHARE = 0.27
_PLACE = re.compile(r"\[(\d+)-(\d+)\]")


@dataclass(frozen=True)
class _Quote:
    """One opinion, set: its lines, and which part of them (in characters) was coded."""

    lines: list[str]
    spans: list[tuple[int, int]]

    def underlines(self) -> Iterator[tuple[int, float, float]]:
        """Yield line number, left and right in mm of each underlined stretch."""
        begins = accumulate(map(len, self.lines), initial=0)
        for number, (begin, end) in enumerate(pairwise(begins)):
            line = self.lines[number]
            for start, stop in self.spans:
                if start < end and begin < stop:
                    left, right = max(start - begin, 0), min(stop - begin, len(line))
                    yield number, width_mm(line[:left]), width_mm(line[:right])


def plot_quotes_beside_counts(
    counts: pd.DataFrame, quotes: pd.DataFrame, *, ax: Axes | None = None, style: Style = PRINT
) -> Axes:
    """Set the voices of each theme beside the number of opinions that carry it; no quote is cut.

    What does not fit on one page is left out, later quotes of each theme first, then later themes;
    a note says how many opinions are not shown. Themes that no opinion carries are named in a note.

    Parameters
    ----------
    counts : DataFrame
        One row per theme, in the order of drawing: ``theme``, ``n_opinions``.
    quotes : DataFrame
        One row per theme and opinion: ``theme``, ``opinion_id``, ``text``, ``evidence`` (may be
        missing; the places in it, as in ``理解[12-14]``, are underlined); where they are there,
        ``n_copies`` and ``denied`` are said below the id.

    Returns
    -------
    Axes
        x and y are millimetres; a bar per theme that has opinions, its quotes with their opinion
        ids to the right.

    Raises
    ------
    NotInDataError
        No opinion carries a theme, or a single quote fills more than a page.
    """
    require_columns(counts, "theme", "n_opinions")
    require_columns(quotes, "theme", "opinion_id", "text", "evidence", may_be_empty=True)
    require_some(counts[["n_opinions"]])
    with new_canvas(style, ax) as (canvas, ax):
        sheet = _Sheet(canvas, ax, most=max(1, counts["n_opinions"].max()))
        has_opinions = counts["n_opinions"] > 0
        found, unused = counts[has_opinions], counts.loc[~has_opinions, "theme"]
        shown = _fit_on_paper(sheet, found, quotes)
        top = 0.0
        for theme, n_opinions, voices in shown:
            top = sheet.add_theme(theme, n_opinions, voices, top)
        ax.set(xlim=(0, sheet.right), ylim=(top, 0), xticks=[], yticks=[])
        ax.spines[:].set_visible(False)
        canvas.notes.append("下線: そのテーマと判断した根拠の言葉")
        if any(voices.get("denied", pd.Series(dtype=bool)).any() for _, _, voices in shown):
            canvas.notes.append("打ち消し: 根拠の言葉が打ち消されている意見")
        if len(unused):
            canvas.notes.append(f"1件も付かなかったテーマ: {'、'.join(map(canvas.text, unused))}")
        canvas.notes += _say_left_out(shown, found)
        canvas.finish([ax], height_mm=top)
    return ax


def _fit_on_paper(
    sheet: "_Sheet", counts: pd.DataFrame, quotes: pd.DataFrame
) -> list[tuple[str, int, pd.DataFrame]]:
    """Choose how many quotes of each theme, at least one, and how many themes fit on a page."""
    named = quotes["theme"].astype("object")
    voices = [quotes.loc[named == theme] for theme in counts["theme"]]
    numbers = (
        f"{n}件(うち{len(of_theme)}件を掲載)"
        for n, of_theme in zip(counts["n_opinions"], voices, strict=True)
    )
    heights = [sheet.heights(*each) for each in zip(counts["theme"], numbers, voices, strict=True)]
    most = max(1, *map(len, voices))
    total = [sum(each[min(n, len(each) - 1)] for each in heights) for n in range(most + 1)]
    per_theme = max((n for n in range(1, most + 1) if total[n] <= PAGE_MM), default=1)
    bottoms = accumulate(each[min(per_theme, len(each) - 1)] for each in heights)
    n_themes = max(1, sum(bottom <= PAGE_MM for bottom in bottoms))
    rows = zip(counts["theme"], counts["n_opinions"], voices, strict=True)
    return [(theme, n, of_theme.head(per_theme)) for theme, n, of_theme in islice(rows, n_themes)]


def _say_left_out(shown: list[tuple[str, int, pd.DataFrame]], counts: pd.DataFrame) -> list[str]:
    n_themes, n_shown = len(counts) - len(shown), sum(len(each[2]) for each in shown)
    n_quotes = int(counts["n_opinions"].sum()) - n_shown
    themes = f"(うちテーマ{n_themes}つは、1件も載せていません)" if n_themes else ""
    return (
        [f"載せたのはのべ{n_shown}件で、ほかにのべ{n_quotes}件の意見があります{themes}"]
        if n_quotes
        else []
    )


@dataclass(frozen=True)
class _Sheet:
    canvas: Canvas
    ax: Axes
    most: int

    @property
    def right(self) -> float:
        return self.canvas.style.width_mm - EDGE_MM

    @property
    def theme_mm(self) -> float:
        return self.canvas.style.width_mm * _THEME_SHARE

    @property
    def voices_left(self) -> float:
        return self.theme_mm + 2 * EDGE_MM

    def heights(self, theme: str, number: str, voices: pd.DataFrame) -> list[float]:
        """Return the height of a theme with none of its quotes, with one, and so on."""
        n_lines = len(self._fitted(theme)) + len(self._fitted(number))
        of_name = n_lines * LINE_MM + _BAR_MM + 1
        mm = self.right - self._text_left(voices)
        quotes = (
            max(len(wrap(self.canvas.text(row.text), mm)), len(self._names(row))) * LINE_MM
            for row in voices.itertuples()
        )
        below = accumulate((each + _GAP_MM / 2 for each in quotes), initial=0.0)
        return [max(of_name, bottom) + 2 * _GAP_MM for bottom in below]

    def _text_left(self, voices: pd.DataFrame) -> float:
        names = chain.from_iterable(map(self._names, voices.itertuples()))
        return self.voices_left + max(map(width_mm, names), default=0) + EDGE_MM

    def _names(self, row: Any) -> list[str]:
        """Return what stands beside a quote, line by line: its id, its copies, a warning."""
        n_copies, denied = getattr(row, "n_copies", 1), getattr(row, "denied", False)
        return [
            self.canvas.text(row.opinion_id),
            *([f"同文{n_copies}件"] if n_copies > 1 else []),
            *(["打ち消し"] if denied else []),
        ]

    def add_theme(self, theme: str, n_opinions: int, voices: pd.DataFrame, top: float) -> float:
        """Set one theme below `top` and return where the next begins."""
        below_name = self._set_lines(self._fitted(theme), 0, top + _GAP_MM)
        length = self.theme_mm / 2 * n_opinions / self.most
        self.ax.add_patch(
            Rectangle(
                (0, below_name + 0.5), length, _BAR_MM, color=self.canvas.style.tones[0].color
            )
        )
        number = f"{n_opinions}件(うち{len(voices)}件を掲載)"
        below_bar = below_name + _BAR_MM + 1
        below_count = self._set_lines(self._fitted(number), 0, below_bar)
        below_voices = self._add_voices(voices, top + _GAP_MM)
        bottom = max(below_count, below_voices) + _GAP_MM
        self.ax.hlines(bottom, 0, self.right, color=GUIDE, linewidth=LINE_POINTS)
        return bottom

    def _fitted(self, text: str) -> list[str]:
        return self.canvas.lines(text, self.theme_mm).split("\n")

    def _add_voices(self, voices: pd.DataFrame, top: float) -> float:
        left, text_left = self.voices_left, self._text_left(voices)
        for row in voices.itertuples():
            quote = self._set_quote(str(row.text), row.evidence, self.right - text_left)
            below_names = self._set_lines(self._names(row), left, top)
            for number, start, stop in quote.underlines():
                y = top + (number + _UNDERLINE) * LINE_MM
                self.ax.hlines(y, text_left + start, text_left + stop, color=INK)
            top = max(below_names, self._set_lines(quote.lines, text_left, top)) + _GAP_MM / 2
        return top

    def _set_quote(self, text: str, evidence: object, mm: float) -> _Quote:
        places = _PLACE.findall(evidence) if isinstance(evidence, str) else []
        spans = [
            (len(readable(text[: int(start)])[0]), len(readable(text[: int(end)])[0]))
            for start, end in places
        ]
        return _Quote(wrap(self.canvas.text(text), mm), spans)

    def _set_lines(self, lines: list[str], left: float, top: float) -> float:
        for number, line in enumerate(lines):
            # Clipped texts need not be measured when the figure is laid out.
            y = top + (number + _BASELINE) * LINE_MM
            self.ax.text(left, y, line, va="baseline", clip_on=True)
        return top + len(lines) * LINE_MM
