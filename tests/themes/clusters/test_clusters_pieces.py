import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.utils import murmurhash3_32

from kyodo_analysis.themes.clusters import pieces
from kyodo_analysis.themes.clusters.pieces import (
    hash_stretches,
    make_piece_matrix,
    number_pieces,
)


@given(st.lists(st.text(alphabet="aé市𠮷", max_size=5), max_size=6))
@settings(deadline=None, derandomize=True)
def test_stretches_are_hashed_as_scikit_learn_hashes_words(words):
    stored = "".join(words).encode()
    lengths = np.array([len(word.encode()) for word in words], dtype=np.int64)
    hashes = hash_stretches(
        np.frombuffer(stored + bytes(4), dtype=np.uint8), np.cumsum(lengths) - lengths, lengths
    )
    assert hashes.tolist() == [murmurhash3_32(word, positive=True) for word in words]


def test_a_text_has_the_pieces_of_three_characters_that_lie_within_it():
    texts = ["市バスが市バス", "税", "", "𠮷野家前", "ABCD"]
    ((sizes, numbers),) = number_pieces(texts)
    assert sizes.tolist() == [4, 0, 0, 2, 2]  # 市バス stands there twice
    assert numbers.tolist() == [
        *sorted(map(_number, ["市バス", "バスが", "スが市", "が市バ"])),
        *sorted(map(_number, ["𠮷野家", "野家前"])),
        *sorted(map(_number, ["abc", "bcd"])),
    ]


def _number(piece: str) -> int:
    return abs(murmurhash3_32(piece)) % 2**20


def test_how_many_texts_are_cut_at_once_changes_nothing(monkeypatch: pytest.MonkeyPatch):
    texts = ["市バスが来ない", "税", "", "市バスが来た"]
    ((of_all, numbers_of_all),) = number_pieces(texts)
    monkeypatch.setattr(pieces, "_TEXTS_AT_ONCE", 1)
    sizes, numbers = zip(*number_pieces(texts), strict=True)
    assert np.concatenate(sizes).tolist() == of_all.tolist()
    assert np.concatenate(numbers).tolist() == numbers_of_all.tolist()


def test_rare_pieces_stand_before_frequent_ones_and_take_five_bytes_each():
    crossed = make_piece_matrix(["市バスが", "市バスも", "", "市バス"])
    assert crossed.indptr.tolist() == [0, 2, 4, 4, 5]
    assert crossed.indices[[1, 3, 4]].tolist() == [2**20 - 1] * 3  # 市バス
    assert crossed.indices[0] != crossed.indices[2]  # バスが, バスも
    assert (crossed.indices.itemsize, crossed.data.itemsize) == (4, 1)
