"""How often clusters are shown where there are none, and where there are some.

Run: python benchmarks/evidence.py [corpora of each kind and size] [quick or thorough] [sizes ...]

Prints the tables of docs/evidence.md.
"""

import sys
import time
from collections.abc import Callable

import numpy as np
import pandas as pd

from kyodo_analysis.pipeline import process
from kyodo_analysis.study import find_root, list_studies, open_study
from kyodo_analysis.themes.clusters import (
    QUICK,
    THOROUGH,
    ClusterSettings,
    build_matrix,
    find_clusters,
    shuffle_terms,
)

N_WORDS, N_COMMON, WORDS_PER_TOPIC, MEAN_LENGTH = 6_000, 50, 120, 22
N_TOPICS, TOPIC_SHARE = 6, 0.35
SIZES = 30, 100, 200, 300, 1_000

Corpus = tuple[pd.DataFrame, np.ndarray]


def with_topics(n: int, rng: np.random.Generator) -> Corpus:
    """Six topics of unequal size; about a third of the words come from the opinion's topic."""
    return _draw(n, rng, TOPIC_SHARE)


def without_topics(n: int, rng: np.random.Generator) -> Corpus:
    """Words from one background only."""
    return _draw(n, rng, 0.0)


def dealt_anew(n: int, rng: np.random.Generator) -> Corpus:
    """Opinions with topics whose words are then dealt out anew."""
    terms, topics = with_topics(n, rng)
    return deal_anew(terms, _opinions(terms), rng), topics


def deal_anew(
    terms: pd.DataFrame, opinions: pd.DataFrame, rng: np.random.Generator
) -> pd.DataFrame:
    """Shuffle a terms table; lengths and frequencies stay."""
    matrix = build_matrix(terms, opinions, min_df=1)
    row, column = shuffle_terms(matrix.counts.minimum(1), rng).nonzero()
    return pd.DataFrame({"opinion_id": matrix.opinion_ids[row], "term": matrix.terms[column]})


def _draw(n: int, rng: np.random.Generator, topic_share: float) -> Corpus:
    words_of = [
        rng.choice(np.arange(N_COMMON, N_WORDS), WORDS_PER_TOPIC, replace=False)
        for _ in range(N_TOPICS)
    ]
    topics = rng.choice(N_TOPICS, n, p=rng.dirichlet(np.full(N_TOPICS, 5.0)))
    lengths = np.maximum(rng.poisson(rng.gamma(4, MEAN_LENGTH / 4, n)), 3)
    words = [
        np.where(
            rng.random(length) < topic_share,
            rng.choice(words_of[topic], length, p=_zipf(WORDS_PER_TOPIC)),
            rng.choice(N_WORDS, length, p=_zipf(N_WORDS)),
        )
        for topic, length in zip(topics, lengths, strict=True)
    ]
    ids = np.repeat([f"P{number}" for number in range(n)], lengths)
    return pd.DataFrame({"opinion_id": ids, "term": np.concatenate(words).astype(str)}), topics


def _zipf(n: int) -> np.ndarray:
    chances = 1 / (np.arange(n) + 2.7)
    return chances / chances.sum()


def _opinions(terms: pd.DataFrame) -> pd.DataFrame:
    texts = terms.groupby("opinion_id", sort=False)["term"].agg(" 語".join)
    return texts.rename("text").reset_index()


def measure(
    make: Callable[[int, np.random.Generator], Corpus], n: int, repeats: int, how: ClusterSettings
) -> dict[str, object]:
    """Run the gate on corpora of one kind and size."""
    shares, purities, seconds = [], [], []
    for repeat in range(repeats):
        terms, topics = make(n, np.random.default_rng([n, repeat]))
        began = time.perf_counter()
        finding = find_clusters(terms, _opinions(terms), settings=how)
        seconds.append(time.perf_counter() - began)
        shown = finding.clusters.assign(topic=topics).dropna(subset="cluster")
        shares.append(len(shown) / n)
        if len(shown):
            purities.append(_purity(shown))
    return {
        "コーパス": make.__doc__,
        "件数": n,
        "回数": repeats,
        "開いた": f"{len(purities)}回 ({len(purities) / repeats:.0%})",
        "示した意見": f"{np.mean(shares):.0%}",
        "純度": f"{np.mean(purities):.2f}" if purities else "-",
        "秒(中央値)": f"{np.median(seconds):.1f}",
    }


def _purity(shown: pd.DataFrame) -> float:
    by_topic = shown.groupby(["cluster", "topic"]).size()
    return float(by_topic.groupby("cluster").max().sum() / len(shown))


def measure_studies(repeats: int, how: ClusterSettings) -> list[dict[str, object]]:
    """Run the gate on each bundled study as it is, and on its words dealt out anew."""
    rows = []
    for name in list_studies(find_root()):
        made = process(open_study(name))
        finding = find_clusters(made.terms, made.opinions, settings=how)
        opened = 0
        for repeat in range(repeats):
            rng = np.random.default_rng(repeat)
            terms = deal_anew(made.terms, made.opinions, rng)
            opened += find_clusters(terms, made.opinions, settings=how).verdict != "none"
        dealt = f"{opened}/{repeats}"
        rows.append({"資料": name, "判定": finding.sentence, "入れ替えて開いた": dealt})
    return rows


def main(repeats: int = 20, effort: str = "quick", *sizes: int) -> None:
    """Print both tables as Markdown."""
    how = THOROUGH if effort == "thorough" else QUICK
    kinds = without_topics, dealt_anew, with_topics
    rows = [measure(make, n, repeats, how) for make in kinds for n in sizes or SIZES]
    print(_markdown(rows), _markdown(measure_studies(repeats, how)), sep="\n\n")


def _markdown(rows: list[dict[str, object]]) -> str:
    head = f"| {' | '.join(rows[0])} |\n|{' --- |' * len(rows[0])}"
    return "\n".join([head, *(f"| {' | '.join(map(str, row.values()))} |" for row in rows)])


if __name__ == "__main__":
    repeats, effort, *sizes = [*sys.argv[1:], *("20", "quick")[len(sys.argv) - 1 :]]
    main(int(repeats), effort, *map(int, sizes))
