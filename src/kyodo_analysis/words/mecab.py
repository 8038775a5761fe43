"""MeCab through fugashi, held to Janome's words: where the two guess by other rules, Janome cuts."""

import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import get_ident
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from kyodo_analysis.words.dictionary import DictionaryWord, describe_dictionary, write_ipadic
from kyodo_analysis.words.fast_janome.viterbi import Integers, list_ranges
from kyodo_analysis.words.janome import JanomeTokenizer
from kyodo_analysis.words.morphemes import (
    CutLines,
    Morpheme,
    MorphemeIndex,
    make_unknown_morpheme,
)

if TYPE_CHECKING:
    from fugashi import GenericTagger

Booleans = npt.NDArray[np.bool_]

# Janome's IPADIC has one word more than MeCab's, and lets unknown words run on.
_REIWA = DictionaryWord("令和", "名詞,固有名詞,一般,*", 1288, "レイワ", cost=5904)
_OPTIONS = "--max-grouping-size=1024"
_END_OF_LINE, _END = "EOS", -1
_N_FEATURES = 9  # of a word that the dictionary has; unknown ones lack the readings
# The compiler talks to the terminal and may end its process; so it gets one of its own.
_COMPILE = "import sys, fugashi; fugashi.build_dictionary(sys.argv[1])"
_COMPILED = "dictionary.dic"

_STOP = "。"
_STOP_WORD = Morpheme(_STOP, _STOP, "記号,句点,*,*", "*", "*", unknown=False)
_AMID = re.compile(
    r"[々〇\u3400-\u4db5一-龥\uf900-\ufa6a\u2e80-\u2fd5]{2}|[ぁ-ゟ]{2}|[ァ-ヿㇰ-ㇿ]{2}"
)


@dataclass(frozen=True)
class MecabTokenizer:
    """MeCab with IPADIC (the extra ``fast``), some times faster than Janome.

    The two guess unknown words of kanji and kana by other rules; sentences that hold one are left
    to Janome. It holds no engine itself, so that it can be sent to another process.
    """

    dictionary: tuple[DictionaryWord, ...] = ()

    @property
    def engine(self) -> str:
        """MeCab, its dictionary and Janome with their versions."""
        return (
            f"MeCab(fugashi {version('fugashi')}、ipadic {version('ipadic')})"
            f"・未知語は{JanomeTokenizer().engine}"
        )

    @property
    def name(self) -> str:
        """The engines and the dictionary's fingerprint."""
        return f"{self.engine}・{describe_dictionary(self.dictionary)}"

    def analyze(self, lines: Sequence[str]) -> CutLines:
        """Cut folded lines into words."""
        cut = _make_engine(self.dictionary, get_ident()).analyze(lines)
        doubtful = _find_doubtful(cut)
        if not len(doubtful):
            return cut
        sentences = _find_sentences(cut, doubtful)
        anew = self._cut_with_janome(_write_out(cut, sentences), sentences.is_later)
        return _replace(cut, sentences, anew)

    def _cut_with_janome(self, sentences: Sequence[str], is_later: Booleans) -> CutLines:
        """Cut sentences, later ones of a line behind a 。: what stands before changes the costs."""
        written = [
            _STOP * later + text for text, later in zip(sentences, is_later.tolist(), strict=True)
        ]
        cut = JanomeTokenizer(self.dictionary).analyze(written)
        first = (np.cumsum(cut.counts) - cut.counts)[is_later]
        return CutLines(cut.index, np.delete(cut.codes, first), cut.counts - is_later)


def _find_doubtful(cut: CutLines) -> Integers:
    """Return the unknown words that end amid characters of their class.

    There the engines' rules differ: Janome lets an unknown word run on (to three kanji, to the
    last kana), MeCab also tries its first one or two characters.
    """
    words = cut.index.morphemes
    unknown = cut.index.unknown[cut.codes]
    unknown[np.cumsum(cut.counts)[cut.counts > 0] - 1] = False  # nothing follows in the line
    rows = np.flatnonzero(unknown)
    goes_on = [
        _goes_on(words[first].surface, words[second].surface)
        for first, second in zip(cut.codes[rows], cut.codes[rows + 1], strict=True)
    ]
    doubtful: Integers = rows[np.array(goes_on, dtype=bool)]
    return doubtful


def _goes_on(first: str, second: str) -> bool:
    """Tell whether two words meet amid kanji, amid hiragana or amid katakana."""
    return bool(_AMID.fullmatch(first[-1] + second[0]))


class _Sentences(NamedTuple):
    """Some sentences of lines: their first morphemes, those after their last, and their lines."""

    first: Integers
    last: Integers
    lines: Integers
    is_later: Booleans
    """Whether something stands before it in its line."""


