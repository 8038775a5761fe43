"""Opinions of a few words each, so that no tokenizer is needed."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest
from draft_topics import FILLERS, TOPICS

from kyodo_analysis.tables import OPINIONS, TOKENS
from kyodo_analysis.words import select_terms


class Corpus(NamedTuple):
    opinions: pd.DataFrame
    tokens: pd.DataFrame
    terms: pd.DataFrame
    topic: list[int]


def build(opinions: Sequence[Sequence[str]], topic: Sequence[int] = ()) -> Corpus:
    """Make opinions of nouns, each followed by と."""
    rows, texts = [], {}
    for number, words in enumerate(opinions, start=1):
        opinion_id, start = f"A{number}", 0
        for position, surface in enumerate(word for noun in words for word in (noun, "と")):
            rows.append(
                {
                    "opinion_id": opinion_id,
                    "paragraph": 1,
                    "sentence": 1,
                    "position": position,
                    "surface": surface,
                    "base_form": surface,
                    "part_of_speech": "助詞,格助詞,一般,*" if surface == "と" else "名詞,一般,*,*",
                    "inflection_type": "*",
                    "inflection_form": "*",
                    "unknown": False,
                    "start": start,
                    "end": (start := start + len(surface)),
                }
            )
        texts[opinion_id] = "".join(f"{noun}と" for noun in words)
    tokens = TOKENS.make(rows)
    table = OPINIONS.make(
        {
            "opinion_id": opinion_id,
            "text": text,
            "raw_text": text,
            "source": "opinions.txt:1行",
            "source_start": 0,
            "source_end": len(text),
        }
        for opinion_id, text in texts.items()
    )
    return Corpus(table, tokens, select_terms(tokens), list(topic))


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    """Forty opinions on each of four topics: three of its six words, and two of any."""
    rng = np.random.default_rng(5)
    topic = [number % len(TOPICS) for number in range(160)]
    opinions = [
        [*rng.choice(TOPICS[each], 3, replace=False), *rng.choice(FILLERS, 2, replace=False)]
        for each in topic
    ]
    return build(opinions, topic)


@pytest.fixture(name="build", scope="session")
def _build() -> Callable[..., Corpus]:
    return build
