"""Which rows of a grid are its headers."""

from kyodo_analysis.reading.formats.grid import Grid
from kyodo_analysis.reading.guess.header_words import INSIDE, fit, is_header_word

_FIRST_ROWS = 30
_MOST_HEADER_ROWS = 3
_MEANINGS_OF_QUESTIONS = ("text", "attributes", "reply")
_LONGEST_UNKNOWN_HEADER = 20


def guess_header_rows(grid: Grid) -> tuple[int, ...]:
    """Return the rows that seem to hold the headers; none where the first row is no header.

    The row with most words that name a column, or a form's questions in the first row. Rows above
    and below belong to it where merged headers reach over them.
    """
    texts = grid.texts.apply(lambda column: column.str.strip())
    filled = texts[(texts != "").any(axis="columns")].head(_FIRST_ROWS)
    rows = {row: [text for text in filled.loc[row] if text] for row in filled.index}
    first = min(rows)
    scores = {row: 2 * sum(map(is_header_word, texts)) for row, texts in rows.items()}
    scores[first] += sum(map(_is_question, rows[first]))
    best = max(rows, key=lambda row: (scores[row], len(rows[row])))
    if not scores[best] and not _could_be_headers(rows[best]):
        return ()
    return tuple(range(_top(grid, best, rows), _bottom(grid, best, rows) + 1))


def _is_question(text: str) -> bool:
    return any(fit(text, meaning) == INSIDE for meaning in _MEANINGS_OF_QUESTIONS)


def _could_be_headers(texts: list[str]) -> bool:
    return len(texts) > 1 and all(
        len(text) <= _LONGEST_UNKNOWN_HEADER and not text.endswith("。") for text in texts
    )


def _top(grid: Grid, row: int, rows: dict[int, list[str]]) -> int:
    above = row - 1
    has_groups = any(m.top <= above <= m.bottom and m.left < m.right for m in grid.merged)
    return above if has_groups and len(rows.get(above, [])) > 1 else row


def _bottom(grid: Grid, row: int, rows: dict[int, list[str]]) -> int:
    reaching = [m.bottom for m in grid.merged if m.top <= row <= m.bottom < row + _MOST_HEADER_ROWS]
    below = rows.get(row + 1, [])
    has_second_level = len(below) > 1 and all(map(is_header_word, below))
    return max([row, *reaching, row + has_second_level])
