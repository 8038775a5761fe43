"""What a study's ``[words]`` may say."""

from dataclasses import dataclass
from typing import Literal

from kyodo_analysis.words.terms import TermSettings


@dataclass(frozen=True)
class WordSettings(TermSettings):
    """How opinions are cut, and which of the words are counted.

    Parameters
    ----------
    engine : {"janome", "mecab", "auto"}
        What cuts the opinions, as :func:`~kyodo_analysis.words.make_tokenizer` takes it.
    """

    engine: Literal["janome", "mecab", "auto"] = "janome"
