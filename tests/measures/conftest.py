"""Tables that the measures need beside the shared opinions and codings."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from kyodo_analysis.tables import (
    ATTENDANCE,
    ATTRIBUTES,
    EVIDENCE,
    OPINIONS,
    PHRASES,
    SESSIONS,
    TERMS,
)

THEMES = ["負担", "バス", "知らせ方", "防災"]


@pytest.fixture
def themes() -> list[str]:
    return THEMES


@pytest.fixture
def attributes() -> pd.DataFrame:
    ages = {"A1": "30代", "A2": "無回答", "B1": "20歳未満", "B2": "20代"}
    return ATTRIBUTES.make(
        {"opinion_id": opinion_id, "attribute": "年代", "value": value}
        for opinion_id, value in ages.items()
    )


@pytest.fixture
def evidence() -> pd.DataFrame:
    found = [
        ("A1", "バス", "バス", 5, 7),
        ("A1", "バス", "本数", 8, 10),
        ("A1", "負担", "税", 0, 1),
    ]
    return EVIDENCE.make(
        {"opinion_id": opinion_id, "code": code, "matched": word, "start": start, "end": end}
        for opinion_id, code, word, start, end in found
    )


@pytest.fixture
def phrases() -> pd.DataFrame:
    found = [
        ("A1", 2, "要望", "てほしい", 14, 18),
        ("A2", 1, "要望", "られないか", 9, 14),
        ("B1", 1, "否定", "なかった", 7, 11),
        ("B1", 2, "義務", "べきだ", 18, 21),
        ("B1", 2, "義務", "べき", 18, 20),
        ("X1", 1, "否定", "はない", 9, 12),
    ]
    return PHRASES.make(
        dict(zip(["opinion_id", "sentence", "kind", "matched", "start", "end"], row, strict=True))
        for row in found
    )


@pytest.fixture
def terms() -> pd.DataFrame:
    found = [
        ("A1", "税", "名詞,一般", 0, 1),
        ("A1", "高い", "形容詞,自立", 2, 4),
        ("A1", "バス", "名詞,一般", 5, 7),
        ("A2", "バス", "名詞,一般", 0, 2),
        ("B1", "広報", "名詞,サ変接続", 12, 14),
        ("B1", "知る", "動詞,自立", 5, 7),
        ("B1", "知る", "動詞,自立", 15, 17),
        ("B2", "広報", "名詞,サ変接続", 0, 2),
    ]
    return TERMS.make(
        dict(zip(["opinion_id", "term", "part_of_speech", "start", "end"], row, strict=True))
        for row in found
    )


@pytest.fixture
def sessions() -> pd.DataFrame:
    return SESSIONS.make(
        [
            {"session": 10, "n_organizations_stated": 1},
            {"session": 2, "n_organizations_stated": 3, "n_people_stated": 7},
            {"session": 1},
        ]
    )


@pytest.fixture
def attendance() -> pd.DataFrame:
    came = [
        (10, "川の会", None),
        (2, "川の会", "NPO法人"),
        (2, "道の会", None),
        (2, "橋の会", "NPO法人"),
    ]
    return ATTENDANCE.make(
        {"session": session, "organization": name, "organization_type": kind}
        for session, name, kind in came
    )


def _study_of(words_of: dict[str, str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Opinions by id, and their terms."""
    opinions = OPINIONS.make(
        {"opinion_id": name, "text": words, "raw_text": words, "source": "a.txt:1行"}
        | {"source_start": 0, "source_end": len(words)}
        for name, words in words_of.items()
    )
    terms = TERMS.make(
        {"opinion_id": name, "term": word, "part_of_speech": "名詞,一般"}
        | {"start": place, "end": place + 1}
        for name, words in words_of.items()
        for place, word in enumerate(words.split())
    )
    return opinions, terms


def _small_talk(seed: int, *, n: int = 40, length: int = 6) -> dict[str, str]:
    """Words at random, and one of its own in each opinion."""
    rng = np.random.default_rng(seed)
    words = list("税橋道川駅店森畑湖空")
    return {
        f"P{number}": " ".join([*rng.choice(words, length, replace=False), f"声{number}"])
        for number in range(n)
    }


def _topics(seed: int, *, n: int = 60) -> dict[str, str]:
    """Opinions on one of three matters, each with words of its own and two of small talk."""
    rng = np.random.default_rng(seed)
    matters = [list("税費料金"), list("橋道坂歩"), list("森畑花土")]
    own = [rng.choice(matters[number % 3], 3, replace=False) for number in range(n)]
    shared = [rng.choice(list("市人声年"), 2, replace=False) for _ in range(n)]
    return {
        f"P{number}": " ".join([*own[number], *shared[number], f"声{number}"])
        for number in range(n)
    }


@pytest.fixture
def study_of() -> Callable[[dict[str, str]], tuple[pd.DataFrame, pd.DataFrame]]:
    """Make opinions and terms of words written between spaces."""
    return _study_of


@pytest.fixture
def small_talk() -> Callable[..., dict[str, str]]:
    return _small_talk


@pytest.fixture
def topics() -> Callable[..., dict[str, str]]:
    return _topics
