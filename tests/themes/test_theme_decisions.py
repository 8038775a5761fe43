import csv

import pandas as pd
import pytest

from kyodo_analysis.errors import StudyError
from kyodo_analysis.files import guard
from kyodo_analysis.tables import CODINGS
from kyodo_analysis.themes import apply_decisions, only_rules, read_decisions, without_taken
from kyodo_analysis.themes.decisions import HEADERS, mark_text

THEMES = ["バス", "負担", "知らせ方"]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "studies" / "town" / "decisions.csv"


@pytest.fixture
def decide(path, opinions, codings):
    def decide(*rows):
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8-sig", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerows([HEADERS, *(map(guard, row) for row in rows)])
        return apply_decisions(read_decisions(path), codings, opinions, THEMES)

    return decide


def _pairs(codings):
    return set(zip(codings["opinion_id"], codings["code"].astype("str"), strict=True))


def test_without_a_file_the_rules_codings_stay(path, opinions, codings):
    decided = apply_decisions(read_decisions(path), codings, opinions, THEMES)
    pd.testing.assert_frame_equal(decided.codings, codings)
    assert decided.decisions.empty
    assert decided.findings.empty


def test_a_theme_is_given_and_taken_and_reported_as_a_persons(decide, codings):
    decided = decide(("X1", "負担", "付ける", "困りごとの話"), ("A1", "バス", "外す", "税の話"))
    before = _pairs(codings)
    assert _pairs(decided.codings) == before - {("A1", "バス")} | {("X1", "負担")}
    assert CODINGS.check(decided.codings) is decided.codings
    given = decided.codings[decided.codings["method"].astype("str") == "decision"]
    assert given["opinion_id"].tolist() == ["X1"]
    assert given["evidence"].isna().all()
    assert decided.decisions["effect"].tolist() == ["付けた", "外した"]
    assert decided.findings.empty


def test_the_rules_own_codings_can_be_had_back(decide, codings):
    decided = decide(("X1", "負担", "付ける", "理由"), ("A1", "バス", "外す", "理由"))
    rules = only_rules(decided.codings, decided.decisions)
    assert _pairs(rules) == _pairs(codings)


def test_words_of_a_theme_that_was_taken_are_no_evidence(decide):
    evidence = pd.DataFrame(
        {"opinion_id": ["A1", "A2"], "code": ["バス", "バス"], "matched": "バス"}
    )
    decided = decide(("A1", "バス", "外す", "税の話"))
    assert without_taken(evidence, decided.decisions)["opinion_id"].tolist() == ["A2"]


def test_a_decision_that_the_rules_share_is_kept_and_changes_nothing(decide, codings):
    decided = decide(("A1", "バス", "付ける", "確かに"), ("X1", "バス", "外す", "確かに"))
    assert decided.decisions["effect"].tolist() == ["規則と同じ", "規則と同じ"]
    assert _pairs(decided.codings) == _pairs(codings)


@pytest.mark.parametrize(
    ("row", "found", "opinion_id"),
    [
        (("Z9", "バス", "付ける", "理由"), "Z9", None),
        (("A1", "空港", "付ける", "理由"), "空港", "A1"),
    ],
)
def test_a_row_that_fits_nothing_is_named_and_not_used(decide, codings, row, found, opinion_id):
    decided = decide(row)
    (finding,) = decided.findings.to_dict("records")
    assert (finding["found"], finding["result"]) == (found, "要確認")
    assert finding["source"].endswith("decisions.csv:2行")
    assert (None if pd.isna(finding["opinion_id"]) else finding["opinion_id"]) == opinion_id
    assert decided.decisions["effect"].tolist() == ["当てはまらない"]
    assert _pairs(decided.codings) == _pairs(codings)


def test_of_two_decisions_on_the_same_the_later_counts_and_the_other_is_named(decide, codings):
    decided = decide(("A1", "バス", "外す", "理由"), ("A1", "バス", "付ける", "やはり"))
    assert _pairs(decided.codings) == _pairs(codings)
    (note,) = decided.findings["note"]
    assert "3行目" in note


def test_a_decision_is_kept_and_named_when_the_text_behind_it_changes(decide, opinions):
    same = mark_text(opinions["text"].iloc[0])
    assert decide(("A1", "バス", "外す", "理由", "", "", same)).findings.empty
    decided = decide(("A1", "バス", "外す", "理由", "2026-01-05", "山", "0" * 12))
    assert "意見の文が変わりました" in decided.findings["note"].iloc[0]
    assert decided.decisions["effect"].tolist() == ["外した"]
    assert decided.decisions[["date", "who"]].to_numpy().tolist() == [["2026-01-05", "山"]]


def test_another_word_than_the_two_is_refused(decide):
    with pytest.raises(
        StudyError, match=r"decisions.csv:2行: 判断が「削除」です。書けるのは 付ける・外す"
    ):
        decide(("A1", "バス", "削除", "理由"))


def test_a_decision_needs_its_reason(decide):
    with pytest.raises(StudyError, match="「理由」が空です"):
        decide(("A1", "バス", "外す", ""))


def test_a_reason_that_a_spreadsheet_would_run_is_read_back_as_it_was(decide):
    assert decide(("A1", "バス", "外す", "=1+1")).decisions["reason"].tolist() == ["=1+1"]
