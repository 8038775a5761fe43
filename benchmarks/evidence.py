"""How often clusters are shown where there are none, and where there are some.

Run: python benchmarks/evidence.py [corpora of each kind and size] [quick or thorough] [sizes ...]

Prints the tables of docs/evidence.md.
"""

import sys
import time
from collections.abc import Iterator
from dataclasses import replace

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
    group_duplicates,
)
from kyodo_analysis.themes.clusters.evidence import score_texts, usable_ks
from kyodo_analysis.themes.clusters.finding import N_FOR_SUGGESTION
from kyodo_analysis.themes.clusters.judging import judge

N_WORDS, N_COMMON, WORDS_PER_TOPIC, MEAN_LENGTH = 6_000, 50, 120, 22
N_TOPICS = 6
TEXTS_PER_SHUFFLE = 5
SIZES = 30, 100, 200, 300, 1_000

KINDS = {"話題なし": 0.0, "話題6つ(語の3割)": 0.3}


def make_corpus(
    n: int, topic_share: float, rng: np.random.Generator
) -> tuple[pd.DataFrame, np.ndarray]:
    """Make terms and the topic of each opinion; topics differ in size and in some words."""
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
    chances: np.ndarray = 1 / (np.arange(n) + 2.7)
    chances /= chances.sum()
    return chances


def _opinions(terms: pd.DataFrame) -> pd.DataFrame:
    texts = terms.groupby("opinion_id", sort=False)["term"].agg(" 語".join)
    return texts.rename("text").reset_index()


def measure(kind: str, n: int, repeats: int, how: ClusterSettings) -> dict[str, object]:
    """Run the gate on corpora of one kind and size."""
    shares, purities, seconds = [], [], []
    for repeat in range(repeats):
        terms, topics = make_corpus(n, KINDS[kind], np.random.default_rng([n, repeat]))
        began = time.perf_counter()
        finding = find_clusters(terms, _opinions(terms), settings=how)
        seconds.append(time.perf_counter() - began)
        shown = finding.clusters.assign(topic=topics).dropna(subset="cluster")
        shares.append(len(shown) / n)
        if len(shown):
            purities.append(_purity(shown))
    return {
        "コーパス": kind,
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


def measure_dealt_anew(
    name: str, terms: pd.DataFrame, opinions: pd.DataFrame, repeats: int, how: ClusterSettings
) -> dict[str, object]:
    """Run the gate on shuffled texts: each time one of them is held against others of them.

    All are dealt from the same text, so that each is as good as a new one and is scored once.
    """
    duplicates = group_duplicates(opinions)
    merged = opinions[(duplicates["kind"] == "代表").to_numpy()]
    kept = terms[terms["opinion_id"].isin(merged["opinion_id"])]
    present = build_matrix(kept, merged).counts.minimum(1)
    n_texts = TEXTS_PER_SHUFFLE * (how.n_shuffles + 1)
    how = replace(how, ks=usable_ks(how.ks, present.shape))
    _, *texts = score_texts(present, replace(how, n_shuffles=n_texts))
    rng = np.random.default_rng(0)
    opened = 0
    for _ in range(repeats):
        text, *others = rng.choice(n_texts, how.n_shuffles + 1, replace=False)
        finding = judge(texts[text], [texts[other] for other in others], duplicates, how)
        opened += finding.verdict != "none"
    return {"資料": name, "件数": len(opinions), "開いた": f"{opened}/{repeats}"}


def bundled_studies() -> Iterator[tuple[str, pd.DataFrame, pd.DataFrame]]:
    """Yield the terms and opinions of each bundled study."""
    for name in list_studies(find_root()):
        made = process(open_study(name))
        yield name, made.terms, made.opinions


def main(repeats: int, effort: str, sizes: tuple[int, ...]) -> None:
    """Print the tables as Markdown."""
    how = THOROUGH if effort == "thorough" else QUICK
    print(_markdown([measure(kind, n, repeats, how) for kind in KINDS for n in sizes]))
    studies = list(bundled_studies())
    large = [study for study in studies if len(study[2]) >= N_FOR_SUGGESTION]
    large += [(kind, *_corpus(n, share)) for kind, share in KINDS.items() for n in sizes]
    print(_markdown([measure_dealt_anew(*study, 10 * repeats, how) for study in large]))
    for name, terms, opinions in studies:
        print(name, find_clusters(terms, opinions, settings=how))


def _corpus(n: int, topic_share: float) -> tuple[pd.DataFrame, pd.DataFrame]:
    terms, _ = make_corpus(n, topic_share, np.random.default_rng(n))
    return terms, _opinions(terms)


def _markdown(rows: list[dict[str, object]]) -> str:
    head = f"\n| {' | '.join(rows[0])} |\n|{' --- |' * len(rows[0])}"
    return "\n".join([head, *(f"| {' | '.join(map(str, row.values()))} |" for row in rows)])


if __name__ == "__main__":
    repeats, effort = [*sys.argv[1:3], *("20", "quick")[len(sys.argv) - 1 :]]
    main(int(repeats), effort, tuple(map(int, sys.argv[3:])) or SIZES)
