"""The XML of a sheet in an .xlsx file, searched for what the library does not tell of its cells."""

import re
from collections.abc import Callable, Iterator, Sequence
from html import unescape
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kyodo_analysis.errors import ReadingError
from kyodo_analysis.reading.findings import NOTED, Finding, finding
from kyodo_analysis.reading.formats.besides import MARGIN
from kyodo_analysis.reading.formats.grid import column_letters, column_number, is_given
from kyodo_analysis.reading.formats.sheet_look import CellStyles, Place, SheetLook

_P = rb"<(?:\w+:)?"
_ANY = re.compile(_P + rb"(row|c)(?=[\s/>])([^>]*)>")
_USUAL = re.compile(rb'<(row|c) r="([A-Z]{0,3})([1-9][0-9]{0,6})"([^>]*)>')
_UNUSUAL = (b"<c>", b"<row>", b"<c/", b":row ")
_COORDINATE = re.compile(rb"\br=[\"']([^\"']*)[\"']")
_PARTS = re.compile(rb"([A-Z]{0,3})([1-9]\d{0,6})")
_CELL = re.compile(_P + rb"c(?=[\s/>])([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_STYLE, _KIND = re.compile(rb"\bs=[\"'](\d+)"), re.compile(rb"\bt=[\"'](\w+)")
_HIDDEN = re.compile(rb"\bhidden=[\"'](?:1|true)[\"']")
_COLUMNS = re.compile(_P + rb"col\s([^>]*)>")
_FIRST, _LAST = re.compile(rb"\bmin=[\"'](\d+)"), re.compile(rb"\bmax=[\"'](\d+)")
_FORMULA = re.compile(_P + rb"f(?=[\s/>])[^>]*?(?:/>|>(.*?)</(?:\w+:)?f>)", re.DOTALL)
_WORDS = re.compile(_P + rb"(?:v|t)(?=[\s>])[^>]*>(.*?)</(?:\w+:)?(?:v|t)>", re.DOTALL)
_RUN = re.compile(_P + rb"r>(.*?)</(?:\w+:)?r>", re.DOTALL)
_STRIKE = re.compile(_P + rb"strike(?:/>|\s+val=[\"'](?:1|true)|>)")
_WHOLE = re.compile(r"\d+(?:\.0+)?")
_LONGEST_EXACT = 15
_N_BYTES = 1 << 21
_MARGIN_TEXT = re.compile(_P + rb"(?:odd|even|first)(?:Header|Footer)[^>]*>(.*?)</", re.DOTALL)
_MARGIN_CODE = re.compile(r'&(?:"[^"]*"|\d+|K[0-9A-F]{6}|[A-Z])|[\W\d_]|ページ', re.IGNORECASE)
_SIGNS = (b"<f", b":f", b't="e"', b"strike")
_LONG_NUMBER = re.compile(rb"v>-?[0-9]{16}")


def struck_words(xml: bytes) -> str:
    """Return the words of the runs that are struck out."""
    return "".join(words_of(run) for run in _RUN.findall(xml) if _STRIKE.search(run))


def words_of(xml: bytes) -> str:
    """Return what stands in the elements ``v`` and ``t``."""
    return unescape(b"".join(_WORDS.findall(xml)).decode(errors="replace"))


class SheetXml(SheetLook):
    """One sheet of an .xlsx file.

    Parameters
    ----------
    name, where : str
        The sheet's name, and how messages name it.
    read : callable
        Reads its part of the package, which is not kept, since it may be large.
    styles : CellStyles
        Those of its workbook.

    Raises
    ------
    ReadingError
        When the places of its rows or cells contradict each other.
    """

    def __init__(
        self, name: str, where: str, read: Callable[[], bytes], styles: CellStyles
    ) -> None:
        super().__init__(name)
        self._where, self._read, self._styles = where, read, styles
        xml = read()
        if not xml.rstrip().endswith(b"worksheet>"):
            raise ValueError("the sheet is cut short")
        self._rows, self._columns, self._has_body = self._find_places(xml)
        self.findings += _about_margins(where, xml)
        self._needs_a_look = (
            not styles.is_plain
            or any(sign in xml for sign in _SIGNS)
            or _LONG_NUMBER.search(xml) is not None
        )
        self.hidden_spans = [
            range(int(first[1]) - 1, int(last[1]))
            for columns in _COLUMNS.findall(xml)
            if _HIDDEN.search(columns)
            and (first := _FIRST.search(columns))
            and (last := _LAST.search(columns))
        ]

    @property
    def extent(self) -> Place:
        """How many rows and columns there are up to the last cells that may hold something."""
        rows, columns = self._rows[self._has_body], self._columns[self._has_body]
        return int(rows.max(initial=0)), int(columns.max(initial=-1)) + 1

    def mend(self, values: NDArray[Any]) -> NDArray[Any]:
        """Look at each cell that the library left empty, and at those that are not as they seem."""
        given = is_given(values)
        height, width = values.shape
        inside = (self._rows <= height) & (self._columns < width)
        is_known = np.zeros(len(self._rows), dtype=bool)
        is_known[inside] = given[self._rows[inside] - 1, self._columns[inside]]
        if int(given.sum()) != int((is_known & self._has_body).sum()):
            raise self._misplaced("番地の無いセル")
        is_missing = self._has_body & ~is_known
        if is_missing.any() or self._needs_a_look:
            self._look_at_cells(is_missing)
        return super().mend(values)

    def _find_places(self, xml: bytes) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
        """Return row, column and whether there is a body for every cell, in the file's order."""
        spans = list(_spans(xml))
        n_tags = xml.count(b"<row ") + xml.count(b"<c ")
        is_usual = not any(sign in xml for sign in _UNUSUAL)
        parts = (_USUAL.findall(xml, *span) for span in spans) if is_usual else iter(())
        arrays = [self._arrays(part) for part in parts if part]
        if sum(len(array[0]) for array in arrays) != n_tags or not is_usual:
            arrays = [
                self._arrays(part) for part in [list(self._number(_ANY.findall(xml)))] if part
            ]
        if not arrays:
            return np.zeros(0, int), np.zeros(0, int), np.zeros(0, bool)
        is_row, rows, columns, is_hidden, has_body = map(np.concatenate, zip(*arrays, strict=True))
        self._check_places(is_row, rows, columns)
        self.hidden = {*rows[is_row & is_hidden].tolist()}
        return rows[~is_row], columns[~is_row], has_body[~is_row]

    @staticmethod
    def _arrays(elements: Sequence[tuple[bytes, ...]]) -> tuple[NDArray[Any], ...]:
        kinds, letters, digits, rest = zip(*elements, strict=True)
        number = {name: column_number(name.decode()) for name in {*letters}}
        n = len(kinds)
        return (
            np.fromiter((kind == b"row" for kind in kinds), bool, n),
            np.fromiter(map(int, digits), np.int64, n),
            np.fromiter(map(number.__getitem__, letters), np.int64, n),
            np.fromiter((_HIDDEN.search(about) is not None for about in rest), bool, n)
            if b"hidden" in b"".join(rest)
            else np.zeros(n, bool),
            np.fromiter((not about.endswith(b"/") for about in rest), bool, n),
        )

    def _number(self, elements: list[tuple[bytes, bytes]]) -> Iterator[tuple[bytes, ...]]:
        """Give each row and cell without a coordinate the next one; cells number such a row."""
        row, column = 0, -1
        for place, (kind, attributes) in enumerate(elements):
            written = _COORDINATE.search(attributes)
            parts = _PARTS.fullmatch(written[1]) if written else None
            if written and (parts is None or (kind == b"row") == bool(parts[1])):
                raise self._misplaced(written[1].decode(errors="replace"))
            if kind == b"row":
                following = next(self._coordinates_after(elements, place), None)
                row = int(parts[2]) if parts else following or row + 1
                column = -1
                yield b"row", b"", b"%d" % row, attributes
                continue
            column = column_number(parts[1].decode()) if parts else column + 1
            letters = column_letters(column).encode()
            yield b"c", letters, parts[2] if parts else b"%d" % row, attributes

    @staticmethod
    def _coordinates_after(elements: list[tuple[bytes, bytes]], place: int) -> Iterator[int]:
        """Yield the row that each cell of the row at `place` names."""
        for kind, attributes in elements[place + 1 : place + 1 + 16384]:
            if kind == b"row":
                return
            if (found := _COORDINATE.search(attributes)) and (at := _PARTS.fullmatch(found[1])):
                yield int(at[2])

    def _check_places(
        self, is_row: NDArray[Any], rows: NDArray[Any], columns: NDArray[Any]
    ) -> None:
        """Refuse rows or cells that go back, stand twice, or stand in another row than they say."""
        if not len(rows):
            return
        of_row = np.maximum.accumulate(np.where(is_row, np.arange(len(rows)), 0))
        is_wrong = rows != rows[of_row]
        starts = np.flatnonzero(is_row)
        is_wrong[starts[1:][np.diff(rows[starts]) <= 0]] = True
        goes_back = ~is_row[1:] & ~is_row[:-1] & (np.diff(columns) <= 0)
        is_wrong[1:] |= goes_back
        if not is_row[0] or is_wrong.any():
            first = int(is_wrong.argmax()) if is_row[0] else 0
            letters = "" if is_row[first] else column_letters(int(columns[first]))
            raise self._misplaced(f"{letters}{rows[first]}" if letters else f"{rows[first]}行目")

    def _misplaced(self, written: str) -> ReadingError:
        return ReadingError(
            self._where,
            f"セルの番地が壊れています(「{written}」が、前の行やセルと合いません)",
            "番地の壊れたファイルでは、意見がどのセルにあったかを確かめられません",
            "Excel で開いて中身を確かめ、新しい名前で保存し直してください",
        )

    def _look_at_cells(self, is_missing: NDArray[Any]) -> None:
        cells = _CELL.finditer(self._read())
        places = zip(self._rows.tolist(), self._columns.tolist(), is_missing.tolist(), strict=True)
        for cell, (row, column, is_lost) in zip(cells, places, strict=True):
            if body := cell[2]:
                self._look_at((row, column), cell[1], body, is_lost=is_lost)

    def _look_at(self, place: Place, attributes: bytes, body: bytes, *, is_lost: bool) -> None:
        kind = (_KIND.search(attributes) or (b"", b"n"))[1]
        if b"f" in body and (formula := _FORMULA.search(body)):
            self.formulas[place] = "=" + unescape((formula[1] or b"").decode(errors="replace"))
        style = int((_STYLE.search(attributes) or (b"", b"0"))[1])
        if is_lost or kind == b"e":
            self._keep_what_is_written(place, kind, words_of(body))
        elif kind == b"n":
            self._show_number(place, style, words_of(body))
        if style in self._styles.struck:
            self.note_struck(place, words_of(body) if kind == b"inlineStr" else "")
        elif kind == b"inlineStr" and b"strike" in body:
            self.note_struck(place, struck_words(body))
        elif kind == b"s" and (words := self._styles.struck_words(words_of(body))):
            self.note_struck(place, words)

    def _keep_what_is_written(self, place: Place, kind: bytes, words: str) -> None:
        if kind == b"e" and words:
            self.values[place] = words
        elif not words.strip() and place in self.formulas:
            self.values[place] = self.formulas[place]
        elif words.strip() and kind != b"s":
            self.note_lost(place, words)

    def _show_number(self, place: Place, style: int, written: str) -> None:
        if not _WHOLE.fullmatch(written):
            return
        digits = written.partition(".")[0]
        if style in self._styles.shown:
            before, width, after = self._styles.shown[style]
            self.values[place] = f"{before}{digits.zfill(width)}{after}"
        elif len(digits) > _LONGEST_EXACT:
            self.values[place] = digits


def _spans(xml: bytes) -> Iterator[tuple[int, int]]:
    """Yield the starts and ends of parts of the XML that cut no tag, so that lists stay small."""
    start = 0
    while start < len(xml):
        end = xml.find(b"<", start + _N_BYTES)
        end = len(xml) if end < 0 else end
        yield start, end
        start = end


def _about_margins(where: str, xml: bytes) -> Iterator[Finding]:
    for margin in dict.fromkeys(_MARGIN_TEXT.findall(xml)):
        words = unescape(margin.decode(errors="replace"))
        if _MARGIN_CODE.sub("", words):
            yield finding("ヘッダー・フッター", NOTED, where, words, MARGIN)
