from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from kyodo_analysis.tables import TOKENS
from kyodo_analysis.themes.codebook import (
    Codebook,
    apply_codebook,
    force_words,
    read_word_list,
)

Build = Callable[..., Any]


@pytest.mark.parametrize(
    ("text", "words", "surfaces"),
    [
        ("協 働 を:助詞 進める:動詞", ["協働"], "協働 を 進める"),
        ("協 働事業 を:助詞", ["協働"], "協働 事業 を"),
        ("市民協働課 に:助詞", ["協働"], "市民 協働 課 に"),
        ("協 働 事 業", ["協働事業", "協働"], "協働事業"),
        ("協 働 事 業", ["協働", "協働事業"], "協働 事 業"),
        ("市 民 協 働 事 業", ["働事", "市民協", "事業"], "市民協 働事 業"),
        ("市 民 協 働 事 業", ["民協働", "市民", "働事"], "市 民協働 事 業"),
        ("npo と:助詞 NPO", ["NPO"], "npo と NPO"),
        ("協\n働", ["協働"], "協 働"),
    ],
)
def test_forced_words_are_taken_whole_and_the_first_listed_wins(
    build_corpus: Build, text: str, words: list[str], surfaces: str
) -> None:
    corpus = build_corpus({"A1": text})
    tokens = TOKENS.check(force_words(corpus.tokens, corpus.opinions, words))
    assert tokens["surface"].tolist() == surfaces.split()
    assert tokens["position"].tolist() == list(range(len(tokens)))
    written = corpus.opinions["text"][0]
    assert [written[s:e] for s, e in zip(tokens["start"], tokens["end"], strict=True)] == (
        surfaces.split()
    )


def test_a_word_that_gave_way_is_taken_if_the_winner_begins_behind_it(
    build_corpus: Build,
) -> None:
    corpus = build_corpus({"A1": "あ い う え お か き く け こ"})
    words = ["くけこ", "かきく", "えおか", "いうえ", "あい"]
    tokens = force_words(corpus.tokens, corpus.opinions, words)
    assert tokens["surface"].tolist() == ["あい", "う", "えおか", "き", "くけこ"]


def test_a_forced_word_is_a_tag_and_what_is_left_of_a_token_is_unknown(
    build_corpus: Build, tmp_path: Path, write_codebook: Callable[[str], Codebook]
) -> None:
    corpus = build_corpus({"A1": "協 働事業 を:助詞", "A2": "橋"})
    before = corpus.tokens.copy()
    path = tmp_path / "forced.txt"
    path.write_text("協働\n\n協働\n", encoding="cp932")
    tokens = force_words(corpus.tokens, corpus.opinions, read_word_list(path))
    codebook = write_codebook("＊タグ\n協働-->タグ\n＊残り\n事業-->未知語\n＊橋\n橋\n")
    codings = apply_codebook(codebook, tokens, corpus.opinions).codings
    assert codings["evidence"].tolist() == ["協働[0-2]", "事業[2-4]", "橋[0-1]"]
    pd.testing.assert_frame_equal(corpus.tokens, before)


def test_without_forced_words_the_tokens_stay_as_they_are(build_corpus: Build) -> None:
    corpus = build_corpus({"A1": "協 働 を:助詞"})
    pd.testing.assert_frame_equal(
        force_words(corpus.tokens, corpus.opinions, ["空港"]), corpus.tokens
    )


def test_the_tokens_keep_the_order_of_the_opinions(build_corpus: Build) -> None:
    corpus = build_corpus({"B1": "橋", "A1": "協 働", "A0": "川"})
    tokens = corpus.tokens.astype({"opinion_id": "category", "surface": "category"})
    forced = force_words(tokens, corpus.opinions, ["協働"])
    assert forced["surface"].tolist() == ["橋", "協働", "川"]
