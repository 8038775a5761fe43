"""Texts as they are looked up: many ways of writing one thing, character for character the same."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache, cached_property
from itertools import accumulate
from unicodedata import category, normalize

import numpy as np

# Between two texts; no form may match it, so that nothing found crosses from one to the next.
BOUNDARY = "\x00"
_TEXTS_AT_ONCE = 10_000
_KANJI_DIGITS = "〇一二三四五六七八九零"
_HYPHENS = "‐‑‒–—―−ーｰ－﹣─━"
# Written one way in names and another in dictionaries.
_VARIANTS = dict(
    zip(
        "髙﨑濵𠮷邉邊嶋嶌齋齊斎濱德冨澤櫻廣國眞曻栁槗",
        "高崎浜吉辺辺島島斉斉斉浜徳富沢桜広国真昇柳橋",
        strict=True,
    )
)


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a list written with spaces between them."""
    return tuple(text.split())


def fold(text: str) -> str:
    """Bring digits, letters, hyphens and variant kanji to one form, code point for code point.

    Circled digits stay as they are: ``①03-...`` is a list, not a longer number. ``ー`` becomes
    a hyphen too, since telephone numbers are written with it.
    """
    return _replace(text, _fold_character)


def _replace(text: str, form: Callable[[str], str]) -> str:
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    used = np.flatnonzero(np.bincount(codes))
    forms = np.zeros(used.max(initial=0) + 1, dtype="<u4")
    forms[used] = [ord(form(chr(code))) for code in used]
    return str(forms[codes].data, "utf-32-le", "surrogatepass")


@cache
def _fold_character(character: str) -> str:
    if character in _HYPHENS:
        return "-"
    if variant := _VARIANTS.get(character):
        return variant
    form = normalize("NFKC", character)
    return form if len(form) == 1 and category(character) != "No" else character


def _as_digit(character: str) -> str:
    return str(_KANJI_DIGITS.index(character) % 10) if character in _KANJI_DIGITS else character


class Page:
    """Many texts in one, folded, so that a form is sought in all of them at once.

    ``text`` is the page; ``digits`` the same with the kanji 〇 to 九 as digits.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self.text = fold(BOUNDARY.join(["", *texts, ""]))
        self._bounds = np.array(
            list(accumulate((len(text) + len(BOUNDARY) for text in texts), initial=len(BOUNDARY)))
        )

    @cached_property
    def digits(self) -> str:
        """The page with kanji digits as digits."""
        return _replace(self.text, _as_digit)

    def place(self, at: int) -> tuple[int, int]:
        """Return which text a position of the page is in, and where that text starts."""
        number = int(np.searchsorted(self._bounds, at, side="right")) - 1
        return number, int(self._bounds[number])

    def bounds(self, number: int) -> tuple[int, int]:
        """Return where a text starts and ends."""
        return int(self._bounds[number]), int(self._bounds[number + 1]) - len(BOUNDARY)


def pages_of(texts: Sequence[str]) -> Iterator[tuple[int, Page]]:
    """Yield pages of some thousand texts, each with the number of its first text."""
    for first in range(0, len(texts), _TEXTS_AT_ONCE):
        yield first, Page(texts[first : first + _TEXTS_AT_ONCE])
