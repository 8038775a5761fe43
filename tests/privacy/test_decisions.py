from pathlib import Path

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from kyodo_analysis.errors import OutputError, StudyError
from kyodo_analysis.privacy import (
    DECISIONS,
    TREATMENT_COUNTS,
    check_decided,
    count_treatments,
    find_personal_data,
    find_stale_decisions,
    read_decisions,
    write_decisions,
)
from kyodo_analysis.tables import TOKENS

HEADER = "番号,意見番号,種類,言葉,扱い\n"


@pytest.fixture
def findings(opinions_of) -> pd.DataFrame:
    opinions = opinions_of("電話は+81-90-0000-1111", "a@example.com か 00-0000-1111")
    return find_personal_data(opinions, TOKENS.make())


def _written(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "studies" / "架空" / "privacy.csv"
    path.parent.mkdir(parents=True)
    path.write_bytes(text.encode(encoding))
    return path


def test_a_study_without_the_file_has_no_decision(tmp_path: Path) -> None:
    assert_frame_equal(read_decisions(tmp_path / "privacy.csv"), DECISIONS.make())


def test_what_was_written_is_read_back_with_its_decisions(tmp_path, findings, decide) -> None:
    path = tmp_path / "studies" / "privacy.csv"
    decisions = decide(findings, "公開", "伏せる", None)
    write_decisions(path, findings, decisions)
    assert_frame_equal(read_decisions(path), decisions)


def test_excel_finds_the_encoding(tmp_path, findings, decide) -> None:
    write_decisions(tmp_path / "privacy.csv", findings, decide(findings, None))
    assert (tmp_path / "privacy.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_words_that_look_like_a_formula_are_harmless_in_the_file(
    tmp_path, findings, decide
) -> None:
    path = tmp_path / "privacy.csv"
    write_decisions(path, findings, decide(findings, None))
    assert ",'+81-90-0000-1111," in path.read_text(encoding="utf-8-sig")
    assert read_decisions(path)["matched"].iloc[0] == "+81-90-0000-1111"


def test_stale_decisions_are_named_and_stay_in_the_file(tmp_path, findings, decide) -> None:
    path = tmp_path / "privacy.csv"
    decisions = decide(findings, "公開", "伏せる", "除く")
    fewer = findings.iloc[1:].reset_index(drop=True)
    assert find_stale_decisions(fewer, decisions)["matched"].tolist() == ["+81-90-0000-1111"]
    assert find_stale_decisions(findings, decisions).empty
    write_decisions(path, fewer, decisions)
    assert read_decisions(path)["treatment"].tolist() == ["伏せる", "除く", "公開"]


def test_treatments_are_counted_by_kind_without_the_words(findings, decide) -> None:
    counts = count_treatments(decide(findings, "公開", "伏せる", "公開"))
    assert sorted(counts.to_numpy().tolist()) == [["メール", "伏せる", 1], ["電話番号", "公開", 2]]
    assert list(counts.columns) == TREATMENT_COUNTS.names
    assert count_treatments(DECISIONS.make()).empty


def test_all_decided_passes(findings, decide) -> None:
    check_decided(findings, decide(findings, "公開"))


def test_undecided_findings_are_named_with_opinion_words_and_row(findings, decide) -> None:
    decisions = decide(findings, "公開", None, "伏せる").iloc[:2]
    with pytest.raises(StudyError) as caught:
        check_decided(findings, decisions, path=Path("/home/x/studies/架空/privacy.csv"))
    message = str(caught.value)
    assert message.startswith("studies/架空/privacy.csv: ")
    assert "2件の扱いが決まっていません" in message
    assert "意見X2のメール「a@example.com」(3行目)" in message
    assert "意見X2の電話番号「00-0000-1111」(まだ行がありません)" in message
    assert "+81" not in message


def test_many_undecided_findings_are_counted_not_all_listed(opinions_of) -> None:
    opinions = opinions_of(*["00-0000-1111"] * 7)
    findings = find_personal_data(opinions, TOKENS.make())
    with pytest.raises(StudyError, match=r"意見X5の.*、ほか2件"):
        check_decided(findings, DECISIONS.make())


def test_a_file_saved_by_excel_in_cp932_is_read(tmp_path: Path) -> None:
    path = _written(tmp_path, HEADER + "P-1-a,1,人名,山田, 伏せる \r\n", "cp932")
    assert read_decisions(path)[["matched", "treatment"]].to_numpy().tolist() == [
        ["山田", "伏せる"]
    ]


def test_empty_lines_are_passed_over_and_rows_keep_their_number(tmp_path: Path) -> None:
    path = _written(tmp_path, HEADER + "\n,,,,\nP-1-a,1,人名,山田,公開\n")
    assert read_decisions(path)["row"].tolist() == [4]


def test_a_row_of_an_opinion_called_by_a_number_sign_is_no_comment(tmp_path: Path) -> None:
    path = _written(tmp_path, "意見番号,番号,種類,言葉,扱い\n#12,P-12-a,人名,山田,公開\n")
    assert read_decisions(path)["opinion_id"].tolist() == ["#12"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            HEADER + "P-1-a,1,人名,山田,消す\n",
            "2行: 扱いが「消す」です。扱いは 公開・伏せる・除く",
        ),
        (
            HEADER + "P-1-a,1,人名,山田,公開\nP-1-a,1,人名,山田,除く\n",
            "3行: 番号「P-1-a」は2行目にもあります",
        ),
        (HEADER + ",1,人名,山田,公開\n", "2行: 「番号」が空です"),
        (
            "番号,扱い\nP-1-a,公開\n",
            "1行: 見出しが「番号,扱い」です。決まりは「番号,意見番号,種類,言葉,扱い」",
        ),
        ("", "何も書かれていません。1行目は 番号,意見番号"),
        (HEADER + 'P-1-a,1,人名,"山田,公開\n', "引用符"),
    ],
)
def test_a_file_that_cannot_be_used_is_said_by_row(
    tmp_path: Path, text: str, sentence: str
) -> None:
    with pytest.raises(StudyError, match=sentence):
        read_decisions(_written(tmp_path, text))


def test_a_column_of_the_analysts_own_is_passed_over(tmp_path: Path) -> None:
    path = _written(tmp_path, "メモ," + HEADER + "確認済,P-1-a,1,人名,山田,公開\n")
    assert read_decisions(path)["matched"].tolist() == ["山田"]


def test_a_place_that_cannot_be_written_is_said_and_leaves_nothing_behind(
    tmp_path: Path, findings, decide
) -> None:
    path = tmp_path / "privacy.csv"
    path.mkdir()
    with pytest.raises(OutputError, match="同じ名前のフォルダがあります"):
        write_decisions(path, findings, decide(findings, None))
    assert list(tmp_path.iterdir()) == [path]
