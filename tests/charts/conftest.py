"""Tables of a few rows, and a judge of figures: nothing overlaps, is cut off or too small."""

from collections.abc import Callable, Iterator
from functools import cache
from itertools import combinations

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import findfont, get_font
from matplotlib.lines import Line2D
from matplotlib.text import Text

mpl.use("agg")

_TOUCHING_PIXELS = 0.6


@pytest.fixture(autouse=True)
def _close_figures() -> Iterator[None]:
    yield
    plt.close("all")


@pytest.fixture
def legible() -> Callable[[Axes], Figure]:
    return _legible


@cache
def _drawable(font_file: str) -> set[str]:
    return {"\n", *map(chr, get_font(font_file).get_charmap())}


def _legible(ax: Axes) -> Figure:
    """Fail unless every text of the figure can be read on paper; return the figure."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    figure.draw_without_rendering()
    texts = [
        text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip()
    ]
    boxes = [text.get_window_extent().padded(-_TOUCHING_PIXELS) for text in texts]
    for text, box in zip(texts, boxes, strict=True):
        assert figure.bbox.fully_contains(*box.min), text
        assert figure.bbox.fully_contains(*box.max), text
        assert text.get_fontsize() >= 8
        assert set(text.get_text()) <= _drawable(findfont(text.get_fontproperties())), text
    for (a, box_a), (b, box_b) in combinations(zip(texts, boxes, strict=True), 2):
        assert not box_a.overlaps(box_b), (a.get_text(), b.get_text())
    lines = [line for line in figure.findobj(Line2D) if line.get_linestyle() != "None"]
    assert all(line.get_linewidth() >= 0.75 for line in lines)
    return figure


def _matrix(categories: list[str | None], coded: dict[str, str]) -> pd.DataFrame:
    """Lay out opinions 1, 2, ... of the given categories; per theme a string like "x.x"."""
    return pd.DataFrame(
        [
            {
                "theme": theme,
                "opinion_id": f"{place}",
                "category": category,
                "coded": marks[place - 1] == "x",
            }
            for theme, marks in coded.items()
            for place, category in enumerate(categories, start=1)
        ]
    )


@pytest.fixture
def matrix() -> Callable[[list[str | None], dict[str, str]], pd.DataFrame]:
    return _matrix
