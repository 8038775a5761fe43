"""Opinions made of known topics: each topic has its own words beside words that all share."""

import numpy as np
import pandas as pd

TOPICS = {
    "交通": ["バス", "停留所", "運賃", "路線", "便", "駅", "渋滞", "乗る"],
    "公園": ["公園", "木", "遊具", "芝生", "花", "ベンチ", "草", "植える"],
    "税": ["税", "予算", "財政", "負担", "借金", "支出", "歳入", "納める"],
}
SHARED = ["市", "思う", "必要", "人", "町", "増やす", "考える", "今", "良い", "見る", "声", "年"]


def topic_of(position: int) -> str:
    return list(TOPICS)[position % len(TOPICS)]


def make_terms(n: int, *, mixed: bool = False) -> pd.DataFrame:
    """Deal six topic words and four shared words to each opinion; `mixed` deals any topic's."""
    rng = np.random.default_rng(1)
    any_topic = [word for words in TOPICS.values() for word in words]
    rows = [
        (f"P{position}", term)
        for position in range(n)
        for term in [
            *rng.choice(any_topic if mixed else TOPICS[topic_of(position)], 6, replace=False),
            *rng.choice(SHARED, 4, replace=False),
        ]
    ]
    return pd.DataFrame(rows, columns=["opinion_id", "term"])


def make_opinions(n: int) -> pd.DataFrame:
    """Make opinions whose texts have nothing in common."""
    texts = [
        "".join(chr(0x4E00 + 20 * position + place) for place in range(20)) for position in range(n)
    ]
    return pd.DataFrame({"opinion_id": [f"P{position}" for position in range(n)], "text": texts})
