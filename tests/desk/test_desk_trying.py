from datetime import date

import pytest

from kyodo_analysis.desk.trying import RuleDesk, describe_difference
from kyodo_analysis.errors import NotInDataError, RuleError, StudyError

CODEBOOK = "＊乗り物\nバス | 電車\n＊灯り\n街灯 & 暗い\n＊壊れた\n( 道\n"


def _no_draft():
    raise NotInDataError("テーマの案", "意見が4件なので、案を作れません")


@pytest.fixture
def desk(made, bench, tmp_path):
    (tmp_path / "codebook.txt").write_text(CODEBOOK, encoding="utf-8")
    return RuleDesk(
        made, lambda: bench, folder=tmp_path, draft=_no_draft, today=lambda: date(2026, 4, 1)
    )


def test_all_themes_can_be_chosen_the_broken_one_too(desk):
    assert desk.open()["rules"] == {
        "乗り物": "バス | 電車",
        "灯り": "街灯 & 暗い",
        "壊れた": "( 道",
    }


def test_a_trial_shows_the_words_of_what_is_gained_and_lost(desk):
    trial = desk.try_rule("灯り", "暗い & 道")
    assert [row["id"] for row in trial["gained"]] == ["A3"]
    assert trial["gained"][0]["pieces"] == [["道", "灯り"], ["が", ""], ["暗い", "灯り"]]
    assert [row["id"] for row in trial["lost"]] == ["A2"]
    assert not trial["is_broken"]


def test_saving_says_what_was_counted_and_the_history_leads_back(desk, tmp_path):
    said = desk.save("灯り", "暗い", "道の暗さも", "山")["said"]
    assert "(1件 → 2件)" in said
    assert "＊灯り\n暗い\n＊壊れた" in (tmp_path / "codebook.txt").read_text(encoding="utf-8")
    (change,) = desk.history("灯り")
    assert change["rule"] == "街灯 & 暗い"
    assert change["said"] == "2026-04-01 山 道の暗さも(1件 → 2件)"
    assert "加えた言葉: 暗い、外した言葉: 街灯 & 暗い" in change["difference"]
    assert desk.history("乗り物") == []


def test_a_broken_rule_is_not_saved(desk, tmp_path):
    with pytest.raises(RuleError, match="ルールの1行目"):
        desk.save("灯り", "( 暗い", "試し")
    assert (tmp_path / "codebook.txt").read_text(encoding="utf-8") == CODEBOOK


def test_a_new_theme_does_not_take_the_place_of_another(desk, tmp_path):
    with pytest.raises(StudyError, match="もうあります"):
        desk.save("灯り", "道", "試し", is_new=True)
    desk.save("道", "道", "新しく", is_new=True)
    assert desk.open()["rules"]["道"] == "道"


def test_reading_again_shows_what_another_wrote(desk, tmp_path):
    changed = CODEBOOK.replace("電車", "船")
    (tmp_path / "codebook.txt").write_text(changed, encoding="utf-8")
    assert desk.reload()["rules"]["乗り物"] == "バス | 船"
    desk.save("乗り物", "バス", "短く")
    assert "＊乗り物\nバス\n" in (tmp_path / "codebook.txt").read_text(encoding="utf-8")


def test_a_study_too_small_for_a_draft_says_so(desk):
    with pytest.raises(NotInDataError, match="案を作れません"):
        desk.proposals()


def test_the_difference_from_an_earlier_rule_is_said_in_words():
    assert describe_difference("a | b", "b | a").endswith("言葉の出入りはありません。")
    assert describe_difference("a | b", "a | c").endswith("加えた言葉: c、外した言葉: b。")
    assert describe_difference("", "a").endswith("加えた言葉: a。")
