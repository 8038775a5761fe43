"""Which characters many texts hold, found for all of them at once."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

_N_CODES = 0x110000


class Characters:
    """The characters of a column of texts.

    Parameters
    ----------
    texts : Series of str
        None of them missing.
    """

    def __init__(self, texts: "pd.Series[str]") -> None:
        self._codes = np.frombuffer("".join(texts.tolist()).encode("utf-32-le"), dtype="<u4")
        self._ends = texts.str.len().to_numpy(dtype=np.int64).cumsum()

    @cached_property
    def distinct(self) -> list[str]:
        """Every character once, in the order of Unicode."""
        is_there = np.zeros(_N_CODES, dtype=bool)
        is_there[self._codes] = True
        return [chr(code) for code in np.flatnonzero(is_there)]

    def count(self, characters: Iterable[str]) -> "np.ndarray[Any, np.dtype[np.int64]]":
        """Return how many of `characters` each text holds."""
        codes = [ord(character) for character in {*characters}.intersection(self.distinct)]
        if not codes:
            return np.zeros(len(self._ends), dtype=np.int64)
        is_wanted = np.zeros(_N_CODES, dtype=bool)
        is_wanted[codes] = True
        places = np.flatnonzero(is_wanted[self._codes])
        texts = np.searchsorted(self._ends, places, side="right")
        return np.bincount(texts, minlength=len(self._ends))
