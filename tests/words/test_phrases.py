import pandas as pd
import pytest

from kyodo_analysis.tables import PHRASES
from kyodo_analysis.words import find_phrases, tokenize_opinions


@pytest.fixture
def find(make_opinions, plain):
    def find(*texts):
        opinions = make_opinions(*texts)
        phrases = find_phrases(tokenize_opinions(opinions, tokenizer=plain), opinions)
        return list(zip(phrases["kind"], phrases["matched"], strict=True))

    return find


# Every negative form in the report, read by hand: 7 deny, 9 are 〜ないか, 2 contrast, 1 obliges.
_KASHIWA = {
    "否定": ["A1", "A5", "C2", "C2", "C5", "C6", "E1"],
    "ないか": ["A3", "A5", "B1", "C1", "C3", "D4", "E2", "F1", "F3"],
    "対比": ["F2", "F3"],
    "義務": ["E2"],
}


@pytest.fixture(scope="module")
def kashiwas(kashiwa, with_kyodo):
    return find_phrases(tokenize_opinions(kashiwa, tokenizer=with_kyodo), kashiwa)


@pytest.mark.parametrize("kind", ["否定", "対比"])
def test_kashiwas_denials_and_contrasts_are_those_read_by_hand(kashiwas, kind):
    assert list(kashiwas.loc[kashiwas["kind"] == kind, "opinion_id"]) == _KASHIWA[kind]


def test_kashiwas_nine_naika_are_requests_proposals_and_questions(kashiwas):
    asked = kashiwas[kashiwas["matched"].str.endswith("ないか")]
    assert list(asked["opinion_id"]) == _KASHIWA["ないか"]
    assert set(asked["kind"]) == {"要望", "提案", "疑問"}


def test_kashiwas_nakute_wa_narazu_is_an_obligation(kashiwas):
    assert ("E2", "義務", "なくてはならず") in zip(
        kashiwas["opinion_id"], kashiwas["kind"], kashiwas["matched"], strict=True
    )


def test_kashiwas_modality_is_that_read_by_hand(kashiwas):
    found = {
        kind: list(group["opinion_id"])
        for kind, group in kashiwas.groupby("kind")
        if kind in ("要望", "提案", "義務", "疑問")
    }
    assert found == {
        "要望": ["B2", "B3", "C3", "D1", "F1"],
        "提案": ["B1", "C1", "C4", "C5", "D3", "D3", "G1", "G1", "G2", "G3"],
        "義務": ["A4", "B2", "C6", "C6", "C7", "E1", "E1", "E2", "H1"],
        "疑問": ["A3", "A5", "D3", "D4", "E2", "F2", "F3"],
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("バスを増やしてほしい。", [("要望", "てほしい")]),
        ("歩道を直していただきたい", [("要望", "いただきたい")]),
        ("早く直してください。", [("要望", "てください")]),
        ("対応をお願いします。", [("要望", "お願いします")]),
        ("説明してもらえませんか？", [("要望", "もらえませんか？")]),
        ("本当に必要？", [("義務", "必要"), ("疑問", "？")]),
        ("本数を増やせないか。", [("要望", "増やせないか")]),
        ("料金を下げたらどうでしょうか。", [("提案", "たらどうでしょうか")]),
        ("標識を置いた方がいいと思います。", [("提案", "た方がいい")]),
        ("ベンチを置くべきではないでしょうか。", [("提案", "べきではないでしょうか")]),
        ("急がなければならない。", [("義務", "なければならない")]),
        ("急がないといけない。", [("義務", "ないといけない")]),
        ("点検の必要がある。", [("義務", "必要がある")]),
        ("有料にすべきではない。", [("義務", "べきではない"), ("否定", "べきではない")]),
        ("声を無視してはならない。", [("義務", "てはならない"), ("否定", "てはならない")]),
        ("点検が必要である。", [("義務", "必要で")]),
        ("必要な書類が届いた。", []),
        ("点検は必要ですが、", [("義務", "必要です")]),
        ("名称を「広場」としてはどうか。", [("提案", "としてはどうか")]),
        ("市としてはどう考えているか。", [("疑問", "か")]),
        ("高くしたほうが望ましい。", [("提案", "たほうが望ましい")]),
        ("資料を送っていただけますか。", [("要望", "いただけますか")]),
        ("早期の着工を願います。", [("要望", "願います")]),
        ("質ではなく量の話だ。", [("対比", "ではなく")]),
        ("説明が十分ではなく、困る。", [("否定", "ではなく")]),
        ("公平でなければならない。", [("義務", "でなければならない")]),
        ("遅いと言わざるを得ない。", []),
        ("値上げせざるを得ない。", [("義務", "ざるを得ない")]),
        ("転ばないように歩く。", []),
        ("電車しかありません。", []),
        ("不登校の子がいる。", []),
        ("遅れているのではないでしょうか。", [("疑問", "のではないでしょうか")]),
        ("いつ始まるのですか。", [("疑問", "のですか")]),
        ("予算はあるの？", [("疑問", "の？")]),
        ("道路だけでなく橋も古い。", [("対比", "だけでなく")]),
        ("高齢者のみならず若者も使う。", [("対比", "のみならず")]),
        ("予算がない。", [("否定", "ない")]),
        ("説明は十分ではない。", [("否定", "ではない")]),
        ("知りませんでした。", [("否定", "ません")]),
        ("未整備の道が多い。", [("否定", "未整備")]),
        ("雨かもしれない。", []),
        ("遅れるに違いない。", []),
        ("本数が少ない。", []),
        ("何があるか調べた。", []),
    ],
)
def test_the_end_of_a_clause_says_what_kind_it_is(find, text, expected):
    assert find(text) == expected


def test_a_real_denial_inside_a_question_is_kept(find):
    assert find("なぜ直さないのか。") == [("否定", "ない"), ("疑問", "のか")]


def test_rules_do_not_reach_into_the_next_sentence_or_opinion(find):
    assert find("予算が\nほしい", "橋が", "ほしい") == []


def test_each_match_says_where_it_stands(make_opinions, plain):
    opinions = make_opinions("橋。ＰＲしてﾎｼｲ。", "直してほしい")
    phrases = find_phrases(tokenize_opinions(opinions, tokenizer=plain), opinions)
    assert phrases.to_dict("records")[-1] == {
        "opinion_id": "N2",
        "sentence": 1,
        "kind": "要望",
        "matched": "てほしい",
        "start": 2,
        "end": 6,
    }


def test_phrases_keep_their_contract_and_their_inputs(kashiwa, with_kyodo):
    tokens = tokenize_opinions(kashiwa, tokenizer=with_kyodo)
    before = tokens.copy(deep=True)
    phrases = find_phrases(tokens, kashiwa)
    assert list(phrases.columns) == PHRASES.names
    pd.testing.assert_frame_equal(phrases, find_phrases(tokens, kashiwa))
    pd.testing.assert_frame_equal(tokens, before)
    assert find_phrases(tokens.iloc[:0], kashiwa).empty
