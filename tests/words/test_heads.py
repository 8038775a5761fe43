import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from kyodo_analysis.words.heads import Heads

IPADIC = {"橋": 0, "橋本": 1, "橋本市": 2, "の": 3}
CODES = IPADIC | {"ぷ": 9, "ぷら": 10}


class Slow:
    """Rules that take their time, so that threads meet."""

    def find_rules(self, character):
        time.sleep(0.002)
        return ("any",)

    def find_strong_rules(self, character):
        return ()


@pytest.fixture
def heads():
    return Heads(CODES, len(IPADIC), Slow())


def _words_of(heads, characters):
    lengths, codes, bounds = heads.list_words()
    number = heads[characters].number
    here = slice(bounds[number], bounds[number + 1])
    return list(zip(lengths[here].tolist(), codes[here].tolist(), strict=True))


def test_a_head_knows_its_short_words_and_the_lengths_of_longer_ones(heads):
    head = heads["橋本"]
    assert _words_of(heads, "橋本") == [(1, 0), (2, 1)]
    assert (head.reach, head.longer, head.is_listed) == (0b110, (3,), True)
    assert head.has_others


def test_a_head_whose_words_are_all_ipadics_and_short_has_no_others(heads):
    assert not heads["の橋"].has_others
    assert heads["ぷら"].has_others, "unknown words may start where only the study has a word"
    assert not heads["ぷら"].is_listed


def test_threads_that_meet_new_heads_together_number_them_apart(heads):
    asked = ["橋本", "の", "ぷら", "橋の", "ぷ", "橋"] * 3
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(heads.__getitem__, asked))
    assert sorted({head.number for head in found}) == list(range(6))
    assert _words_of(heads, "橋本") == [(1, 0), (2, 1)]
    assert _words_of(heads, "ぷら") == [(1, 9), (2, 10)]
