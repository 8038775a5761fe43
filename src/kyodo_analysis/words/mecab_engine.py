"""MeCab itself, through fugashi: the same dictionary in C."""

import subprocess
import sys
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np

from kyodo_analysis.words.dictionary import DictionaryWord, write_ipadic
from kyodo_analysis.words.morphemes import Morphemes, Vocabulary, Word, make_unknown_word
from kyodo_analysis.words.threads import one_per_thread

if TYPE_CHECKING:
    from fugashi import GenericTagger

# Janome's IPADIC has one word more than MeCab's, and lets unknown words run on.
_REIWA = DictionaryWord("令和", "名詞,固有名詞,一般,*", 1288, "レイワ", cost=5904)
_OPTIONS = "--max-grouping-size=1024"
_END_OF_LINE, _END = "EOS", -1
_N_FEATURES = 9  # of a word that the dictionary has; unknown ones lack the readings
# The compiler talks to the terminal and may end its process; so it gets one of its own.
_COMPILE = "import sys, fugashi; fugashi.build_dictionary(sys.argv[1])"
_COMPILED = "dictionary.dic"


class MecabEngine:
    """MeCab with IPADIC and a study's dictionary, for one thread; it reads every word once."""

    def __init__(self, dictionary: tuple[DictionaryWord, ...]) -> None:
        self._tagger = _make_tagger(dictionary)
        self._vocabulary = Vocabulary()
        self._numbers: dict[str, int] = {}

    def analyze(self, lines: Sequence[str]) -> Morphemes:
        """Cut lines into words."""
        import pyarrow as pa
        import pyarrow.compute as pc

        pages = pa.array(map(self._tagger.parse, lines), pa.string(), size=len(lines))
        written = pc.split_pattern(pages, "\n")
        kinds = written.values.dictionary_encode()
        numbers = [self._number(kind) for kind in kinds.dictionary.to_pylist()]
        codes = np.array(numbers, dtype=np.int32)[kinds.indices.to_numpy()]
        counts = pc.list_value_length(written).to_numpy() - np.int32(1)
        return Morphemes(self._vocabulary, codes[codes != _END], counts)

    def _number(self, written: str) -> int:
        """Return the number of a word as MeCab writes it, or that of the end of a line."""
        number = self._numbers.get(written)
        if number is None:
            is_end = written == _END_OF_LINE
            number = _END if is_end else self._vocabulary.number(_read_word(written))
            self._numbers[written] = number
        return number


def _read_word(written: str) -> Word:
    surface, features = written.split("\t")
    fields = features.split(",")
    tag = ",".join(fields[:4])
    if len(fields) < _N_FEATURES:
        return make_unknown_word(surface, tag)
    inflection_type, inflection_form, base_form = fields[4:7]
    return Word(surface, base_form, tag, inflection_type, inflection_form, unknown=False)


engine_of_this_thread = one_per_thread(MecabEngine)


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
