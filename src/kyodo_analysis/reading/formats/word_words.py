"""What a paragraph of a Word file shows, and what it holds besides."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from kyodo_analysis.reading.formats.word_fields import (
    read_field,
    read_form_field,
    read_symbol,
    read_symbols,
)
from kyodo_analysis.reading.formats.word_names import (
    PASSED_OVER,
    M,
    W,
    named_children,
    value_of,
)
from kyodo_analysis.reading.formats.word_styles import Styles

DELETED, HIDDEN, PROMPT, BESIDE = "変更履歴で消された文字", "隠し文字", "入力欄の案内文", "ふりがな"
BOX, STRUCK, FIELD, UNKNOWN = "テキストボックス", "取り消し線", "フィールド", "読めない部品"
SHOWN = ""

_CONTAINERS = frozenset(
    [
        "w:r",
        "w:ins",
        "w:moveTo",
        "w:hyperlink",
        "w:smartTag",
        "w:customXml",
        "w:sdtContent",
        "w:bdo",
        "w:dir",
        "w:ruby",
        "w:rubyBase",
        "w:pict",
        "w:drawing",
        "w:tbl",
        "w:tr",
        "w:tc",
    ]
)
_HIDING = {"w:del": DELETED, "w:moveFrom": DELETED, "w:rt": BESIDE, "w:txbxContent": BOX}
_SAYING = {"w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "\u2011"}
_MATHEMATICS = {"m:den": "/", "m:deg": "", "m:rad": "√"}
_SPLIT_WORDS = frozenset(("w:delText", "w:delInstrText"))
_DRAWN = frozenset(("a:t", "v:textpath"))


class Words(NamedTuple):
    """Some words: shown where `kind` is SHOWN, or else why not (STRUCK ones are shown too)."""

    kind: str
    text: str


@dataclass
class _Field:
    instruction: str = ""
    words: str = ""
    has_result: bool = False


@dataclass
class WordReader:
    """Reads the paragraphs of one part in order, since a field may span several of them.

    Parameters
    ----------
    styles : Styles
        The styles of the file.
    """

    styles: Styles
    _fields: list[_Field] = field(default_factory=list)

    def read(self, paragraph: Any, kind: str = SHOWN) -> Iterator[Words]:
        """Yield the words of a paragraph in order; `kind` says why none is shown, if so."""
        yield from self._read(paragraph, paragraph, kind)

    def close(self) -> Iterator[Words]:
        """Yield what stands in a field that never ends."""
        for each in self._fields:
            if not each.has_result:
                yield Words(FIELD, each.instruction)
        self._fields.clear()

    def _read(self, parent: Any, paragraph: Any, kind: str) -> Iterator[Words]:
        for name, child in named_children(parent):
            if name in PASSED_OVER or (name == "w:r" and len(child) == 0):
                continue
            if name == "w:p":
                yield from self.read(child, kind)
                yield Words(kind, "\n")
            elif name == "w:sdt":
                yield from self._read(child, paragraph, kind or placeholder_kind(child))
            elif name in _CONTAINERS or name.startswith("m:") or name in _HIDING:
                yield from self._inside(name, child, paragraph, kind or _HIDING.get(name, SHOWN))
            else:
                yield from self._say(name, child, kind)

    def _inside(self, name: str, element: Any, paragraph: Any, kind: str) -> Iterator[Words]:
        """Read what stands within an element that may itself say something."""
        if name == "m:t":
            yield from self._shown(element.text or "", kind)
        elif name in ("w:pict", "w:drawing"):
            yield from self._drawn(element, paragraph, kind)
        elif name == "w:r":
            yield from self._run(element, paragraph, kind)
        elif name == "m:d":
            yield from self._shown(_sign(element, "begChr", "("), kind)
            yield from self._read(element, paragraph, kind)
            yield from self._shown(_sign(element, "endChr", ")"), kind)
        elif not name.endswith("Pr"):
            yield from self._shown(_MATHEMATICS.get(name, ""), kind)
            yield from self._read(element, paragraph, kind)

    def _run(self, run: Any, paragraph: Any, kind: str) -> Iterator[Words]:
        look = self.styles.look(run, paragraph) if not kind else frozenset()
        is_struck = bool(look - {"vanish"}) and "vanish" not in look
        kind = HIDDEN if "vanish" in look else kind
        font = value_of(run, "rPr/rFonts", "ascii") or ""
        for kind_of, text in self._read(run, paragraph, kind):
            words = Words(kind_of, read_symbols(font, text))
            yield words
            if is_struck and words.kind == SHOWN:
                yield Words(STRUCK, words.text)

    def _say(self, name: str, element: Any, kind: str) -> Iterator[Words]:
        """Read an element without others inside, or name one that nobody knows."""
        if name == "w:t":
            yield from self._shown(element.text or "", kind)
        elif name in _SAYING:
            yield from self._shown(_SAYING[name], kind)
        elif name == "w:sym":
            symbol = read_symbol(element.get(f"{W}font", ""), element.get(f"{W}char", "3F"))
            yield from self._shown(symbol, kind)
        elif name == "w:instrText":
            yield from self._instruct(element.text or "", kind)
        elif name == "w:fldChar":
            yield from self._change_field(element, kind)
        elif name == "w:fldSimple":
            yield from self._simple_field(element, kind)
        elif name in _SPLIT_WORDS:
            yield Words(kind or DELETED, element.text or "")
        else:
            yield Words(UNKNOWN, f"{name} {''.join(element.itertext())}".strip())

    def _shown(self, text: str, kind: str) -> Iterator[Words]:
        """Say words, unless they belong to the instruction of a field."""
        instructed = next((each for each in reversed(self._fields) if not each.has_result), None)
        if kind or instructed is None:
            yield Words(kind, text)
        else:
            instructed.instruction += text
            instructed.words += text

    def _instruct(self, text: str, kind: str) -> Iterator[Words]:
        if kind or not self._fields:
            yield Words(kind or FIELD, text)
        else:
            self._fields[-1].instruction += text

    def _change_field(self, element: Any, kind: str) -> Iterator[Words]:
        change = element.get(f"{W}fldCharType")
        form = element.find(f"{W}ffData")
        if kind:
            return
        if change == "begin":
            if form is not None:
                yield Words(SHOWN, read_form_field(form))
            self._fields.append(_Field())
        elif change == "separate" and self._fields:
            self._fields[-1].has_result = True
            yield Words(FIELD, self._fields[-1].words)
        elif change == "end" and self._fields:
            ended = self._fields.pop()
            if not ended.has_result:
                yield from self._without_result(ended.instruction)

    def _simple_field(self, element: Any, kind: str) -> Iterator[Words]:
        words = [*self._read(element, element, kind)]
        yield from words
        if not words:
            yield from self._without_result(element.get(f"{W}instr", ""))

    def _without_result(self, instruction: str) -> Iterator[Words]:
        shown, beside, unclear = read_field(instruction)
        yield from self._shown(shown, SHOWN)
        yield Words(BESIDE, beside)
        yield Words(FIELD, unclear)

    def _drawn(self, drawing: Any, paragraph: Any, kind: str) -> Iterator[Words]:
        """Read the words in a picture's boxes and shapes; numbers of its layout are no words."""
        for name, child in named_children(drawing):
            if name == "w:txbxContent":
                yield from WordReader(self.styles)._read(child, paragraph, kind or BOX)
            elif name in _DRAWN:
                yield Words(kind or BOX, child.text or child.get("string", ""))
            elif name.startswith("w:") and name not in PASSED_OVER:
                yield Words(UNKNOWN, f"{name} {''.join(child.itertext())}".strip())
            else:
                yield from self._drawn(child, paragraph, kind)


def placeholder_kind(control: Any) -> str:
    """Return PROMPT where a content control (w:sdt) shows its prompt instead of an entry."""
    return PROMPT if value_of(control, "sdtPr/showingPlcHdr") not in (None, "0", "false") else SHOWN


def _sign(element: Any, name: str, usual: str) -> str:
    found = element.find(f"{M}dPr/{M}{name}")
    return usual if found is None else found.get(f"{M}val", "")


def look_ahead(
    parent: Any, wanted: tuple[str, ...], kind: str = SHOWN
) -> Iterator[tuple[str, Any, str]]:
    """Yield the elements called as `wanted` below `parent`, through all that only wraps them.

    Yields
    ------
    name, element, kind
        What an element is called, and why nothing in it is shown, if so; any other element that
        is not passed over comes along under its own name.
    """
    for name, child in named_children(parent):
        if name in wanted:
            yield name, child, kind
        elif name == "w:sdt":
            yield from look_ahead(child, wanted, kind or placeholder_kind(child))
        elif name in _CONTAINERS - {"w:r"} or name in _HIDING:
            yield from look_ahead(child, wanted, kind or _HIDING.get(name, SHOWN))
        elif name not in PASSED_OVER:
            yield name, child, kind
