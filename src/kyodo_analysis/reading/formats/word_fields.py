"""Words that a Word file does not hold as text: fields, symbols, ticked boxes."""

import re
from typing import Any

from kyodo_analysis.reading.formats.word_names import W, is_on, value_of

_SYMBOLS = {
    "Wingdings": {
        0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x74: "◆", 0x75: "◆", 0x9F: "•", 0xA1: "○",
        0xA7: "▪", 0xA8: "□", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗",
        0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
    },
    "Wingdings 2": {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "□"},
    "Symbol": {0xB7: "•", 0xAE: "→", 0xB4: "×", 0xB8: "÷", 0xB1: "±", 0xA3: "≤", 0xB3: "≥"},
}  # fmt: skip
_OWN_CODES = re.compile("[\uf000-\uf0ff]")
_SWITCH = re.compile(r'\\\*\s*(?:"[^"]*"|\S+)')
_OVER = re.compile(
    r"\\o\s*(?:\\a[a-z]\s*)*\(\s*(?:\\s\s*(?:\\[a-z]+\s*[\d.]*\s*)*\((?P<ruby>[^()]*)\)"
    r"|(?P<ring>[○◯〇□△◇]))\s*[,;、]\s*(?P<base>[^()]*)\)"
)
_FRACTION = re.compile(r"\\f\s*\(([^(),;]*)[,;]([^()]*)\)")
_CONTROL = re.compile(r"\\(?:[a-z]+\s*[\d.]*\s*|(?=[(),;\\]))|(?<!\\)[(),;]")
_SHOWS_NOTHING = frozenset(
    [
        "PAGE",
        "NUMPAGES",
        "SECTION",
        "SECTIONPAGES",
        "PAGEREF",
        "REF",
        "DATE",
        "TIME",
        "CREATEDATE",
        "SAVEDATE",
        "PRINTDATE",
        "FILENAME",
        "AUTHOR",
        "TITLE",
        "TOC",
        "INDEX",
        "SEQ",
        "HYPERLINK",
        "FORMTEXT",
        "FORMCHECKBOX",
        "FORMDROPDOWN",
    ]
)


def read_symbol(font: str, code: str) -> str:
    """Return the character that a symbol of `font` looks like, or the font's own code for it."""
    number = int(code, 16)
    return _SYMBOLS.get(font, {}).get(number & 0xFF) or chr(number)


def read_symbols(font: str, text: str) -> str:
    """Return a text whose symbols are written as codes of their font's own (U+F000 to U+F0FF)."""
    if font not in _SYMBOLS:
        return text
    return _OWN_CODES.sub(lambda found: read_symbol(font, f"{ord(found[0]):x}"), text)


def read_field(instruction: str) -> tuple[str, str, str]:
    """Say what a field without a result shows.

    Returns
    -------
    shown : str
        Its words: the arguments of EQ, the character of SYMBOL.
    beside : str
        What it writes above or around them: the reading of ruby, the ring of 囲み文字.
    unclear : str
        The instruction itself where nobody can tell from it what is shown.
    """
    kind, _, arguments = instruction.strip().partition(" ")
    if kind.upper() == "EQ":
        return _read_equation(arguments)
    if kind.upper() == "SYMBOL" and (
        found := re.match(r"\s*(\d{1,5})(?:.*\\f\s*\"?(\w[\w ]*))?", arguments)
    ):
        return read_symbol((found[2] or "").strip(), f"{int(found[1]):x}"), "", ""
    return "", "", "" if kind.upper() in {"", *_SHOWS_NOTHING} else instruction.strip()


def _read_equation(arguments: str) -> tuple[str, str, str]:
    text = _SWITCH.sub("", arguments)
    beside = [found["ruby"] or found["ring"] for found in _OVER.finditer(text)]
    text = _FRACTION.sub(r"\1/\2", _OVER.sub(lambda found: found["base"], text))
    return _CONTROL.sub("", text).strip(), "、".join(beside), ""


def read_form_field(field: Any) -> str:
    """Return what a box to tick or a list to choose from shows."""
    box, choices = field.find(f"{W}checkBox"), field.find(f"{W}ddList")
    if box is not None:
        ticked = value_of(box, "checked")
        return "☑" if is_on(value_of(box, "default") if ticked is None else ticked) else "□"
    if choices is None:
        return ""
    entries = [entry.get(f"{W}val", "") for entry in choices.findall(f"{W}listEntry")]
    chosen = value_of(choices, "result") or value_of(choices, "default") or "0"
    return entries[int(chosen)] if chosen.isdigit() and int(chosen) < len(entries) else ""
