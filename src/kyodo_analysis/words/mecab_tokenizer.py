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
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from kyodo_analysis.words.dictionary import DictionaryWord, describe_dictionary, write_ipadic
from kyodo_analysis.words.janome_tokenizer import JanomeTokenizer
from kyodo_analysis.words.lattice import Integers
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
        sentences, line_of_sentence = _split_at_stops(cut)
        doubtful = _find_doubtful(sentences)
        if not len(doubtful):
            return cut
        is_later = np.append(False, np.diff(line_of_sentence) == 0)[doubtful]
        anew = self._cut_with_janome(_write_out(sentences, doubtful), is_later)
        made = _replace(sentences, doubtful, anew)
        counts = np.bincount(line_of_sentence, weights=made.counts, minlength=len(lines))
        return Morphemes(made.words, made.codes, counts.astype(np.int32))

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


def _split_at_stops(cut: Morphemes) -> tuple[Morphemes, Integers]:
    """Cut lines after each 。 before a letter: one word ends and another starts there for certain.

    Returns
    -------
    Morphemes
        The same, line by line as if each sentence were one; no sentence is empty.
    array of int, one per sentence
        The number of its line.
    """
    lines = np.repeat(np.arange(len(cut.counts)), cut.counts)
    is_stop, is_word = (
        np.array(
            [(word.surface == _STOP, word.surface[0].isalnum()) for word in cut.words], dtype=bool
        )
        .reshape(-1, 2)[cut.codes]
        .T
    )
    is_first = np.append(True, (lines[1:] != lines[:-1]) | (is_stop[:-1] & is_word[1:]))
    first = np.flatnonzero(is_first[: len(lines)])
    counts = np.diff(first, append=len(lines)).astype(np.int32)
    return Morphemes(cut.words, cut.codes, counts), lines[first]


def _find_doubtful(cut: Morphemes) -> Integers:
    """Return the sentences where an unknown word ends amid characters of its class.

    There the engines' rules differ: Janome lets an unknown word run on (to three kanji, to the
    last kana), MeCab also tries its first one or two characters.
    """
    unknown = np.array([word.unknown for word in cut.words], dtype=bool)[cut.codes]
    sentences = np.repeat(np.arange(len(cut.counts)), cut.counts)
    has_next = np.append(sentences[1:] == sentences[:-1], False)
    cuts = np.flatnonzero(unknown & has_next)
    goes_on = [
        _goes_on(cut.words[cut.codes[at]].surface, cut.words[cut.codes[at + 1]].surface)
        for at in cuts
    ]
    return np.unique(sentences[cuts[np.array(goes_on, dtype=bool)]])


def _goes_on(first: str, second: str) -> bool:
    """Tell whether two words meet amid kanji, amid hiragana or amid katakana."""
    return bool(_AMID.fullmatch(first[-1] + second[0]))


def _write_out(cut: Morphemes, numbers: Integers) -> list[str]:
    """Write some sentences."""
    ends = np.cumsum(cut.counts)
    spans = zip(ends[numbers] - cut.counts[numbers], ends[numbers], strict=True)
    return ["".join(cut.words[code].surface for code in cut.codes[slice(*span)]) for span in spans]


def _replace(cut: Morphemes, numbers: Integers, anew: Morphemes) -> Morphemes:
    """Put other morphemes in the place of some sentences'."""
    sentences = np.repeat(np.arange(len(cut.counts)), cut.counts)
    kept = ~np.isin(sentences, numbers)
    new_sentences = np.repeat(numbers, anew.counts)
    order = np.argsort(np.concatenate([sentences[kept], new_sentences]), kind="stable")
    codes = np.concatenate([cut.codes[kept], anew.codes + np.int32(len(cut.words))])
    counts = cut.counts.copy()
    counts[numbers] = anew.counts
    return Morphemes(cut.words + anew.words, codes[order], counts)


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
