"""One way of cutting opinions into words, timed in a process of its own.

Run by speed.py: python benchmarks/ways.py NAME OPINIONS.parquet STORE

Every way starts cold, as an analyst's run does: loading dictionaries and starting processes count.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
from opinions import make_tokenizer

from kyodo_analysis import words

N_FOR_LOOPS = 5_000
"""Opinions for the slow loops; their rate is what counts."""


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
    vectorizer = CountVectorizer(analyzer=lambda text: list(tokenizer.tokenize(text)))
    counts = vectorizer.fit_transform(texts)
    pd.Series(counts.sum(axis=0).A1, vectorizer.get_feature_names_out()).sort_values()


def tokenize(opinions: pd.DataFrame, engine: str, n_jobs: int) -> None:
    """Cut opinions to the finished table."""
    words.tokenize_opinions(opinions, tokenizer=make_tokenizer(engine), n_jobs=n_jobs)


def read_back(opinions: pd.DataFrame, store: Path) -> None:
    """Read tokens from the store, which has them all from the second time on."""
    words.load_or_tokenize(opinions, tokenizer=make_tokenizer("mecab"), folder=store)


LOOPS: dict[str, tuple[Callable[[list[str]], None], int | None]] = {
    "Janome の単純なループ": (loop_over_janome, N_FOR_LOOPS),
    "Janome と CountVectorizer": (count_with_scikit_learn, N_FOR_LOOPS),
    "fugashi の単純なループ": (loop_over_fugashi, None),
    "MeCab の parse() だけ(1コアの限界)": (parse_with_mecab, None),
}
OURS = {
    f"{engine}、{n_jobs}プロセス": (engine, n_jobs)
    for engine in ("janome", "mecab")
    for n_jobs in (1, 2)
}
READ_BACK = "保存した結果を読む"
WAYS = (*LOOPS, *OURS, READ_BACK)


def main() -> None:
    """Print the number of opinions that were cut, and the seconds."""
    name, path, store = sys.argv[1:]
    opinions = pd.read_parquet(path)
    loop, most = LOOPS.get(name, (None, None))
    chosen = opinions.head(most or len(opinions))
    texts = chosen["text"].tolist()
    began = time.perf_counter()
    if loop:
        loop(texts)
    elif name == READ_BACK:
        read_back(chosen, Path(store))
    else:
        engine, n_jobs = OURS[name]
        tokenize(chosen, engine, n_jobs)
    print(json.dumps({"n": len(chosen), "seconds": time.perf_counter() - began}))


if __name__ == "__main__":
    main()
