"""What an .ods file holds beside its values: merged and hidden cells, notes, boxes, shown numbers."""

import re
import zipfile
from collections.abc import Iterator
from typing import IO
from xml.etree.ElementTree import Element, iterparse

from kyodo_analysis.reading.findings import DOUBTFUL, NOTED, Finding, finding
from kyodo_analysis.reading.formats.besides import BOX, NOTE, PICTURE
from kyodo_analysis.reading.formats.grid import Merge, check_size, column_letters
from kyodo_analysis.reading.formats.sheet_look import SheetLook

_NAMES = {
    short: f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}"
    for short, name in (
        ("table", "table"),
        ("office", "office"),
        ("text", "text"),
        ("draw", "drawing"),
        ("style", "style"),
    )
}
_T, _O, _X, _D, _S = _NAMES.values()
_CELLS = (f"{_T}table-cell", f"{_T}covered-table-cell")
_SHOWN = re.compile(r"#[A-Z/0!?]+|\D*0\d+\D*|\d{16,}|\d+[^\d.,%:/E年月日-]+")


def look_into_ods(file: str, content: IO[bytes]) -> list[SheetLook]:
    """Look at every sheet of an .ods file, in order.

    Raises
    ------
    ReadingError
        When a sheet is too large.
    """
    looks, struck = list[SheetLook](), set[str]()
    row = 0
    with zipfile.ZipFile(content) as package, package.open("content.xml") as stream:
        for event, element in iterparse(stream, events=("start", "end")):
            if event == "start" and element.tag == f"{_T}table":
                looks.append(SheetLook(element.get(f"{_T}name", "")))
                row = column = 0
            elif event == "start":
                continue
            elif element.tag == f"{_S}style" and _strikes(element):
                struck.add(element.get(f"{_S}name", ""))
            elif element.tag == f"{_T}table-column":
                column = _look_at_column(looks[-1], column, element)
            elif element.tag == f"{_T}shapes":
                looks[-1].findings += _about_shapes(f"{file}:{looks[-1].name}", element)
            elif element.tag == f"{_T}table-row":
                row = _look_at_row(looks[-1], f"{file}:{looks[-1].name}", row, element, struck)
                element.clear()
    return looks


def _strikes(style: Element) -> bool:
    lines = (
        p.get(f"{_S}text-line-through-style", "none") for p in style.iter(f"{_S}text-properties")
    )
    return any(line != "none" for line in lines)


def _look_at_column(look: SheetLook, column: int, element: Element) -> int:
    following = column + int(element.get(f"{_T}number-columns-repeated", 1))
    if element.get(f"{_T}visibility", "visible") != "visible":
        look.hidden_spans.append(range(column, following))
    return following


def _look_at_row(
    look: SheetLook, where: str, above: int, element: Element, struck: set[str]
) -> int:
    """Look at the cells of a row, and return the number of the last one that it stands for."""
    last = above + int(element.get(f"{_T}number-rows-repeated", 1))
    column = 0
    for cell in element:
        if cell.tag not in _CELLS:
            continue
        following = column + int(cell.get(f"{_T}number-columns-repeated", 1))
        if len(cell):
            check_size(last, following, where)
            _look_at_cell(look, where, (above + 1, column), cell, struck)
        column = following
    if element.get(f"{_T}visibility", "visible") != "visible":
        look.hidden.update(range(above + 1, min(last, above + 10_000) + 1))
    return last


def _look_at_cell(
    look: SheetLook, where: str, place: tuple[int, int], cell: Element, struck: set[str]
) -> None:
    row, column = place
    down = int(cell.get(f"{_T}number-rows-spanned", 1))
    right = int(cell.get(f"{_T}number-columns-spanned", 1))
    if down * right > 1:
        look.merged.append(Merge(row, column, row + down - 1, column + right - 1))
    if formula := cell.get(f"{_T}formula"):
        look.formulas[place] = formula.removeprefix("of:")
    paragraphs = [_text(part) for part in cell if part.tag == f"{_X}p"]
    shown = "\n".join(paragraphs)
    kind = cell.get(f"{_O}value-type")
    is_error = kind == "string" and cell.get(f"{_O}string-value") == "" and shown.startswith("#")
    if is_error or (kind == "float" and _SHOWN.fullmatch(shown)):
        look.values[place] = shown
    words = [_text(s) for s in cell.iter(f"{_X}span") if s.get(f"{_X}style-name") in struck]
    if words or cell.get(f"{_T}style-name") in struck:
        look.note_struck(place, "".join(words))
    at = f"{where}!{column_letters(column)}{row}"
    for note in cell.findall(f"{_O}annotation"):
        words_of_note = "\n".join(_text(p) for p in note.iter(f"{_X}p"))
        look.findings.append(finding("メモ", DOUBTFUL, at, words_of_note, NOTE))
    look.findings += _about_shapes(at, cell)


def _about_shapes(at: str, parent: Element) -> Iterator[Finding]:
    for shape in parent:
        if not shape.tag.startswith(_D):
            continue
        if words := "\n".join(filter(None, (_text(p) for p in shape.iter(f"{_X}p")))):
            yield finding("テキストボックス", DOUBTFUL, at, words, BOX)
        elif next(shape.iter(f"{_D}image"), None) is not None:
            yield finding("読まなかった画像", NOTED, at, shape.get(f"{_D}name", ""), PICTURE)


def _text(paragraph: Element) -> str:
    """Return the words of a paragraph, with the blanks and breaks that are elements, without ruby."""
    words = [paragraph.text or ""]
    for part in paragraph:
        if part.tag == f"{_X}s":
            words.append(" " * int(part.get(f"{_X}c", 1)))
        elif part.tag in (f"{_X}line-break", f"{_X}tab"):
            words.append("\t" if part.tag == f"{_X}tab" else "\n")
        elif part.tag not in (f"{_X}ruby-text", f"{_O}annotation"):
            words.append(_text(part))
        words.append(part.tail or "")
    return "".join(words)
