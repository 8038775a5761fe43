"""The pieces of three characters that texts are made of, as numbers, many texts at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from scipy import sparse

Integers = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.int32]
Hashes = npt.NDArray[np.uint32]

PIECE = 3
N_NUMBERS = 2**20
_TEXTS_AT_ONCE = 10_000
_WORD = 4


def make_piece_matrix(texts: list[str]) -> sparse.csr_array:
    """Cross texts and pieces.

    Parameters
    ----------
    texts : list of str
        Texts without line breaks.

    Returns
    -------
    scipy.sparse.csr_array of int8
        Texts x pieces, 0/1; a piece that fewer texts have stands before one that more have.
    """
    from scipy import sparse

    sizes, numbers = zip(*number_pieces(texts), strict=True)
    n_texts = sum(np.bincount(of_block, minlength=N_NUMBERS) for of_block in numbers)
    rank = np.argsort(np.argsort(n_texts, kind="stable")).astype(np.int32)
    for of_block in numbers:  # in place: they are nearly all that is held here
        of_block[:] = rank[of_block]
    ranks, bounds = np.concatenate(numbers), np.append(0, np.cumsum(np.concatenate(sizes)))
    bounds = bounds.astype(sparse.get_index_dtype(maxval=len(ranks)))  # as short as the ranks
    ones = np.ones(len(ranks), dtype=np.int8)
    pieces = sparse.csr_array((ones, ranks, bounds), shape=(len(texts), N_NUMBERS))
    pieces.sort_indices()
    return pieces


def number_pieces(texts: list[str]) -> Iterator[tuple[Integers, Numbers]]:
    """Give numbers to the different pieces of each text, small letters and capitals alike.

    Parameters
    ----------
    texts : list of str
        Texts without line breaks.

    Yields
    ------
    array of int, one per text
        For some thousand texts (no texts are one empty block), how many different pieces each has.
    array of int32
        Their numbers below `N_NUMBERS`, text by text, ascending in each.
    """
    for start in range(0, max(1, len(texts)), _TEXTS_AT_ONCE):
        yield _number_block(texts[start : start + _TEXTS_AT_ONCE])


def _number_block(texts: list[str]) -> tuple[Integers, Numbers]:
    page = "".join(f"{text}\n" for text in texts).lower().encode()
    stored = np.frombuffer(page + bytes(_WORD), dtype=np.uint8)
    places = np.append(np.flatnonzero(stored[: len(page)] & 0xC0 != 0x80), len(page))
    text_of = np.concatenate([[0], np.cumsum(stored[places[:-1]] == ord("\n"))])
    whole = np.flatnonzero(text_of[PIECE:] == text_of[:-PIECE])
    first, last = places[whole], places[whole + PIECE]
    hashes = hash_stretches(stored, first, last - first)
    numbers = np.abs(hashes.astype(np.int32).astype(np.int64)) % N_NUMBERS
    keys = sort_once(text_of[whole] * N_NUMBERS + numbers)
    sizes = np.bincount(keys // N_NUMBERS, minlength=len(texts))
    return sizes, (keys % N_NUMBERS).astype(np.int32)


def hash_stretches(stored: npt.NDArray[np.uint8], first: Integers, lengths: Integers) -> Hashes:
    """Hash stretches of bytes by MurmurHash3 (x86, 32 bits, seed 0; Appleby 2011).

    It is what scikit-learn hashes words by, one at a time, here for all at once.

    Parameters
    ----------
    stored : array of uint8
        The bytes, with four more at the end.
    first, lengths : arrays of int
        Where each stretch starts, and how many bytes it has.

    Returns
    -------
    array of uint32, one per stretch
    """
    words = np.lib.stride_tricks.sliding_window_view(stored, _WORD).view("<u4")[:, 0]
    hashes = np.zeros(len(first), dtype=np.uint32)
    for start in range(0, int(lengths.max(initial=0)) - _WORD + 1, _WORD):
        long = lengths >= start + _WORD
        mixed = hashes[long] ^ _scramble(words[first[long] + start])
        hashes[long] = _rotate(mixed, 13) * 5 + 0xE6546B64
    rest = lengths % _WORD
    in_rest = (1 << 8 * rest) - 1
    hashes = hashes ^ _scramble(words[first + lengths - rest] & in_rest.astype(np.uint32))
    hashes = hashes ^ lengths.astype(np.uint32)
    hashes = (hashes ^ hashes >> np.uint32(16)) * np.uint32(0x85EBCA6B)
    hashes = (hashes ^ hashes >> np.uint32(13)) * np.uint32(0xC2B2AE35)
    return hashes ^ hashes >> np.uint32(16)


def _scramble(words: Hashes) -> Hashes:
    return _rotate(words * np.uint32(0xCC9E2D51), 15) * np.uint32(0x1B873593)


def _rotate(words: Hashes, bits: int) -> Hashes:
    return words << np.uint32(bits) | words >> np.uint32(32 - bits)


def sort_once(values: Integers) -> Integers:
    """Return the different values in order.

    They are nearly in order here, which makes a stable sort faster than numpy.unique.
    """
    ordered = np.sort(values, kind="stable")
    is_new = np.append(True, ordered[1:] != ordered[:-1])
    different: Integers = ordered[is_new[: len(ordered)]]
    return different
