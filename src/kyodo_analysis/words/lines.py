"""Where the lines and sentences of a folded text begin and end."""

import re
from collections.abc import Iterator

from kyodo_analysis.folding import BLANK, NEWLINES

_BRACKETS = ("「」", "『』", "（）", "()", "［］", "【】", "〈〉", "《》", "〔〕", "“”")
_QUOTED = "|".join(
    f"{re.escape(first)}[^{re.escape(first + last)}{NEWLINES}]*{re.escape(last)}"
    for first, last in map(tuple, _BRACKETS)
)
_LINE = re.compile(f"[^{NEWLINES}]+")
_BLANKS = re.compile(f"{BLANK}+")
_PLAIN = f"[^。！？{NEWLINES}{re.escape(''.join(pair[0] for pair in _BRACKETS))}]++"
_SENTENCE = re.compile(f"(?:{_PLAIN}|{_QUOTED}|[^。！？{NEWLINES}])*+[。！？]*")


def split_lines(folded: str) -> Iterator[tuple[int, str]]:
    """Yield the start and the text of each line that holds anything: a paragraph."""
    return ((line.start(), line[0]) for line in _LINE.finditer(folded))


def find_outer_blanks(folded: str) -> list[int]:
    """Return the places of the blanks at the start and the end of lines."""
    runs = (blanks.span() for blanks in _BLANKS.finditer(folded))
    return [place for run in runs if _is_outer(folded, *run) for place in range(*run)]


def _is_outer(folded: str, start: int, end: int) -> bool:
    return (
        start == 0 or end == len(folded) or folded[start - 1] in NEWLINES or folded[end] in NEWLINES
    )


def find_sentence_starts(folded: str) -> list[int]:
    """Return where sentences start: after 。！？ outside brackets, and after a newline.

    A bracket that is never closed in its line, or closed without being opened, counts as an
    ordinary character, so that one slip does not swallow the rest.
    """
    return [sentence.start() for sentence in _SENTENCE.finditer(folded) if sentence[0]]
