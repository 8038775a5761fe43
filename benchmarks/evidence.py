"""How often clusters are shown where there are none, and where there are some.

Run: python benchmarks/evidence.py [parts ...] [--effort quick] [--repeats 20] [--sizes 30 100 ...]

Each part writes its table of docs/evidence.md: topics (corpora with and without topics), dealt
(corpora and bundled studies with their words dealt out anew), studies (the bundled studies as they
are), large (without evidence, size by size), copies (campaigns among lone voices).
"""

import argparse
import re
import resource
import time
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd
from corpora import KINDS, Kind, make_campaigns, make_corpus

from kyodo_analysis.near_copies import find_families
from kyodo_analysis.study import find_root, list_studies, open_study
from kyodo_analysis.study.pipeline import process
from kyodo_analysis.themes.clusters import (
    QUICK,
    THOROUGH,
    ClusterSettings,
    build_matrix,
    find_clusters,
)
from kyodo_analysis.themes.clusters.gate import score_texts, usable_ks
from kyodo_analysis.themes.clusters.matrix import weigh_with_compounds
from kyodo_analysis.themes.clusters.partition import partition_by_nmf
from kyodo_analysis.themes.clusters.search import N_FOR_SUGGESTION
from kyodo_analysis.themes.clusters.significance import judge

TEXTS_PER_SHUFFLE = 3
TRIALS_PER_TEXT = 5
LARGE = 10_000, 100_000
COPIES = (500, 1_000), (10_000, 50_000)
SIZES = 30, 100, 200, 300, 1_000
EFFORTS = {"quick": QUICK, "thorough": THOROUGH}
PAGE = find_root() / "docs" / "evidence.md"
Corpus = tuple[str, pd.DataFrame, pd.DataFrame]


def measure_kind(kind: Kind, n: int, repeats: int, how: ClusterSettings) -> dict[str, object]:
    """Run the gate on corpora of one kind and size."""
    shares, purities, seconds = [], [], []
    for repeat in range(repeats):
        terms, opinions, topics = make_corpus(n, kind, np.random.default_rng([n, repeat]))
        began = time.perf_counter()
        search = find_clusters(terms, opinions, settings=how)
        seconds.append(time.perf_counter() - began)
        shown = search.clusters.assign(topic=topics).dropna(subset="cluster")
        if len(shown):
            shares.append(len(shown) / n)
            purities.append(_purity(shown))
    return {
        "文": kind.label,
        "件数": f"{n:,}",
        "開いた": f"{repeats}回中{len(purities)}回({len(purities) / repeats:.0%})",
        "示した意見(開いた場合)": f"{np.mean(shares):.0%}" if shares else "-",
        "純度": f"{np.mean(purities):.2f}" if purities else "-",
        "秒(中央値)": f"{np.median(seconds):.1f}",
    }


def _purity(shown: pd.DataFrame) -> float:
    by_topic = shown.groupby(["cluster", "topic"]).size()
    return float(by_topic.groupby("cluster").max().sum() / len(shown))


def measure_dealt(corpus: Corpus, how: ClusterSettings) -> dict[str, object]:
    """Run the gate on shuffled texts: each time one of them is held against others of them.

    All are dealt from the same text, so that each is as good as a new one and is scored once.
    """
    name, terms, opinions = corpus
    duplicates = find_families(opinions)
    merged = opinions[duplicates["is_first"].to_numpy()]
    matrix = build_matrix(terms[terms["opinion_id"].isin(merged["opinion_id"])], merged, min_df=1)
    n_texts = TEXTS_PER_SHUFFLE * (how.n_shuffles + 1)
    how = replace(how, ks=usable_ks(how, matrix))
    _, *texts = score_texts(matrix, replace(how, n_shuffles=n_texts), stops=False)
    rng = np.random.default_rng(0)
    n_trials = TRIALS_PER_TEXT * n_texts
    opened = 0
    for _ in range(n_trials):
        text, *others = rng.choice(n_texts, how.n_shuffles + 1, replace=False)
        search = judge(texts[text], [texts[other] for other in others], duplicates, how)
        opened += search.verdict != "none"
    return {
        "文": name,
        "件数": f"{len(opinions):,}",
        "入れ替えた文": n_texts,
        "開いた": f"{n_trials}回中{opened}回({opened / n_trials:.1%})",
    }


