import threading

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kyodo_analysis.tables import TOKENS
from kyodo_analysis.words import tokenize_opinions


def _cut(opinions, tokenizer, *columns):
    tokens = tokenize_opinions(opinions, tokenizer=tokenizer)
    return list(tokens[list(columns)].itertuples(index=False, name=None))


def _assert_places_hold(tokens, opinions):
    texts = opinions.set_index("opinion_id")["text"]
    for row in tokens.itertuples():
        assert texts[row.opinion_id][row.start : row.end] == row.surface
    for opinion_id, text in texts.items():
        surfaces = tokens.loc[tokens["opinion_id"] == opinion_id, "surface"]
        assert "".join(surfaces) == "".join(text.splitlines())


def test_a_sentence_becomes_morphemes_with_base_forms_and_places(make_opinions, plain):
    columns = ("surface", "base_form", "part_of_speech", "start", "end")
    assert _cut(make_opinions("橋を直した"), plain, *columns) == [
        ("橋", "橋", "名詞,一般,*,*", 0, 1),
        ("を", "を", "助詞,格助詞,一般,*", 1, 2),
        ("直し", "直す", "動詞,自立,*,*", 2, 4),
        ("た", "た", "助動詞,*,*,*", 4, 5),
    ]


def test_inflection_is_kept(make_opinions, plain):
    columns = ("surface", "inflection_type", "inflection_form")
    assert ("直し", "五段・サ行", "連用形") in _cut(make_opinions("橋を直した"), plain, *columns)


def test_paragraphs_and_sentences_are_counted_from_one(make_opinions, plain):
    opinions = make_opinions("税。橋？\n\n空")
    assert _cut(opinions, plain, "surface", "paragraph", "sentence", "position") == [
        ("税", 1, 1, 0),
        ("。", 1, 1, 1),
        ("橋", 1, 2, 2),
        ("？", 1, 2, 3),
        ("空", 2, 3, 4),
    ]


def test_kashiwas_text_is_covered_to_the_last_character(kashiwa, with_kyodo):
    tokens = tokenize_opinions(kashiwa, tokenizer=with_kyodo)
    _assert_places_hold(tokens, kashiwa)
    assert list(tokens["opinion_id"].cat.categories) == list(kashiwa["opinion_id"])


def test_kashiwas_kyodo_is_one_known_noun_in_all_27_places(kashiwa, with_kyodo):
    tokens = tokenize_opinions(kashiwa, tokenizer=with_kyodo)
    kyodo = tokens[tokens["surface"] == "協働"]
    assert len(kyodo) == kashiwa["text"].str.count("協働").sum() == 27
    assert set(kyodo["part_of_speech"]) == {"名詞,サ変接続,*,*"}
    assert not kyodo["unknown"].any()


def test_surfaces_stay_as_written_and_base_forms_are_folded(make_opinions, plain):
    opinions = make_opinions("ＰＤＣＡとﾊﾞｽ(案)")
    assert _cut(opinions, plain, "surface", "base_form") == [
        ("ＰＤＣＡ", "PDCA"),
        ("と", "と"),
        ("ﾊﾞｽ", "バス"),
        ("(", "（"),
        ("案", "案"),
        (")", "）"),
    ]


def test_digits_are_one_word_whatever_their_width(make_opinions, plain):
    assert _cut(make_opinions("１２０", "120"), plain, "surface") == [("１２０",), ("120",)]


def test_blanks_that_janome_drops_are_put_back(make_opinions, plain):
    opinions = make_opinions("　橋 と税 \n　　\nある")
    assert _cut(opinions, plain, "surface", "part_of_speech", "paragraph") == [
        ("　", "記号,空白,*,*", 1),
        ("橋", "名詞,一般,*,*", 1),
        (" ", "記号,空白,*,*", 1),
        ("と", "助詞,格助詞,引用,*", 1),
        ("税", "名詞,一般,*,*", 1),
        (" ", "記号,空白,*,*", 1),
        ("　", "記号,空白,*,*", 2),
        ("　", "記号,空白,*,*", 2),
        ("ある", "動詞,自立,*,*", 3),
    ]


