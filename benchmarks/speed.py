"""How fast words are cut, against plain loops and MeCab's own limit, and how each stage grows.

Run: python benchmarks/speed.py [opinions for the comparison] [rounds] [sizes of the stages ...]

Writes the tables of docs/speed.md. All ways of cutting run in turn, round after round, so that
a busy machine is busy for all; each is compared with the plain loop over Janome of its own round.
"""

import json
import os
import platform
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
from opinions import make_opinions

from kyodo_analysis import measures, themes, words
from kyodo_analysis.study import find_root
from kyodo_analysis.words.characters import fold_characters

N_COMPARED, N_ROUNDS, SIZES = 20_000, 3, (100, 1_000, 10_000, 100_000)
N_FOR_LOOPS = 1_000
"""Opinions for the slow loops; their rate is what counts."""
N_RULES, WORDS_PER_RULE = 50, 6
LOOP = "Janome の単純なループ"
PAGE = find_root() / "docs" / "speed.md"


def loop_over_janome(texts: list[str]) -> None:
    """Cut texts as Janome's manual shows."""
    from janome.tokenizer import Tokenizer

    tokenizer = Tokenizer()
    _ = [
        [
            (token.surface, token.base_form, token.part_of_speech)
            for token in tokenizer.tokenize(text)
        ]
        for text in texts
    ]


def loop_over_fugashi(texts: list[str]) -> None:
    """Cut texts as fugashi's manual shows."""
    import fugashi
    import ipadic

    tagger = fugashi.GenericTagger(ipadic.MECAB_ARGS)
    _ = [
        [(word.surface, word.feature[6:7], word.feature[:4]) for word in tagger(text)]
        for text in texts
    ]


def parse_with_mecab(texts: list[str]) -> None:
    """Let MeCab write its own text: the limit of one core."""
    import fugashi
    import ipadic

    tagger = fugashi.GenericTagger(ipadic.MECAB_ARGS)
    _ = [tagger.parse(text) for text in texts]


def count_with_scikit_learn(texts: list[str]) -> None:
    """Count words as an analyst would write it."""
    from janome.tokenizer import Tokenizer
    from sklearn.feature_extraction.text import CountVectorizer

    tokenizer = Tokenizer(wakati=True)
    counts = CountVectorizer(analyzer=lambda text: list(tokenizer.tokenize(text))).fit_transform(
        texts
    )
    counts.sum(axis=0)


def tokenize(opinions: pd.DataFrame, engine: str, n_jobs: int) -> None:
    """Cut opinions to the finished table."""
    words.tokenize_opinions(opinions, tokenizer=words.make_tokenizer(engine=engine), n_jobs=n_jobs)


def list_ways(opinions: pd.DataFrame, store: Path) -> dict[str, tuple[Callable[[], None], int]]:
    """Return the ways of cutting under their names, and how many opinions each cuts."""
    texts = [fold_characters(text).text for text in opinions["text"]]
    few, all_of_them = min(N_FOR_LOOPS, len(texts)), len(texts)
    mecab = words.make_tokenizer(engine="mecab")
    read = partial(words.load_or_tokenize, opinions, tokenizer=mecab, folder=store)
    read()
    return {
        LOOP: (partial(loop_over_janome, texts[:few]), few),
        "Janome と CountVectorizer": (partial(count_with_scikit_learn, texts[:few]), few),
        "fugashi の単純なループ": (partial(loop_over_fugashi, texts), all_of_them),
        "MeCab の parse() だけ(1コアの限界)": (partial(parse_with_mecab, texts), all_of_them),
        "janome、1プロセス": (partial(tokenize, opinions, "janome", 1), all_of_them),
        "janome、2プロセス": (partial(tokenize, opinions, "janome", 2), all_of_them),
        "mecab、1プロセス": (partial(tokenize, opinions, "mecab", 1), all_of_them),
        "mecab、2プロセス": (partial(tokenize, opinions, "mecab", 2), all_of_them),
        "保存した結果を読む": (read, all_of_them),
    }


def compare_ways(n_opinions: int, n_rounds: int) -> pd.DataFrame:
    """Time all ways in turn; give opinions per second and the ratio to the plain loop."""
    with tempfile.TemporaryDirectory() as store:
        ways = list_ways(make_opinions(n_opinions), Path(store))
        rates = pd.DataFrame(
            [
                {name: n / measure(way) for name, (way, n) in ways.items()}
                for _ in range(n_rounds + 1)
            ]
        ).iloc[1:]  # the first round warms up processes and dictionaries
    ratios = rates.div(rates[LOOP], axis="index")
    return pd.DataFrame(
        {
            "方法": rates.columns,
            "毎秒の意見数": rates.median().map("{:,.0f}".format),
            "単純なループの何倍か": ratios.median().map("{:.1f}".format),
        }
    )


