from concurrent.futures import ThreadPoolExecutor

import pytest

from kyodo_analysis.words import DictionaryWord
from kyodo_analysis.words.fast_janome import load_lexicon

OWN = (DictionaryWord("龘ら", "名詞,一般,*,*", 1285),)


@pytest.fixture(scope="module")
def lexicon():
    return load_lexicon(OWN)


def _words_of(lexicon, characters):
    head = lexicon.heads[characters]
    return [
        (length, lexicon.describe(lexicon.bounds[code], characters[:length]).surface)
        for length, code in zip(head.lengths, head.codes, strict=True)
    ]


def test_a_head_knows_its_short_words_and_the_lengths_of_longer_ones(lexicon):
    head = lexicon.heads["橋本"]
    assert _words_of(lexicon, "橋本") == [(1, "橋"), (2, "橋本")]
    assert (head.reach, head.is_listed) == (0b110, True)
    assert 3 in head.longer, "橋本市"
    assert head.has_others


def test_unknown_words_may_start_where_only_the_study_has_a_word(lexicon):
    head = lexicon.heads["龘ら"]
    assert _words_of(lexicon, "龘ら") == [(2, "龘ら")]
    assert not head.is_listed
    assert head.has_others
    assert not lexicon.heads["の橋"].has_others, "all of its words are IPADIC's and short"


def test_threads_that_meet_new_heads_together_find_the_same(lexicon):
    asked = ["税額", "額が", "が高", "高い"] * 50
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lexicon.heads.__getitem__, asked))
    assert found == [lexicon.heads[characters] for characters in asked]


def test_an_unknown_word_goes_on_within_its_class(lexicon):
    (rule,) = lexicon.find_rules("ア", is_listed=False)
    assert lexicon.find_end("アイウえ", 0, rule) == 3
    assert [one.category for one in lexicon.find_rules("A", is_listed=True)] == ["ALPHA"]
