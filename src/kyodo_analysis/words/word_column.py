"""The words of tokens in one column, each distinct word written once, until a table is finished.

What a word's fields are depends on the word alone: carrying, storing and sorting one column does
for all of them.
"""

import numpy as np
import numpy.typing as npt
import pandas as pd

from kyodo_analysis.words.columns import Columns, renumber
from kyodo_analysis.words.morphemes import BETWEEN, MARK_OF_UNKNOWN, Vocabulary, Word


def write_words(vocabulary: Vocabulary, codes: npt.NDArray[np.int32]) -> pd.Categorical:
    """Return the words of these numbers in one column, whose categories hold their fields.

    The categories are those in use, and still Python's own strings.
    """
    used, codes = renumber(codes, len(vocabulary.words))
    written = [vocabulary.written[number] for number in np.flatnonzero(used).tolist()]
    return pd.Categorical.from_codes(codes, categories=pd.Index(written, dtype="object"))


def spell_out(written: pd.Categorical) -> Columns:
    """Return the fields of a column of words: the columns of TOKENS that :class:`Word` has."""
    import pyarrow as pa
    import pyarrow.compute as pc

    words = pa.array(written.categories.to_numpy(dtype=object), pa.string())
    fields = pc.split_pattern(words, BETWEEN).flatten()
    columns: Columns = {
        name: pd.Categorical(pd.array(fields[first :: len(Word._fields)], dtype="str"))[
            written.codes
        ]
        for first, name in enumerate(Word._fields)
    }
    return columns | {"unknown": np.asarray(columns["unknown"] == MARK_OF_UNKNOWN)}