def measure_large(n: int) -> dict[str, object]:
    """Time the clusters without evidence, and say the most memory taken so far."""
    terms, opinions, _ = make_corpus(n, KINDS[2], np.random.default_rng(n))
    began = time.perf_counter()
    find_families(opinions)
    grouped = time.perf_counter()
    partition_by_nmf(weigh_with_compounds(build_matrix(terms, opinions)), THOROUGH.ks)
    ended = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    return {
        "件数": f"{n:,}",
        "同じ文を探す(秒)": f"{grouped - began:.1f}",
        "NMF(秒)": f"{ended - grouped:.1f}",
        "最大メモリ(GB、文を作る分も含む)": f"{peak:.1f}",
    }


def measure_copies(n_copies: int, n_lone: int) -> dict[str, object]:
    """Find campaigns among lone voices; precision and recall are over pairs of opinions."""
    opinions, family = make_campaigns(n_copies, n_lone, np.random.default_rng(n_copies))
    began = time.perf_counter()
    found = find_families(opinions)["family"]
    seconds = time.perf_counter() - began
    together = _count_pairs(found + "|" + family)
    lone = found[family == opinions["opinion_id"]]
    return {
        "写し": f"{n_copies:,}",
        "ほかの意見": f"{n_lone:,}",
        "再現率": f"{together / _count_pairs(family):.4f}",
        "適合率": f"{together / _count_pairs(found):.4f}",
        "写しとされたほかの意見": int(lone.duplicated(keep=False).sum()),
        "秒": f"{seconds:.1f}",
    }


def _count_pairs(groups: "pd.Series[str]") -> int:
    sizes = groups.value_counts()
    return int((sizes * (sizes - 1) // 2).sum())


def bundled_studies() -> Iterator[Corpus]:
    """Yield the name, the terms and the opinions of each bundled study."""
    for name in list_studies(find_root()):
        made = process(open_study(name))
        yield name, made.terms, made.opinions


def made_corpora(sizes: list[int]) -> Iterator[Corpus]:
    """Yield one corpus of each kind with topics and each size."""
    for kind in KINDS[2:]:
        for n in sizes:
            terms, opinions, _ = make_corpus(n, kind, np.random.default_rng(n))
            yield kind.label, terms, opinions


def make_table(part: str, given: argparse.Namespace) -> pd.DataFrame:
    """Measure one part."""
    how = EFFORTS[given.effort]
    if part == "topics":
        rows = [measure_kind(kind, n, given.repeats, how) for kind in KINDS for n in given.sizes]
    elif part == "dealt":
        studies = (each for each in bundled_studies() if len(each[2]) >= N_FOR_SUGGESTION)
        rows = [measure_dealt(each, how) for each in (*studies, *made_corpora(given.sizes))]
    elif part == "studies":
        rows = [
            {"資料": name, "判定": find_clusters(terms, opinions, settings=how).sentence}
            for name, terms, opinions in bundled_studies()
        ]
    elif part == "copies":
        rows = [measure_copies(*sizes) for sizes in COPIES]
    else:
        rows = [measure_large(n) for n in LARGE]
    return pd.DataFrame(rows)


def write_table(mark: str, table: pd.DataFrame) -> None:
    """Put a table between its marks in the page."""
    rows = [list(table), ["---"] * len(table.columns), *table.to_numpy().tolist()]
    lines = "\n".join(f"| {' | '.join(str(cell) for cell in row)} |" for row in rows)
    mark = f"<!-- {mark} -->"
    page = re.sub(
        f"{mark}.*?{mark}",
        f"{mark}\n{lines}\n{mark}",
        PAGE.read_text(encoding="utf-8"),
        flags=re.DOTALL,
    )
    PAGE.write_text(page, encoding="utf-8", newline="\n")


def main() -> None:
    """Measure the parts that were asked for, and write each as soon as it is measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parts = ["topics", "dealt", "studies", "large", "copies"]
    parser.add_argument("parts", nargs="*", default=parts, metavar="part")
    parser.add_argument("--effort", choices=EFFORTS, default="quick")
    parser.add_argument("--repeats", type=int, default=20)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    given = parser.parse_args()
    if unknown := set(given.parts) - set(parts):
        parser.error(f"unknown parts: {unknown}")
    for part in given.parts:
        mark = part if part in ("studies", "large", "copies") else f"{part}-{given.effort}"
        write_table(mark, make_table(part, given))


if __name__ == "__main__":
    main()
