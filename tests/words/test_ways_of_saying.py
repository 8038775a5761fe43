"""540 sentences that residents might write (架空), labelled by hand, against the rules.

docs/ways-of-saying.md holds the table; a test holds the table to the sentences.
"""

import csv
from itertools import groupby
from pathlib import Path

import pytest

from kyodo_analysis.words import find_phrases, tokenize_opinions

_SENTENCES = Path(__file__).with_name("ways_of_saying.csv")
_PAGE = Path(__file__).parents[2] / "docs" / "ways-of-saying.md"
KINDS = ("要望", "提案", "義務", "疑問", "否定", "対比")


@pytest.fixture(scope="module")
def judged(make_opinions, plain):
    """Return for each sentence the kinds that a reader gave it and those that the rules find."""
    with _SENTENCES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    opinions = make_opinions(*(row["文"] for row in rows))
    phrases = find_phrases(tokenize_opinions(opinions, tokenizer=plain), opinions)
    pairs = zip(phrases["opinion_id"], phrases["kind"], strict=True)
    found = {name: {kind for _, kind in some} for name, some in groupby(pairs, lambda one: one[0])}
    return [
        ({*row["種類"].split("・")} - {""}, found.get(name, set()))
        for row, name in zip(rows, opinions["opinion_id"], strict=True)
    ]


def _measure(judged, kind):
    """Return how many sentences have a kind, and the rules' precision and recall."""
    n, n_found = (sum(kind in pair[side] for pair in judged) for side in (0, 1))
    n_right = sum(kind in read and kind in found for read, found in judged)
    return n, n_right / n_found, n_right / n


@pytest.mark.parametrize("kind", KINDS)
def test_nine_of_ten_are_found_and_nine_of_ten_found_are_right(judged, kind):
    n, precision, recall = _measure(judged, kind)
    assert n >= 20
    assert precision >= 0.9
    assert recall >= 0.9


def test_sentences_that_say_none_of_it_are_among_them(judged):
    silent = [found for read, found in judged if not read]
    assert len(silent) >= 60
    assert sum(map(bool, silent)) / len(silent) <= 0.05


def test_the_page_on_ways_of_saying_tells_these_figures(judged):
    page = _PAGE.read_text(encoding="utf-8")
    for kind in KINDS:
        n, precision, recall = _measure(judged, kind)
        assert f"| {kind} | {n} | {precision:.2f} | {recall:.2f} |" in page
