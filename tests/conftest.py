"""A handful of opinions that hold what real ones do: no category, a one-character word, 第10回."""

import os

import pandas as pd
import pytest

from kyodo_analysis.tables import CODINGS, OPINIONS

os.environ.setdefault("MPLBACKEND", "agg")

_TEXTS = [
    ("A1", "A", "交通", 1, "税が高い。バスの本数を増やしてほしい。"),
    ("A2", "A", "交通", 2, "バス停に屋根を付けられないか"),
    ("B1", "B", "広報", 10, "橋の工事を知らなかった。広報で知らせるべきだ。"),
    ("B2", "B", "広報", 10, "広報は読みやすい。"),
    ("X1", None, None, None, "特に困っていることはない。"),
]


@pytest.fixture
def opinions() -> pd.DataFrame:
    return OPINIONS.make(
        {
            "opinion_id": opinion_id,
            "category_code": category_code,
            "category": category,
            "session": session,
            "text": text,
            "raw_text": text,
            "source": f"opinions.txt:{row}行",
            "source_start": 0,
            "source_end": len(text),
        }
        for row, (opinion_id, category_code, category, session, text) in enumerate(_TEXTS, start=1)
    )


@pytest.fixture
def codings() -> pd.DataFrame:
    given = [("A1", "バス"), ("A2", "バス"), ("A1", "負担"), ("B1", "知らせ方"), ("B2", "知らせ方")]
    return CODINGS.make(
        {"opinion_id": opinion_id, "code": code, "coder": "codebook", "method": "rule"}
        for opinion_id, code in given
    )
