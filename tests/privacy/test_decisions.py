from pathlib import Path

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from kyodo_analysis.errors import OutputError, StudyError
from kyodo_analysis.privacy import (
    DECISIONS,
    check_decided,
    find_undecided,
    read_decisions,
    write_decisions,
)

OLD = "番号,意見番号,種類,言葉,扱い\n"
NEW = "種類,言葉,か所,扱い,前後,意見番号,備考\n"
PLACES = (
    ("A1", "人名", "高橋"),
    ("A2", "人名", "山田"),
    ("A2", "人名", "高橋"),
    ("A3", "電話番号", "+81-90-0000-1111"),
)


def _file(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "studies" / "架空" / "privacy.csv"
    path.parent.mkdir(parents=True)
    path.write_bytes(text.encode(encoding))
    return path


def _rows(path: Path) -> list[list[str]]:
    return pd.read_csv(path, dtype="str", keep_default_na=False).to_numpy().tolist()


def test_a_study_without_the_file_has_no_decision(tmp_path):
    assert_frame_equal(read_decisions(tmp_path / "privacy.csv"), DECISIONS.make())


def test_each_word_has_one_row_by_kind_and_number_with_the_words_around(
    tmp_path, places_of, decided
):
    path = tmp_path / "privacy.csv"
    write_decisions(path, places_of(*PLACES), decided(("山田", "公開", None)))
    assert _rows(path) == [
        ["人名", "高橋", "2", "", "【高橋】の0 / 【高橋】の2", "", ""],
        ["人名", "山田", "1", "公開", "【山田】の1", "", ""],
        ["電話番号", "'+81-90-0000-1111", "1", "", "【+81-90-0000-1111】の3", "", ""],
    ]


def test_one_word_written_in_two_ways_is_decided_once(tmp_path, places_of, decided):
    places = places_of(("A1", "人名", "髙橋"), ("A2", "人名", "高橋"))
    write_decisions(tmp_path / "privacy.csv", places, decided())
    assert [row[1:3] for row in _rows(tmp_path / "privacy.csv")] == [["髙橋", "2"]]
    assert find_undecided(places, decided(("高橋", "公開", None))).empty


def test_what_was_written_is_read_back_with_every_decision(tmp_path, places_of, decided):
    path = tmp_path / "privacy.csv"
    decisions = decided(
        ("高橋", "伏せる", None), ("高橋", "公開", "A2"), ("赤い屋根", "伏せる", "A1")
    )
    write_decisions(path, places_of(*PLACES), decisions)
    read = read_decisions(path).dropna(subset="treatment")
    columns = ["matched", "treatment", "opinion_id"]
    assert_frame_equal(read[columns].reset_index(drop=True), decisions[columns])
    assert [row[-1] for row in _rows(path)] == ["", "この意見だけ", "", "", "手で足した行"]


def test_excel_finds_the_encoding(tmp_path, places_of, decided):
    write_decisions(tmp_path / "privacy.csv", places_of(*PLACES), decided())
    assert (tmp_path / "privacy.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_words_that_look_like_a_formula_are_guarded_and_read_as_they_were(
    tmp_path, places_of, decided
):
    path = tmp_path / "privacy.csv"
    write_decisions(path, places_of(*PLACES), decided(("+81-90-0000-1111", "公開", None)))
    assert ",'+81-90-0000-1111," in path.read_text(encoding="utf-8-sig")
    assert read_decisions(path)["matched"].iloc[-1] == "+81-90-0000-1111"


def test_a_file_of_the_earlier_form_keeps_every_decision_for_its_opinion(tmp_path, places_of):
    text = OLD + "P-1-a,A1,人名,高橋,公開\nP-2-b,A2,人名,高橋,伏せる\nP-2-c,A2,人名,山田,除く\n"
    decisions = read_decisions(_file(tmp_path, text))
    assert decisions[["matched", "opinion_id", "treatment"]].to_numpy().tolist() == [
        ["高橋", "A1", "公開"],
        ["高橋", "A2", "伏せる"],
        ["山田", "A2", "除く"],
    ]
    assert find_undecided(places_of(*PLACES), decisions)["matched"].tolist() == ["+81-90-0000-1111"]


def test_a_file_of_the_earlier_form_is_written_anew_without_losing_a_decision(tmp_path, places_of):
    path = _file(tmp_path, OLD + "P-1-a,A1,人名,高橋,公開\nP-9-b,A9,人名,甲斐,公開\n")
    before = read_decisions(path)
    write_decisions(path, places_of(*PLACES), before)
    after = read_decisions(path).dropna(subset="treatment")
    columns = ["matched", "opinion_id", "treatment"]
    assert_frame_equal(after[columns].reset_index(drop=True), before[columns])


def test_places_of_one_word_in_one_opinion_that_an_earlier_file_decides_apart_are_hidden(tmp_path):
    text = OLD + "P-1-a,A1,人名,高橋,公開\nP-1-b,A1,人名,高橋,伏せる\n"
    assert read_decisions(_file(tmp_path, text))["treatment"].tolist() == ["伏せる"]


def test_what_stands_in_no_opinion_follows_the_strictest_decision_about_opinions(
    places_of, decided
):
    decisions = decided(("高橋", "公開", "A1"), ("高橋", "伏せる", "A2"))
    assert find_undecided(places_of((None, "人名", "高橋")), decisions).empty
    assert not find_undecided(places_of(("A3", "人名", "高橋")), decisions).empty


def test_all_decided_passes(places_of, decided):
    decisions = decided(*[(word, "伏せる", None) for _, _, word in PLACES])
    check_decided(places_of(*PLACES), decisions)


def test_undecided_words_are_named_with_their_kind_and_number(places_of, decided, tmp_path):
    decisions = decided(("山田", "公開", None), ("高橋", "公開", "A1"))
    with pytest.raises(StudyError) as caught:
        check_decided(places_of(*PLACES), decisions, path=tmp_path / "studies/架空/privacy.csv")
    message = str(caught.value)
    assert message.startswith("studies/架空/privacy.csv: ")
    assert "2個の扱いが決まっていません" in message
    assert "人名「高橋」(1か所)、電話番号「+81-90-0000-1111」(1か所)" in message
    assert "山田" not in message


def test_many_undecided_words_are_counted_not_all_listed(places_of, decided):
    places = places_of(*[("A1", "人名", f"山田{letter}") for letter in "あいうえおかき"])
    with pytest.raises(StudyError, match=r"7個.*「山田お」\(1か所\)、ほか2個"):
        check_decided(places, decided())


def test_a_file_saved_by_excel_in_cp932_is_read(tmp_path):
    path = _file(tmp_path, NEW + "人名,山田,1, 伏せる ,,,\r\n", "cp932")
    assert read_decisions(path)[["matched", "treatment"]].to_numpy().tolist() == [
        ["山田", "伏せる"]
    ]


def test_a_row_by_hand_needs_only_the_words_and_what_to_do(tmp_path):
    read = read_decisions(_file(tmp_path, "言葉,扱い\n赤い屋根の家,伏せる\n"))
    assert read[["kind", "matched", "row"]].to_numpy().tolist() == [["手で追加", "赤い屋根の家", 2]]
    assert read["opinion_id"].isna().all()


def test_empty_lines_are_passed_over_and_rows_keep_their_number(tmp_path):
    path = _file(tmp_path, NEW + "\n,,,,\n人名,山田,1,公開,,,\n")
    assert read_decisions(path)["row"].tolist() == [4]


def test_a_row_about_an_opinion_called_by_a_number_sign_is_no_comment(tmp_path):
    path = _file(tmp_path, "意見番号,言葉,扱い\n#12,山田,公開\n")
    assert read_decisions(path)["opinion_id"].tolist() == ["#12"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (NEW + "人名,山田,1,消す\n", "2行: 扱いが「消す」です。扱いは 公開・伏せる・除く"),
        (
            NEW + "人名,山田,1,公開\n人名,山田,1,除く\n",
            "3行: 言葉「山田」は2行目にもあり、扱いが違います",
        ),
        (NEW + "人名,,1,公開\n", "2行: 「言葉」が空です"),
        (NEW + "人名,,1,除く\n", "2行: 「言葉」が空です"),
        ("番号,扱い\nP-1-a,公開\n", "1行: 見出しが「番号,扱い」です。決まりは「言葉,扱い」"),
        ("", "何も書かれていません。1行目は 言葉,扱い"),
        (NEW + '人名,"山田,1,公開\n', "引用符"),
    ],
)
def test_a_file_that_cannot_be_used_is_said_by_row(tmp_path, text, sentence):
    with pytest.raises(StudyError, match=sentence):
        read_decisions(_file(tmp_path, text))


def test_a_place_that_cannot_be_written_is_said_and_leaves_nothing_behind(
    tmp_path, places_of, decided
):
    path = tmp_path / "privacy.csv"
    path.mkdir()
    with pytest.raises(OutputError, match="同じ名前のフォルダがあります"):
        write_decisions(path, places_of(*PLACES), decided())
    assert list(tmp_path.iterdir()) == [path]
