import csv
from datetime import date

import pytest

from kyodo_analysis.desk.codebook_file import ChangedMeanwhileError
from kyodo_analysis.desk.deciding import Decision, append_decision, withdraw_decision
from kyodo_analysis.errors import OutputError, StudyError
from kyodo_analysis.themes import read_decisions
from kyodo_analysis.themes.decisions import mark_text

HEADER = "意見番号,テーマ,判断,理由,日付,誰,意見の印"


def _decision(opinion_id="A1", *, theme="灯り", given=True, reason="暗さの話", who="山"):
    return Decision(opinion_id, theme, given, reason, who, "街灯が暗い", date(2026, 4, 1))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "decisions.csv"


def _rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_a_decision_is_a_whole_row_that_excel_opens_and_the_pipeline_reads(path):
    append_decision(path.parent, _decision())
    append_decision(path.parent, _decision("A2", given=False, reason="=1+1", who=""))
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    mark = mark_text("街灯が暗い")
    assert _rows(path) == [
        HEADER.split(","),
        ["A1", "灯り", "付ける", "暗さの話", "2026-04-01", "山", mark],
        ["A2", "灯り", "外す", "'=1+1", "2026-04-01", "", mark],
    ]
    assert [row.cells["理由"] for row in read_decisions(path)] == ["暗さの話", "=1+1"]


def test_rows_written_by_hand_stay_in_whatever_encoding_and_order(path):
    path.write_bytes('テーマ,意見番号,判断,理由\n道,B1,外す,"橋,の話"\n'.encode("cp932"))
    append_decision(path.parent, _decision())
    assert _rows(path)[1] == ["B1", "道", "外す", "橋,の話", "", "", ""]
    assert _rows(path)[2][0] == "A1"


def test_a_decision_is_withdrawn_and_rows_that_came_after_it_stay(path):
    append_decision(path.parent, _decision())
    append_decision(path.parent, _decision("A2"))
    withdraw_decision(path.parent, _decision())
    assert [row[0] for row in _rows(path)[1:]] == ["A2"]
    withdraw_decision(path.parent, _decision("A2"))
    assert not path.exists()


def test_a_row_that_was_changed_by_hand_is_not_withdrawn(path):
    append_decision(path.parent, _decision())
    changed = path.read_text(encoding="utf-8").replace("暗さの話", "明るさの話")
    path.write_text(changed, encoding="utf-8")
    with pytest.raises(ChangedMeanwhileError, match="何も変えていません"):
        withdraw_decision(path.parent, _decision())
    assert path.read_text(encoding="utf-8") == changed


def test_without_a_reason_nothing_is_written(path):
    with pytest.raises(StudyError, match="理由: 空です"):
        append_decision(path.parent, _decision(reason=" "))
    assert not path.exists()


def test_a_file_that_cannot_be_read_stays_as_it_is(path):
    path.write_text(f"{HEADER}\nA1,灯り,たぶん,x\n", encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(StudyError, match="判断が「たぶん」です"):
        append_decision(path.parent, _decision())
    assert path.read_bytes() == before


def test_a_file_that_excel_holds_open_stays_and_the_sentence_says_so(path, monkeypatch):
    append_decision(path.parent, _decision())
    before = path.read_bytes()

    def locked(*_):
        raise PermissionError(13, "locked")

    monkeypatch.setattr("pathlib.Path.replace", locked)
    with pytest.raises(OutputError, match="Excelなど"):
        append_decision(path.parent, _decision("A2"))
    assert path.read_bytes() == before


def test_a_file_that_changes_while_a_row_is_added_is_not_written_over(path, monkeypatch):
    append_decision(path.parent, _decision())

    def read_and_change(given):
        rows = read_decisions(given)
        given.write_text(f"{HEADER}\nB9,道,付ける,x\n", encoding="utf-8")
        return rows

    monkeypatch.setattr("kyodo_analysis.desk.deciding.read_decisions", read_and_change)
    with pytest.raises(ChangedMeanwhileError):
        append_decision(path.parent, _decision("A2"))
    assert "B9" in path.read_text(encoding="utf-8")
