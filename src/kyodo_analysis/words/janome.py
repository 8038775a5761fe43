"""Janome: few lines one by one, as it is; many together, by the same words and rules."""

import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import get_ident
from typing import TYPE_CHECKING, cast

from kyodo_analysis.words.dictionary import DictionaryWord, describe_dictionary, write_ipadic
from kyodo_analysis.words.fast_janome import analyze_together
from kyodo_analysis.words.morphemes import (
    CutLines,
    Morpheme,
    gather_morphemes,
    make_unknown_morpheme,
)

if TYPE_CHECKING:
    from janome.tokenizer import Token
    from janome.tokenizer import Tokenizer as JanomeEngine

# Laying out the dictionary takes a second: it pays once this many characters came to a process.
_MANY = 20_000
_seen: Counter[tuple[DictionaryWord, ...]] = Counter()


@dataclass(frozen=True)
class JanomeTokenizer:
    """Janome with IPADIC, in pure Python.

    It holds no engine itself, so that it can be sent to another process.
    """

    dictionary: tuple[DictionaryWord, ...] = ()

    @property
    def engine(self) -> str:
        """Janome and IPADIC with their versions."""
        from janome.version import JANOME_VERSION

        return f"Janome {JANOME_VERSION}(IPADIC 2.7.0-20070801)"

    @property
    def name(self) -> str:
        """The engine and the dictionary's fingerprint."""
        return f"{self.engine}・{describe_dictionary(self.dictionary)}"

    def analyze(self, lines: Sequence[str]) -> CutLines:
        """Cut folded lines into morphemes."""
        _seen[self.dictionary] += sum(map(len, lines))
        if _seen[self.dictionary] < _MANY:
            return analyze_one_by_one(lines, self.dictionary)
        return analyze_together(lines, self.dictionary)


def analyze_one_by_one(
    lines: Sequence[str], dictionary: tuple[DictionaryWord, ...] = ()
) -> CutLines:
    """Cut lines with Janome as it is."""
    engine = _make_engine(dictionary, get_ident())
    return gather_morphemes(
        [_read_token(cast("Token", token)) for token in engine.tokenize(line)] for line in lines
    )


def _read_token(token: "Token") -> Morpheme:
    if token.node_type == "UNKNOWN":
        return make_unknown_morpheme(token.surface, token.part_of_speech)
    inflection = token.infl_type, token.infl_form
    return Morpheme(token.surface, token.base_form, token.part_of_speech, *inflection, False)


@lru_cache(maxsize=8)
def _make_engine(dictionary: tuple[DictionaryWord, ...], thread: int) -> "JanomeEngine":
    """Make the engine of one thread: shared ones corrupt their output."""
    from janome.tokenizer import Tokenizer as JanomeEngine

    if not dictionary:
        return JanomeEngine()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "dictionary.csv")
        write_ipadic(dictionary, path)
        return JanomeEngine(str(path), udic_enc="utf-8", udic_type="ipadic")
