"""Kashiwa's opinions, split by hand, and small opinions made of texts alone."""

import re
from pathlib import Path

import pandas as pd
import pytest

from kyodo_analysis.tables import OPINIONS
from kyodo_analysis.words import Tokenizer, make_tokenizer

_ROOT = Path(__file__).parents[2]
_REPORT = _ROOT / "data" / "raw" / "kashiwa-2019" / "report.txt"


def _make_opinions(*texts: str) -> pd.DataFrame:
    return _opinions((f"N{number}", text) for number, text in enumerate(texts, start=1))


def _opinions(rows) -> pd.DataFrame:
    return OPINIONS.make(
        {
            "opinion_id": opinion_id,
            "text": text,
            "raw_text": text,
            "source": "opinions.txt:1行",
            "source_start": 0,
            "source_end": len(text),
        }
        for opinion_id, text in rows
    )


@pytest.fixture(scope="session")
def make_opinions():
    return _make_opinions


@pytest.fixture(scope="session")
def kashiwa() -> pd.DataFrame:
    cells = re.findall(r"^([A-H])\. .*?\t<ul[^>]*> (.*)$", _REPORT.read_text("utf-8"), re.MULTILINE)
    return _opinions(
        (f"{code}{number}", text)
        for code, cell in cells
        for number, text in enumerate(cell.split(" "), start=1)
    )


@pytest.fixture(scope="session")
def decisions() -> Path:
    return _ROOT / "studies" / "kashiwa-2019"


@pytest.fixture(scope="session")
def plain() -> Tokenizer:
    return make_tokenizer()


@pytest.fixture(scope="session")
def with_kyodo(decisions: Path) -> Tokenizer:
    return make_tokenizer(dictionary=decisions / "dictionary.csv")
