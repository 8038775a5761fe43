import pandas as pd

from kyodo_analysis.themes.clusters import group_duplicates

CAMPAIGN = "市立図書館の開館時間を夜九時まで延ばし、仕事帰りの市民も使えるようにしてください"


def _opinions(*texts: str) -> pd.DataFrame:
    return pd.DataFrame({"opinion_id": [f"P{n}" for n in range(len(texts))], "text": texts})


def test_the_same_words_are_one_text_whatever_the_spaces_signs_and_widths():
    table = group_duplicates(_opinions("税が高い。", "公園がほしい", "税が高い", "税が 高い！"))
    assert table["representative"].tolist() == ["P0", "P1", "P0", "P0"]
    assert table["n_same"].tolist() == [3, 1, 3, 3]
    assert table["kind"].tolist() == ["代表", "代表", "同文", "同文"]


def test_a_campaign_with_a_word_changed_is_nearly_the_same():
    texts = CAMPAIGN, CAMPAIGN.replace("九時", "十時"), CAMPAIGN + "ね"
    table = group_duplicates(_opinions(*texts))
    assert table["representative"].tolist() == ["P0", "P0", "P0"]
    assert table["kind"].tolist() == ["代表", "ほぼ同文", "ほぼ同文"]


def test_the_line_between_near_and_not_is_a_jaccard_index_of_four_fifths():
    letters = "".join(chr(0x4E00 + n) for n in range(100))
    base = letters[:42]  # 40 pieces of 3 characters
    assert _kinds(base, letters[:38] + letters[60:64]) == ["代表", "ほぼ同文"]  # 36 / 44 = 0.82
    assert _kinds(base, letters[:37] + letters[60:65]) == ["代表", "代表"]  # 35 / 45 = 0.78


def _kinds(*texts: str) -> list[str]:
    return group_duplicates(_opinions(*texts))["kind"].tolist()


def test_short_texts_are_the_same_only_word_for_word():
    assert _kinds("賛成", "反対", "賛成です", "反対です", "賛成") == [*["代表"] * 4, "同文"]


def test_opinions_stay_and_the_table_repeats():
    opinions = _opinions(CAMPAIGN, "反対", CAMPAIGN)
    before = opinions.copy()
    first, second = group_duplicates(opinions), group_duplicates(opinions)
    pd.testing.assert_frame_equal(opinions, before)
    pd.testing.assert_frame_equal(first, second)
    assert group_duplicates(opinions.iloc[:0]).empty
