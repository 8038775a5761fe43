from collections import Counter

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from kyodo_analysis.shuffling import shuffle_presence

_BITS = st.integers(1, 12).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 1), min_size=width, max_size=width), min_size=1, max_size=12
    )
)


@settings(deadline=None, derandomize=True, max_examples=40)
@given(_BITS, st.integers(0, 2**32 - 1))
def test_each_opinion_keeps_its_length_and_each_word_its_frequency(bits, seed):
    present = sparse.csr_array(np.array(bits))
    dealt = shuffle_presence(present, np.random.default_rng(seed)).toarray()
    assert set(np.unique(dealt)) <= {0, 1}
    assert dealt.sum(axis=0).tolist() == np.array(bits).sum(axis=0).tolist()
    assert dealt.sum(axis=1).tolist() == np.array(bits).sum(axis=1).tolist()


def test_every_possible_text_comes_equally_often():
    # Three opinions of one word each, three words used once: 3! = 6 texts are possible.
    present = sparse.csr_array(np.eye(3, dtype=int))
    rng = np.random.default_rng(0)
    dealt = (shuffle_presence(present, rng, rounds=8) for _ in range(600))
    texts = Counter(text.toarray().tobytes() for text in dealt)
    assert len(texts) == 6
    # 100 expected each, standard deviation 9: four of them to either side.
    assert min(texts.values()) > 63
    assert max(texts.values()) < 137


def test_words_leave_the_opinions_they_came_from():
    rng = np.random.default_rng(0)
    present = sparse.csr_array((rng.random((200, 300)) < 0.1).astype(int))
    stayed = shuffle_presence(present, rng).multiply(present).sum() / present.sum()
    # A word lands on a given opinion by chance in about one of ten.
    assert stayed < 0.13


def test_the_same_seed_deals_the_same_and_the_matrix_stays():
    present = sparse.csr_array(np.triu(np.ones((5, 5), dtype=int)))
    before = present.toarray()
    dealt = [shuffle_presence(present, np.random.default_rng(3)).toarray() for _ in range(2)]
    np.testing.assert_array_equal(*dealt)
    np.testing.assert_array_equal(present.toarray(), before)
