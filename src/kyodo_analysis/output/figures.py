"""A chart as it goes into a report: picture, numbers and words, all saying where they come from."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from kyodo_analysis import __version__
from kyodo_analysis.files import write_bytes, write_text
from kyodo_analysis.output.tables import write_csv

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_DPI = 300
_CSS_PIXELS_PER_INCH = 96


@dataclass(frozen=True)
class ReportContext:
    """What stays the same for all figures of one report.

    Parameters
    ----------
    folder : Path
        Figures go into ``figures/`` below it.
    shown_as : str
        What an analyst calls that folder, such as ``reports/town``.
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
    shown_as: str
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
    chart: "Axes | Figure",
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
    from kyodo_analysis.output.drawing import draw

    n = report.n if n is None else n
    day = f"{report.date.year}年{report.date.month}月{report.date.day}日"
    described = _describe(report, title=title, alt=alt, day=day, n=f"{n}({counted})")
    footer = f"n = {n:,}({counted})  出典: {report.source}({day})"
    png, svg = draw(chart.get_figure(root=True), described, footer=footer, dpi=_DPI)
    folder = report.folder / "figures"
    saved = SavedChart(
        title,
        alt,
        write_bytes(folder / f"{name}.png", png),
        write_bytes(folder / f"{name}.svg", svg),
        write_csv(table, folder / f"{name}.csv"),
        write_text(folder / f"{name}.txt", alt + "\n"),
    )
    print(
        f"保存しました: {report.shown_as}/figures/{saved.png.name}(ほかに .svg、数値の .csv、説明文の .txt)"
    )
    return saved


def _describe(report: ReportContext, *, title: str, alt: str, day: str, n: str) -> dict[str, str]:
    """Return what the picture says of itself."""
    return {
        "Title": title,
        "Description": alt,
        "Source": f"{report.source} {day}",
        "n": n,
        "Data-SHA256": report.data_sha256,
        "Version": f"kyodo_analysis {__version__}",
    }
