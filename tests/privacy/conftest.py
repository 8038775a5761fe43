"""Opinions, tokens and decisions made from a few words."""

from collections.abc import Callable

import pandas as pd
import pytest

from kyodo_analysis.privacy import DECISIONS
from kyodo_analysis.tables import OPINIONS, TOKENS

MakeTable = Callable[..., pd.DataFrame]


@pytest.fixture(scope="session")
def opinions_of() -> MakeTable:
    """Make OPINIONS X1, X2 ... from texts; a pair is (text, raw_text)."""

    def make(*texts: str | tuple[str, str]) -> pd.DataFrame:
        pairs = [(text, text) if isinstance(text, str) else text for text in texts]
        return OPINIONS.make(
            {
                "opinion_id": f"X{number}",
                "text": text,
                "raw_text": raw_text,
                "source": f"意見!A{number}",
                "source_start": 0,
                "source_end": len(raw_text),
            }
            for number, (text, raw_text) in enumerate(pairs, start=1)
        )

    return make


@pytest.fixture(scope="session")
def tokens_of() -> MakeTable:
    """Make TOKENS from lists of (surface, part of speech), one list for each opinion X1, X2 ...

    A single space between two words is given as a lone " ", as Janome leaves it out.
    """

    def rows(opinion_id: str, words: list[tuple[str, str] | str]):
        start = 0
        for position, word in enumerate(words):
            surface, part_of_speech = word if isinstance(word, tuple) else (word, "")
            if part_of_speech:
                yield {
                    "opinion_id": opinion_id,
                    "paragraph": 1,
                    "sentence": 1,
                    "position": position,
                    "surface": surface,
                    "base_form": surface,
                    "part_of_speech": part_of_speech,
                    "inflection_type": "*",
                    "inflection_form": "*",
                    "start": start,
                    "end": start + len(surface),
                }
            start += len(surface)

    def make(*opinions: list[tuple[str, str] | str]) -> pd.DataFrame:
        return TOKENS.make(
            row
            for number, words in enumerate(opinions, start=1)
            for row in rows(f"X{number}", words)
        )

    return make


@pytest.fixture(scope="session")
def decide() -> MakeTable:
    """Give every finding, in order, the treatment listed for it; one treatment is for all."""

    def make(findings: pd.DataFrame, *treatments: str | None) -> pd.DataFrame:
        given = list(treatments) * len(findings) if len(treatments) == 1 else list(treatments)
        identity = findings[["finding_id", "opinion_id", "kind", "matched"]]
        return DECISIONS.make(
            {**row, "treatment": treatment, "row": number}
            for number, (row, treatment) in enumerate(
                zip(identity.to_dict("records"), given, strict=True), start=2
            )
        )

    return make
