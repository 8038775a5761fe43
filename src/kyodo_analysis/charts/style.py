"""The one style of every figure: print widths, line widths, tones that survive a photocopier."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

from matplotlib import style as mpl_style
from matplotlib.patheffects import withStroke

from kyodo_analysis.lettering import FAMILY, POINTS, register_font

FULL_WIDTH_MM = 160.0
HALF_WIDTH_MM = 78.0
LINE_POINTS = 0.75

INK = "#1F1F1F"
GUIDE = "#B0B0B0"
HALO = (withStroke(linewidth=2.5, foreground="white"),)


@dataclass(frozen=True)
class Tone:
    """One fill: a colour and the hatch drawn over it in ink."""

    color: str
    hatch: str = ""


_TONES = {
    "mono": (
        Tone("#1F1F1F"),
        Tone("#D0D0D0"),
        Tone("#7F7F7F"),
        Tone("#FFFFFF", "////"),
        Tone("#FFFFFF", "...."),
    ),
    "colour": (
        Tone("#005AFF"),
        Tone("#BFE4FF"),
        Tone("#03AF7A"),
        Tone("#1F1F1F"),
        Tone("#FFFFFF", "////"),
    ),
}
_RAMPS = {
    "mono": ("#FFFFFF", "#1F1F1F"),
    "colour": ("#FFFFFF", "#4DC4FF", "#005AFF", "#001B50"),
}

_RULES: dict[str, Any] = {
    "font.family": [FAMILY],
    "font.size": POINTS,
    "figure.titlesize": POINTS + 2,
    "figure.labelsize": POINTS,
    "axes.titlesize": POINTS,
    "axes.labelsize": POINTS,
    "xtick.labelsize": POINTS,
    "ytick.labelsize": POINTS,
    "legend.fontsize": POINTS,
    "axes.titlelocation": "left",
    "text.parse_math": False,
    "text.hinting": "none",
    "text.color": INK,
    "axes.edgecolor": INK,
    "axes.labelcolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "axes.linewidth": LINE_POINTS,
    "grid.linewidth": LINE_POINTS,
    "hatch.linewidth": LINE_POINTS,
    "patch.linewidth": LINE_POINTS,
    "xtick.major.width": LINE_POINTS,
    "ytick.major.width": LINE_POINTS,
    "lines.linewidth": 1.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "legend.frameon": False,
    "figure.constrained_layout.use": True,
}


@dataclass(frozen=True)
class Style:
    """How a figure is printed.

    Parameters
    ----------
    variant : {"mono", "colour"}, default "mono"
        Tones and hatches that stay at least 15 L* apart, or colours of the Color Universal Design
        set chosen so that their greys stay as far apart.
    width_mm : float, default 160
        Width on paper: 160 for a column of A4, 78 for half of it.
    """

    variant: Literal["mono", "colour"] = "mono"
    width_mm: float = FULL_WIDTH_MM

    @property
    def tones(self) -> tuple[Tone, ...]:
        """Five fills, the most prominent first."""
        return _TONES[self.variant]

    @property
    def ramp(self) -> tuple[str, ...]:
        """Colours from zero (white) to the largest value, each darker than the one before."""
        return _RAMPS[self.variant]

    @contextmanager
    def drawing(self) -> Iterator[None]:
        """Draw in this style inside the block, and leave Matplotlib as it was."""
        register_font()
        with mpl_style.context(["default", _RULES]):
            yield


PRINT = Style()
HALF_WIDTH = Style(width_mm=HALF_WIDTH_MM)
