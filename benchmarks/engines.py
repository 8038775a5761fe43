"""How often MeCab's words are not Janome's, and why: the table of docs/engines.md.

Run: python benchmarks/engines.py [number of opinions]    (100000; about three minutes)
"""

import random
import re
import sys
from collections.abc import Sequence

import pandas as pd
from opinions import SEED, make_opinions

from kyodo_analysis import words
from kyodo_analysis.folding import BLANK, fold_characters
from kyodo_analysis.study import find_root, list_studies, open_study
from kyodo_analysis.study.pipeline import read_raw
from kyodo_analysis.words.texts import split_lines

sys.path.append(str(find_root() / "tests" / "words"))
from differences import Difference, Kind, list_differences

OPINIONS = 100_000
LONG_LINES, RANDOM_LINES = 500, 20_000
BATCH = 10_000
PAGE = find_root() / "docs" / "engines.md"
MARK = "<!-- differences -->"
OWN = (
    *words.read_dictionary(find_root() / "studies" / "kashiwa-2019" / "dictionary.csv"),
    words.DictionaryWord("忖度", "名詞,サ変接続,*,*", 1283),
    words.DictionaryWord("龘", "名詞,一般,*,*", 1285, cost=6000),
)
# What random strings are drawn from, class by class.
CHARACTERS = (
    [chr(code) for code in range(0x4E00, 0x9FA6)],
    [chr(code) for code in range(0x3041, 0x3097)],
    [chr(code) for code in range(0x30A1, 0x30FF)],
    [chr(code) for code in (*range(0x3400, 0x3500), *range(0xF900, 0xFA00))],
    list("一二三四五六七八九十百千万億兆〇々0123"),
    list("⇒→★○〇々〆！？、。「」①㈱～…‥ ☆♪"),
    list("abcXYZéŁαλЖё--😀👍🏽𠮷𩸽"),
    ["忖度", "龘", "協働", "鋤川", "の", "が", "です"],
)


def read_studies() -> list[str]:
    """Read the bundled studies' opinions."""
    studies = [open_study(name, root=find_root()) for name in list_studies(find_root())]
    return [text for study in studies for text in read_raw(study).opinions["text"]]


def make_long(texts: Sequence[str]) -> list[str]:
    """Run opinions together until none is short enough for Janome to take at once."""
    rng = random.Random(SEED)
    return ["".join(rng.sample(texts, 20)).replace("\n", "") for _ in range(LONG_LINES)]


def make_random() -> list[str]:
    """Make short strings of all sorts of characters, some of one sort and some mixed."""
    rng = random.Random(SEED)
    sorts = [rng.sample(CHARACTERS, rng.choice((1, 2, 8))) for _ in range(RANDOM_LINES)]
    return [
        "".join(rng.choice(rng.choice(some)) for _ in range(rng.randint(2, 20))) for some in sorts
    ]


def compare(texts: Sequence[str]) -> tuple[int, list[Difference]]:
    """Return how many lines there are and where the engines differ."""
    folded = (fold_characters(text).text for text in texts)
    lines = [
        core for text in folded for _, line in split_lines(text) if (core := line.strip(BLANK))
    ]
    found = [
        one._replace(line=start + one.line)
        for start in range(0, len(lines), BATCH)
        for one in list_differences(lines[start : start + BATCH], OWN)
    ]
    return len(lines), found


def count(found: Sequence[Difference]) -> pd.Series:
    """Count the lines of each kind."""
    lines = pd.DataFrame(found, columns=Difference._fields).drop_duplicates(["line", "kind"])
    return lines["kind"].value_counts().reindex(list(Kind), fill_value=0)


def show_example(kind: Kind, found: Sequence[Difference]) -> str:
    """Show the shortest difference of a kind."""
    examples = [one for one in found if one.kind is kind and kind is not Kind.LONG]
    if not examples:
        return ""
    shown = min(examples, key=lambda one: sum(len(word.surface) for word in one.janome))
    return " / ".join(
        f"{engine}: {'・'.join(word.surface for word in ways)}({ways[0].part_of_speech})"
        for engine, ways in (("Janome", shown.janome), ("MeCab", shown.mecab))
    )


def main() -> None:
    """Compare the engines on all sorts of text and write the table."""
    n_opinions = int(sys.argv[1]) if len(sys.argv) > 1 else OPINIONS
    opinions = make_opinions(n_opinions)["text"].tolist()
    texts = {
        "2つの資料": read_studies(),
        "作った意見": opinions,
        "長い行": make_long(opinions),
        "無作為な文字列": make_random(),
    }
    compared = {name: compare(some) for name, some in texts.items()}
    columns = {f"{name}({n:,}行)": count(found) for name, (n, found) in compared.items()}
    everything = [one for _, found in compared.values() for one in found]
    table = pd.DataFrame(columns).map("{:,}".format)
    table["例"] = [show_example(kind, everything) for kind in Kind]
    write_table(table.reset_index(names="種類"))


def write_table(table: pd.DataFrame) -> None:
    """Put the table between its marks."""
    rows = [table.columns, ["---"] * len(table.columns), *table.itertuples(index=False)]
    lines = "\n".join(f"| {' | '.join(map(str, row))} |" for row in rows)
    page = PAGE.read_text(encoding="utf-8")
    page = re.sub(f"{MARK}.*{MARK}", lambda _: f"{MARK}\n{lines}\n{MARK}", page, flags=re.DOTALL)
    PAGE.write_text(page, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
