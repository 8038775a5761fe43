import pandas as pd
import pytest

from kyodo_analysis.settings import settings_from
from kyodo_analysis.tables import TERMS, TOKENS
from kyodo_analysis.words import KH_CODER_LEAVES_OUT, WordSettings, select_terms, tokenize_opinions

NOUN, VERBAL, PREFIX, SUFFIX = (
    "名詞,一般,*,*",
    "名詞,サ変接続,*,*",
    "接頭詞,名詞接続,*,*",
    "名詞,接尾,一般,*",
)


def _tokens(*words, opinion_id="A1"):
    """Make tokens from (surface, tag) or (surface, tag, base form), one after the other."""
    at, rows = 0, []
    for position, (surface, tag, *base_form) in enumerate(words):
        rows.append(
            {
                "opinion_id": opinion_id,
                "paragraph": 1,
                "sentence": 1,
                "position": position,
                "surface": surface,
                "base_form": base_form[0] if base_form else surface,
                "part_of_speech": tag,
                "inflection_type": "*",
                "inflection_form": "*",
                "unknown": False,
                "start": at,
                "end": at + len(surface),
            }
        )
        at += len(surface)
    return TOKENS.make(rows)


def _select(tokens, **options):
    return list(select_terms(tokens, **options)["term"])


def test_nouns_that_touch_become_one_term_with_its_span_and_kind():
    terms = select_terms(_tokens(("協働", VERBAL), ("事業", NOUN), ("を", "助詞,格助詞,一般,*")))
    assert terms.astype({"opinion_id": "str"}).to_dict("records") == [
        {
            "opinion_id": "A1",
            "term": "協働事業",
            "part_of_speech": "名詞,一般",
            "start": 0,
            "end": 4,
        }
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([("各", PREFIX), ("団体", NOUN)], ["各団体"]),
        ([("自分", NOUN), ("達", SUFFIX)], ["自分達"]),
        ([("意見", VERBAL), ("交換", VERBAL), ("会", SUFFIX)], ["意見交換会"]),
        ([("協働", VERBAL), ("各", PREFIX), ("団体", NOUN)], ["協働", "各団体"]),
        ([("ご", PREFIX), ("意見", VERBAL)], ["意見"]),
        ([("政策", NOUN), ("等", SUFFIX)], ["政策"]),
        ([("佐藤", "名詞,固有名詞,人名,姓"), ("さん", "名詞,接尾,人名,*")], ["佐藤"]),
        ([("方", SUFFIX), ("自体", NOUN)], ["自体"]),
        ([("三", "名詞,数,*,*"), ("年", "名詞,接尾,助数詞,*")], []),
        ([("第", "接頭詞,数接続,*,*"), ("五", "名詞,数,*,*"), ("計画", VERBAL)], ["第五計画"]),
        ([("ここ", "名詞,代名詞,一般,*"), ("最近", "名詞,副詞可能,*,*")], ["最近"]),
        ([("監査", VERBAL), ("（", "記号,括弧開,*,*"), ("評価", VERBAL)], ["監査", "評価"]),
        ([("未", PREFIX), ("整備", VERBAL)], ["未整備"]),
    ],
)
def test_what_joins_and_what_does_not(words, expected):
    assert _select(_tokens(*words)) == expected


def test_compounds_never_cross_a_gap_or_an_opinion():
    tokens = pd.concat(
        [_tokens(("橋", NOUN)), _tokens(("税", NOUN), ("橋", NOUN), opinion_id="A2")],
        ignore_index=True,
    )
    tokens.loc[2, ["start", "end"]] = 5, 6
    assert _select(tokens) == ["橋", "税", "橋"]


def test_one_character_words_and_base_forms_are_kept():
    words = [("税", NOUN), ("が", "助詞,格助詞,一般,*"), ("高かっ", "形容詞,自立,*,*", "高い")]
    assert _select(_tokens(*words)) == ["税", "高い"]


def test_requests_are_left_to_the_phrases_unless_asked_for():
    tokens = _tokens(("ほしい", "形容詞,非自立,*,*"))
    assert _select(tokens) == []
    assert _select(tokens, settings=WordSettings(parts_of_speech=("形容詞",))) == ["ほしい"]


def test_a_part_of_speech_is_asked_for_by_whole_levels():
    tokens = _tokens(("時", "名詞,非自立,副詞可能,*"), ("橋", "名詞,一般,*,*"))
    assert _select(tokens, settings=WordSettings(parts_of_speech=("名詞,非自立",))) == ["時"]
    assert _select(tokens, settings=WordSettings(parts_of_speech=("名詞,非",))) == []


