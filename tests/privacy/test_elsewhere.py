import pandas as pd
from pandas.testing import assert_frame_equal

from kyodo_analysis.privacy import find_personal_data, mask_by_form, mask_repeats
from kyodo_analysis.tables import REPLIES, TOKENS

NO_TOKENS = TOKENS.make()


def _replies(**texts):
    return REPLIES.make({"opinion_id": key, "reply": text} for key, text in texts.items())


def test_a_reply_repeats_no_word_that_is_hidden_in_its_opinion(opinions_of, decide) -> None:
    opinions = opinions_of("電話は00-0000-1111です", "電話は00-0000-2222です")
    findings = find_personal_data(opinions, NO_TOKENS)
    replies = _replies(X1="00-0000-1111に連絡しました", X2="00-0000-2222に連絡しました")
    masked = mask_repeats(replies, findings, decide(findings, "伏せる", "公開"), columns=["reply"])
    assert masked["reply"].tolist() == ["●●●●●●●●●●●●に連絡しました", replies["reply"].iloc[1]]


def test_of_hidden_words_that_begin_alike_the_longer_is_hidden_whole(opinions_of, decide) -> None:
    findings = find_personal_data(opinions_of("00-0000-1111と00-0000-2222"), NO_TOKENS)
    shorter_first = findings.assign(matched=["山田", "山田太郎"])
    replies = _replies(X1="山田太郎様、山田様")
    decisions = decide(shorter_first, "伏せる")
    masked = mask_repeats(replies, shorter_first, decisions, columns=["reply"])
    assert masked["reply"].tolist() == ["●●●●様、●●様"]


def test_what_speaks_of_a_dropped_opinion_is_hidden_whole(opinions_of, decide) -> None:
    findings = find_personal_data(opinions_of("電話は00-0000-1111です"), NO_TOKENS)
    replies = _replies(X1="お電話の件\nです")
    masked = mask_repeats(replies, findings, decide(findings, "除く"), columns=["reply"])
    assert masked["reply"].tolist() == ["●●●●●\n●●"]


def test_where_nothing_is_hidden_the_table_stays_as_it_is(opinions_of, decide) -> None:
    findings = find_personal_data(opinions_of("バスが来ない"), NO_TOKENS)
    replies = _replies(X1="検討します")
    assert_frame_equal(
        mask_repeats(replies, findings, decide(findings), columns=["reply"]), replies
    )


def test_in_what_was_set_aside_whatever_has_the_form_is_hidden() -> None:
    texts = pd.Series(["特になし 佐原様", "問い合わせ 00-0000-1111", "なし"], index=[4, 7, 9])
    masked = mask_by_form(texts)
    assert masked.tolist() == ["特になし ●●様", "問い合わせ ●●●●●●●●●●●●", "なし"]
    assert masked.index.tolist() == [4, 7, 9]
    assert mask_by_form(texts.iloc[:0]).empty


def test_an_excerpt_that_may_cut_a_word_is_hidden_whole(opinions_of, decide) -> None:
    findings = find_personal_data(opinions_of("電話は00-0000-1111です"), NO_TOKENS)
    excerpts = _replies(X1="00-1111です")
    masked = mask_repeats(
        excerpts, findings, decide(findings, "伏せる"), columns=["reply"], in_pieces=True
    )
    assert masked["reply"].tolist() == ["●" * 9]


def test_a_word_before_a_title_may_be_left_where_titles_are_politeness() -> None:
    texts = pd.Series(["皆様の声 00-0000-1111"])
    assert mask_by_form(texts, before_titles=False).tolist() == ["皆様の声 " + "●" * 12]
