"""One study from its sheet to its charts, each stage timed, in a process of its own.

Run by speed.py: python benchmarks/stages.py OPINIONS.xlsx ENGINE
"""

import io
import json
import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pandas as pd
import psutil
from opinions import make_tokenizer

from kyodo_analysis import charts, measures, reading, themes, words
from kyodo_analysis.memory import release_memory
from kyodo_analysis.near_copies import find_families
from kyodo_analysis.privacy import DECISIONS
from kyodo_analysis.study import publishing
from kyodo_analysis.tables import CORRECTIONS
from kyodo_analysis.themes import clusters
from kyodo_analysis.themes.clusters.matrix import weigh_with_compounds
from kyodo_analysis.themes.clusters.partition import partition_by_nmf

N_RULES, WORDS_PER_RULE = 50, 10
K_CLUSTERS = 10
PER_TOKEN = "バイト/形態素"
_LOOK_EVERY = 0.05  # seconds
_READING = {
    "reader": "spreadsheet",
    "file": "opinions.xlsx",
    "header_rows": [1],
    "columns": {"id": "番号", "text": "ご意見"},
}


def run_stages(path: Path, engine: str) -> Iterator[tuple[str, float]]:
    """Yield each stage and its seconds, and the bytes of memory per token."""
    began = time.perf_counter()

    def since_last(stage: str) -> tuple[str, float]:
        nonlocal began
        last, began = began, time.perf_counter()
        return stage, began - last

    settings, corrections = reading.settings_from(_READING), CORRECTIONS.make()
    opinions = reading.read_spreadsheet(path, settings=settings, corrections=corrections).opinions
    release_memory()
    yield since_last("xlsxを読む")
    tokenizer = make_tokenizer(engine)
    with tempfile.TemporaryDirectory() as folder:
        load = partial(words.load_or_tokenize, opinions, tokenizer=tokenizer, folder=Path(folder))
        load()
        release_memory()
        yield since_last("形態素")
        tokens = load()
        release_memory()
        yield since_last("保存から")
    terms = words.select_terms(tokens)
    yield since_last("語")
    words.find_phrases(tokens, opinions)
    yield since_last("文末表現")
    codebook = make_codebook(terms)
    began = time.perf_counter()
    coded = themes.apply_codebook(codebook, tokens, opinions)
    release_memory()
    yield since_last("50ルール")
    publish(opinions, tokens, terms, coded)
    release_memory()
    yield since_last("個人情報")
    counts = measures.count_terms(terms)
    by_theme = measures.count_themes(coded.codings, opinions, list(codebook.codes["code"]))
    yield since_last("数える")
    find_families(opinions)
    yield since_last("同じ文")
    matrix = clusters.build_matrix(terms, opinions, min_df=clusters.THOROUGH.min_df)
    partition_by_nmf(weigh_with_compounds(matrix), [K_CLUSTERS])
    yield since_last("クラスター")
    draw(counts, by_theme)
    yield since_last("図")
    yield PER_TOKEN, tokens.memory_usage(deep=True).sum() / len(tokens)


def publish(
    opinions: pd.DataFrame, tokens: pd.DataFrame, terms: pd.DataFrame, coded: themes.Coded
) -> None:
    """Find personal data and hide it in every table of words."""
    tables = {
        "opinions": opinions,
        "tokens": tokens,
        "terms": terms,
        "codings": coded.codings,
        "evidence": coded.evidence,
    }
    publishing.publish(tables, publishing.find_personal_data(tables), DECISIONS.make())


def draw(counts: pd.DataFrame, by_theme: pd.DataFrame) -> None:
    """Draw the most frequent terms and the shares of the themes."""
    for axes in (
        charts.plot_ranked_terms(counts.head(30)),
        charts.plot_ranked_themes(by_theme),
    ):
        axes.figure.savefig(io.BytesIO(), format="png")


def make_codebook(terms: pd.DataFrame) -> themes.Codebook:
    """Make rules of frequent terms: alternatives, an exception, neighbours, a sequence, a string."""
    frequent = terms["term"].value_counts().index[10 : 10 + N_RULES * WORDS_PER_RULE].tolist()
    rules = [frequent[number::N_RULES] for number in range(N_RULES)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "codebook.txt")
        written = (
            f"＊{number}\n"
            f"( {' or '.join(rule[:5])} ) and not {rule[5]}\n"
            f" or near({rule[6]}-{rule[7]})[b] or seq({rule[7]}-{rule[8]})[5] or '{rule[9]}'\n"
            for number, rule in enumerate(rules)
            if len(rule) == WORDS_PER_RULE
        )
        path.write_text("".join(written), encoding="utf-8")
        return themes.read_codebook(path)


class Watch:
    """Watches the memory of this process and of those that help it."""

    def __init__(self) -> None:
        self._peak = 0.0
        threading.Thread(target=self._look, daemon=True).start()

    def _look(self) -> None:
        while True:
            self._peak = max(self._peak, measure_memory(os.getpid()))
            time.sleep(_LOOK_EVERY)

    def peak(self) -> float:
        """Return the highest memory in MB since this was last asked."""
        last, self._peak = self._peak, measure_memory(os.getpid())
        return max(last, self._peak)


def measure_memory(pid: int) -> float:
    """Return the resident memory of a process and its children in MB."""
    total = 0
    try:
        root = psutil.Process(pid)
        for process in (root, *root.children(recursive=True)):
            total += process.memory_info().rss
    except psutil.NoSuchProcess:
        pass
    return total / 2**20


def main() -> None:
    """Print each stage, its seconds, and the peak memory in MB while it ran."""
    watch = Watch()
    for stage, value in run_stages(Path(sys.argv[1]), sys.argv[2]):
        print(json.dumps([stage, value, watch.peak()], ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
