import pandas as pd
import pytest

from kyodo_analysis.reading import check_opinions
from kyodo_analysis.tables import FINDINGS


@pytest.fixture
def found_in(opinions_of):
    def find(*texts: str) -> list[tuple[str, str, str]]:
        found = check_opinions(opinions_of(*texts))
        return [*found[["opinion_id", "check", "found"]].itertuples(index=False, name=None)]

    return find


def test_sound_opinions_give_no_findings(opinions_of):
    texts = (
        "バスを(朝に)増やしてほしい。",
        "PRは「広報」で?",
        "髙橋さんと﨑さんの〜～ー案。",
        "3〜5年。\n次の行。",
    )
    found = check_opinions(opinions_of(*texts))
    assert found.empty
    assert list(found.columns) == FINDINGS.names


@pytest.mark.parametrize(
    ("text", "check", "found"),
    [
        ("提供するの也不错かと思う。", "JISにない漢字", "也不错かと"),
        ("𠮷野さんの案。", "JISにない漢字", "𠮷野さ"),
        ("よいと思う😀。", "JISにない文字", "思う😀。"),
        ("①金、②人の話。", "丸数字", "①、②"),
        ("改善<br />と&nbsp;案。", "HTMLの残り", "<br />、&nbsp;"),
        ("ﾊﾞｽの本数。", "半角カナ", "ﾊﾞｽ"),
        ("バ\x03ス。", "制御文字", "U+0003"),
        ("バ\u200bス。", "見えない文字", "U+200B"),
        ("バ\ufffdス。", "置き換わった文字", "\ufffd"),
        ("〓野さんの案。", "置き換わった文字", "〓"),
        ("バ\ue000ス。", "外字", "U+E000"),
        ("⼈と⾞の道。", "部首の文字", "⼈、⾞"),
        ("「市の広報。", "括弧の対応", "「市の広報。"),
        ("広報(市の。", "括弧の対応", "広報(市の。"),
    ],
)
def test_each_oddity_is_found_with_the_words_at_fault(found_in, text, check, found):
    assert found_in("ふつうの意見。", text) == [("A2", check, found)]


@pytest.mark.parametrize(
    ("wrote", "read"), [("utf-8", "cp932"), ("utf-8", "latin-1"), ("cp932", "latin-1")]
)
def test_text_opened_in_the_wrong_encoding_is_recognised(found_in, wrote, read):
    damaged = "あいさつのことば".encode(wrote).decode(read, errors="ignore")
    assert "文字化け" in [check for _, check, _ in found_in(damaged)]


def test_an_opinion_without_a_full_stop_is_named_with_its_end(found_in):
    texts = ("増やしてほしい。", "高い!", "遠い(駅から)", "バス停に屋根を付けられないか")
    assert found_in(*texts) == [("A4", "文末の句点", "屋根を付けられないか")]


def test_where_most_opinions_have_no_full_stop_one_row_says_so(opinions_of):
    found = check_opinions(opinions_of("バス", "道路", "広報を増やす。"))
    assert found["found"].tolist() == ["3件のうち2件は「。」などで終わっていません"]
    assert found["opinion_id"].isna().all()


def test_the_raw_words_are_checked_and_stay_as_they_are(opinions_of):
    opinions = opinions_of("①の案。")
    before = opinions.copy(deep=True)
    pd.testing.assert_frame_equal(check_opinions(opinions), check_opinions(opinions))
    pd.testing.assert_frame_equal(opinions, before)


def test_a_text_that_breaks_off_must_be_looked_at(opinions_of):
    found = check_opinions(opinions_of("本来の基準、", "橋が古い。", "市は(", "検討を。"))
    broken = found[found["check"] == "途切れた文"]
    assert broken["found"].tolist() == ["本来の基準、", "市は("]
    assert set(broken["result"]) == {"要確認"}


def test_repeated_texts_are_named_with_both_counts(opinions_of):
    found = check_opinions(opinions_of("橋。", "道。", "橋。", "橋。 ", "川。", "道。"))
    repeated = found.loc[found["check"] == "同じ文の意見", ["source", "found"]]
    assert repeated.to_numpy().tolist() == [
        [
            "意見全体",
            "意見6件のうち5件は、ほかの意見と同じ文です(同じ文を1件と数えると3件)",
        ],
        ["x.txt:1行", "3件: 橋。"],
        ["x.txt:2行", "2件: 道。"],
    ]


def test_texts_that_all_differ_are_not_called_repeated(opinions_of):
    assert "同じ文の意見" not in set(check_opinions(opinions_of("橋。", "道。"))["check"])
