import pytest

from kyodo_analysis.reading import read_meeting_report
from kyodo_analysis.reading.meeting_report.header import check_selection
from kyodo_analysis.reading.meeting_report.lines import Piece
from kyodo_analysis.reading.meeting_report.opinions import check_categories
from kyodo_analysis.reading.tables import ORGANIZATIONS
from kyodo_analysis.tables import CORRECTIONS, RECONCILIATION


def test_the_title_says_how_opinions_were_chosen_and_ordered():
    assert len(check_selection(Piece(1, 0, "2. 主なご意見(順不同)", "x"))) == 2
    assert check_selection(Piece(1, 0, "2. ご意見", "x")) == []
    assert check_selection(None) == []


def test_letters_left_out_or_used_twice_and_empty_categories_are_doubted():
    reconciliation = RECONCILIATION.make(
        {"part": part, "n_read": n, "n_kept": n, "n_set_aside": 0}
        for part, n in [("A. 甲", 1), ("B. 乙", 0), ("D. 丙", 2), ("D. 丁", 1)]
    )
    found = check_categories(["A", "B", "D", "D"], reconciliation, source="x")
    assert [row["found"] for row in found] == [
        "分類Cがありません",
        "名前の違う分類に同じ記号Dがあります",
        "「B. 乙」に意見がありません",
    ]
    assert check_categories([], RECONCILIATION.make(), source="x") == []


@pytest.mark.parametrize(
    ("text", "n"), [("甲。\n乙が増え", 1), ("甲。\n乙が増える。", 0), ("甲。\n乙が増え\n\n以上", 0)]
)
def test_a_file_that_stops_within_a_sentence_is_doubted(tmp_path, text, n):
    path = tmp_path / "報告.txt"
    path.write_text(f"報告\n\n分類\t内容\nA. 交通\t{text}\n\n", encoding="utf-8")
    lists = {"organizations": ORGANIZATIONS.make(), "corrections": CORRECTIONS.make()}
    findings = read_meeting_report(path, **lists).findings
    assert findings["check"].tolist().count("資料の終わり") == n
