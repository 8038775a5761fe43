from datetime import date

import pandas as pd
import pytest

from kyodo_analysis.desk.choosing import Asked, Choosing
from kyodo_analysis.desk.judging import JudgedVoices
from kyodo_analysis.desk.voices import as_text
from kyodo_analysis.errors import NotInDataError, RuleError, StudyError
from kyodo_analysis.themes import read_decisions

CODEBOOK = "＊乗り物\nバス | 電車\n＊灯り\n街灯 & 暗い\n"
CLUSTERS = pd.DataFrame(
    {"opinion_id": ["A1", "A2", "A3", "B1"], "cluster": pd.array([1, 1, 2, None], dtype="Int64")}
)


@pytest.fixture
def voices(made, bench, tmp_path):
    def ask(**asked):
        choosing = Choosing(made, lambda: bench, codebook=CODEBOOK, clusters=CLUSTERS)
        return JudgedVoices(
            choosing, Asked(**asked), folder=tmp_path, today=lambda: date(2026, 4, 1)
        )

    return ask


def _marked(voices):
    rows = voices.page({})["rows"]
    return {row["id"]: [words for words, label in row["pieces"] if label] for row in rows}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, {"A1": ["バス"], "A2": ["街灯", "暗い", "バス"], "A3": [], "B1": []}),
        ({"theme": "灯り"}, {"A2": ["街灯", "暗い"]}),
        ({"category": "移動", "session": 10}, {"A3": []}),
        ({"attribute": ("年代", "30代")}, {"A1": ["バス"]}),
        ({"term": "バス"}, {"A1": ["バス"], "A2": ["バス"]}),
        ({"term": ("バス", "街灯")}, {"A2": ["街灯", "バス"]}),
        ({"said": "要望"}, {"A3": ["暗い"]}),
        ({"ids": "A3、B1"}, {"A3": [], "B1": []}),
        ({"ids": ["A2"], "term": "街灯"}, {"A2": ["街灯"]}),
        ({"cluster": 2}, {"A3": []}),
        ({"uncoded": True}, {"A3": [], "B1": []}),
        ({"uncoded": False, "session": 2}, {"A1": ["バス"], "A2": ["街灯", "暗い", "バス"]}),
        ({"rule": "暗い & ! <＊乗り物>"}, {"A3": ["暗い"]}),
        ({"word": "が暗"}, {"A2": ["が暗"], "A3": ["が暗"]}),
    ],
)
def test_the_voices_behind_what_is_asked_stand_there_with_the_reason_marked(voices, asked, found):
    assert _marked(voices(**asked)) == found


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"theme": "明かり"}, "テーマ「明かり」: この資料にありません。あるのは 乗り物、灯り です"),
        ({"category": "道"}, "あるのは 移動 です"),
        ({"session": 3}, "あるのは 2、10 です"),
        ({"attribute": ("地区", "北")}, "あるのは 年代 です"),
        ({"attribute": ("年代", "40代")}, "あるのは 30代 です"),
        ({"term": "船"}, "語「船」"),
        ({"said": "提案"}, "あるのは 要望 です"),
        ({"ids": "A9"}, "意見番号「A9」"),
        ({"cluster": 3}, "あるのは 1、2 です"),
    ],
)
def test_what_the_study_has_not_is_a_sentence_with_what_it_has(voices, asked, said):
    with pytest.raises(NotInDataError, match=said):
        voices(**asked)


def test_a_row_leads_to_the_raw_file_and_says_what_is_known(voices):
    (row,) = voices(ids="A1").page({})["rows"]
    assert row["facts"] == ["分類: 移動", "第2回", "年代: 30代"]
    assert (row["themes"], row["source"]) == (["乗り物"], "opinions.txt:1行")
    assert as_text(row) == "「バスが遅い。」(A1、分類: 移動、第2回、年代: 30代、opinions.txt:1行)"


