"""The engines that cut a line into words, behind one small protocol."""

import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from kyodo_analysis.words.dictionary import (
    DictionaryWord,
    describe_dictionary,
    read_dictionary,
    write_ipadic,
)
from kyodo_analysis.words.morphemes import Morphemes, Word, gather_morphemes

if TYPE_CHECKING:
    from janome.tokenizer import Token
    from janome.tokenizer import Tokenizer as JanomeEngine

# IPADIC gives a symbol that it does not know (⇒, ①) the tag of a verbal noun.
_UNKNOWN_SYMBOL, _SYMBOL = "名詞,サ変接続,*,*", "記号,一般,*,*"


class Tokenizer(Protocol):
    """What cuts lines into words.

    Attributes
    ----------
    engine : str
        The engine and its versions.
    dictionary : tuple of DictionaryWord
        The words that it knows beside IPADIC's.
    name : str
        Engine, versions and the dictionary's fingerprint, as printed beside every result.
    """

    @property
    def engine(self) -> str: ...  # noqa: D102

    @property
    def dictionary(self) -> tuple[DictionaryWord, ...]: ...  # noqa: D102

    @property
    def name(self) -> str: ...  # noqa: D102

    def analyze(self, lines: Sequence[str]) -> Morphemes:
        """Cut folded lines, without newlines or outer blanks, so that the surfaces join to them."""
        ...


@dataclass(frozen=True)
class JanomeTokenizer:
    """Janome with IPADIC: pure Python, the default and the reference.

    It holds no engine itself, so that it can be sent to another process; Janome corrupts its
    output when threads share it, so each thread makes its own.
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

    def analyze(self, lines: Sequence[str]) -> Morphemes:
        """Cut folded lines into words."""
        engine = _janome_of_this_thread(self.dictionary)
        return gather_morphemes(
            [_word(cast("Token", token)) for token in engine.tokenize(line)] for line in lines
        )


_engines = threading.local()


def _janome_of_this_thread(dictionary: tuple[DictionaryWord, ...]) -> "JanomeEngine":
    made: dict[tuple[DictionaryWord, ...], JanomeEngine]
    made = _engines.__dict__.setdefault("janome", {})
    if dictionary not in made:
        made[dictionary] = _make_janome(dictionary)
    return made[dictionary]


def _make_janome(dictionary: tuple[DictionaryWord, ...]) -> "JanomeEngine":
    from janome.tokenizer import Tokenizer as JanomeEngine

    if not dictionary:
        return JanomeEngine()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "dictionary.csv")
        write_ipadic(dictionary, path)
        return JanomeEngine(str(path), udic_enc="utf-8", udic_type="ipadic")


def _word(token: "Token") -> Word:
    unknown = token.node_type == "UNKNOWN"
    part_of_speech = token.part_of_speech
    if unknown and part_of_speech == _UNKNOWN_SYMBOL and not any(map(str.isalpha, token.surface)):
        part_of_speech = _SYMBOL
    return Word(
        token.surface, token.base_form, part_of_speech, token.infl_type, token.infl_form, unknown
    )


def make_tokenizer(*, dictionary: Path | None = None) -> Tokenizer:
    """Make the tokenizer of a study.

    Parameters
    ----------
    dictionary : Path, optional
        The study's ``dictionary.csv``.
    """
    return JanomeTokenizer(read_dictionary(dictionary) if dictionary else ())
