"""The words of tokens in one column, each distinct word written once, until a table is finished.

What a word's fields are depends on the word alone: carrying, storing and sorting one column does
for all of them.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from kyodo_analysis.words.columns import Columns, label
from kyodo_analysis.words.morphemes import Word

_BETWEEN = "\n"  # no morpheme holds one: lines are cut there before
_UNKNOWN = {True: "未知語", False: ""}


def write_words(words: Sequence[Word], codes: npt.NDArray[np.int32]) -> pd.Categorical:
    """Return ``words[codes]`` in one column, whose categories hold the fields of a word."""
    return label([_BETWEEN.join([*word[:-1], _UNKNOWN[word.unknown]]) for word in words], codes)


def spell_out(written: pd.Categorical) -> Columns:
    """Return the fields of a column of words: the columns of TOKENS that :class:`Word` has."""
    import pyarrow as pa
    import pyarrow.compute as pc

    words = pa.array(written.categories.to_numpy(dtype=object), pa.string())
    fields = pc.split_pattern(words, _BETWEEN).flatten()
    columns: Columns = {
        name: pd.Categorical(pd.array(fields[first :: len(Word._fields)], dtype="str"))[
            written.codes
        ]
        for first, name in enumerate(Word._fields)
    }
    return columns | {"unknown": np.asarray(columns["unknown"] == _UNKNOWN[True])}
