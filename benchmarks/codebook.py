"""How long 50 coding rules take over 10,000 opinions that are already cut into words.

Run: python benchmarks/codebook.py [number of opinions]
"""

import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

from kyodo_analysis.tables import OPINIONS, TOKENS
from kyodo_analysis.themes import apply_codebook, read_codebook

N_OPINIONS, TOKENS_EACH, N_WORDS, N_RULES, SEED = 10_000, 40, 5_000, 50, 1


def make_corpus(n_opinions: int, rng: np.random.Generator) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Make opinions of random words whose frequencies fall as in natural text (Zipf)."""
    words = np.array([f"語{number:04}" for number in range(N_WORDS)])
    chances = 1 / np.arange(1, N_WORDS + 1)
    drawn = rng.choice(words, size=(n_opinions, TOKENS_EACH), p=chances / chances.sum())
    drawn[:, 19::20] = "。"
    ids = np.array([f"A{number}" for number in range(1, n_opinions + 1)])
    lengths = np.char.str_len(drawn)
    ends = lengths.cumsum(axis=1)
    texts = ["".join(row) for row in drawn]
    opinions = pd.DataFrame(
        {"opinion_id": ids, "text": texts, "raw_text": texts, "source": "x:1行"}
    ).reindex(columns=OPINIONS.names)
    surface = pd.Categorical(drawn.ravel())
    tokens = pd.DataFrame(
        {
            "opinion_id": pd.Categorical(np.repeat(ids, TOKENS_EACH), categories=ids),
            "paragraph": 1,
            "sentence": 1,
            "position": np.tile(np.arange(TOKENS_EACH), n_opinions),
            "surface": surface,
            "base_form": surface,
            "part_of_speech": pd.Categorical(["名詞,一般,*,*"] * drawn.size),
            "inflection_type": pd.Categorical(["*"] * drawn.size),
            "inflection_form": pd.Categorical(["*"] * drawn.size),
            "unknown": False,
            "start": (ends - lengths).ravel(),
            "end": ends.ravel(),
        }
    )
    return opinions, TOKENS.check(tokens)


def make_rules(rng: np.random.Generator) -> str:
    """Make rules of ten words, a near, a seq, a pair and a string each."""
    rules = []
    for number in range(N_RULES):
        words = [f"語{chosen:04}" for chosen in rng.choice(N_WORDS // 10, 18, replace=False)]
        earlier = f" or <＊{number - 1}>" if number % 10 == 9 else ""
        rules.append(
            f"＊{number}\n( {' or '.join(words[:10])} ) and not {words[10]}\n"
            f" or near({words[11]}-{words[12]})[b] or seq({words[13]}-{words[14]})[5]\n"
            f" or {words[15]}+{words[16]} or '{words[17]}'{earlier}\n"
        )
    return "".join(rules)


def main() -> None:
    """Time the reading of the rules and their application, per unit."""
    n_opinions = int(sys.argv[1]) if len(sys.argv) > 1 else N_OPINIONS
    rng = np.random.default_rng(SEED)
    opinions, tokens = make_corpus(n_opinions, rng)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "codebook.txt")
        path.write_text(make_rules(rng), encoding="utf-8")
        began = time.perf_counter()
        codebook = read_codebook(path)
        print(f"read {N_RULES} rules: {time.perf_counter() - began:.2f} s")
    for unit in ("opinion", "paragraph", "sentence"):
        began = time.perf_counter()
        coded = apply_codebook(codebook, tokens, opinions, unit=unit)
        seconds = time.perf_counter() - began
        print(
            f"{n_opinions:,} opinions, {len(tokens):,} tokens, unit {unit}: {seconds:.2f} s, "
            f"{len(coded.codings):,} codings, {len(coded.evidence):,} words of evidence"
        )


if __name__ == "__main__":
    main()
