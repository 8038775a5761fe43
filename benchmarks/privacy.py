"""How much planted personal data is found, kind by kind.

``python benchmarks/privacy.py [FILE.csv]`` prints the table (of ``benchmarks/privacy_planted.csv``),
``--missed`` also what was not found and what was flagged wrongly; ``--docs`` puts the table into
``docs/privacy.md``.
The file has the columns 番号, ご意見, 種類, 言葉; | stands between several.
"""

import csv
import sys
from collections import Counter, defaultdict
from pathlib import Path

import pandas as pd

from kyodo_analysis.privacy import KINDS, find_in_texts

PLANTED = Path(__file__).parent / "privacy_planted.csv"
PAGE = Path(__file__).parent.parent / "docs" / "privacy.md"
BEGIN, END = "<!-- benchmarks/privacy.py -->", "<!-- end -->"


def read_planted(path: Path) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the sentences, each with what is planted in it: kind, words."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [
            (
                row["ご意見"],
                [
                    (kind, word)
                    for kind, word in zip(
                        row["種類"].split("|"), row["言葉"].split("|"), strict=True
                    )
                    if word
                ],
            )
            for row in csv.DictReader(file)
        ]


def measure(planted: list[tuple[str, list[tuple[str, str]]]]) -> tuple[pd.DataFrame, list[str]]:
    """Measure what was found wholly, and which flags touch nothing that was planted."""
    found = defaultdict(list)
    for row in find_in_texts(pd.Series([text for text, _ in planted])).itertuples():
        found[row.text].append((row.start, row.end, row.kind))
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    said = []
    for number, (text, words) in enumerate(planted):
        covered = {at for start, end, _ in found[number] for at in range(start, end)}
        real, after = set(), Counter()
        for kind, word in words:
            at = text.index(word, after[word])
            after[word] = at + 1
            span = set(range(at, at + len(word)))
            real |= span
            counts[kind]["places"] += 1
            counts[kind]["whole"] += span <= covered
            counts[kind]["part"] += bool(span & covered)
            if not span <= covered:
                said.append(f"見逃し {kind}「{word}」: {text!r}")
        for start, end, kind in found[number]:
            counts[kind]["flags"] += 1
            if not real & set(range(start, end)):
                counts[kind]["false"] += 1
                said.append(f"誤り {kind}「{text[start:end]}」: {text!r}")
    names = ["places", "whole", "part", "flags", "false"]
    table = pd.DataFrame([[counts[kind][name] for name in names] for kind in KINDS], KINDS, names)
    table.loc["計"] = table.sum()
    return table, said


def describe(table: pd.DataFrame) -> str:
    """Write the table as Markdown."""
    lines = [
        "| 種類 | 場所 | 全部見つけた | 一部でも見つけた | 候補 | うち誤り |",
        "|---|---|---|---|---|---|",
    ]
    for kind, row in table.iterrows():
        share = f"({row['whole'] / row['places']:.0%})" if row["places"] else ""
        cells = (
            kind,
            row["places"],
            f"{row['whole']}{share}",
            row["part"],
            row["flags"],
            row["false"],
        )
        lines.append("| " + " | ".join(map(str, cells)) + " |")
    return "\n".join(lines)


def main(arguments: list[str]) -> None:
    """Print the table, and what was missed; or put it into the page."""
    paths = [Path(each) for each in arguments if not each.startswith("--")]
    table, said = measure(read_planted(paths[0] if paths else PLANTED))
    if "--docs" in arguments:
        before, after = PAGE.read_text(encoding="utf-8").split(BEGIN)
        after = after.partition(END)[2]
        PAGE.write_text(f"{before}{BEGIN}\n{describe(table)}\n{END}{after}", encoding="utf-8")
        return
    print(describe(table))
    if "--missed" in arguments:
        print(*said, sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
