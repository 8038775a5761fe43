"""Which opinions are copies of one another: the one rule for all that counts voices.

Texts are compared by their letters, kana, kanji and digits, after NFKC and whatever the case. In
texts of 20 letters and more a number is a number, whichever it is. What two texts share is counted
in letters that stand in common stretches of 10 and more: turns of phrase are mostly shorter.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from kyodo_analysis.tables import FAMILIES, OWN_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

STRETCH = 10
LEAST = 20
# Shares of letters in common: of the longer text, with LEAST letters, and of a text that another
# one goes on from, with a sentence of its own.
ALIKE, LARGELY, CONTAINED, OF_EXTENDED = 0.85, 0.65, 0.85, 1 / 3
_WINDOW = 4
_LETTERS_AT_ONCE = 300_000
_NOT_LETTERS = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"\d+")
_TEXT_BITS = 24
Hashes = npt.NDArray[np.uint64]
Integers = npt.NDArray[np.int64]


def find_families(opinions: pd.DataFrame) -> pd.DataFrame:
    """Map each opinion to its family of copies; an opinion without copies is a family of one.

    Two texts are copies if their letters are the same, or if they share at least 85 % of the
    longer one; or at least 20 letters, and either 65 % of the longer one, or 85 % of the shorter
    and a third of the longer one (a copy with a sentence of one's own). Each text joins the
    shorter text that covers most of it, and that one only: who copies two texts does not make
    them one family.

    Of the texts that share a stretch, each is compared with the shortest and with its neighbour in
    length only, so that time and memory grow with the length of all texts. Stretches are chosen
    such that any 13 letters in common hold one (winnowing, Schleimer, Wilkerson & Aiken 2003).

    Parameters
    ----------
    opinions : DataFrame
        With `opinion_id` and `text`; no other column is looked at.

    Returns
    -------
    FAMILIES
        One row per opinion, in the order of `opinions`. Nothing is taken away; a family is named
        by its first opinion.
    """
    ids = opinions["opinion_id"].astype("str").reset_index(drop=True)
    text_of, letters = pd.factorize(np.array([_letters(t) for t in opinions["text"]], dtype=object))
    family = _join_copies([_any_number(text) for text in letters])[text_of]
    _, first, family, sizes = np.unique(
        family, return_index=True, return_inverse=True, return_counts=True
    )
    leader = first[family]
    is_first = leader == np.arange(len(leader))
    kind = np.where(is_first, "代表", np.where(text_of == text_of[leader], "同文", "ほぼ同文"))
    table = {
        "opinion_id": ids,
        "family": ids.iloc[leader].reset_index(drop=True),
        "is_first": is_first,
        "n_in_family": pd.Series(sizes[family], dtype="Int64"),
        "kind": pd.Series(kind, dtype="str"),
    }
    return FAMILIES.check(pd.DataFrame(table))


def list_own_words(opinions: pd.DataFrame, families: pd.DataFrame) -> pd.DataFrame:
    """List what the copies say that the first of their family does not: no voice is merged away.

    Parameters
    ----------
    opinions : DataFrame
        With `opinion_id` and `text`.
    families : FAMILIES
        As :func:`find_families` gives it for these opinions.

    Returns
    -------
    OWN_WORDS
        One row per stretch of a copy's text, in its own words. Whatever stands in no 10 characters
        that the first also has is listed, unless it is only signs and spaces.
    """
    text_of = opinions.set_index("opinion_id")["text"].to_dict()
    copies = families[families["kind"] == "ほぼ同文"]
    known = {family: _stretches(text_of[family]) for family in copies["family"].unique()}
    return OWN_WORDS.make(
        {"opinion_id": opinion_id, "family": family, "start": start, "end": end}
        | {"own_words": text_of[opinion_id][start:end]}
        for opinion_id, family in zip(copies["opinion_id"], copies["family"], strict=True)
        for start, end in _uncovered(text_of[opinion_id], known[family])
    )


def _letters(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold()
    return _NOT_LETTERS.sub("", plain) or plain.strip()


def _any_number(letters: str) -> str:
    """Let all numbers be the same, unless little would be left."""
    alike = _NUMBER.sub("0", letters)
    return alike if len(alike) >= LEAST else letters


def _stretches(text: str) -> set[str]:
    return {text[start : start + STRETCH] for start in range(len(text) - STRETCH + 1)}


def _uncovered(text: str, known: set[str]) -> Iterator[tuple[int, int]]:
    """Yield start and end of what stands in no known stretch."""
    covered = 0
    for start in range(len(text) - STRETCH + 1):
        if text[start : start + STRETCH] in known:
            if _NOT_LETTERS.sub("", text[covered:start]):
                yield covered, start
            covered = start + STRETCH
    if _NOT_LETTERS.sub("", text[covered:]):
        yield covered, len(text)


def _join_copies(letters: list[str]) -> Integers:
    """Give copies the same number."""
    from scipy import sparse
    from scipy.sparse.csgraph import connected_components

    by_length = np.array(sorted(range(len(letters)), key=lambda place: len(letters[place])), int)
    ordered = [letters[place] for place in by_length]
    origin, copy = _find_origins(ordered)
    links = sparse.csr_array(
        (np.ones(len(copy), dtype=np.int8), (by_length[origin], by_length[copy])),
        shape=(len(letters),) * 2,
    )
    return connected_components(links, directed=False)[1].astype(np.int64)


def _find_origins(ordered: list[str]) -> tuple[Integers, Integers]:
    """Pair each copy with the shorter text that covers most of it, by place in the texts."""
    lengths = np.array([len(text) for text in ordered], dtype=np.int64)
    shorter, longer = _list_candidates(ordered, lengths)
    within_reach = lengths[shorter] >= OF_EXTENDED * lengths[longer]
    shorter, longer = shorter[within_reach], longer[within_reach]
    shared = np.empty(len(shorter), dtype=np.int64)
    for start, end in _blocks(lengths[shorter] + lengths[longer]):
        shared[start:end] = _count_shared(
            [ordered[place] for place in shorter[start:end]],
            [ordered[place] for place in longer[start:end]],
        )
    of_shorter, of_longer = shared / lengths[shorter], shared / lengths[longer]
    extended = (of_shorter >= CONTAINED) & (of_longer >= OF_EXTENDED)
    enough = (shared >= LEAST) & (extended | (of_longer >= LARGELY))
    copies = np.flatnonzero(enough | (of_longer >= ALIKE))
    best_first = copies[np.lexsort((shorter[copies], -shared[copies], longer[copies]))]
    copy, best = np.unique(longer[best_first], return_index=True)
    return shorter[best_first[best]], copy


def _list_candidates(ordered: list[str], lengths: Integers) -> tuple[Integers, Integers]:
    """Pair each text with the shortest and with the next shorter one that share a stretch."""
    blocks = [_choose(ordered[start:end], start) for start, end in _blocks(lengths)]
    chosen = np.concatenate([np.empty(0, dtype=np.uint64), *blocks])
    chosen.sort()
    place = (chosen & np.uint64((1 << _TEXT_BITS) - 1)).astype(np.int64)
    stretch = chosen >> np.uint64(_TEXT_BITS)
    later = np.flatnonzero(stretch[1:] == stretch[:-1]) + 1
    is_shortest = np.append(True, stretch[1:] != stretch[:-1])[: len(stretch)]
    shortest = np.maximum.accumulate(np.where(is_shortest, np.arange(len(stretch)), 0))[later]
    pairs = np.append(place[shortest], place[later - 1]) << 32 | np.tile(place[later], 2)
    pairs.sort()
    pairs = pairs[np.diff(pairs, prepend=-1) > 0]
    one, other = pairs >> 32, pairs & 0xFFFFFFFF
    return one[one != other], other[one != other]


def _choose(texts: list[str], first: int) -> Hashes:
    """Choose stretches of each text, each joined with the text's place in one number."""
    hashes, text_of, _ = _hash_stretches(texts)
    chosen = np.zeros(len(hashes), dtype=bool)
    if len(hashes) >= _WINDOW:
        windows = np.lib.stride_tricks.sliding_window_view(hashes, _WINDOW)
        whole = text_of[_WINDOW - 1 :] == text_of[: len(windows)]
        chosen[(windows.argmin(axis=1) + np.arange(len(windows)))[whole]] = True
    short = np.array([len(text) for text in texts]) < LEAST + STRETCH + _WINDOW
    chosen |= short[text_of]
    places = (text_of[chosen] + first).astype(np.uint64)
    joined: Hashes = hashes[chosen] >> np.uint64(_TEXT_BITS) << np.uint64(_TEXT_BITS) | places
    return joined


def _count_shared(texts: list[str], others: list[str]) -> Integers:
    """Count the letters of each text that stand in stretches of the other one, repeated ones once."""
    hashes, text_of, starts = _hash_stretches(texts)
    wanted = _with_text(hashes, text_of)
    known = np.append(np.sort(_with_text(*_hash_stretches(others)[:2])), np.uint64(0))
    found = np.flatnonzero(known[np.searchsorted(known[:-1], wanted)] == wanted)
    shared = found[np.unique(wanted[found], return_index=True)[1]]
    lengths = np.array([len(text) + 1 for text in texts], dtype=np.int64)
    bounds = np.append(0, np.cumsum(lengths))
    begins = np.bincount(starts[shared], minlength=bounds[-1] + 1)
    ends = np.bincount(starts[shared] + STRETCH, minlength=bounds[-1] + 1)
    covered = np.append(0, np.cumsum(np.cumsum(begins - ends) > 0))
    counts: Integers = covered[bounds[1:]] - covered[bounds[:-1]]
    return counts


def _hash_stretches(texts: list[str]) -> tuple[Hashes, Integers, Integers]:
    """Hash every stretch of the texts: its number, its text, and where it starts in all texts."""
    page = "".join(f"{text}\n" for text in texts).encode("utf-32-le", "surrogatepass")
    letters = np.frombuffer(page, dtype="<u4").astype(np.uint64)
    bounds = np.append(0, np.cumsum([len(text) + 1 for text in texts])).astype(np.int64)
    text_of = np.repeat(np.arange(len(texts)), np.diff(bounds))
    starts = np.arange(max(0, len(letters) - STRETCH))
    starts = starts[starts + STRETCH < bounds[text_of[starts] + 1]]
    hashes = np.zeros(len(starts), dtype=np.uint64)
    for place in range(STRETCH):
        hashes = _scramble(hashes ^ letters[starts + place])
    return hashes, text_of[starts], starts


def _with_text(hashes: Hashes, text_of: Integers) -> Hashes:
    """Put the text before the stretch in one number: what is looked up together lies together."""
    joined: Hashes = text_of.astype(np.uint64) << np.uint64(64 - _TEXT_BITS)
    return joined | hashes >> np.uint64(_TEXT_BITS)


def _scramble(values: Hashes) -> Hashes:
    """Spread numbers over all 64 bits (the finishing step of MurmurHash3, Appleby 2011)."""
    values = (values ^ values >> np.uint64(33)) * np.uint64(0xFF51AFD7ED558CCD)
    return values ^ values >> np.uint64(29)


def _blocks(sizes: Integers) -> Iterator[tuple[int, int]]:
    """Yield start and end of runs that hold about `_LETTERS_AT_ONCE` letters."""
    ends = np.cumsum(sizes) // _LETTERS_AT_ONCE
    bounds = np.flatnonzero(np.diff(ends, prepend=-1, append=np.iinfo(np.int64).max))
    yield from zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True)
