from pathlib import Path

import pandas as pd
import pytest

from kyodo_analysis.errors import StudyError
from kyodo_analysis.reading import apply_corrections, read_corrections
from kyodo_analysis.tables import CORRECTIONS, OPINIONS

HEADER = "意見番号,訂正前,訂正後,理由\n"


@pytest.fixture
def written(tmp_path: Path):
    def write(text: str, encoding: str = "utf-8") -> Path:
        path = tmp_path / "corrections.csv"
        path.write_bytes(text.encode(encoding))
        return path

    return write


def _corrections(*rows: tuple[str, str, str]) -> pd.DataFrame:
    return CORRECTIONS.make(
        {"opinion_id": opinion_id, "before": before, "after": after, "reason": "誤記"}
        for opinion_id, before, after in rows
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_corrections_are_read_as_excel_writes_them(written, encoding):
    text = HEADER.replace("\n", "\r\n") + 'A1,"税が,高い",税が高い,"改行の\r\nある理由"\r\n,,,\r\n'
    read = read_corrections(written(text, encoding))
    assert list(read.columns) == CORRECTIONS.names
    assert read.to_dict("records") == [
        {
            "opinion_id": "A1",
            "before": "税が,高い",
            "after": "税が高い",
            "reason": "改行の\r\nある理由",
        }
    ]


def test_columns_may_stand_in_another_order(written):
    read = read_corrections(written("理由,訂正後,訂正前,意見番号\n誤記,後,前,B2\n"))
    assert read.iloc[0].to_dict() == {
        "opinion_id": "B2",
        "before": "前",
        "after": "後",
        "reason": "誤記",
    }


def test_only_a_header_gives_no_corrections(written):
    assert read_corrections(written(HEADER)).empty


@pytest.mark.parametrize(
    ("text", "row", "said"),
    [
        ("番号,訂正前,訂正後,理由\n", ":1行", "決まりは「意見番号,訂正前,訂正後,理由」"),
        (HEADER + "A1,前,後,誤記\nA2,前,,誤記\n", ":3行", "「訂正後」が空です"),
        (HEADER + "A1,前,後\n", ":2行", "「理由」が空です"),
        (HEADER + "A1,前,後,誤記,か\n", ":2行", "5列あります"),
    ],
)
def test_a_wrong_file_is_answered_with_its_row(written, text, row, said):
    with pytest.raises(StudyError, match=said) as error:
        read_corrections(written(text))
    assert error.value.where.endswith(f"corrections.csv{row}")


def test_an_opinion_may_be_called_by_a_number_sign_and_empty_rows_are_passed_over(written):
    read = read_corrections(written(HEADER + "\n#12,前,後,誤記\n"))
    assert read["opinion_id"].tolist() == ["#12"]


def test_a_correction_changes_the_text_and_never_the_raw_text(opinions):
    before = opinions.copy(deep=True)
    corrected = apply_corrections(opinions, _corrections(("B1", "知らせるべき", "伝えるべき")))
    assert corrected.loc[2, "text"] == "橋の工事を知らなかった。広報で伝えるべきだ。"
    assert list(corrected.columns) == OPINIONS.names
    pd.testing.assert_series_equal(corrected["raw_text"], before["raw_text"])
    pd.testing.assert_frame_equal(corrected.drop(index=2), before.drop(index=2))
    pd.testing.assert_frame_equal(opinions, before)


def test_corrections_of_one_opinion_follow_each_other(opinions):
    corrected = apply_corrections(
        opinions, _corrections(("A1", "税", "水"), ("A1", "水が", "水道が"))
    )
    assert corrected.loc[0, "text"] == "水道が高い。バスの本数を増やしてほしい。"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("Z9", "税", "水"), "意見番号「Z9」の意見はありません"),
        (("A1", "橋", "道"), "意見 A1 に「橋」がありません"),
        (("B1", "知ら", "伝え"), "「知ら」が2か所あります"),
    ],
)
def test_a_correction_that_does_not_fit_is_named_with_file_and_words(opinions, row, said):
    with pytest.raises(StudyError, match=said) as error:
        apply_corrections(opinions, _corrections(("A2", "屋根", "椅子"), row))
    assert error.value.where == f"corrections.csv の訂正前「{row[1]}」"