def measure(work: Callable[[], object]) -> float:
    """Return the seconds that `work` takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def list_stages(opinions: pd.DataFrame, engine: str) -> Iterator[tuple[str, float]]:
    """Yield each stage of the way from opinions to counts, and its seconds."""
    began = time.perf_counter()

    def since_last(stage: str) -> tuple[str, float]:
        nonlocal began
        last, began = began, time.perf_counter()
        return stage, began - last

    tokenizer = words.make_tokenizer(engine=engine)
    with tempfile.TemporaryDirectory() as folder:
        load = partial(words.load_or_tokenize, opinions, tokenizer=tokenizer, folder=Path(folder))
        tokens = load()
        yield since_last("形態素")
        load()
        yield since_last("保存から")
    terms = words.select_terms(tokens)
    yield since_last("語")
    words.find_phrases(tokens, opinions)
    yield since_last("文末表現")
    coded = themes.apply_codebook(make_codebook(terms), tokens, opinions)
    yield since_last("50ルール")
    measures.count_terms(terms)
    measures.count_themes(coded.codings, opinions, coded.codings["code"].unique())
    yield since_last("数える")


def make_codebook(terms: pd.DataFrame) -> themes.Codebook:
    """Make rules of frequent terms."""
    frequent = terms["term"].value_counts().index[: N_RULES * WORDS_PER_RULE].tolist()
    rules = [frequent[number::N_RULES] for number in range(N_RULES)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "codebook.txt")
        path.write_text(
            "".join(f"＊{n}\n{' or '.join(rule)}\n" for n, rule in enumerate(rules) if rule),
            encoding="utf-8",
        )
        return themes.read_codebook(path)


def run_stages(n_opinions: int, engine: str) -> dict[str, float]:
    """Time the stages in a process of their own, whose peak memory is theirs alone."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "opinions.parquet")
        make_opinions(n_opinions).to_parquet(path)
        command = [sys.executable, __file__, "stages", str(path), engine]
        ended = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    return json.loads(ended.stdout)


def print_stages(path: Path, engine: str) -> None:
    """Print the seconds of each stage and the peak memory of the process (Linux counts in KB)."""
    seconds = dict(list_stages(pd.read_parquet(path), engine))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(seconds | {"最大メモリ(MB)": peak}))


def compare_sizes(sizes: list[int], engine: str) -> pd.DataFrame:
    """Tabulate the stages by size, and with which power of the size the last step grew."""
    runs = pd.DataFrame([run_stages(size, engine) for size in sizes], index=sizes)
    table = runs.map("{:,.2f}".format)
    if len(sizes) > 1:
        growth = np.log(runs.iloc[-1] / runs.iloc[-2]) / np.log(sizes[-1] / sizes[-2])
        table.loc["増え方(べき)"] = growth.map("{:.2f}".format)
    return table.rename_axis("意見の数").reset_index()


def write_tables(tables: dict[str, pd.DataFrame]) -> None:
    """Put each table between its marks in the page."""
    page = PAGE.read_text(encoding="utf-8")
    for name, table in tables.items():
        rows = [table.columns, ["---"] * len(table.columns), *table.itertuples(index=False)]
        lines = "\n".join(f"| {' | '.join(map(str, row))} |" for row in rows)
        mark = f"<!-- {name} -->"
        page = re.sub(f"{mark}.*?{mark}", f"{mark}\n{lines}\n{mark}", page, flags=re.DOTALL)
    PAGE.write_text(page, encoding="utf-8", newline="\n")


def main() -> None:
    """Time everything and write the page."""
    if sys.argv[1:2] == ["stages"]:
        print_stages(Path(sys.argv[2]), sys.argv[3])
        return
    given = [int(number) for number in sys.argv[1:]]
    n_opinions, n_rounds, *sizes = given + [N_COMPARED, N_ROUNDS][len(given) :]
    machine = pd.DataFrame(
        [(os.cpu_count(), platform.python_version(), f"{n_opinions:,}", n_rounds)],
        columns=["コア", "Python", "比べた意見の数", "くり返し"],
    )
    write_tables(
        {"machine": machine, "ways": compare_ways(n_opinions, n_rounds)}
        | {engine: compare_sizes(sizes or list(SIZES), engine) for engine in ("janome", "mecab")}
    )


if __name__ == "__main__":
    main()
