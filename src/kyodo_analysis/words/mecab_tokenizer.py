"""MeCab held to Janome's words: where the two guess by other rules, Janome cuts anew."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kyodo_analysis.words.dictionary import DictionaryWord, describe_dictionary
from kyodo_analysis.words.janome_tokenizer import JanomeTokenizer
from kyodo_analysis.words.lattice import Integers, list_ranges
from kyodo_analysis.words.mecab_engine import engine_of_this_thread
from kyodo_analysis.words.morphemes import Morphemes, Word

Booleans = npt.NDArray[np.bool_]

_STOP = "。"
_STOP_WORD = Word(_STOP, _STOP, "記号,句点,*,*", "*", "*", unknown=False)
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

    def analyze(self, lines: Sequence[str]) -> Morphemes:
        """Cut folded lines into words."""
        cut = engine_of_this_thread(self.dictionary).analyze(lines)
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
        return Morphemes(cut.vocabulary, np.delete(cut.codes, first), cut.counts - is_later)


def _find_doubtful(cut: Morphemes) -> Integers:
    """Return the unknown words that end amid characters of their class.

    There the engines' rules differ: Janome lets an unknown word run on (to three kanji, to the
    last kana), MeCab also tries its first one or two characters.
    """
    words = cut.vocabulary.words
    unknown = cut.vocabulary.unknown[cut.codes]
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


def _find_sentences(cut: Morphemes, rows: Integers) -> _Sentences:
    """Return the sentences that hold some morphemes.

    One ends after each 。 before a letter: there one word ends and another starts for certain.
    """
    ends, vocabulary = np.cumsum(cut.counts), cut.vocabulary
    behind = np.flatnonzero(cut.codes[:-1] == vocabulary.number(_STOP_WORD)) + 1
    codes, numbers = np.unique(cut.codes[behind], return_inverse=True)
    is_word = np.array([vocabulary.words[code].surface[0].isalnum() for code in codes], dtype=bool)
    starts = np.unique(np.concatenate([[0], ends, behind[is_word[numbers]]]))
    sentences = np.unique(np.searchsorted(starts, rows, side="right") - 1)
    first = starts[sentences]
    lines = np.searchsorted(ends, first, side="right")
    return _Sentences(first, starts[sentences + 1], lines, first > (ends - cut.counts)[lines])


def _write_out(cut: Morphemes, sentences: _Sentences) -> list[str]:
    spans, words = map(slice, sentences.first, sentences.last), cut.vocabulary.words
    return ["".join(words[code].surface for code in cut.codes[span]) for span in spans]


def _replace(cut: Morphemes, sentences: _Sentences, anew: Morphemes) -> Morphemes:
    """Put other morphemes in the place of some sentences'."""
    lengths = sentences.last - sentences.first
    kept = np.delete(cut.codes, list_ranges(sentences.first, lengths))
    places = sentences.first - (np.cumsum(lengths) - lengths)
    numbers = np.array([cut.vocabulary.number(word) for word in anew.vocabulary.words])
    codes = np.insert(kept, np.repeat(places, anew.counts), numbers[anew.codes])
    counts = cut.counts.copy()
    np.add.at(counts, sentences.lines, anew.counts - lengths.astype(np.int32))
    return Morphemes(cut.vocabulary, codes, counts)
