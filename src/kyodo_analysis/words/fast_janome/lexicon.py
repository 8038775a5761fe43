"""Janome's dictionary, laid out so that words are looked up by their characters.

The contents are Janome's own: its compiled IPADIC, its classes of characters, what it makes of
unknown words. Only the way of finding them is another.
"""

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from importlib.util import find_spec, module_from_spec
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from kyodo_analysis.words.dictionary import DictionaryWord
from kyodo_analysis.words.fast_janome.viterbi import UNKNOWN, Integers
from kyodo_analysis.words.morphemes import Morpheme, make_unknown_morpheme

_BUCKETS = tuple(f"janome.sysdic.entries_compact{number}" for number in range(10))
_LONGEST_GROUP = 1024  # Janome's max_unknown_length


class Entry(NamedTuple):
    """One thing that a surface, or a class of unknown words, can be."""

    code: int
    left: int
    right: int
    cost: int
    rank: int


class UnknownRule(NamedTuple):
    """How a character starts an unknown word.

    Parameters
    ----------
    category : str
        Its class; the word goes on while characters belong to it.
    longest : int
        The most characters that may follow.
    code : int
        Where the lexicon keeps the entries of such words.
    """

    category: str
    longest: int
    code: int


class Head(NamedTuple):
    """What may start with two characters, or with the last one of a line.

    Parameters
    ----------
    lengths, codes : tuple of int
        The listed words of at most two characters that start.
    reach : int
        Bit n is set where one of them has n characters.
    longer : tuple of int
        The lengths of the listed words of three characters and more that may start.
    is_listed : bool
        Whether one of the short ones is IPADIC's.
    has_others : bool
        Whether longer or unknown words may start, too.
    """

    lengths: tuple[int, ...]
    codes: tuple[int, ...]
    reach: int
    longer: tuple[int, ...]
    is_listed: bool
    has_others: bool


class Heads(dict[str, Head]):
    """The heads by their characters; a new one is found out when it is asked for."""

    def __init__(self, lexicon: "Lexicon") -> None:
        self._lexicon = lexicon
        self._longer: dict[str, set[int]] = defaultdict(set)
        for surface in lexicon.codes:
            if len(surface) > 2:
                self._longer[surface[:2]].add(len(surface))

    def __missing__(self, characters: str) -> Head:
        lexicon = self._lexicon
        surfaces = dict.fromkeys([characters[:1], characters])
        words = {len(word): lexicon.codes[word] for word in surfaces if word in lexicon.codes}
        is_listed = any(code < lexicon.n_ipadic for code in words.values())
        longer = tuple(sorted(self._longer.get(characters, ())))
        rules = lexicon.find_rules(characters[0], is_listed=is_listed)
        reach = sum(1 << length for length in words)
        head = self[characters] = Head(
            tuple(words), tuple(words.values()), reach, longer, is_listed, bool(longer or rules)
        )
        return head


class Lexicon:
    """IPADIC's and a study's words, and what is known of each.

    A code stands for a surface or for a class of unknown words.

    Attributes
    ----------
    codes : dict
        From a surface to its code. IPADIC's surfaces have the lowest codes.
    n_ipadic : int
        How many codes are IPADIC's.
    heads : Heads
        The words by their first two characters.
    entries : array of int, shape (entries, 5)
        Rows as :class:`Entry` says, those of a code together.
    bounds : array of int
        Where the entries of each code start, and the end.
    connections : array of int16, shape (contexts, contexts)
        What it costs when a right context meets a left one.
    """

    def __init__(self, dictionary: tuple[DictionaryWord, ...]) -> None:
        from janome.system_dic import MMapSystemDictionary

        janome: Any = MMapSystemDictionary
        self._system = system = janome.instance()
        self.codes: dict[str, int] = {}
        ipadic = _number_ipadic(self.codes)
        self.n_ipadic = len(self.codes)
        self._unknown_codes = {
            name: self.n_ipadic + number for number, name in enumerate(system.unknowns)
        }
        tagged = [
            (Entry(self._unknown_codes[name], left, right, cost, UNKNOWN), tag)
            for name, entries in system.unknowns.items()
            for left, right, cost, tag in entries
        ]
        for rank, word in enumerate(dictionary):
            code = self.codes.setdefault(word.surface, len(self.codes) + len(system.unknowns))
            entry = Entry(code, word.context, word.context, word.cost, rank)
            tagged.append((entry, word.part_of_speech))
        entries = np.concatenate([ipadic, [entry for entry, _ in tagged]])
        order = np.argsort(entries[:, 0], kind="stable")
        rows = np.argsort(order)[len(ipadic) :].tolist()
        self.entries: Integers = entries[order]
        n_codes = len(self.codes) + len(system.unknowns)
        self.bounds = np.searchsorted(self.entries[:, 0], np.arange(n_codes + 1))
        self._tags = dict(zip(rows, (tag for _, tag in tagged), strict=True))
        self.connections: npt.NDArray[np.int16] = np.array(system.connections, dtype=np.int16)
        self.find_rules, self._find_classes = cache(self._find_rules), cache(self._list_classes)
        self.heads = Heads(self)

    def describe(self, row: int, surface: str) -> Morpheme:
        """Return the morpheme that an entry makes of a surface."""
        rank = int(self.entries[row, 4])
        if rank == UNKNOWN:
            return make_unknown_morpheme(surface, self._tags[row])
        if row in self._tags:
            return Morpheme(surface, surface, self._tags[row], "*", "*", unknown=False)
        tag, inflection_type, inflection_form, base_form, *_ = self._system.lookup_extra(rank)
        return Morpheme(surface, base_form, tag, inflection_type, inflection_form, unknown=False)

    def _find_rules(self, character: str, *, is_listed: bool) -> tuple[UnknownRule, ...]:
        """Return how a character may start unknown words, in Janome's order.

        Where IPADIC has a word (`is_listed`), only some may start.
        """
        system = self._system
        return tuple(
            UnknownRule(
                category,
                _LONGEST_GROUP
                if system.unknown_grouping(category)
                else system.unknown_length(category),
                self._unknown_codes[category],
            )
            for category in system.get_char_categories(character)
            if not is_listed or system.unknown_invoked_always(category)
        )

    def _list_classes(self, character: str) -> frozenset[str]:
        """Return the classes of unknown words that a character may continue."""
        classes = self._system.get_char_categories(character)
        return frozenset(classes).union(*classes.values())

    def find_end(self, text: str, start: int, rule: UnknownRule) -> int:
        """Return where an unknown word that starts here ends."""
        end, limit = start + 1, min(len(text), start + 1 + rule.longest)
        while end < limit and rule.category in self._find_classes(text[end]):
            end += 1
        return end


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
    return Lexicon(dictionary)


def _number_ipadic(codes: dict[str, int]) -> Integers:
    """Give every surface of IPADIC a code; return the entries, in IPADIC's own order."""
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
