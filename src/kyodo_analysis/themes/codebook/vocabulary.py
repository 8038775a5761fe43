"""The words that rules name, looked for among the base forms of the tokens."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from unicodedata import normalize

import numpy as np
import pandas as pd
from numpy.typing import NDArray

OUTSIDE = -1


def fold(word: str) -> str:
    """Make the widths of characters alike, since tokens are cut from folded text."""
    return normalize("NFKC", word)


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """What every base form is to the rules; a last entry stands for what is missing.

    Attributes
    ----------
    number : dict
        The number of each word that a rule names, folded.
    word : array of int, one per base form
        The number of the word that it is; -1 where no rule names it.
    counted : array of bool, one per base form
        False for words that are not to be used.
    """

    number: dict[str, int]
    word: NDArray[np.integer]
    counted: NDArray[np.bool_]


def look_up(forms: pd.Index, words: Iterable[str], unused_words: Collection[str]) -> Vocabulary:
    """Give the words of the rules numbers, and say which base form is which of them."""
    number = {word: at for at, word in enumerate(dict.fromkeys(map(fold, words)))}
    found = [*(number.get(fold(form), OUTSIDE) for form in forms.tolist()), OUTSIDE]
    smallest = np.min_scalar_type(OUTSIDE - len(number))  # short numbers are sorted fastest
    counted = np.append(~forms.isin(sorted(unused_words)), True)
    return Vocabulary(number, np.array(found, smallest), counted)
