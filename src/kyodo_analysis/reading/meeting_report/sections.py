"""The sections of a meeting report: found by the headings of its tables."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, takewhile
from operator import itemgetter

from kyodo_analysis.errors import ReadingError
from kyodo_analysis.reading.meeting_report.lines import CONTENT_HEADINGS, Piece, Row
from kyodo_analysis.reading.normalise import plain, to_session

_SESSION_HEADING = "回"
_CATEGORY_HEADINGS = ("分類",)

_LONGEST_SESSION_HEADING = 40
_LARGEST_SESSION = 999
_SECTION = re.compile(r"\s*\(?\d{1,2}[.)]\s*[^\s。][^。]*")
_LETTERED = re.compile(r"\s*[A-Z]{1,2}\s*\.\s*\S[^。]{0,59}")


@dataclass(frozen=True)
class CategoryRows:
    """One category: its cell 分類 (None above the first) and the lines of its cells 内容."""

    label: Piece | None
    content: tuple[Piece, ...]


@dataclass(frozen=True)
class ReportSections:
    """A meeting report taken apart.

    Parameters
    ----------
    head : tuple of Piece
        The lines above the first section or table.
    session_rows : tuple of Row
        The sessions table, cell by cell; its first row names the sessions.
    opinions_title : Piece or None
        The line above the opinions table.
    categories : tuple of CategoryRows
        The opinions table below its headings.
    unread : tuple of Piece
        All other words, without the titles of sections above the opinions.
    """

    head: tuple[Piece, ...]
    session_rows: tuple[Row, ...]
    opinions_title: Piece | None
    categories: tuple[CategoryRows, ...]
    unread: tuple[Piece, ...]


def find_sections(name: str, lines: Sequence[Piece]) -> ReportSections:
    """Find the sections of the meeting report called `name`.

    Raises
    ------
    ReadingError
        When there is no opinions table (分類, 内容); says what was found instead.
    """
    rows = [line.cells() for line in lines]
    sessions_at = _first(rows, _names_sessions)
    opinions_at = _first(rows, _names_opinions)
    if opinions_at is None:
        raise _no_opinions_table(name, None if sessions_at is None else lines[sessions_at])
    sessions = _session_range(rows, sessions_at, opinions_at)
    opinions = _opinion_range(rows, opinions_at, sessions_at)
    categories, beside = _categories([rows[i] for i in opinions])
    in_tables = {*sessions, *opinions}
    outside = [line for i, line in enumerate(lines) if i not in in_tables and line.text.strip()]
    above = [line for line in outside if line.line <= opinions_at]
    head = _head(above, min(in_tables))
    return ReportSections(
        head=head,
        session_rows=tuple(rows[i] for i in sessions),
        opinions_title=above[-1] if above else None,
        categories=categories,
        unread=(
            *(line for line in above[len(head) :] if not _is_section(line)),
            *outside[len(above) :],
            *beside,
        ),
    )


def _head(above: Sequence[Piece], first_table: int) -> tuple[Piece, ...]:
    return tuple(takewhile(lambda line: line.line <= first_table and not _is_section(line), above))


def _first(rows: Sequence[Row], fits: Callable[[Row], bool]) -> int | None:
    return next((i for i, row in enumerate(rows) if fits(row)), None)


def _names_sessions(row: Row) -> bool:
    is_heading = plain(row[0].text) == _SESSION_HEADING
    return is_heading and any(session_number(cell.text) is not None for cell in row[1:])


def _names_opinions(row: Row) -> bool:
    names = {plain(cell.text) for cell in row}
    return bool(names & set(_CATEGORY_HEADINGS)) and bool(names & set(CONTENT_HEADINGS))


def session_number(heading: str) -> int | None:
    """Return the number in the heading of a session's column; None for any other heading."""
    number = to_session(heading) if len(heading) <= _LONGEST_SESSION_HEADING else None
    return number if number is not None and number <= _LARGEST_SESSION else None


def _is_section(line: Piece) -> bool:
    return "\t" not in line.text.strip() and bool(_SECTION.fullmatch(_nfkc(line.text)))


def _nfkc(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _is_blank(row: Row) -> bool:
    return not any(cell.text for cell in row)


def _session_range(rows: Sequence[Row], start: int | None, opinions_at: int) -> range:
    if start is None:
        return range(0)
    after = range(start + 1, len(rows))
    return range(
        start, next((i for i in after if len(rows[i]) == 1 or i == opinions_at), len(rows))
    )


def _opinion_range(rows: Sequence[Row], start: int, sessions_at: int | None) -> range:
    """From the headings to the last row with cells and the lines that follow it without a gap."""
    after = range(start + 1, len(rows))
    stop = next((i for i in after if i == sessions_at or _is_new_section(rows, i)), len(rows))
    inside = range(start, stop)
    last = max(i for i in inside if len(rows[i]) > 1 or _is_lettered(rows[i]))
    return range(start, next((i for i in range(last, stop) if _is_blank(rows[i])), stop))


def _is_new_section(rows: Sequence[Row], i: int) -> bool:
    return len(rows[i]) == 1 and _is_blank(rows[i - 1]) and _is_section(rows[i][0])


def _is_lettered(row: Row) -> bool:
    return len(row) == 1 and bool(_LETTERED.fullmatch(_nfkc(row[0].text)))


def _categories(table: Sequence[Row]) -> tuple[tuple[CategoryRows, ...], tuple[Piece, ...]]:
    """Take the opinions table apart: its categories, and the words in other columns."""
    names = [plain(cell.text) for cell in table[0]]
    columns = (_column(names, _CATEGORY_HEADINGS), _column(names, CONTENT_HEADINGS))
    rows = [
        _parts(row, *columns) for row in table if not _is_blank(row) and not _names_opinions(row)
    ]
    numbers = accumulate(label is not None for label, _, _ in rows)
    groups = groupby(zip(numbers, rows, strict=True), key=itemgetter(0))
    categories = tuple(_category([row for _, row in group]) for _, group in groups)
    return categories, tuple(piece for _, _, beside in rows for piece in beside)


def _column(names: Sequence[str], headings: Sequence[str]) -> int:
    return next(i for i, name in enumerate(names) if name in headings)


def _parts(row: Row, category: int, content: int) -> tuple[Piece | None, Row, Row]:
    if len(row) == 1:
        return (row[0], (), ()) if _is_lettered(row) else (None, row, ())
    cells = {i: cell for i, cell in enumerate(row) if cell.text}
    label = cells.pop(category, None)
    words = (cells.pop(content),) if content in cells else ()
    return label, words, tuple(cells.values())


def _category(rows: Sequence[tuple[Piece | None, Row, Row]]) -> CategoryRows:
    return CategoryRows(rows[0][0], tuple(piece for _, words, _ in rows for piece in words))


def _no_opinions_table(name: str, sessions: Piece | None) -> ReadingError:
    if sessions is None:
        return ReadingError(
            name,
            "意見交換会の実施報告として読めません(「回」の表も「分類・内容」の表もありません)",
            "表の列はタブで、見出しは「回」と「分類」「内容」で書かれているものを読めます",
            "正しいファイルかを確かめてください。Excel や CSV の一覧なら、表計算の読み方を選びます",
        )
    where = sessions.place.rpartition(":")[2]
    return ReadingError(
        name,
        f"意見の表(「分類」「内容」)がありません。{where}目に「回」の表はあるので、その後が欠けているようです",
        action="資料の最後まで写されているかを確かめてください",
    )