_WRITINGS = (
    "ﾊﾞｽ停にﾍﾞﾝﾁを置いてほしい。",
    "ハ\u3099ス停にヘ\u3099ンチを置いてほしい。",
    "ハ゛ス停にヘﾞンチを置いてほしい。",
    "バ\u200bス\u00ad停に\u2060ベンチを置いてほしい。",
    "\u202aバス停\u202cに\u2068ベンチ\u2069を置いてほしい。",
    "\ufeffバス停\ufe00に\u034fベ\u180eンチを\u061c置いてほしい。",
    "バ ス 停 に ベ ン チ を 置 い て ほ し い。",
)


@pytest.mark.parametrize("writing", _WRITINGS)
def test_a_sentence_has_the_same_words_however_it_is_written(make_opinions, plain, writing):
    expected = [
        ("バス停",),
        ("に",),
        ("ベンチ",),
        ("を",),
        ("置く",),
        ("て",),
        ("ほしい",),
        ("。",),
    ]
    opinions = make_opinions(writing)
    assert _cut(opinions, plain, "base_form") == expected
    _assert_places_hold(tokenize_opinions(opinions, tokenizer=plain), opinions)


def test_symbols_that_the_dictionary_lacks_are_no_verbal_nouns(make_opinions, plain):
    cut = _cut(make_opinions("計画⇒実施①"), plain, "surface", "part_of_speech", "unknown")
    assert ("⇒", "記号,一般,*,*", True) in cut
    assert ("①", "記号,一般,*,*", True) in cut
    assert ("計画", "名詞,サ変接続,*,*", False) in cut


def test_offsets_run_on_where_janome_starts_anew(make_opinions, plain):
    opinions = make_opinions("橋が古い。" * 300)
    tokens = tokenize_opinions(opinions, tokenizer=plain)
    _assert_places_hold(tokens, opinions)
    assert len(tokens) == 4 * 300


def test_opinions_without_words_stay_as_categories(make_opinions, plain):
    tokens = tokenize_opinions(make_opinions("", "\n", "橋"), tokenizer=plain)
    assert list(tokens["opinion_id"].cat.categories) == ["N1", "N2", "N3"]
    assert list(tokens["opinion_id"]) == ["N3"]


def test_no_opinions_give_an_empty_table(make_opinions, plain):
    tokens = tokenize_opinions(make_opinions(), tokenizer=plain)
    assert list(tokens.columns) == TOKENS.names
    assert tokens.empty


def test_the_same_text_gives_the_same_tokens_and_leaves_its_input_alone(make_opinions, plain):
    opinions = make_opinions("橋が古い。", "税が高い。", "橋が古い。")
    before = opinions.copy(deep=True)
    first = tokenize_opinions(opinions, tokenizer=plain)
    pd.testing.assert_frame_equal(first, tokenize_opinions(opinions, tokenizer=plain))
    pd.testing.assert_frame_equal(opinions, before)
    assert [list(group["surface"]) for _, group in first.groupby("opinion_id")] == [
        ["橋", "が", "古い", "。"],
        ["税", "が", "高い", "。"],
        ["橋", "が", "古い", "。"],
    ]


def test_threads_do_not_disturb_each_other(kashiwa, with_kyodo):
    expected = tokenize_opinions(kashiwa, tokenizer=with_kyodo)
    results = []

    def work():
        results.append(tokenize_opinions(kashiwa, tokenizer=with_kyodo))

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 3
    for result in results:
        pd.testing.assert_frame_equal(result, expected)


_ODD = "橋税かｶﾞ゛\u3099\u200b 　\t\n\r\x0b\x00①㈱⾧…。！？「」()~-120１Ａa髙𠮷🏳Ð"


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.lists(st.text(st.sampled_from(_ODD) | st.characters(), max_size=30), max_size=4))
def test_any_text_is_covered_by_its_tokens(make_opinions, plain, texts):
    opinions = make_opinions(*texts)
    _assert_places_hold(tokenize_opinions(opinions, tokenizer=plain), opinions)


@pytest.mark.parametrize("part", ["Janome", "IPADIC", "辞書5語"])
def test_the_name_says_engine_versions_and_dictionary(with_kyodo, part):
    assert part in with_kyodo.name


def test_a_token_takes_no_more_than_forty_bytes(kashiwa, plain):
    many = pd.concat(
        [kashiwa.assign(opinion_id=f"{n}-" + kashiwa["opinion_id"]) for n in range(50)]
    )
    tokens = tokenize_opinions(many, tokenizer=plain)
    assert tokens.memory_usage(deep=True).sum() / len(tokens) < 40
