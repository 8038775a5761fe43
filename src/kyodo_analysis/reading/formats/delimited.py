"""A CSV or tab-separated file as a grid."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from kyodo_analysis.errors import ReadingError
from kyodo_analysis.files import read_text
from kyodo_analysis.reading.formats.grid import Grid, make_cells

_DELIMITERS = (",", "\t", ";")
_ONE_COLUMN = "\x1f"  # a separator that nobody types, so that commas in a sentence stay
_N_SAMPLE_ROWS = 20
_NOT_CLOSED = '引用符 " の対応がとれていません'
_TOO_LONG = f"{csv.field_size_limit():,}文字を超える欄があります"
_SAVE_AGAIN = "Excel で開き、「CSV UTF-8(コンマ区切り)」で保存し直してください"
_FORCED_TEXT = re.compile(r'="((?:[^"]|"")*)"')
_LINE_END = re.compile(r"\r\n|\r|\n")


def read_delimited(path: Path) -> Grid:
    """Read a file with commas, tabs or semicolons between its cells, whichever fits its first rows.

    A row is what Excel would show as a row, so a quoted line break does not begin a new one;
    ``="0001"``, by which a program keeps Excel from making a number of it, is 0001.

    Raises
    ------
    ReadingError
        For all that :func:`~kyodo_analysis.files.read_text` refuses, when a quotation mark is
        never closed, or closed so that rows vanish in a cell, and when characters would be lost.
    """
    file = read_text(path)
    delimiter = _find_delimiter(file.text)
    text = _without_forcing(file.text, delimiter)
    rows, lines = _read_rows(file.name, text, delimiter)
    _check_characters(file.name, text, delimiter, rows)
    _check_quotes(file.name, rows, lines, delimiter)
    return Grid(file.name, None, make_cells(rows, file.name))


def _read_rows(name: str, text: str, delimiter: str) -> tuple[list[list[str]], list[int]]:
    """Return the cells of each row, and the line of the file in which it ends."""
    reader = csv.reader(_lines(text), delimiter=delimiter, strict=True)
    rows, lines = list[list[str]](), list[int]()
    try:
        for row in reader:
            rows.append([_unforced(cell) for cell in row])
            lines.append(reader.line_num)
    except csv.Error as error:
        is_too_long = "field limit" in str(error)
        raise ReadingError(
            f"{name}:{len(rows) + 1}行",
            f"CSV として読めません({_TOO_LONG if is_too_long else _NOT_CLOSED}。"
            f"ファイルの{lines[-1] + 1 if lines else 1}行目から始まる行です)",
            action=f'その行の " を確かめるか、{_SAVE_AGAIN}',
        ) from None
    return rows, lines


def _without_forcing(text: str, delimiter: str) -> str:
    """Take away the = before a quoted cell, so that a comma or line break in it stays in it."""
    if '="' not in text:
        return text
    mark = re.escape(delimiter)
    cell = re.compile(rf'(?:(?<={mark})|(?<=[\r\n])|\A)=("(?:[^"]|"")*")(?={mark}|[\r\n]|\Z)')
    return cell.sub(r"\1", text)


def _unforced(cell: str) -> str:
    if cell.startswith('="') and (forced := _FORCED_TEXT.fullmatch(cell)):
        return forced[1].replace('""', '"')
    return cell


def _check_characters(name: str, text: str, delimiter: str, rows: list[list[str]]) -> None:
    """Hold the characters of the file against those of its cells, marks of CSV aside."""
    marks = f'"{delimiter}\r\n='
    n_written = len(text) - sum(map(text.count, marks))
    cells = "".join(cell for row in rows for cell in row)
    n_read = len(cells) - sum(map(cells.count, marks))
    if n_written != n_read:
        raise ReadingError(
            name,
            f"CSV として読むと {n_written - n_read:,} 文字が失われます",
            action=_SAVE_AGAIN,
        )


def _check_quotes(name: str, rows: list[list[str]], lines: list[int], delimiter: str) -> None:
    """Refuse a cell that swallowed rows because its quotation mark was closed by a later one."""
    width = max(map(len, rows), default=0)
    are_numbered = any(row and row[0][:1].isdigit() for row in rows[1:])
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            swallowed = _swallowed_rows(cell, column, width, delimiter)
            if swallowed and (not are_numbered or all(line[:1].isdigit() for line in swallowed)):
                first = (lines[number - 2] if number > 1 else 0) + 1
                raise ReadingError(
                    f"{name}:{number}行",
                    f"1つの欄の中に、ほかの行らしいものが{len(swallowed)}行入っています"
                    f'(ファイルの{first}行目で開いた引用符 " が、後の行の " で閉じたようです)',
                    "この欄を1件と数えると、中の意見が失われます",
                    f'Excel かメモ帳で開き、{first}行目の " を消すか閉じてください。'
                    "その欄が正しければ、「Excel ブック(.xlsx)」で保存し直してください",
                )


def _swallowed_rows(cell: str, column: int, width: int, delimiter: str) -> list[str]:
    """Return the lines of a cell that begin a row, if it breaks off and goes on as rows would."""
    if width < 2 or delimiter not in cell or not _LINE_END.search(cell):
        return []
    lines = _LINE_END.split(cell)
    n_marks = [line.count(delimiter) for line in lines]
    inner = [line for line, n in zip(lines[1:-1], n_marks[1:-1], strict=True) if n == width - 1]
    goes_on = n_marks[0] == width - 1 - column and n_marks[-1] == column
    if goes_on and len(inner) == len(lines) - 2:
        return lines[1:]
    return inner if inner and width > 2 and len(inner) * 2 >= len(lines) - 2 else []


def _find_delimiter(text: str) -> str:
    evenness = {delimiter: _evenness(text, delimiter) for delimiter in _DELIMITERS}
    best = max(_DELIMITERS, key=evenness.__getitem__)
    return best if evenness[best] else _ONE_COLUMN


def _evenness(text: str, delimiter: str) -> int:
    """Return how many of the first rows have the commonest number of cells; 0 if that is one."""
    rows = csv.reader(_lines(text), delimiter=delimiter, strict=True)
    widths = Counter(len(row) for row in islice(_until_error(rows), _N_SAMPLE_ROWS) if row)
    [(width, n_rows)] = widths.most_common(1) or [(1, 0)]
    return n_rows if width > 1 else 0


def _until_error(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    try:
        yield from rows
    except csv.Error:
        return


def _lines(text: str) -> io.StringIO:
    return io.StringIO(text, newline="")
