import numpy as np
import pandas as pd

from kyodo_analysis.words.morphemes import Vocabulary, Word
from kyodo_analysis.words.word_column import spell_out, write_words

BRIDGE = Word("橋", "橋", "名詞,一般,*,*", "*", "*", unknown=False)
CROSS = Word("渡っ", "渡る", "動詞,自立,*,*", "五段・ラ行", "連用タ接続", unknown=False)
STRANGE = Word("龘", "龘", "名詞,一般,*,*", "*", "*", unknown=True)


def _write(words):
    """Write a column of words; the vocabulary knows one more, which never occurs."""
    vocabulary = Vocabulary()
    vocabulary.number(CROSS._replace(surface="渡り"))
    return write_words(vocabulary, np.array([vocabulary.number(word) for word in words], dtype=int))


def test_what_is_written_of_words_spells_them_out_again():
    given = [CROSS, BRIDGE, STRANGE, CROSS]
    columns = spell_out(_write(given))
    assert [Word(*row) for row in zip(*columns.values(), strict=True)] == given
    assert list(columns) == list(Word._fields)


def test_every_field_has_the_values_in_use_sorted():
    columns = spell_out(_write([CROSS, STRANGE, BRIDGE]))
    assert list(columns["part_of_speech"].categories) == ["動詞,自立,*,*", "名詞,一般,*,*"]
    assert list(columns["surface"].categories) == sorted(["渡っ", "龘", "橋"])


def test_no_words_are_columns_without_rows():
    columns = spell_out(_write([]))
    assert list(columns) == list(Word._fields)
    assert not any(map(len, columns.values()))
    assert isinstance(columns["surface"], pd.Categorical)
