"""A CSV or tab-separated file as a grid."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from kyodo_analysis.errors import ReadingError
from kyodo_analysis.files import TextFile, read_text
from kyodo_analysis.reading.formats.grid import Grid, make_cells

_DELIMITERS = (",", "\t", ";")
_ONE_COLUMN = "\x1f"  # a separator that nobody types, so that commas in a sentence stay
_N_SAMPLE_ROWS = 20
_NOT_CLOSED = '引用符 " の対応がとれていません'
_TOO_LONG = f"{csv.field_size_limit():,}文字を超える欄があります"


def read_delimited(path: Path) -> Grid:
    """Read a file with commas, tabs or semicolons between its cells, whichever fits its first rows.

    A row is what Excel would show as a row, so a quoted line break does not begin a new one.

    Raises
    ------
    ReadingError
        For all that :func:`~kyodo_analysis.files.read_text` refuses, and when a quotation
        mark is never closed.
    """
    file = read_text(path)
    return Grid(file.name, None, make_cells(_read_rows(file), file.name))


def _read_rows(file: TextFile) -> list[list[str]]:
    rows = csv.reader(_lines(file.text), delimiter=_find_delimiter(file.text), strict=True)
    try:
        return list(rows)
    except csv.Error as error:
        is_too_long = "field limit" in str(error)
        raise ReadingError(
            f"{file.name}:{rows.line_num}行",
            f"CSV として読めません({_TOO_LONG if is_too_long else _NOT_CLOSED})",
            action="Excel で開き、「CSV UTF-8(コンマ区切り)」で保存し直してください",
        ) from None


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
