import csv

import pytest

from kyodo_analysis.desk.coding import CodingDesk
from kyodo_analysis.errors import NotInDataError, StudyError
from kyodo_analysis.tables import CODES
from kyodo_analysis.themes import CodingSheetSettings, read_coding_sheets

SETTINGS = CodingSheetSettings(seed=2)


@pytest.fixture
def desk(made, tmp_path):
    return CodingDesk(made.opinions, made.codes, folder=tmp_path, settings=SETTINGS)


def _rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row["意見番号"]: row for row in csv.DictReader(file)}


def test_a_coder_sees_the_words_in_random_order_and_nothing_of_the_rules(desk):
    begun = desk.start("山")
    assert (begun["n"], begun["at"], begun["done"]) == (4, 0, 0)
    seen = [desk.opinion("山", at) for at in range(4)]
    assert sorted(each["id"] for each in seen) == ["A1", "A2", "A3", "B1"]
    assert [each["id"] for each in seen] != ["A1", "A2", "A3", "B1"]
    assert set(seen[0]) == {"at", "id", "text", "marks", "is_none", "memo"}
    assert not any(each["marks"] for each in seen)


def test_every_mark_is_whole_in_the_coders_own_file(desk, tmp_path):
    desk.mark("山", "A2", ["灯り"], False, "=暗い")
    desk.mark("川", "A2", ["乗り物"], False)
    assert desk.mark("山", "B1", [], True)["done"] == 2
    rows = _rows(tmp_path / "山.csv")
    assert (rows["A2"]["灯り"], rows["A2"]["乗り物"], rows["A2"]["メモ"]) == ("○", "", "'=暗い")
    assert rows["B1"]["該当なし"] == "○"
    assert _rows(tmp_path / "川.csv")["A2"]["乗り物"] == "○"


def test_another_day_goes_on_where_one_stopped(desk, made, tmp_path):
    first = desk.opinion("山", 0)["id"]
    desk.mark("山", first, ["灯り"], False, "迷った")
    later = CodingDesk(made.opinions, made.codes, folder=tmp_path, settings=SETTINGS)
    assert later.start("山")["at"] == 1
    assert later.opinion("山", 0)["memo"] == "迷った"
    later.mark("山", first, [], False)
    assert later.start("山")["at"] == 0


def test_a_finished_file_is_read_like_a_coding_sheet(desk, made, tmp_path):
    for opinion_id in ("A1", "A3", "B1"):
        desk.mark("山", opinion_id, [], True)
    unfinished, findings = read_coding_sheets(
        tmp_path, made.opinions, desk.themes, settings=SETTINGS
    )
    assert (len(unfinished), len(findings)) == (0, 1)
    desk.mark("山", "A2", ["乗り物", "灯り"], False)
    codings, findings = read_coding_sheets(tmp_path, made.opinions, desk.themes, settings=SETTINGS)
    assert findings.empty
    assert list(codings["code"]) == ["乗り物", "灯り"]
    assert set(codings["coder"]) == {"山"}


def test_marks_made_by_hand_meanwhile_stay(desk, tmp_path):
    desk.mark("山", "A1", ["乗り物"], False)
    path = tmp_path / "山.csv"
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    by_hand = [line.removesuffix(",,,,") + ",,○,,x" * line.startswith("A3") for line in lines]
    path.write_text("\n".join(by_hand), encoding="utf-8")
    desk.mark("山", "A2", ["灯り"], False)
    assert _rows(path)["A3"]["灯り"] == "○"
    assert _rows(path)["A3"]["メモ"] == "x"


@pytest.mark.parametrize("name", ["", "../山", "a/b", "con"])
def test_a_name_that_no_file_can_have_is_refused(desk, name):
    with pytest.raises(StudyError):
        desk.start(name)


def test_a_workbook_of_the_same_coder_is_not_disturbed(desk, tmp_path):
    (tmp_path / "山.xlsx").touch()
    with pytest.raises(StudyError, match="もうあります"):
        desk.mark("山", "A1", ["乗り物"], False)
    assert not (tmp_path / "山.csv").exists()


def test_a_file_of_another_state_of_the_study_is_named_and_stays(desk, tmp_path):
    desk.mark("山", "A1", ["乗り物"], False)
    path = tmp_path / "山.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("遅い。", "速い。"), encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(StudyError, match="いまの資料と合いません"):
        desk.mark("山", "A2", ["灯り"], False)
    assert path.read_bytes() == before


def test_without_themes_there_is_nothing_to_code(made, tmp_path):
    with pytest.raises(NotInDataError):
        CodingDesk(made.opinions, CODES.make(), folder=tmp_path, settings=SETTINGS)
