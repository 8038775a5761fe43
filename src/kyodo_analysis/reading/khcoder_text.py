"""A text prepared for KH Coder: headings in tags <h1> to <h5>, one paragraph a line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import pandas as pd

from kyodo_analysis.errors import ReadingError
from kyodo_analysis.files import TextFile, read_text
from kyodo_analysis.tables import HEADINGS, OPINIONS

_TAG = re.compile(r"</?h[1-5]>", re.IGNORECASE)
_HEADING = re.compile(r"<h([1-5])>(.+)</h\1>", re.IGNORECASE)
_LEVELS = 5


@dataclass(frozen=True, eq=False)
class KhcoderText:
    """A text in parts.

    Attributes
    ----------
    opinions : pandas.DataFrame
        One row per heading and per body between two headings (OPINIONS); `text` of a heading is
        without its tags, the paragraphs of a body are its lines. Ids are line numbers.
    headings : pandas.DataFrame
        What each row of `opinions` is and which headings it stands under (HEADINGS).
    """

    opinions: pd.DataFrame
    headings: pd.DataFrame


@dataclass(frozen=True)
class _Part:
    first_line: int
    last_line: int
    lines: list[str]
    level: int | None

    def place(self, file: TextFile) -> str:
        first, last = file.place(self.first_line), self.last_line
        return first if self.first_line == last else f"{first}から{last}行"

    @property
    def raw_text(self) -> str:
        return "\n".join(self.lines)

    @property
    def text(self) -> str:
        return _TAG.sub("", self.raw_text) if self.level else self.raw_text


def read_khcoder_text(path: Path) -> KhcoderText:
    """Read a text prepared for KH Coder, with or without headings.

    Raises
    ------
    ReadingError
        The file cannot be read, holds no text, or a heading does not fill a line of its own.
    """
    file = read_text(path)
    parts = [part for part in _split(file) if part.raw_text.strip()]
    return KhcoderText(
        OPINIONS.make(_opinion(part, file) for part in parts), _tabulate_headings(parts)
    )


def _split(file: TextFile) -> Iterator[_Part]:
    numbered = [
        (number, line, _level(file, number, line))
        for number, line in enumerate(file.lines, start=1)
        if line
    ]
    for is_body, group in groupby(numbered, key=lambda row: row[2] is None):
        rows = list(group)
        if is_body:
            yield _Part(rows[0][0], rows[-1][0], [line for _, line, _ in rows], None)
        else:
            yield from (_Part(number, number, [line], level) for number, line, level in rows)


def _level(file: TextFile, number: int, line: str) -> int | None:
    heading = _HEADING.fullmatch(line.strip())
    if len(_TAG.findall(line)) != (2 if heading else 0):
        raise ReadingError(
            file.place(number),
            f"見出しのタグが「{line[:30]}」のように書かれています",
            "見出しは <h1>題</h1> のように、1行に1つだけ書きます",
            "タグの前後の文を別の行に分けてください",
        )
    return int(heading[1]) if heading else None


def _opinion(part: _Part, file: TextFile) -> dict[str, object]:
    return {
        "opinion_id": f"行{part.first_line}",
        "text": part.text,
        "raw_text": part.raw_text,
        "source": part.place(file),
        "source_start": 0,
        "source_end": len(part.lines[-1]),
    }


def _tabulate_headings(parts: list[_Part]) -> pd.DataFrame:
    counts, rows = [0] * _LEVELS, []
    for part in parts:
        if part.level:
            counts[part.level - 1] += 1
            counts[part.level :] = [0] * (_LEVELS - part.level)
        path = {f"h{level}": count for level, count in enumerate(counts, start=1)}
        rows.append({"opinion_id": f"行{part.first_line}", "level": part.level, **path})
    return HEADINGS.make(rows)
