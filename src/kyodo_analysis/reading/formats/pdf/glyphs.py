"""The characters of one page, each with its box, as a person sees the page."""

import ctypes
import math
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from kyodo_analysis.reading.formats.pdf.geometry import Box, Frame

_HIGH, _LOW, _END = 0xD800, 0xDC00, 0xE000
_HYPHEN_AT_LINE_END = 2  # what PDFium makes of a hyphen there
_JOINER = "\u200d"
_SLANT = 3.0  # degrees
_BOLD = ("bold", "heavy", "black", "-w6", "-w7", "-w8", "-w9")
_INVISIBLE, _OUTLINED = 3, 2
_MOST_POINTS = 20
_FLAGS, _LONGEST_FONT_NAME = ctypes.c_int(), 200


class Glyph(NamedTuple):
    """One character: what it is and where it stands (points, from the page's upper left corner).

    `x` and `y` are its origin on the base line, `em` its size, `turn` by how many degrees its
    line is turned clockwise. It may be bold, invisible (as text recognised in a scan), without a
    known Unicode value, the first after a gap, or a bullet that is drawn and no character.
    """

    text: str
    box: Box
    x: float
    y: float
    em: float
    turn: float
    font: str = ""
    is_bold: bool = False
    is_invisible: bool = False
    is_clipped: bool = False
    is_unmapped: bool = False
    follows_gap: bool = False
    is_drawn: bool = False

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of its box."""
        return (self.box.left + self.box.right) / 2, (self.box.top + self.box.bottom) / 2


@dataclass(frozen=True)
class _Look:
    font: str
    is_bold: bool
    is_invisible: bool
    clip: tuple[float, float, float, float] | None


def read_glyphs(page: Any, frame: Frame) -> list[Glyph]:
    """Return the characters of a page in the order of the file, without those that PDFium made up.

    Parameters
    ----------
    page : pypdfium2.PdfPage
        The page.
    frame : Frame
        How its coordinates become those of the page as shown.
    """
    text_page = page.get_textpage()
    try:
        return _with_marks_joined(_glyphs(text_page.raw, frame))
    finally:
        text_page.close()


def _glyphs(raw: Any, frame: Frame) -> Iterator[Glyph]:
    import pypdfium2.raw as pdfium

    looks: dict[int, _Look] = {}  # by the address of the text object
    rect, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    high, follows_gap = 0, False
    for i in range(pdfium.FPDFText_CountChars(raw)):
        code = pdfium.FPDFText_GetUnicode(raw, i)
        if pdfium.FPDFText_IsGenerated(raw, i) == 1:
            follows_gap = True
            continue
        if _HIGH <= code < _LOW:
            high = code
            continue
        if _LOW <= code < _END and high:
            code = 0x10000 + ((high - _HIGH) << 10) + (code - _LOW)
        high = 0
        pdfium.FPDFText_GetLooseCharBox(raw, i, rect)
        pdfium.FPDFText_GetMatrix(raw, i, matrix)
        pdfium.FPDFText_GetCharOrigin(raw, i, x, y)
        look = _look_of(raw, i, looks)
        left, top = frame.point(x.value, y.value)
        yield Glyph(
            _character(code),
            frame.box(rect.left, rect.bottom, rect.right, rect.top),
            left,
            top,
            pdfium.FPDFText_GetFontSize(raw, i) * math.hypot(matrix.c, matrix.d),
            frame.turn(math.degrees(math.atan2(matrix.b, matrix.a))),
            look.font,
            look.is_bold,
            look.is_invisible,
            _is_outside(look.clip, rect),
            pdfium.FPDFText_HasUnicodeMapError(raw, i) == 1 or code in (0, 0xFFFD),
            follows_gap,
        )
        follows_gap = False


def _character(code: int) -> str:
    if code == _HYPHEN_AT_LINE_END:
        return "-"
    return chr(code) if code and not _HIGH <= code < _END else "\ufffd"


def _look_of(raw: Any, index: int, looks: dict[int, _Look]) -> _Look:
    """Return how the text object of a character looks; asked once for each object."""
    import pypdfium2.raw as pdfium

    made_by = pdfium.FPDFText_GetTextObject(raw, index)
    address = ctypes.addressof(made_by.contents) if made_by else 0
    if address not in looks:
        mode = pdfium.FPDFTextObj_GetTextRenderMode(made_by) if made_by else 0
        name = ctypes.create_string_buffer(_LONGEST_FONT_NAME)
        size = pdfium.FPDFText_GetFontInfo(raw, index, name, _LONGEST_FONT_NAME, _FLAGS)
        font = name.raw[: max(size - 1, 0)].decode("utf-8", "replace").rpartition("+")[2]
        is_bold = mode == _OUTLINED or any(mark in font.lower() for mark in _BOLD)
        looks[address] = _Look(font, is_bold, mode == _INVISIBLE, _clip_of(made_by))
    return looks[address]


def _clip_of(made_by: Any) -> tuple[float, float, float, float] | None:
    """Return the part of the page in which a text object is shown; None for all of it."""
    import pypdfium2.raw as pdfium

    clip = pdfium.FPDFPageObj_GetClipPath(made_by) if made_by else None
    x, y = ctypes.c_float(), ctypes.c_float()
    shown = None
    for path in range(max(pdfium.FPDFClipPath_CountPaths(clip), 0) if clip else 0):
        points = []
        for i in range(min(pdfium.FPDFClipPath_CountPathSegments(clip, path), _MOST_POINTS)):
            segment = pdfium.FPDFClipPath_GetPathSegment(clip, path, i)
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            points.append((x.value, y.value))
        if points:
            xs, ys = zip(*points, strict=True)
            left, bottom, right, top = shown or (min(xs), min(ys), max(xs), max(ys))
            shown = (
                max(left, min(xs)),
                max(bottom, min(ys)),
                min(right, max(xs)),
                min(top, max(ys)),
            )
    return shown


def _is_outside(clip: tuple[float, float, float, float] | None, rect: Any) -> bool:
    if clip is None:
        return False
    x, y = (rect.left + rect.right) / 2, (rect.bottom + rect.top) / 2
    return not (clip[0] <= x <= clip[2] and clip[1] <= y <= clip[3])


def _with_marks_joined(glyphs: Iterator[Glyph]) -> list[Glyph]:
    """Put what has no place of its own (voicing marks, variation selectors) to what it belongs to."""
    joined: list[Glyph] = []
    for glyph in glyphs:
        is_mark = unicodedata.category(glyph.text[0]) in ("Mn", "Me") or glyph.text == _JOINER
        if joined and (is_mark or joined[-1].text.endswith(_JOINER)):
            joined[-1] = joined[-1]._replace(text=joined[-1].text + glyph.text)
        else:
            joined.append(glyph)
    return joined


def is_turned(glyph: Glyph, degrees: int) -> bool:
    """Tell whether a character is turned clockwise by so much; upright ones are by 0."""
    return abs((glyph.turn - degrees + 180) % 360 - 180) <= _SLANT
