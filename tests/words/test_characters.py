import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kyodo_analysis.words.characters import (
    BLANK,
    find_outer_blanks,
    find_sentence_starts,
    fold_characters,
    split_lines,
)


@pytest.mark.parametrize(
    ("original", "folded"),
    [
        ("ＰＤＣＡを１２０回", "PDCAを120回"),
        ("ﾊﾞｽとｶﾞｰﾄﾞ", "バスとガード"),
        ("mª", "ma"),
        ("か\u3099くせい", "がくせい"),
        ("⾧年", "長年"),
        ("(案)?", "（案）？"),
        ("9:00~11:00", "9：00〜11：00"),
        ("a b\tc\u00a0d", f"a{BLANK}b{BLANK}c{BLANK}d"),
        ("協\u200b働", "協働"),
        ("葛\U000e0100城", "葛城"),
        ("\x00\ud800", "\ufffd\ufffd"),
    ],
)
def test_one_word_gets_one_spelling(original, folded):
    assert fold_characters(original).text == folded


@pytest.mark.parametrize(
    "kept", ["③担当者", "㈱柏", "第Ⅰ期", "第Ⅱ期", "10㎡", "m²", "﨑髙國", "㊙", "½"]
)
def test_what_would_change_its_meaning_or_length_stays(kept):
    assert fold_characters(kept).text == kept


def test_a_mark_that_joins_nothing_stays_where_it_is():
    assert fold_characters("あ\uff9eい").text == "あ\u3099い"


def test_lines_and_their_ends_are_left_alone():
    assert fold_characters("一\r\n二\x0b三").text == "一\r\n二\x0b三"


def test_each_folded_character_knows_its_place_in_the_original():
    folded = fold_characters("ﾊﾞｽ停")
    assert folded.text == "バス停"
    assert folded.origins == (0, 2, 3, 4)


def test_offsets_are_spared_where_nothing_shifts():
    assert fold_characters("ＰＲ").origins is None


@settings(deadline=None, derandomize=True, max_examples=300)
@given(st.text(st.characters() | st.sampled_from("ｶﾞﾊﾟか\u3099\u200b\U000e0100\n　①㈱")))
def test_any_text_folds_to_characters_that_stand_for_all_of_it(text):
    folded = fold_characters(text)
    origins = folded.origins or tuple(range(len(text) + 1))
    assert len(origins) == len(folded.text) + 1
    assert origins[0] == 0
    assert origins[-1] == len(text)
    assert all(first < second for first, second in pairwise(origins))
    assert not any(unicodedata.category(one) == "Cs" for one in folded.text)


def _sentences(text):
    starts = find_sentence_starts(text)
    return [text[start:end] for start, end in zip(starts, [*starts[1:], None], strict=True)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["橋が古い。", "直してほしい"],
        ["なぜ？！", "わからない。"],
        ["「橋は。まだか」と聞いた。", "返事はない。"],
        ["（高い。）と思う。", "税も。"],
        ["「閉じない。", "次の文。"],
        ["閉じるだけ」。", "次の文。"],
        ["「一つ目。", "「二つ目。まだ」中。", "終わり"],
    ],
)
def test_sentences_end_outside_brackets_and_survive_unbalanced_ones(sentences):
    assert _sentences("".join(sentences)) == sentences


def test_a_newline_ends_a_sentence_and_a_bracket():
    assert _sentences("「橋が\n古い。」\n") == ["「橋が\n", "古い。", "」\n"]


def test_lines_that_hold_nothing_are_no_paragraphs():
    assert list(split_lines("一\n\n\r\n二")) == [(0, "一"), (5, "二")]


def test_blanks_at_the_ends_of_lines_are_found_and_inner_ones_are_not():
    assert find_outer_blanks("　一　二　\n　　\n　三") == [0, 4, 6, 7, 9]
