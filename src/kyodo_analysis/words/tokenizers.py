"""The engines that cut lines into words, behind one small protocol."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from kyodo_analysis.words.dictionary import DictionaryWord, read_dictionary
from kyodo_analysis.words.janome_tokenizer import JanomeTokenizer
from kyodo_analysis.words.morphemes import Morphemes


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


def make_tokenizer(*, dictionary: Path | None = None) -> Tokenizer:
    """Make the tokenizer of a study.

    Parameters
    ----------
    dictionary : Path, optional
        The study's ``dictionary.csv``.
    """
    return JanomeTokenizer(read_dictionary(dictionary) if dictionary else ())
