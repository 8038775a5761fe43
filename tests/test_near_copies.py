import random

import pandas as pd
import pytest

from kyodo_analysis import near_copies
from kyodo_analysis.near_copies import find_families, list_own_words
from kyodo_analysis.tables import FAMILIES

CAMPAIGN = "市立図書館の開館時間を夜九時まで延ばし、仕事帰りの市民も使えるようにしてください"
OWN = "うちの子は学校の帰りに寄る場所がありません。"


def _opinions(*texts: str) -> pd.DataFrame:
    return pd.DataFrame({"opinion_id": [f"P{n}" for n in range(len(texts))], "text": texts})


def _families(*texts: str) -> list[str]:
    return find_families(_opinions(*texts))["family"].tolist()


def _kanji(start: int, end: int) -> str:
    return "".join(chr(0x4E00 + n) for n in range(start, end))


def test_the_same_words_are_one_text_whatever_the_spaces_signs_widths_and_case():
    table = find_families(
        _opinions("Ａ案の税が高い。", "公園がほしい", "A案の税が高い", "a案の税が 高い！")
    )
    assert table["family"].tolist() == ["P0", "P1", "P0", "P0"]
    assert table["is_first"].tolist() == [True, True, False, False]
    assert table["n_in_family"].tolist() == [3, 1, 3, 3]
    assert table["kind"].tolist() == ["代表", "代表", "同文", "同文"]


def test_texts_of_signs_only_are_told_apart():
    assert _families("○", "×", "○", "") == ["P0", "P1", "P0", "P3"]


@pytest.mark.parametrize(
    "copy",
    [
        CAMPAIGN.replace("九時", "十時"),
        f"{CAMPAIGN}。よろしくお願いいたします。",
        f"川端町の五十嵐です。{CAMPAIGN}",
        f"{CAMPAIGN}。{OWN}",
        f"{OWN}{CAMPAIGN}",
    ],
)
def test_a_copy_with_a_word_a_name_or_a_sentence_of_its_own_stays_in_the_family(copy: str):
    other = "公園の街灯が暗いので、夜に歩いて帰るのがこわいです。明るくしてほしい。"
    table = find_families(_opinions(copy, other, CAMPAIGN))
    assert table["family"].tolist() == ["P0", "P1", "P0"]
    assert table["kind"].tolist() == ["代表", "代表", "ほぼ同文"]


def test_long_texts_may_differ_by_numbers_and_short_ones_may_not():
    long = "路線バスを1日{}便に増やし、駅まで行けるようにしてください。"
    assert _families(long.format(8), long.format(12), long.format("１６")) == ["P0"] * 3
    assert _families("第1案に賛成", "第2案に賛成") == ["P0", "P1"]
    short = "路線バスを{}便に増やしてほしい"
    assert _families(short.format(5), short.format(8)) == ["P0", "P1"]


@pytest.mark.parametrize(
    ("shared", "own_of_one", "own_of_other", "together"),
    [
        (17, 0, 3, True),  # 17 of 20: 85 % of the longer one
        (17, 0, 4, False),  # 17 of 21, and fewer than 20 in common
        (26, 14, 14, True),  # 26 of 40: 65 % of both
        (26, 14, 15, False),  # 26 of 41
        (34, 6, 62, True),  # 34 of 40: 85 % of the shorter, and over a third of the other's 96
        (33, 7, 63, False),  # 33 of 40
        (34, 6, 70, False),  # 34 of 104: less than a third
        (9, 0, 1, False),  # no ten letters stand together
    ],
)
def test_the_lines_between_copies_and_others(
    shared: int, own_of_one: int, own_of_other: int, together: bool
):
    one = _kanji(0, shared) + _kanji(500, 500 + own_of_one)
    other = _kanji(1000, 1000 + own_of_other) + _kanji(0, shared)
    assert (_families(one, other) == ["P0", "P0"]) is together


def test_a_turn_of_phrase_that_a_text_repeats_counts_once():
    phrase = _kanji(0, 14)
    one, other = (
        _kanji(start, start + 4) + phrase + _kanji(start + 10, start + 14) + phrase
        for start in (100, 200)
    )
    assert _families(one, other) == ["P0", "P1"]


def test_who_copies_two_texts_does_not_make_them_one_family():
    one, other = _kanji(0, 40), _kanji(100, 141)
    assert _families(one, other, one + other, one, other) == ["P0", "P1", "P1", "P0", "P1"]


def test_no_copy_of_a_campaign_is_lost_and_no_lone_voice_joins_it():
    rng = random.Random(0)
    names = ["佐藤", "五十嵐", "勅使河原", "林"]
    ends = ["", "よろしくお願いいたします。", "一日も早い実現を願っています。", OWN]
    copies = [
        f"{rng.choice(names)}です。給食費を{rng.randrange(1, 5000)}円に下げ、地元の野菜を使い、"
        f"子どもが残さず食べられる献立にしてください。{rng.choice(ends)}"
        for _ in range(400)
    ]
    lone = [f"{_kanji(n * 30, n * 30 + 20)}ようにしていただきたいと思います。" for n in range(200)]
    mixed = [*copies, *lone]
    order = rng.sample(range(600), 600)
    family = find_families(_opinions(*[mixed[place] for place in order]))["family"]
    is_copy = pd.Series(order) < 400
    assert len(set(family[is_copy])) == 1
    assert family[~is_copy].nunique() == 200


def test_how_much_is_compared_at_once_changes_nothing(monkeypatch: pytest.MonkeyPatch):
    opinions = _opinions(CAMPAIGN, OWN, f"{CAMPAIGN}{OWN}", CAMPAIGN.replace("九", "十"), "", OWN)
    before = find_families(opinions)
    monkeypatch.setattr(near_copies, "_LETTERS_AT_ONCE", 1)
    pd.testing.assert_frame_equal(find_families(opinions), before)


def test_what_copies_say_besides_is_listed_in_their_own_words():
    texts = CAMPAIGN, f"{OWN}{CAMPAIGN}！", CAMPAIGN, CAMPAIGN.replace("九", "十") + "。頼みます"
    opinions = _opinions(*texts)
    own = list_own_words(opinions, find_families(opinions))
    assert own[["opinion_id", "family", "own_words"]].to_numpy().tolist() == [
        ["P1", "P0", OWN],
        ["P3", "P0", "十"],
        ["P3", "P0", "。頼みます"],
    ]
    assert [
        texts[int(i[1:])][a:b] for i, a, b in own[["opinion_id", "start", "end"]].to_numpy()
    ] == [
        OWN,
        "十",
        "。頼みます",
    ]


def test_opinions_stay_and_none_are_no_error():
    opinions = _opinions(CAMPAIGN, "反対", CAMPAIGN)
    before = opinions.copy()
    families = find_families(opinions)
    list_own_words(opinions, families)
    pd.testing.assert_frame_equal(opinions, before)
    none = find_families(opinions.iloc[:0])
    assert FAMILIES.check(none).empty
    assert list_own_words(opinions.iloc[:0], none).empty
