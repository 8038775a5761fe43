"""A cell that lists several opinions: where each begins and ends."""

import re
from collections import Counter
from itertools import pairwise

import pandas as pd

_BULLET = re.compile(
    r"^[ \t\u3000]*(?:(?P<mark>[・･•●○◯◎■□◆◇▪▶►➢*＊])|(?P<dash>[-‐–—－])(?=\s|[^\d\s])"
    r"|(?P<circled>[①-⑳])|(?P<number>[((]?[0-9０-９]{1,2}[.)．)、](?![0-9０-９])))[ \t\u3000]*",
    re.MULTILINE,
)


def find_items(text: str) -> list[tuple[int, int]]:
    """Return the start and end of each item in a list, without bullets and blanks around it.

    Two or more lines must begin with the same kind of bullet; words above the first are an item
    of their own. Any other text is one item, all of it.
    """
    bullets = list(_BULLET.finditer(text))
    kinds = Counter(_kind(bullet) for bullet in bullets)
    kind = next((kind for kind, n_items in kinds.items() if n_items > 1), None)
    bounds = [(bullet.start(), bullet.end()) for bullet in bullets if _kind(bullet) == kind]
    spans = [
        _without_blanks(text, start, end)
        for (_, start), (end, _) in pairwise([(0, 0), *bounds, (len(text), len(text))])
    ]
    items = [(start, end) for start, end in spans if start < end]
    return items if kind and items else [(0, len(text))]


def select_of_lines(cells: "pd.Series[str]") -> "pd.Series[str]":
    """Return the cells of more than one line; no other can list items."""
    selected: pd.Series[str] = cells[cells.str.contains("\n", regex=False)]
    return selected


def _kind(bullet: re.Match[str]) -> str:
    return bullet["mark"] or str(bullet.lastgroup)


def _without_blanks(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), start + len(words.rstrip())
