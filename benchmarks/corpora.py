"""Opinions made of words, with known topics or without any, to try the clusters on."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

N_WORDS, N_COMMON, WORDS_PER_TOPIC, N_TOPICS = 6_000, 50, 120, 6
COMPOUNDS = 0.2
FIRST_KANJI, KANJI_PER_PLACE = 0x4E00, 80


@dataclass(frozen=True)
class Kind:
    """What the opinions of a corpus are like.

    Parameters
    ----------
    label : str
        How docs/evidence.md calls it.
    topic_share : float
        The share of words that come from the opinion's own topic.
    mean_length : int
        Words per opinion, on average.
    """

    label: str
    topic_share: float
    mean_length: int


KINDS = (
    Kind("話題なし、平均22語", 0.0, 22),
    Kind("話題なし、平均9語", 0.0, 9),
    Kind("話題6つ(語の3割)、平均22語", 0.3, 22),
    Kind("話題6つ(語の4割)、平均9語", 0.4, 9),
)


def make_corpus(
    n: int, kind: Kind, rng: np.random.Generator
) -> tuple[pd.DataFrame, pd.DataFrame, np.ndarray]:
    """Make terms, opinions, and the topic of each opinion.

    Words follow Zipf's law, opinions differ in length and topics in size and in some words; every
    fifth term is a compound of two words.
    """
    words_of = [
        rng.choice(np.arange(N_COMMON, N_WORDS), WORDS_PER_TOPIC, replace=False)
        for _ in range(N_TOPICS)
    ]
    topics = rng.choice(N_TOPICS, n, p=rng.dirichlet(np.full(N_TOPICS, 5.0)))
    lengths = np.maximum(rng.poisson(rng.gamma(4, kind.mean_length / 4, n)), 3)
    terms = [
        _draw_terms(length, words_of[topic], kind.topic_share, rng)
        for topic, length in zip(topics, lengths, strict=True)
    ]
    ids = [f"P{number}" for number in range(n)]
    opinions = pd.DataFrame({"opinion_id": ids, "text": ["、".join(each) for each in terms]})
    table = pd.DataFrame({"opinion_id": np.repeat(ids, lengths), "term": np.concatenate(terms)})
    return table, opinions, topics


CAMPAIGNS = (
    "市立図書館の開館時間を夜{number}時まで延ばし、仕事帰りの市民も使えるようにしてください。",
    "私は{number}歳の{name}です。駅前の再開発に反対します。工事費は{number}億円にもなり、将来の世代に"
    "負担を残します。緑地を残し、市民の声を聞いて計画を見直してください。",
    "{name}町に住んで{number}年になります。ごみの有料化に反対します。物価が上がる中で、家計の負担が"
    "増えるからです。",
    "小学校の給食費の無償化を求める署名に賛成します。{name}",
)
NAMES = "佐藤", "五十嵐", "勅使河原", "林", "長谷川"
CLOSINGS = "", "よろしくお願いいたします。", "ご検討ください。", "一日も早い実現を願っています。"
OWN = (
    "うちの子は毎朝バスを待っています。",
    "先月、祖母が転んでけがをしました。",
    "夜勤明けに立ち寄る場所がなくなります。",
)
WISHES = (
    "にしていただきたいと思います。",
    "ではないでしょうか。",
    "が心配です。",
    "をお願いします。",
)


def make_campaigns(
    n_copies: int, n_lone: int, rng: np.random.Generator
) -> tuple[pd.DataFrame, "pd.Series[str]"]:
    """Make copies of the campaigns and lone voices in turn, and the family of each.

    Copies differ by numbers, names and closing sentences; every fifth has a sentence of its own.
    Lone voices share turns of phrase only; each is a family named by its own id.
    """
    texts = [_copy(CAMPAIGNS[number % len(CAMPAIGNS)], rng) for number in range(n_copies)]
    texts += [_voice(rng) for _ in range(n_lone)]
    order = rng.permutation(len(texts))
    ids = [f"P{number}" for number in range(len(texts))]
    family = [
        f"C{place % len(CAMPAIGNS)}" if place < n_copies else name
        for name, place in zip(ids, order, strict=True)
    ]
    opinions = pd.DataFrame({"opinion_id": ids, "text": [texts[place] for place in order]})
    return opinions, pd.Series(family)


def _copy(campaign: str, rng: np.random.Generator) -> str:
    text = campaign.format(number=rng.integers(1, 100), name=rng.choice(NAMES))
    text += str(rng.choice(CLOSINGS))
    if rng.random() >= 1 / 5:
        return text
    own = str(rng.choice(OWN))
    return text + own if rng.random() < 1 / 2 else own + text


def _voice(rng: np.random.Generator) -> str:
    words = (rng.choice(N_WORDS, rng.integers(3, 9)) for _ in range(rng.integers(1, 4)))
    return "".join("".join(map(_spell, each)) + str(rng.choice(WISHES)) for each in words)


def _draw_terms(
    length: int, topic: np.ndarray, topic_share: float, rng: np.random.Generator
) -> np.ndarray:
    """Draw terms; both words of a compound come from the topic, or neither does."""
    of_topic = rng.random(length) < topic_share
    first, second = (
        np.where(
            of_topic,
            rng.choice(topic, length, p=_zipf(len(topic))),
            rng.choice(N_WORDS, length, p=_zipf(N_WORDS)),
        )
        for _ in range(2)
    )
    compound = rng.random(length) < COMPOUNDS
    return np.array(
        [
            _spell(one) + (_spell(other) if joined else "")
            for one, other, joined in zip(first, second, compound, strict=True)
        ]
    )


def _spell(word: int) -> str:
    """Write each word with two kanji of its own."""
    high, low = divmod(int(word), KANJI_PER_PLACE)
    return chr(FIRST_KANJI + high) + chr(FIRST_KANJI + KANJI_PER_PLACE * 10 + low)


def _zipf(n: int) -> np.ndarray:
    chances: np.ndarray = 1 / (np.arange(n) + 2.7)
    chances /= chances.sum()
    return chances
