"""What the coding sheet looks like, to whoever writes it and whoever reads it back."""

import re
from collections.abc import Sequence

SHEET = "意見"
ID_HEADER, TEXT_HEADER, NONE_HEADER, MEMO_HEADER = "意見番号", "意見", "該当なし", "メモ"
MARK = "○"
# ○, and what input methods write for it: the ideographic zero and the large circle.
MARKS = ("○", "〇", "◯")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def sheet_headers(codes: Sequence[str]) -> list[str]:
    """List the headers of the sheet, left to right."""
    return [ID_HEADER, TEXT_HEADER, *codes, NONE_HEADER, MEMO_HEADER]


def as_shown(text: str) -> str:
    """Return a text as a cell can hold it: line ends of one kind, unprintable characters as 〓."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _NOT_IN_XML.sub("〓", lines)
