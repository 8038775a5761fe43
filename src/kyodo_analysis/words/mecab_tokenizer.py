"""MeCab through fugashi: the same dictionary in C, held to Janome's words."""

import re
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from kyodo_analysis.words.dictionary import DictionaryWord, describe_dictionary, write_ipadic
from kyodo_analysis.words.janome_tokenizer import JanomeTokenizer
from kyodo_analysis.words.lattice import Integers, list_ranges
from kyodo_analysis.words.morphemes import Morphemes, Word, make_unknown_word

if TYPE_CHECKING:
    from fugashi import GenericTagger

Booleans = npt.NDArray[np.bool_]

# Janome's IPADIC has one word more than MeCab's, and lets unknown words run on.
_REIWA = DictionaryWord("令和", "名詞,固有名詞,一般,*", 1288, "レイワ", cost=5904)
_OPTIONS = "--max-grouping-size=1024"
_END_OF_LINE = "EOS"
_STOP = "。"
_N_FEATURES = 9  # of a word that the dictionary has; unknown ones lack the readings
_AMID = re.compile(
    r"[々〇\u3400-\u4db5一-龥\uf900-\ufa6a\u2e80-\u2fd5]{2}|[ぁ-ゟ]{2}|[ァ-ヿㇰ-ㇿ]{2}"
)
# The compiler talks to the terminal and may end its process; so it gets one of its own.
_COMPILE = "import sys, fugashi; fugashi.build_dictionary(sys.argv[1])"
_COMPILED = "dictionary.dic"


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

    def analyze(self, lines: Sequence[str]) -> Morphemes:
        """Cut folded lines into words."""
        cut = _run_mecab(_tagger_of_this_thread(self.dictionary), lines)
        doubtful = _find_doubtful(cut)
        if not len(doubtful):
            return cut
        sentences = _find_sentences(cut, doubtful)
        anew = self._cut_with_janome(_write_out(cut, sentences), sentences.is_later)
        return _replace(cut, sentences, anew)

    def _cut_with_janome(self, sentences: Sequence[str], is_later: Booleans) -> Morphemes:
        """Cut sentences, later ones of a line behind a 。: what stands before changes the costs."""
        written = [
            _STOP * later + text for text, later in zip(sentences, is_later.tolist(), strict=True)
        ]
        cut = JanomeTokenizer(self.dictionary).analyze(written)
        first = (np.cumsum(cut.counts) - cut.counts)[is_later]
        return Morphemes(cut.words, np.delete(cut.codes, first), cut.counts - is_later)


def _run_mecab(tagger: "GenericTagger", lines: Sequence[str]) -> Morphemes:
    import pyarrow as pa
    import pyarrow.compute as pc

    page = "\n".join([_END_OF_LINE, *map(tagger.parse, lines)])
    written = pc.split_pattern(pa.array([page]), "\n").values.dictionary_encode()
    codes = written.indices.to_numpy()
    ends = np.flatnonzero(codes == 0)
    return Morphemes(
        [_read_word(kind) for kind in written.dictionary.to_pylist()[1:]],
        codes[codes > 0] - 1,
        np.diff(ends).astype(np.int32) - 1,
    )


@cache
def _read_word(written: str) -> Word:
    surface, features = written.split("\t")
    fields = features.split(",")
    tag = ",".join(fields[:4])
    if len(fields) < _N_FEATURES:
        return make_unknown_word(surface, tag)
    inflection_type, inflection_form, base_form = fields[4:7]
    return Word(surface, base_form, tag, inflection_type, inflection_form, unknown=False)


def _find_doubtful(cut: Morphemes) -> Integers:
    """Return the unknown words that end amid characters of their class.

    There the engines' rules differ: Janome lets an unknown word run on (to three kanji, to the
    last kana), MeCab also tries its first one or two characters.
    """
    unknown = np.array([word.unknown for word in cut.words], dtype=bool)[cut.codes]
    unknown[np.cumsum(cut.counts)[cut.counts > 0] - 1] = False  # nothing follows in the line
    rows = np.flatnonzero(unknown)
    goes_on = [
        _goes_on(cut.words[first].surface, cut.words[second].surface)
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


def _find_sentences(cut: Morphemes, rows: Integers) -> _Sentences:
    """Return the sentences that hold some morphemes.

    One ends after each 。 before a letter: there one word ends and another starts for certain.
    """
    ends = np.cumsum(cut.counts)
    stops = [code for code, word in enumerate(cut.words) if word.surface == _STOP]
    behind = np.flatnonzero(np.isin(cut.codes[:-1], stops)) + 1
    is_word = [cut.words[code].surface[0].isalnum() for code in cut.codes[behind]]
    starts = np.unique(np.concatenate([[0], ends, behind[np.array(is_word, dtype=bool)]]))
    sentences = np.unique(np.searchsorted(starts, rows, side="right") - 1)
    first = starts[sentences]
    lines = np.searchsorted(ends, first, side="right")
    return _Sentences(first, starts[sentences + 1], lines, first > (ends - cut.counts)[lines])


def _write_out(cut: Morphemes, sentences: _Sentences) -> list[str]:
    spans = map(slice, sentences.first, sentences.last)
    return ["".join(cut.words[code].surface for code in cut.codes[span]) for span in spans]


def _replace(cut: Morphemes, sentences: _Sentences, anew: Morphemes) -> Morphemes:
    """Put other morphemes in the place of some sentences'."""
    lengths = sentences.last - sentences.first
    kept = np.delete(cut.codes, list_ranges(sentences.first, lengths))
    places = sentences.first - (np.cumsum(lengths) - lengths)
    new_codes = anew.codes + np.int32(len(cut.words))
    counts = cut.counts.copy()
    np.add.at(counts, sentences.lines, anew.counts - lengths.astype(np.int32))
    return Morphemes(
        cut.words + anew.words,
        np.insert(kept, np.repeat(places, anew.counts), new_codes),
        counts,
    )


_taggers = threading.local()


def _tagger_of_this_thread(dictionary: tuple[DictionaryWord, ...]) -> "GenericTagger":
    """Return an engine that no other thread has."""
    made: dict[tuple[DictionaryWord, ...], GenericTagger]
    made = _taggers.__dict__.setdefault("mecab", {})
    if dictionary not in made:
        made[dictionary] = _make_tagger(dictionary)
    return made[dictionary]


def _make_tagger(dictionary: tuple[DictionaryWord, ...]) -> "GenericTagger":
    import ipadic
    from fugashi import GenericTagger

    compiled = Path(_compile_dictionary((_REIWA, *dictionary)).name, _COMPILED)
    return GenericTagger(f'{ipadic.MECAB_ARGS} -u "{compiled}" {_OPTIONS}')


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
