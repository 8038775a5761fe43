import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kyodo_analysis.folding import BLANK, fold_characters, fold_word


@pytest.mark.parametrize(
    ("original", "folded"),
    [
        ("ＰＤＣＡを１２０回", "PDCAを120回"),
        ("ﾊﾞｽとｶﾞｰﾄﾞ", "バスとガード"),
        ("mª", "ma"),
        ("か\u3099くせい", "がくせい"),
        ("ハ゛スとハﾞスとﾊ゛ス", "バスとバスとバス"),
        ("cafe\u0301", "café"),
        ("⾧年", "長年"),
        ("⺠営の⻭科と⻘い⾧椅子", "民営の歯科と青い長椅子"),
        ("(案)?", "（案）？"),
        ("9:00~11:00", "9：00〜11：00"),
        ("a b\tc\u00a0d", f"a{BLANK}b{BLANK}c{BLANK}d"),
        ("協\u200b働", "協働"),
        ("\u2068協働\u2069する", "協働する"),
        ("葛\U000e0100城", "葛城"),
        ("\u200b", BLANK),
        ("\x00\ud800", "\ufffd\ufffd"),
    ],
)
def test_one_word_gets_one_writing(original, folded):
    assert fold_characters(original).text == folded


@pytest.mark.parametrize("hyphen", "-－‐‑‒–﹣−")
def test_every_hyphen_is_one(hyphen):
    assert fold_characters(f"e{hyphen}Tax").text == "e−Tax"


def test_a_long_vowel_is_no_hyphen():
    assert fold_characters("カｰド").text == "カード"


@pytest.mark.parametrize(
    ("spaced", "folded"),
    [
        ("バ ス 停 に", "バス停に"),
        ("広　い　公　園。", "広い公園。"),
        ("火 曜 と 木 曜 に", "火曜と木曜に"),
    ],
)
def test_letters_set_apart_close_up(spaced, folded):
    assert fold_characters(spaced).text == folded


@pytest.mark.parametrize(
    "kept", ["月 火 水 木 金", "橋 税 と", "市 長 と 話した", "ここ と そ こ", "A B C D E"]
)
def test_lists_and_words_with_blanks_between_them_stay_apart(kept):
    assert fold_characters(kept).text == kept.replace(" ", BLANK)


@pytest.mark.parametrize(
    "kept", ["③担当者", "㈱柏", "第Ⅰ期", "第Ⅱ期", "10㎡", "m²", "﨑髙國", "㊙", "½", "①"]
)
def test_what_would_change_its_meaning_or_length_stays(kept):
    assert fold_characters(kept).text == kept


def test_what_is_seen_stays_when_the_unseen_beside_it_goes():
    assert fold_characters("①\ufe0f番").text == "①番"


def test_a_mark_that_joins_nothing_stays_where_it_is():
    assert fold_characters("あ\uff9eい").text == "あ\u3099い"
    assert fold_characters("あ\u200b゛").text == "あ゛"


def test_lines_and_their_ends_are_left_alone():
    assert fold_characters("一\r\n二\x0b三").text == "一\r\n二\x0b三"


@pytest.mark.parametrize(
    ("text", "folded", "origins"),
    [
        ("ﾊﾞｽ停", "バス停", (0, 2, 3, 4)),
        ("\u2068ﾊﾞ\u200bｽ\u2069停", "バス停", (0, 4, 6, 7)),
        ("の バ ス 停 に。", "のバス停に。", (0, 2, 4, 6, 8, 9, 10)),
        ("橋\n\u200bを", "橋\nを", (0, 1, 2, 4)),
    ],
)
def test_each_folded_character_knows_its_place_in_the_original(text, folded, origins):
    assert fold_characters(text).text == folded
    assert fold_characters(text).origins == origins


def test_offsets_are_spared_where_nothing_shifts():
    assert fold_characters("ＰＲ").origins is None


def test_case_counts_unless_it_is_ignored():
    assert fold_characters("ＳＤＧｓとΣ").text == "SDGsとΣ"
    assert fold_characters("ＳＤＧｓとΣ", ignore_case=True).text == "sdgsとσ"


def test_small_letters_never_take_more_room():
    assert fold_characters("İSTANBUL", ignore_case=True).text == "İstanbul"


@pytest.mark.parametrize(
    "writings",
    [
        ("Wi-Fi", "Ｗｉ－Ｆｉ", " wi‑fi\u200b", "ＷＩ−ＦＩ"),
        ("COVID-19", "Covid‐１９"),
        ("30代", "３０代", "３０代　"),
        ("（仮）交通", "(仮)交通"),
        ("バス停", "ﾊﾞｽ停", "ハ\u3099ス停", "\ufeffバス停"),
        ("第1 地区", "第１　 地区"),
    ],
)
def test_a_word_is_the_same_however_it_is_written(writings):
    assert len({fold_word(writing) for writing in writings}) == 1


def test_words_that_differ_stay_apart():
    words = ["Wi-Fi", "WiFi", "①", "1", "㈱", "(株)", "カード", "カ-ド", "は", "ば", "ハ"]
    assert len({fold_word(word) for word in words}) == len(words)


@settings(deadline=None, derandomize=True, max_examples=300)
@given(st.text(st.characters() | st.sampled_from("ｶﾞﾊﾟか゛\u3099\u200b\u2068\U000e0100\n　 い①㈱")))
def test_any_text_folds_to_characters_that_stand_for_all_of_it(text):
    folded = fold_characters(text)
    origins = folded.origins or tuple(range(len(text) + 1))
    assert len(origins) == len(folded.text) + 1
    assert origins[0] == 0
    assert origins[-1] == len(text)
    assert all(first < second for first, second in pairwise(origins))
    assert not any(unicodedata.category(one) == "Cs" for one in folded.text)
    assert len(fold_characters(text, ignore_case=True).text) == len(folded.text)


@settings(deadline=None, derandomize=True, max_examples=300)
@given(st.text(st.characters() | st.sampled_from("ｶﾞか゛\u3099\u200b　 いA-")))
def test_what_is_folded_stays_so(text):
    once = fold_word(text)
    assert fold_word(once) == once
