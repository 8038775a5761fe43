"""The engines that cut lines into words, behind one small protocol."""

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from kyodo_analysis.errors import StudyError
from kyodo_analysis.words.dictionary import DictionaryWord, read_dictionary
from kyodo_analysis.words.janome import JanomeTokenizer
from kyodo_analysis.words.mecab import MecabTokenizer
from kyodo_analysis.words.morphemes import CutLines

_ENGINES = ("janome", "mecab", "auto")


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

    def analyze(self, lines: Sequence[str]) -> CutLines:
        """Cut folded lines, without newlines or outer blanks, so that the surfaces join to them."""
        ...


def make_tokenizer(*, engine: str = "janome", dictionary: Path | None = None) -> Tokenizer:
    """Make the tokenizer of a study.

    Parameters
    ----------
    engine : {"janome", "mecab", "auto"}
        The engine; "auto" is MeCab where the extra ``fast`` is installed.
    dictionary : Path, optional
        The study's ``dictionary.csv``.

    Raises
    ------
    StudyError
        When the engine is not known or not installed, or the dictionary cannot be used.
    """
    if engine not in _ENGINES:
        raise StudyError(
            "study.toml の [words] engine", f"「{engine}」です", f"使えるのは {_ENGINES} です"
        )
    has_mecab = all(find_spec(package) for package in ("fugashi", "ipadic"))
    if engine == "mecab" and not has_mecab:
        raise StudyError(
            "study.toml の [words] engine",
            "「mecab」ですが、MeCab(fugashi と ipadic)が入っていません",
            action='「pip install fugashi ipadic」で入れるか、engine = "janome" にしてください',
        )
    words = read_dictionary(dictionary) if dictionary else ()
    return JanomeTokenizer(words) if engine == "janome" or not has_mecab else MecabTokenizer(words)
