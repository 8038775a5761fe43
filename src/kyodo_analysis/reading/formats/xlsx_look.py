"""What an .xlsx file holds beside its values: notes, boxes, pictures, styles, parts that are not read."""

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from functools import partial
from html import unescape
from typing import IO, NamedTuple
from xml.etree import ElementTree

from kyodo_analysis.errors import ReadingError
from kyodo_analysis.reading.findings import DOUBTFUL, NOTED, Finding, finding
from kyodo_analysis.reading.formats.besides import BOX, NO_SHEET, NOTE, PART, PICTURE
from kyodo_analysis.reading.formats.grid import check_size, column_letters
from kyodo_analysis.reading.formats.sheet_look import CellStyles, SheetLook
from kyodo_analysis.reading.formats.sheet_xml import SheetXml, struck_words

_P = rb"<(?:\w+:)?"
_FONTS = re.compile(_P + rb"fonts[\s>].*?</(?:\w+:)?fonts>", re.DOTALL)
_FONT = re.compile(_P + rb"font(?:/>|[\s>].*?</(?:\w+:)?font>)", re.DOTALL)
_STRIKE = re.compile(_P + rb"strike(?:/>|\s*>|\s+val=[\"'](?:1|true))")
_FORMATS = re.compile(_P + rb"numFmt\s([^>]*)>")
_CELL_STYLES = re.compile(_P + rb"cellXfs[\s>].*?</(?:\w+:)?cellXfs>", re.DOTALL)
_CELL_STYLE = re.compile(_P + rb"xf\s([^>]*)>")
_STRING = re.compile(_P + rb"si(?:/>|[\s>].*?</(?:\w+:)?si>)", re.DOTALL)
_LITERAL = r'(?:"[^"]*"|\\.|[^\x00-\x7f]|[-() ])*'
_SHOWN_NUMBER = re.compile(rf"({_LITERAL})(0+)({_LITERAL})(?:;.*)?")

_PASSED_OVER = re.compile(
    r"\[content_types\]\.xml|(?:.*/)?_rels/.*|docprops/.*|mimetype"
    r"|xl/(?:workbook\.(?:xml|bin)|styles\.(?:xml|bin)|sharedstrings\.(?:xml|bin)|calcchain\..*"
    r"|metadata\..*|theme/.*|printersettings/.*|tables/.*|persons/.*|worksheets/[^/]*|chartsheets/.*"
    r"|worksheets/binaryindex.*|drawings/.*\.vml|ctrlprops/.*|featurepropertybag/.*)|customxml/.*",
    re.IGNORECASE,
)


class _Relation(NamedTuple):
    kind: str
    part: str


def look_into_xlsx(file: str, content: IO[bytes]) -> list[SheetLook]:
    """Look at every sheet of an .xlsx file, in order; charts are none.

    Raises
    ------
    ReadingError
        When a sheet is listed but not in the file, is too large, or contradicts itself.
    """
    with zipfile.ZipFile(content) as package:
        looks, read, charts = list[SheetLook](), set[str](), list[Finding]()
        styles = _read_styles(package)
        for name, relation in _sheets(file, package):
            where = f"{file}:{name}"
            if relation.kind != "worksheet":
                charts.append(finding("読まなかったシート", NOTED, where, relation.kind, NO_SHEET))
                continue
            look = SheetXml(name, where, partial(_read_part, content, relation.part), styles)
            check_size(*look.extent, where)
            for about in _relations(package, relation.part).values():
                read.add(about.part)
                look.findings += _about_part(where, package, about)
            looks.append(look)
        if looks:
            looks[0].findings += [*charts, *_about_parts(file, package, read)]
        return looks


def _sheets(file: str, package: zipfile.ZipFile) -> Iterator[tuple[str, _Relation]]:
    relations = _relations(package, "xl/workbook.xml")
    for sheet in _root(package, "xl/workbook.xml").findall(".//{*}sheet"):
        name = sheet.get("name", "")
        number = next((v for key, v in sheet.attrib.items() if key.endswith("}id")), "")
        relation = relations.get(number)
        if relation is None or relation.part not in package.namelist():
            raise ReadingError(
                f"{file}:{name}",
                "シートの名前だけがあり、中身がファイルの中にありません",
                action="Excel で開いて中身を確かめ、新しい名前で保存し直してください",
            )
        yield name, relation


def _relations(package: zipfile.ZipFile, part: str) -> Mapping[str, _Relation]:
    """Return what a part relates to, by the number that it uses for it."""
    folder, name = posixpath.split(part)
    described = f"{folder}/_rels/{name}.rels"
    if described not in package.namelist():
        return {}
    return {
        relation.get("Id", ""): _Relation(
            relation.get("Type", "").rpartition("/")[2],
            posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))[1:],
        )
        for relation in _root(package, described)
        if relation.get("TargetMode") != "External"
    }


