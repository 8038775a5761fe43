import numpy as np
import pandas as pd

from kyodo_analysis.words.morphemes import Word
from kyodo_analysis.words.word_column import spell_out, write_words

BRIDGE = Word("橋", "橋", "名詞,一般,*,*", "*", "*", unknown=False)
CROSS = Word("渡っ", "渡る", "動詞,自立,*,*", "五段・ラ行", "連用タ接続", unknown=False)
STRANGE = Word("龘", "龘", "名詞,一般,*,*", "*", "*", unknown=True)


def test_what_is_written_of_words_spells_them_out_again():
    given = [CROSS, BRIDGE, STRANGE, CROSS]
    written = write_words([BRIDGE, CROSS, STRANGE], np.array([1, 0, 2, 1], dtype=np.int32))
    columns = spell_out(written)
    assert [Word(*row) for row in zip(*columns.values(), strict=True)] == given
    assert list(columns) == list(Word._fields)


def test_every_field_has_the_values_in_use_sorted():
    columns = spell_out(write_words([CROSS, STRANGE, BRIDGE], np.array([0, 1, 2], dtype=np.int32)))
    assert list(columns["part_of_speech"].categories) == ["動詞,自立,*,*", "名詞,一般,*,*"]
    assert list(columns["surface"].categories) == sorted(["渡っ", "龘", "橋"])


def test_no_words_are_columns_without_rows():
    columns = spell_out(write_words([], np.array([], dtype=np.int32)))
    assert list(columns) == list(Word._fields)
    assert not any(map(len, columns.values()))
    assert isinstance(columns["surface"], pd.Categorical)
