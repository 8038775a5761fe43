"""A figure with its title and footer, as the bytes of a picture."""

from copy import deepcopy
from io import BytesIO
from typing import Any

import numpy as np
from matplotlib import pyplot as plt
from matplotlib import style as mpl_style
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from kyodo_analysis.errors import OutputError
from kyodo_analysis.lettering import FAMILY, MM_PER_POINT, POINTS, readable, wrap

_POINTS_PER_INCH = 72
_TITLE_POINTS = POINTS + 2
_EDGE_INCHES = 0.08
_ROOM_INCHES = 0.3  # a line, its spacing and some air
_SAME_BYTES: dict[str, Any] = {
    "svg.fonttype": "path",
    "svg.hashsalt": "kyodo_analysis",
    "text.hinting": "none",
    "text.parse_math": False,
}


def draw(
    figure: Figure | None, described: dict[str, str], *, footer: str, dpi: int
) -> tuple[bytes, bytes]:
    """Draw a figure as PNG and SVG; the figure itself stays as it is, but is closed.

    Parameters
    ----------
    figure : Figure
    described : dict of str to str
        Written into the PNG; ``Title`` is set above the drawing, too, and ``Title`` and
        ``Description`` go into the SVG.
    footer : str
        Set below the drawing.
    dpi : int
        Of the PNG.
    """
    assert figure is not None, "an artist that was removed from its figure"
    plt.close(figure)
    with mpl_style.context(["default", _SAME_BYTES]):
        dressed = dress(figure, described["Title"], footer)
        return _png(dressed, described, dpi), _svg(dressed, described)


def dress(figure: Figure, title: str, footer: str) -> Figure:
    """Return a copy with title and footer, taller by as much, and laid out."""
    copy = _copied(figure)
    _require_font(copy)
    note = copy.get_supxlabel()
    _letter(copy, "", note)
    drawing = _drawing_inches(copy)
    title = _fitted(title, copy, _TITLE_POINTS)
    footer = f"{note}\n{_fitted(footer, copy, POINTS)}".strip()
    copy.set_figheight(copy.get_figheight() + _ROOM_INCHES * f"{title}\n{footer}\n".count("\n"))
    _letter(copy, title, footer)
    copy.set_figheight(copy.get_figheight() + drawing - _drawing_inches(copy))
    copy.draw_without_rendering()
    copy.set_layout_engine("none")
    return copy


def _copied(figure: Figure) -> Figure:
    try:
        return deepcopy(figure)
    except TypeError as error:  # an open file, a generator and the like within an artist
        raise OutputError(
            "図の保存",
            f"図の中に、複製できないものがあります({error})",
            action="図に渡した値を、表やリストや関数に替えてください",
        ) from None


def _require_font(figure: Figure) -> None:
    font = figure.axes[0].title.get_fontfamily()
    if font != [FAMILY]:
        raise OutputError(
            f"書体 {font[0]} の図",
            f"図の書体は {FAMILY} だけです",
            action="with PRINT.drawing(): の中で描いてください",
        )


def _letter(figure: Figure, title: str, footer: str) -> None:
    left = {"x": _EDGE_INCHES / figure.get_figwidth(), "ha": "left", "fontfamily": FAMILY}
    figure.suptitle(title, fontsize=_TITLE_POINTS, **left)
    figure.supxlabel(footer, fontsize=POINTS, **left)
    figure.draw_without_rendering()


def _drawing_inches(figure: Figure) -> float:
    axes = [ax for ax in figure.axes if ax.get_visible()]
    return float(Bbox.union([ax.get_window_extent() for ax in axes]).height / figure.dpi)


def _fitted(text: str, figure: Figure, points: float) -> str:
    """Return text as the font can draw it, in lines that the figure holds at a size in points."""
    room_points = (figure.get_figwidth() - 2 * _EDGE_INCHES) * _POINTS_PER_INCH
    lines = wrap(readable(text)[0], room_points * MM_PER_POINT * POINTS / points)
    return "\n".join(line.strip() for line in lines)


def _png(figure: Figure, described: dict[str, str], dpi: int) -> bytes:
    """Draw with a palette (a third of the size, the plain tones exact) and words inside."""
    words = PngInfo()
    for key, text in described.items():
        words.add_itxt(key, text)
    figure.set_dpi(dpi)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()  # type: ignore[no-untyped-call]
    pixels = np.asarray(canvas.buffer_rgba())  # type: ignore[no-untyped-call]
    palette = Image.fromarray(pixels).convert("RGB").quantize()
    buffer = BytesIO()
    palette.save(buffer, "png", pnginfo=words, dpi=(dpi, dpi))
    return buffer.getvalue()


def _svg(figure: Figure, described: dict[str, str]) -> bytes:
    words = {key: described[key] for key in ("Title", "Description")}
    buffer = BytesIO()
    figure.savefig(buffer, format="svg", metadata={**words, "Date": None})
    return buffer.getvalue()
