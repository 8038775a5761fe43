"""The headers of a grid, and the column that a setting names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kyodo_analysis.errors import StudyError
from kyodo_analysis.reading.formats.grid import Grid, as_text, column_letters
from kyodo_analysis.reading.normalise import plain, without_invisible

_LEVELS = "／"
_PART = re.compile(r"(?:open-?ended )?response|(?:自由)?回答(?:形式の回答)?|回答欄", re.IGNORECASE)


@dataclass(frozen=True)
class Headers:
    """What stands above the columns of a grid.

    Parameters
    ----------
    place : str
        Where the headers stand, for error messages.
    names : tuple of str
        One per column; the levels of several header rows are joined by ``／``. Empty where a
        column has no cell of its own, as beside the first of merged columns.
    own : tuple of str
        The lowest level alone.
    """

    place: str
    names: tuple[str, ...]
    own: tuple[str, ...]

    def find(self, name: str, setting: str) -> int:
        """Return the number (from 0) of the column called `name`.

        `name` is a header, its lowest level where only one column has it, or e.g. ``C列``.

        Raises
        ------
        StudyError
            When no column or more than one is called so; says `setting` and what there is.
        """
        letters = [f"{column_letters(column)}列" for column in range(len(self.names))]
        for called in (self.names, self.own, letters):
            found = [i for i, header in enumerate(called) if plain(header) == plain(name) != ""]
            if len(found) == 1:
                return found[0]
            if found:
                raise self._error(setting, f"「{name}」という列が{len(found)}つあります")
        raise self._error(setting, f"「{name}」という列がありません")

    def label(self, column: int) -> str:
        """Return the shortest name that :meth:`find` takes for this column alone."""
        for called in (self.own, self.names):
            if called[column] and called.count(called[column]) == 1:
                return called[column]
        return f"{column_letters(column)}列"

    def _error(self, setting: str, found: str) -> StudyError:
        headers = "、".join(f"「{name}」" for name in self.names if name)
        return StudyError(
            setting,
            f"{found}({self.place})",
            f"見出しは {headers or '空'} です",
            "見出しの言葉か、列の記号(例: C列)を書いてください",
        )


def read_headers(grid: Grid, header_rows: Sequence[int]) -> Headers:
    """Read the headers of `grid` in `header_rows`, merged cells filled; none without such rows.

    Raises
    ------
    StudyError
        When there is no such row.
    """
    n_rows = len(grid.cells)
    if not all(1 <= row <= n_rows for row in header_rows):
        raise StudyError(
            "study.toml の header_rows",
            f"{list(header_rows)} とあります",
            f"{grid.name} の行は 1 から {n_rows} までです",
            "見出しのある行の番号を書いてください",
        )
    if not header_rows:
        nameless = ("",) * grid.cells.shape[1]
        return Headers(f"{grid.name}、見出しの行なし", nameless, nameless)
    own = [_last(texts) for texts in _levels(grid, header_rows, fill_right=False)]
    levels = _levels(grid, header_rows, fill_right=True)
    names = [_joined(texts) if mine else "" for texts, mine in zip(levels, own, strict=True)]
    rows = "・".join(map(str, header_rows))
    return Headers(f"{grid.name} の {rows}行目", tuple(names), tuple(own))


def _levels(grid: Grid, rows: Sequence[int], *, fill_right: bool) -> list[tuple[str, ...]]:
    """Return the header cells of each column; a merged one is filled down, and to the right."""
    merged = [merge if fill_right else merge._replace(right=merge.left) for merge in grid.merged]
    head = replace(grid, cells=grid.cells.loc[: max(rows)], merged=tuple(merged))
    texts = [
        [" ".join(without_invisible(as_text(cell)).split()) for cell in head.filled.loc[row]]
        for row in rows
    ]
    return list(zip(*texts, strict=True))


def _last(texts: Sequence[str]) -> str:
    """Return the lowest level that says what the column holds, not only that an answer follows."""
    filled = [text for text in texts if text]
    return next((text for text in reversed(filled) if not is_part_word(text)), "".join(filled[-1:]))


def is_part_word(text: str) -> bool:
    """Tell whether a header only says that the answer to the question above it follows."""
    return bool(_PART.fullmatch(text))


def _joined(texts: Sequence[str]) -> str:
    return _LEVELS.join(dict.fromkeys(text for text in texts if text))