def test_without_joining_each_noun_counts_alone():
    tokens = _tokens(("協働", VERBAL), ("事業", NOUN), ("費", SUFFIX))
    assert _select(tokens, settings=WordSettings(join_compounds=False)) == ["協働", "事業"]


def test_synonyms_merge_and_stop_words_leave_out_before_and_after():
    tokens = _tokens(("自分", NOUN), ("達", SUFFIX), ("の", "助詞,連体化,*,*"), ("橋", NOUN))
    synonyms = {"自分達": "自分たち"}
    assert _select(tokens, synonyms=synonyms) == ["自分たち", "橋"]
    assert _select(tokens, synonyms=synonyms, stop_words={"自分達"}) == ["橋"]
    assert _select(tokens, synonyms=synonyms, stop_words={"自分たち", "橋"}) == []


def test_kashiwas_kyodo_jigyo_is_a_term_in_8_opinions_and_part_of_others(kashiwa, with_kyodo):
    tokens = tokenize_opinions(kashiwa, tokenizer=with_kyodo)
    terms = select_terms(tokens)
    assert terms.loc[terms["term"] == "協働事業", "opinion_id"].nunique() == 8
    assert terms["term"].astype("str").str.contains("協働事業").sum() == 12


def test_terms_keep_their_contract_and_their_input(kashiwa, with_kyodo):
    tokens = tokenize_opinions(kashiwa, tokenizer=with_kyodo)
    before = tokens.copy(deep=True)
    terms = select_terms(tokens, synonyms={"市側": "行政側"})
    assert list(terms.columns) == TERMS.names
    pd.testing.assert_frame_equal(terms, select_terms(tokens, synonyms={"市側": "行政側"}))
    pd.testing.assert_frame_equal(tokens, before)
    assert select_terms(tokens.iloc[:0]).empty


def test_settings_show_themselves_in_a_notebook():
    shown = WordSettings()._repr_markdown_()
    assert "名詞-サ変接続" in shown
    assert "まとめて1語" in shown
    assert "数えない語" not in shown
    assert "動詞B、名詞B |" in WordSettings(leave_out=("動詞B", "名詞B"))._repr_markdown_()


def test_synonyms_and_stop_words_hold_for_every_writing_of_a_word():
    tokens = _tokens(("PR", NOUN), ("が", "助詞,格助詞,一般,*"), ("バス", NOUN))
    assert _select(tokens, synonyms={"ｐｒ": "広報"}, stop_words=["ﾊﾞｽ"]) == ["広報"]
    assert _select(tokens, synonyms={"ﾊﾞｽ": "Bus"}, stop_words=["ＢＵＳ"]) == ["PR"]


@pytest.mark.parametrize(
    ("left_out", "word"),
    [
        ("動詞B", ("し", "動詞,自立,*,*", "する")),
        ("形容詞B", ("なく", "形容詞,自立,*,*", "ない")),
        ("副詞B", ("もっと", "副詞,一般,*,*", "もっと")),
        ("名詞B", ("ところ", NOUN, "ところ")),
        ("否定助動詞", ("ませ", "助動詞,*,*,*", "ん")),
        ("形容詞（非自立）", ("欲しい", "形容詞,非自立,*,*", "欲しい")),
    ],
)
def test_what_kh_coder_leaves_out_can_be_left_out_kind_by_kind(left_out, word):
    every = ("名詞", "動詞", "形容詞", "副詞", "助動詞")
    tokens = _tokens(("橋", NOUN), word, ("見", "動詞,自立,*,*", "見る"))
    others = tuple(name for name in KH_CODER_LEAVES_OUT if name != left_out)
    for leave_out, kept in (((), True), (others, True), ((left_out,), False)):
        settings = WordSettings(parts_of_speech=every, leave_out=leave_out, join_compounds=False)
        assert _select(tokens, settings=settings) == ["橋", *[word[2]] * kept, "見る"]


def test_compounds_stay_although_they_are_written_in_hiragana():
    tokens = _tokens(("まち", NOUN), ("づくり", SUFFIX), ("の", "助詞,連体化,*,*"), ("まち", NOUN))
    settings = WordSettings(leave_out=KH_CODER_LEAVES_OUT)
    assert _select(tokens, settings=settings) == ["まちづくり"]


def test_the_words_of_study_toml_say_what_is_left_out():
    given = {"leave_out": list(KH_CODER_LEAVES_OUT)}
    settings = settings_from(WordSettings, given, file="study.toml", table="words")
    assert settings.leave_out == KH_CODER_LEAVES_OUT
