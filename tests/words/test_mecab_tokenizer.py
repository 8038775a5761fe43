import pandas as pd
import pytest

from kyodo_analysis.words import JanomeTokenizer, MecabTokenizer, mecab, tokenize_opinions

UNKNOWN = "協働事業を開く。"


@pytest.fixture
def given_to_janome(monkeypatch):
    """Note what is left to Janome."""
    given = []
    analyze = JanomeTokenizer.analyze

    def note(self, lines):
        given.extend(lines)
        return analyze(self, lines)

    monkeypatch.setattr(mecab.JanomeTokenizer, "analyze", note)
    return given


def test_only_the_sentence_with_an_unknown_word_is_left_to_janome(make_opinions, given_to_janome):
    opinions = make_opinions(f"橋が古い。{UNKNOWN}道が暗い。\n川が近い。")
    tokenize_opinions(opinions, tokenizer=MecabTokenizer())
    assert given_to_janome == [f"。{UNKNOWN}"]


@pytest.mark.parametrize(
    "text",
    [
        f"橋が古い。{UNKNOWN}道が暗い。\n川が近い。\n{UNKNOWN}",
        f"橋が古い。　{UNKNOWN}　道が暗い。",
        f"。。{UNKNOWN}。{UNKNOWN}",
        f"「橋が古い。」{UNKNOWN}「道。」",
        f"　{UNKNOWN} {UNKNOWN}",
    ],
)
def test_sentences_are_put_back_in_their_places(text, make_opinions, given_to_janome):
    opinions = make_opinions("道が暗い。", text, "橋が古い。")
    made = tokenize_opinions(opinions, tokenizer=MecabTokenizer())
    assert given_to_janome
    pd.testing.assert_frame_equal(made, tokenize_opinions(opinions, tokenizer=JanomeTokenizer()))
