"""The one font of every figure: where it is, what it lacks, how wide its text is, how it breaks."""

import importlib.util
import re
import unicodedata
from collections import Counter
from functools import cache
from itertools import chain, count
from pathlib import Path

from matplotlib import font_manager, ft2font

from kyodo_analysis.errors import OutputError

FAMILY = "IPAexGothic"
SUBSTITUTE = "〓"
POINTS = 8.0
MM_PER_POINT = 25.4 / 72
LINE_MM = POINTS * MM_PER_POINT * 1.25

_VARIATION_SELECTOR = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_NOT_FIRST = re.escape(
    "、。，．,.・：；:;？！?!)）」』】〕〉》］}”’ー々〻ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ…‥〜～%％"
)
_NOT_LAST = re.escape("「『（(【〔〈《［{“‘")
_WORD = "[!-~]+"
_PHRASE = "[0-9]+[年月日回件]|[!-~]+|(?:[ァ-ヶー]+|[一-鿿々]+)[ぁ-ん]*"
_UPRIGHT_UNIT = re.compile(r"(?<![!-~])[!-~]{1,2}(?![!-~])|.", re.DOTALL)
_UPRIGHT = str.maketrans("ー〜～（）()「」『』、。", "︱︴︴︵︶︵︶﹁﹂﹃﹄︑︒")


@cache
def font_file() -> Path:
    """Return the bundled font, found without importing its package (which changes rcParams).

    Raises
    ------
    OutputError
        The package or its font file is not there.
    """
    spec = importlib.util.find_spec("matplotlib_fontja")
    folders = (spec.submodule_search_locations or []) if spec else []
    found = sorted(chain.from_iterable(Path(folder).rglob("ipaexg.ttf") for folder in folders))
    if not found:
        raise OutputError(
            f"図の書体 {FAMILY}",
            "見つからないため、図の日本語を描けません",
            action="環境を作り直してください(python run.py report)",
        )
    return found[0]


@cache
def register_font() -> None:
    """Let Matplotlib know the font by its name."""
    font_manager.fontManager.addfont(str(font_file()))


@cache
def _font() -> ft2font.FT2Font:
    font = ft2font.FT2Font(str(font_file()))
    font.set_size(100, 72)
    return font


@cache
def _known() -> frozenset[int]:
    return frozenset(_font().get_charmap())


@cache
def _ems(character: str) -> float:
    glyph = _font().load_char(ord(character), flags=ft2font.LoadFlags.NO_HINTING)
    return glyph.linearHoriAdvance / 65536 / 100


@cache
def _drawable(character: str) -> str:
    if character.isspace() and character != "\u3000":
        return " "
    kind = unicodedata.category(character)
    if kind == "Cf" or _VARIATION_SELECTOR.match(character):
        return ""
    return character if kind != "Cc" and ord(character) in _known() else SUBSTITUTE


def readable(text: str) -> tuple[str, "Counter[str]"]:
    """Return `text` as the font can draw it, and the characters that 〓 stands in for.

    Line breaks and tabs become spaces; marks without a shape of their own (joiners, direction
    marks, variation selectors) are left out.
    """
    composed = unicodedata.normalize("NFC", text)
    lacking = Counter(
        character
        for character in composed
        if character != SUBSTITUTE and _drawable(character) == SUBSTITUTE
    )
    return "".join(map(_drawable, composed)), lacking


def width_mm(text: str) -> float:
    """Return the width of one line of readable text in millimetres."""
    return sum(map(_ems, text)) * POINTS * MM_PER_POINT


def wrap(text: str, mm: float, *, words: str = _WORD) -> list[str]:
    """Break readable text into lines of at most `mm`; joined again, the lines are the text.

    Words in Latin letters stay whole where they fit, and closing marks do not begin a line.
    """
    lines = [""]
    for unit in _units(text, words):
        for piece in [unit] if width_mm(unit) <= mm else unit:
            if lines[-1] and width_mm((lines[-1] + piece).rstrip()) > mm:
                lines.append("")
            lines[-1] += piece
    return lines


def wrap_evenly(text: str, mm: float) -> list[str]:
    """Break a readable label into as few lines as `mm` allows, all of about the same length.

    Lines break before Kanji and Katakana that follow Hiragana, where that fits.
    """
    lines = wrap(text, mm, words=_PHRASE)
    widest = max(
        (width for unit in _units(text, _PHRASE) if (width := width_mm(unit)) <= mm), default=0
    )
    narrowest, step = max(widest, width_mm(text) / len(lines)), POINTS * MM_PER_POINT / 2
    widths = (min(narrowest + steps * step, mm) for steps in count())
    candidates = (wrap(text, width, words=_PHRASE) for width in widths)
    return next(even for even in candidates if len(even) <= len(lines))


def _units(text: str, words: str) -> list[str]:
    pattern = rf"[{_NOT_LAST}]*(?:{words}|[^!-~])[{_NOT_FIRST}]*|."
    return re.findall(pattern, text, re.DOTALL)


def stacked(text: str) -> str:
    """Return readable text set vertically: one character a line, two Latin ones side by side."""
    return "\n".join(_UPRIGHT_UNIT.findall(text.translate(_UPRIGHT)))
