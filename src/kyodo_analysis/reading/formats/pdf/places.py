"""Where something stands in a PDF: page and box, written so that a person can look it up."""

import io
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from kyodo_analysis.errors import ReadingError
from kyodo_analysis.reading.formats.pdf.geometry import Box, around
from kyodo_analysis.reading.formats.pdf.page import Part, read_upright

_PLACE = re.compile(r"(\d+)頁\((-?\d+),(-?\d+),(-?\d+),(-?\d+)\)")
_SCALE = 1.6
_MARGIN = 3
_COLOUR = (213, 94, 0)


def name_place(file: str, parts: Iterable[Part]) -> str:
    """Return e.g. ``結果.pdf:3頁(56,120,300,180)``, and ``…と4頁(…)`` for what goes on there.

    The numbers are the box's left, upper, right and lower edge in points (1/72 inch) from the
    upper left corner of the page.
    """
    boxes: dict[int, list[Box]] = {}
    for part in parts:
        boxes.setdefault(part.page, []).append(part.box)
    named = (f"{page}頁({_numbers(around(found))})" for page, found in boxes.items())
    return f"{file}:{'と'.join(named)}"


def _numbers(box: Box) -> str:
    return ",".join(str(round(number)) for number in box)


def find_boxes(place: str) -> list[tuple[int, Box]]:
    """Return the pages (from 1) and boxes that a ``source`` of a PDF names."""
    found = (map(int, numbers) for numbers in _PLACE.findall(place))
    return [(page, Box(*edges)) for page, *edges in found]


def draw_place(path: Path, place: str) -> bytes:
    """Draw the page of a place, the place marked by a box; several pages one below the other.

    Parameters
    ----------
    path : Path
        The PDF.
    place : str
        A ``source`` of an opinion that was read from it.

    Returns
    -------
    bytes
        A PNG.

    Raises
    ------
    ReadingError
        When the place names no page of this PDF, or the PDF cannot be opened.
    """
    from PIL import Image

    from kyodo_analysis.reading.formats.pdf.opening import open_pdf

    with open_pdf(path) as pdf:
        boxes = [(page, box) for page, box in find_boxes(place) if 1 <= page <= len(pdf)]
        if not boxes:
            raise ReadingError(
                path.name,
                f"「{place}」というページはありません",
                action="出典位置を確かめてください",
            )
        sheets = [_draw(pdf[page - 1], box) for page, box in boxes]
    width = max(sheet.width for sheet in sheets)
    picture = Image.new("RGB", (width, sum(sheet.height for sheet in sheets)), "white")
    top = 0
    for sheet in sheets:
        picture.paste(sheet, (0, top))
        top += sheet.height
    content = io.BytesIO()
    picture.save(content, "PNG")
    return content.getvalue()


def _draw(page: Any, box: Box) -> Any:
    """Return the picture of one page with the box marked."""
    from PIL import ImageDraw

    frame, _ = read_upright(page)
    turn = (frame.rotation - page.get_rotation()) % 360
    sheet = page.render(scale=_SCALE, rotation=turn).to_pil().convert("RGB")
    edges = [
        box.left - _MARGIN,
        box.top - _MARGIN,
        box.right + _MARGIN,
        box.bottom + _MARGIN,
    ]
    scaled = [round(edge * _SCALE) for edge in edges]
    ImageDraw.Draw(sheet).rectangle(scaled, outline=_COLOUR, width=3)
    return sheet
