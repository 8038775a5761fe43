"""A chart as it goes into a report: picture, numbers and words, all saying where they come from."""

import pickle
import textwrap
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib import pyplot as plt
from matplotlib import style as mpl_style
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.transforms import Bbox

from kyodo_analysis import __version__
from kyodo_analysis.output.files import write_bytes, write_text
from kyodo_analysis.output.tables import write_csv

_DPI = 300
_CSS_PIXELS_PER_INCH = 96
_POINTS_PER_INCH = 72
_FOOTER_POINTS = 8
_TITLE_POINTS = 10
_EDGE_INCHES = 0.08
_SUBSTITUTE = "〓"
_SAME_BYTES: dict[str, Any] = {
    "savefig.dpi": _DPI,
    "svg.fonttype": "path",
    "svg.hashsalt": "kyodo_analysis",
    "text.hinting": "none",
    "text.parse_math": False,
}


@dataclass(frozen=True)
class ReportContext:
    """What stays the same for all figures of one report.

    Parameters
    ----------
    folder : Path
        The report's folder; figures go into ``figures/`` below it.
    source : str
        How to cite the raw file.
    date : datetime.date
        The date of the raw file.
    n : int
        The number of opinions.
    data_sha256 : str
        The raw file's SHA-256.
    """

    folder: Path
    source: str
    date: date
    n: int
    data_sha256: str


@dataclass(frozen=True)
class SavedChart:
    """The files of one chart; in a notebook it shows the saved picture with its alt text.

    Parameters
    ----------
    title : str
    alt : str
    png, svg, numbers, words : Path
        The picture twice, the numbers behind it (CSV) and the alt text.
    """

    title: str
    alt: str
    png: Path
    svg: Path
    numbers: Path
    words: Path

    def _repr_mimebundle_(self, **_: object) -> tuple[dict[str, Any], dict[str, Any]]:
        content = self.png.read_bytes()
        width_px = int.from_bytes(content[16:20], "big") * _CSS_PIXELS_PER_INCH // _DPI
        return (
            {"image/png": content, "text/plain": f"図: {self.title}"},
            {"image/png": {"width": width_px, "alt": self.alt}},
        )


def save_chart(
    chart: Axes | Figure,
    name: str,
    *,
    report: ReportContext,
    table: pd.DataFrame,
    title: str,
    alt: str,
    n: int | None = None,
    counted: str = "意見",
) -> SavedChart:
    """Give a chart its title and footer, and write it as PNG, SVG, CSV and alt text.

    The figure grows by what title and footer need, so the drawing keeps its size, and is closed;
    the result, as the last line of a cell, shows the saved picture. The same chart gives the same
    bytes.

    Parameters
    ----------
    chart : Axes or Figure
    name : str
        The stem of the files.
    report : ReportContext
    table : DataFrame
        The numbers that the chart shows.
    title : str
        Above the chart, and in the metadata.
    alt : str
        What the chart shows, for those who cannot see it.
    n : int, optional
        How many things are counted; the report's number of opinions by default.
    counted : str, default "意見"
        What the n are.

    Returns
    -------
    SavedChart

    Raises
    ------
    OutputError
        A file cannot be written.
    """
    figure = chart if isinstance(chart, Figure) else chart.get_figure(root=True)
    assert figure is not None
    n = report.n if n is None else n
    stem = report.folder / "figures" / name
    day = f"{report.date.year}年{report.date.month}月{report.date.day}日"
    footer = f"n = {n:,}({counted})  出典: {report.source}  {day}"
    described = {
        "Title": title,
        "Description": alt,
        "Source": f"{report.source} {day}",
        "n": f"{n}({counted})",
        "Data-SHA256": report.data_sha256,
        "Version": f"kyodo_analysis {__version__}",
    }
    plt.close(figure)
    with mpl_style.context(["default", _SAME_BYTES]):
        dressed = _dressed(figure, title, footer)
        png = _drawn(dressed, "png", {**described, "Software": None})
        svg = _drawn(dressed, "svg", {"Title": title, "Description": alt, "Date": None})
    saved = SavedChart(
        title,
        alt,
        write_bytes(stem.with_suffix(".png"), png),
        write_bytes(stem.with_suffix(".svg"), svg),
        write_csv(table, stem.with_suffix(".csv")),
        write_text(stem.with_suffix(".txt"), alt + "\n"),
    )
    shown_stem = "/".join([*report.folder.parts[-2:], "figures", name])
    print(f"保存しました: {shown_stem}.png(ほかに .svg、数値の .csv、説明文の .txt)")
    return saved


def _drawn(figure: Figure, kind: str, metadata: dict[str, str | None]) -> bytes:
    buffer = BytesIO()
    figure.savefig(buffer, format=kind, metadata=metadata)
    return buffer.getvalue()


def _dressed(figure: Figure, title: str, footer: str) -> Figure:
    """Return a copy with title and footer in the figure's own font, taller by as much."""
    copy: Figure = pickle.loads(pickle.dumps(figure))
    font = copy.axes[0].title.get_fontfamily()
    note = copy.get_supxlabel()
    _letter(copy, font, "", note)
    drawing = _drawing_inches(copy)
    footer = _fitted(footer, copy, font, _FOOTER_POINTS)
    _letter(copy, font, _fitted(title, copy, font, _TITLE_POINTS), f"{note}\n{footer}".strip())
    copy.set_figheight(copy.get_figheight() + drawing - _drawing_inches(copy))
    return copy


def _letter(figure: Figure, font: list[str], title: str, footer: str) -> None:
    left = {"x": _EDGE_INCHES / figure.get_figwidth(), "ha": "left", "fontfamily": font}
    figure.suptitle(title, fontsize=_TITLE_POINTS, **left)
    figure.supxlabel(footer, fontsize=_FOOTER_POINTS, **left)
    figure.draw_without_rendering()


def _drawing_inches(figure: Figure) -> float:
    axes = [ax for ax in figure.axes if ax.get_visible()]
    return float(Bbox.union([ax.get_window_extent() for ax in axes]).height / figure.dpi)


def _fitted(text: str, figure: Figure, font: list[str], points: float) -> str:
    known = get_font(findfont(FontProperties(family=font))).get_charmap()
    drawn = "".join(c if ord(c) in known else _SUBSTITUTE for c in text)
    inches = figure.get_figwidth() - 2 * _EDGE_INCHES
    return "\n".join(textwrap.wrap(drawn, int(inches * _POINTS_PER_INCH / points)))
