"""As many opinions of about 70 characters as wanted, for the benchmarks."""

import random

import pandas as pd

from kyodo_analysis import words
from kyodo_analysis.study import find_root, list_studies, open_study
from kyodo_analysis.study.pipeline import read_raw
from kyodo_analysis.tables import OPINIONS
from kyodo_analysis.words.fast_janome import load_lexicon

SEED = 1
LENGTHS = 15, 35, 55, 75, 95
SWAPPED = 0.3


def make_opinions(n: int) -> pd.DataFrame:
    """Make opinions of about 70 characters: bundled sentences with other nouns in them."""
    rng = random.Random(SEED)
    sentences, nouns = read_sentences(), read_nouns()
    texts = []
    for _ in range(n):
        text, length = "", rng.choice(LENGTHS)
        while len(text) < length:
            text += "".join(
                rng.choice(nouns) if is_noun and rng.random() < SWAPPED else surface
                for surface, is_noun in rng.choice(sentences)
            )
        texts.append(text)
    made = pd.DataFrame({"opinion_id": [f"N{number}" for number in range(n)], "text": texts})
    return made.reindex(columns=OPINIONS.names)


def make_tokenizer(engine: str) -> words.Tokenizer:
    """Make a tokenizer that knows the words of the study that half of the sentences come from."""
    dictionary = find_root() / "studies" / "kashiwa-2019" / "dictionary.csv"
    return words.make_tokenizer(engine=engine, dictionary=dictionary)


def read_sentences() -> list[list[tuple[str, bool]]]:
    """Return the bundled studies' sentences as words, and which of them are nouns."""
    root = find_root()
    studies = [open_study(name, root=root) for name in list_studies(root)]
    opinions = pd.concat([read_raw(study).opinions for study in studies])
    tokens = words.tokenize_opinions(opinions, tokenizer=words.make_tokenizer())
    is_noun = tokens["part_of_speech"].isin(["名詞,一般,*,*", "名詞,サ変接続,*,*"])
    rows = zip(tokens["surface"], is_noun & ~tokens["unknown"], strict=True)
    keys = zip(tokens["opinion_id"], tokens["sentence"], strict=True)
    sentences: dict[tuple[str, int], list[tuple[str, bool]]] = {}
    for key, row in zip(keys, rows, strict=True):
        sentences.setdefault(key, []).append(row)
    return list(sentences.values())


def read_nouns() -> list[str]:
    """Return IPADIC's common nouns of two to four characters."""
    lexicon = load_lexicon(())
    first = lexicon.entries[lexicon.bounds[:-1], 1]
    return [
        surface
        for surface, code in lexicon.codes.items()
        if first[code] in (1283, 1285) and 2 <= len(surface) <= 4
    ]