def _find_sentences(cut: CutLines, rows: Integers) -> _Sentences:
    """Return the sentences that hold some morphemes.

    One ends after each 。 before a letter: there one word ends and another starts for certain.
    """
    ends, index = np.cumsum(cut.counts), cut.index
    behind = np.flatnonzero(cut.codes[:-1] == index.number(_STOP_WORD)) + 1
    codes, numbers = np.unique(cut.codes[behind], return_inverse=True)
    is_word = np.array([index.morphemes[code].surface[0].isalnum() for code in codes], dtype=bool)
    starts = np.unique(np.concatenate([[0], ends, behind[is_word[numbers]]]))
    sentences = np.unique(np.searchsorted(starts, rows, side="right") - 1)
    first = starts[sentences]
    lines = np.searchsorted(ends, first, side="right")
    return _Sentences(first, starts[sentences + 1], lines, first > (ends - cut.counts)[lines])


def _write_out(cut: CutLines, sentences: _Sentences) -> list[str]:
    spans, words = map(slice, sentences.first, sentences.last), cut.index.morphemes
    return ["".join(words[code].surface for code in cut.codes[span]) for span in spans]


def _replace(cut: CutLines, sentences: _Sentences, anew: CutLines) -> CutLines:
    """Put other morphemes in the place of some sentences'."""
    lengths = sentences.last - sentences.first
    kept = np.delete(cut.codes, list_ranges(sentences.first, lengths))
    places = sentences.first - (np.cumsum(lengths) - lengths)
    numbers = np.array([cut.index.number(word) for word in anew.index.morphemes])
    codes = np.insert(kept, np.repeat(places, anew.counts), numbers[anew.codes])
    counts = cut.counts.copy()
    np.add.at(counts, sentences.lines, anew.counts - lengths.astype(np.int32))
    return CutLines(cut.index, codes, counts)


class _Engine:
    """MeCab with IPADIC and a study's dictionary; it reads every word once."""

    def __init__(self, tagger: "GenericTagger") -> None:
        self._tagger = tagger
        self._index = MorphemeIndex()
        self._numbers: dict[str, int] = {}

    def analyze(self, lines: Sequence[str]) -> CutLines:
        """Cut lines into words."""
        import pyarrow as pa
        import pyarrow.compute as pc

        pages = pa.array(map(self._tagger.parse, lines), pa.string(), size=len(lines))
        written = pc.split_pattern(pages, "\n")
        kinds = written.values.dictionary_encode()
        numbers = [self._number(kind) for kind in kinds.dictionary.to_pylist()]
        codes = np.array(numbers, dtype=np.int32)[kinds.indices.to_numpy()]
        counts = pc.list_value_length(written).to_numpy() - np.int32(1)
        return CutLines(self._index, codes[codes != _END], counts)

    def _number(self, written: str) -> int:
        """Return the number of a word as MeCab writes it, or that of the end of a line."""
        number = self._numbers.get(written)
        if number is None:
            is_end = written == _END_OF_LINE
            number = _END if is_end else self._index.number(_read_word(written))
            self._numbers[written] = number
        return number


def _read_word(written: str) -> Morpheme:
    surface, features = written.split("\t")
    fields = features.split(",")
    tag = ",".join(fields[:4])
    if len(fields) < _N_FEATURES:
        return make_unknown_morpheme(surface, tag)
    inflection_type, inflection_form, base_form = fields[4:7]
    return Morpheme(surface, base_form, tag, inflection_type, inflection_form, unknown=False)


@lru_cache(maxsize=8)
def _make_engine(dictionary: tuple[DictionaryWord, ...], thread: int) -> _Engine:
    """Make the engine of one thread."""
    import ipadic
    from fugashi import GenericTagger

    compiled = Path(_compile_dictionary((_REIWA, *dictionary)).name, _COMPILED)
    return _Engine(GenericTagger(f'{ipadic.MECAB_ARGS} -u "{compiled}" {_OPTIONS}'))


@lru_cache(maxsize=8)
def _compile_dictionary(words: tuple[DictionaryWord, ...]) -> TemporaryDirectory[str]:
    """Compile words for MeCab; the folder lives as long as the process."""
    import ipadic

    folder = TemporaryDirectory(prefix="kyodo-", ignore_cleanup_errors=True)
    source, compiled = Path(folder.name, "dictionary.csv"), Path(folder.name, _COMPILED)
    write_ipadic(words, source)
    arguments = f'x -d "{ipadic.DICDIR}" -u "{compiled}" -f utf-8 -t utf-8 "{source}"'
    subprocess.run([sys.executable, "-c", _COMPILE, arguments], check=True, capture_output=True)
    return folder
