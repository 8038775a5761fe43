"""Janome's dictionary, laid out so that words are looked up by their characters.

The contents are Janome's own: its compiled IPADIC, its classes of characters, what it makes of
unknown words. Only the way of finding them is another.
"""

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec, module_from_spec
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from kyodo_analysis.words.dictionary import DictionaryWord
from kyodo_analysis.words.heads import Heads
from kyodo_analysis.words.lattice import UNKNOWN, Integers
from kyodo_analysis.words.morphemes import Word, make_unknown_word
from kyodo_analysis.words.unknown_words import UnknownWords

_BUCKETS = tuple(f"janome.sysdic.entries_compact{number}" for number in range(10))


class Reading(NamedTuple):
    """One reading of a surface, or of a class of unknown words."""

    code: int
    left: int
    right: int
    cost: int
    rank: int


@dataclass(frozen=True, eq=False)
class Lexicon:
    """All words, and what is known of each.

    A code stands for a surface or for a class of unknown words.

    Parameters
    ----------
    codes : dict
        From a surface to its code. IPADIC's surfaces have the lowest codes.
    n_ipadic : int
        How many codes are IPADIC's.
    heads : Heads
        The words by their first two characters.
    readings : array of int, shape (readings, 5)
        Rows as :class:`Reading` says, those of a code together.
    bounds : array of int
        Where the readings of each code start, and the end.
    tags : dict
        From a row of `readings` to its part of speech, for words that are not IPADIC's.
    ipadic : MMapSystemDictionary
        Janome's own, which says what readings mean.
    unknown : UnknownWords
        The rules for words that are not listed.
    connections : array of int16, shape (contexts, contexts)
        What it costs when a right context meets a left one.
    """

    codes: dict[str, int]
    n_ipadic: int
    heads: Heads
    readings: Integers
    bounds: Integers
    tags: dict[int, str]
    ipadic: Any
    unknown: UnknownWords
    connections: npt.NDArray[np.int16]

    def describe(self, row: int, surface: str) -> Word:
        """Return the word that a reading makes of a surface."""
        rank = int(self.readings[row, 4])
        if rank == UNKNOWN:
            return make_unknown_word(surface, self.tags[row])
        if row in self.tags:
            return Word(surface, surface, self.tags[row], "*", "*", unknown=False)
        tag, inflection_type, inflection_form, base_form, *_ = self.ipadic.lookup_extra(rank)
        return Word(surface, base_form, tag, inflection_type, inflection_form, unknown=False)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Let Python look for no garbage: it would walk all words again and again, and find none."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@lru_cache(maxsize=1)
@_without_collecting()
def load_lexicon(dictionary: tuple[DictionaryWord, ...]) -> Lexicon:
    """Lay out IPADIC and a study's dictionary: takes a second and some 200 MB, once a process."""
    from janome.system_dic import MMapSystemDictionary

    janome: Any = MMapSystemDictionary
    system = janome.instance()
    codes: dict[str, int] = {}
    ipadic = _number_ipadic(codes)
    n_ipadic = len(codes)
    unknown_codes = {name: n_ipadic + number for number, name in enumerate(system.unknowns)}
    tagged = [
        (Reading(unknown_codes[name], left, right, cost, UNKNOWN), tag)
        for name, readings in system.unknowns.items()
        for left, right, cost, tag in readings
    ]
    for rank, word in enumerate(dictionary):
        code = codes.setdefault(word.surface, len(codes) + len(unknown_codes))
        tagged.append(
            (Reading(code, word.context, word.context, word.cost, rank), word.part_of_speech)
        )
    unknown = UnknownWords(system, unknown_codes)
    readings = np.concatenate([ipadic, [reading for reading, _ in tagged]])
    order = np.argsort(readings[:, 0], kind="stable")
    rows = np.argsort(order)[len(ipadic) :].tolist()
    return Lexicon(
        codes,
        n_ipadic,
        Heads(codes, n_ipadic, unknown),
        readings[order],
        np.searchsorted(readings[order, 0], np.arange(len(codes) + len(unknown_codes) + 1)),
        dict(zip(rows, (tag for _, tag in tagged), strict=True)),
        system,
        unknown,
        np.array(system.connections, dtype=np.int16),
    )


def _number_ipadic(codes: dict[str, int]) -> Integers:
    """Give every surface of IPADIC a code; return the readings, in IPADIC's own order."""
    entries = [entry for bucket in _BUCKETS for entry in _read_bucket(bucket)]
    surfaces, *columns = zip(*entries, strict=True)
    numbered = [codes.setdefault(surface, len(codes)) for surface in surfaces]
    return np.array([numbered, *columns, range(len(entries))], dtype=np.int64).T


def _read_bucket(module: str) -> Iterable[tuple[str, int, int, int]]:
    """Read one of Janome's compiled files of entries, and let go of it afterwards."""
    spec = find_spec(module)
    assert spec is not None
    assert spec.loader is not None
    loaded = module_from_spec(spec)
    spec.loader.exec_module(loaded)
    entries: dict[int, tuple[str, int, int, int]] = loaded.DATA
    return entries.values()