def test_markup_stays_the_characters_that_it_is(voices):
    (row,) = voices(ids="B1").page({})["rows"]
    assert row["pieces"] == [["<script>alert(1)</script>$x$", ""]]


def test_an_opinion_that_was_corrected_has_no_marks_and_says_why(made, bench, tmp_path):
    made.opinions.loc[0, "text"] = "バスも遅い。"
    choosing = Choosing(made, lambda: bench)
    voices = JudgedVoices(choosing, Asked(theme="乗り物"), folder=tmp_path)
    row = voices.page({})["rows"][0]
    assert row["pieces"] == [["バスが遅い。", ""]]
    assert "訂正" in row["note"]


def test_the_screen_narrows_what_the_cell_asked_and_never_widens_it(voices):
    shown = voices(theme="乗り物")
    assert [row["id"] for row in shown.page({"word": "暗い"})["rows"]] == ["A2"]
    assert shown.page({"session": 10})["n"] == 0
    assert shown.page({"word": "暗い", "attribute:年代": "30代"})["n"] == 0
    assert shown.page({"uncoded": "付かない意見"})["n"] == 0
    assert shown.page({"attribute:年代": "30代", "said": ""})["n"] == 1
    assert shown.page({"theme": "灯り"})["rows"][0]["pieces"][0] == ["街灯", "灯り"]
    with pytest.raises(RuleError):
        shown.page({"rule": "( 暗い"})


def test_the_filters_count_the_opinions_of_each_value(voices):
    filters = {each["name"]: each["values"] for each in voices(category="移動").open()["filters"]}
    assert filters == {
        "category": [["移動", 3]],
        "session": [["2", 2], ["10", 1]],
        "theme": [["乗り物", 2], ["灯り", 1]],
        "uncoded": [["付かない意見", 1]],
        "said": [["要望", 1]],
        "attribute:年代": [["30代", 1]],
    }


def test_many_opinions_come_page_by_page(voices, made, bench, tmp_path):
    many = pd.concat(
        [made.opinions.iloc[[0]].assign(opinion_id=f"N{at}") for at in range(120)],
        ignore_index=True,
    )
    object.__setattr__(made, "opinions", many)
    shown = JudgedVoices(Choosing(made, lambda: bench), Asked(), folder=tmp_path)
    page = shown.page({}, first=100)
    assert (page["n"], page["first"]) == (120, 100)
    assert [row["id"] for row in page["rows"]] == [f"N{at}" for at in range(100, 120)]
    assert len(shown.copy({}).splitlines()) == 120


def test_a_decision_shows_at_once_as_a_persons_and_can_be_undone(voices, tmp_path):
    shown = voices(category="移動")
    answer = shown.decide("A3", "灯り", True, "暗さの話", "山")
    assert answer["row"]["themes"] == ["灯り(人の判断)"]
    (row,) = read_decisions(tmp_path / "decisions.csv")
    assert row.cells["日付"] == "2026-04-01"
    assert shown.page({"theme": "灯り"})["n"] == 2
    taken = shown.decide("A2", "灯り", False, "道の話")
    assert taken["row"]["themes"] == ["乗り物"]
    assert shown.undo()["row"]["themes"] == ["乗り物", "灯り"]
    assert shown.undo()["row"]["themes"] == []
    assert not (tmp_path / "decisions.csv").exists()
    with pytest.raises(StudyError):
        shown.undo()


def test_what_is_hidden_stays_hidden_whatever_rule_finds_it(made, bench, tmp_path):
    """Rules are tried on the opinions as they are; shown is only what was published."""
    hidden = made.opinions.assign(
        text=made.opinions["text"].str.replace("バス", "●●"),
        raw_text=made.opinions["raw_text"].str.replace("バス", "●●"),
    )
    object.__setattr__(made, "opinions", hidden)
    shown = JudgedVoices(Choosing(made, lambda: bench), Asked(rule="バス"), folder=tmp_path)
    assert _marked(shown) == {"A1": ["●●"], "A2": ["●●"]}