def _read_part(content: IO[bytes], part: str) -> bytes:
    with zipfile.ZipFile(content) as package:
        return package.read(part)


def _root(package: zipfile.ZipFile, part: str) -> ElementTree.Element:
    return ElementTree.fromstring(package.read(part))


def _read_styles(package: zipfile.ZipFile) -> CellStyles:
    parts = {
        relation.kind: relation.part for relation in _relations(package, "xl/workbook.xml").values()
    }
    xml, strings = (
        package.read(parts[kind]) if parts.get(kind) in package.namelist() else b""
        for kind in ("styles", "sharedStrings")
    )
    fonts = _FONT.findall((_FONTS.search(xml) or [b""])[0])
    struck_fonts = {number for number, font in enumerate(fonts) if _STRIKE.search(font)}
    formats = {
        _number(about, b"numFmtId"): _SHOWN_NUMBER.fullmatch(_text(about, b"formatCode"))
        for about in _FORMATS.findall(xml)
    }
    shown = {
        number: (_literal(code[1]), len(code[2]), _literal(code[3]))
        for number, code in formats.items()
        if code and code[0] != "0"
    }
    styles = _CELL_STYLE.findall((_CELL_STYLES.search(xml) or [b""])[0])
    return CellStyles(
        {
            i: shown[_number(s, b"numFmtId")]
            for i, s in enumerate(styles)
            if _number(s, b"numFmtId") in shown
        },
        {i for i, style in enumerate(styles) if _number(style, b"fontId") in struck_fonts},
        {i: struck_words(s) for i, s in enumerate(_STRING.findall(strings)) if b"strike" in s}
        if b"strike" in strings
        else {},
    )


def _number(attributes: bytes, name: bytes) -> int:
    return int("0" + _text(attributes, name))


def _text(attributes: bytes, name: bytes) -> str:
    found = re.search(rb"\b" + name + rb"=(?:\"([^\"]*)\"|'([^']*)')", attributes)
    return unescape((found[1] or found[2] or b"").decode(errors="replace")) if found else ""


def _literal(code: str) -> str:
    return re.sub(r'"([^"]*)"|\\(.)', lambda found: found[1] or found[2] or "", code)


def _about_part(where: str, package: zipfile.ZipFile, about: _Relation) -> Iterator[Finding]:
    """Say what a part that belongs to a sheet holds."""
    if about.part not in package.namelist():
        return
    if about.kind in ("comments", "threadedComment"):
        for note in _root(package, about.part).iter():
            if note.tag.endswith(("}comment", "}threadedComment")):
                words = _joined(note, "t", "text")
                yield finding("メモ", DOUBTFUL, f"{where}!{note.get('ref', '')}", words, NOTE)
    elif about.kind == "drawing":
        yield from _about_drawing(where, _root(package, about.part))


def _about_drawing(where: str, drawing: ElementTree.Element) -> Iterator[Finding]:
    for anchor in drawing:
        row, column = anchor.find("{*}from/{*}row"), anchor.find("{*}from/{*}col")
        at = ""
        if row is not None and column is not None:
            at = f"!{column_letters(int(column.text or 0))}{int(row.text or 0) + 1}"
        if words := _joined(anchor, "t"):
            yield finding("テキストボックス", DOUBTFUL, where + at, words, BOX)
        for picture in anchor.findall(".//{*}pic"):
            name = next((p.get("name", "") for p in picture.findall(".//{*}cNvPr")), "")
            yield finding("読まなかった画像", NOTED, where + at, name, PICTURE)


def _joined(element: ElementTree.Element, *names: str) -> str:
    """Join the words below an element, paragraph by paragraph, without ruby."""
    ruby = {t for run in element.findall(".//{*}rPh") for t in run.iter()}
    ends = tuple(f"}}{name}" for name in names)
    words = "".join(
        "\n" if part.tag.endswith("}p") else part.text or ""
        for part in element.iter()
        if part not in ruby and part.tag.endswith((*ends, "}p"))
    )
    return words.strip()


def _about_parts(file: str, package: zipfile.ZipFile, read: set[str]) -> Iterator[Finding]:
    """Name every part of the package that is neither read nor known to say nothing."""
    for part in package.namelist():
        is_known = part in read or part.endswith("/") or _PASSED_OVER.fullmatch(part)
        if not is_known and not part.startswith("xl/media/"):
            yield finding("読まない部品", NOTED, file, part, PART)
