"""What the elements of a Word file are called here: ``w:t`` for a text, and what is passed over."""

from collections.abc import Iterator
from functools import cache
from typing import Any

_PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing": "wp14",
    "urn:schemas-microsoft-com:vml": "v",
}
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

# Elements that show no words. Whatever is not named here or read is named to the analyst.
PASSED_OVER = frozenset(
    f"w:{name}"
    for name in [
        "pPr",
        "rPr",
        "tblPr",
        "tblGrid",
        "trPr",
        "tcPr",
        "sectPr",
        "sdtPr",
        "sdtEndPr",
        "rubyPr",
        "tblPrEx",
        "customXmlPr",
        "smartTagPr",
        "bookmarkStart",
        "bookmarkEnd",
        "proofErr",
        "permStart",
        "permEnd",
        "commentRangeStart",
        "commentRangeEnd",
        "moveFromRangeStart",
        "moveFromRangeEnd",
        "moveToRangeStart",
        "moveToRangeEnd",
        "customXmlInsRangeStart",
        "customXmlInsRangeEnd",
        "customXmlDelRangeStart",
        "customXmlDelRangeEnd",
        "customXmlMoveFromRangeStart",
        "customXmlMoveFromRangeEnd",
        "customXmlMoveToRangeStart",
        "customXmlMoveToRangeEnd",
        "footnoteReference",
        "endnoteReference",
        "commentReference",
        "annotationRef",
        "footnoteRef",
        "endnoteRef",
        "separator",
        "continuationSeparator",
        "lastRenderedPageBreak",
        "pgNum",
        "softHyphen",
        "ffData",
    ]
)


def name_of(element: Any) -> str:
    """Return e.g. ``w:t``; the full name where the namespace is not known, nothing for a comment."""
    if not isinstance(element.tag, str):
        return ""
    namespace, _, local = element.tag.rpartition("}")
    prefix = _PREFIXES.get(namespace[1:])
    return f"{prefix}:{local}" if prefix else str(element.tag)


def named_children(element: Any) -> Iterator[tuple[str, Any]]:
    """Yield the children with their names; of alternatives only the one that Word shows."""
    for child in element:
        name = name_of(child)
        if name == "mc:AlternateContent":
            branches = dict(reversed([*named_children(child)]))
            shown = branches.get("mc:Choice", branches.get("mc:Fallback"))
            yield from () if shown is None else named_children(shown)
        elif name:
            yield name, child


def value_of(parent: Any, path: str, name: str = "val") -> str | None:
    """Return an attribute of the first element at `path`, e.g. ``rPr/vanish``; None without it."""
    found = None if parent is None else parent.find(_full_path(path))
    return None if found is None else found.get(W + name, "true")


@cache
def _full_path(path: str) -> str:
    return "/".join(W + part for part in path.split("/"))


def is_on(value: str | None) -> bool | None:
    """Tell whether a switch of Word's is on; None where it is not written."""
    return None if value is None else value not in ("0", "false", "off", "none")
