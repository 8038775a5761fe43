from pathlib import Path

import pytest

from kyodo_analysis.errors import StudyError
from kyodo_analysis.files import read_study_csv, read_study_rows, read_study_text


@pytest.fixture
def written(tmp_path: Path):
    def write(text: str, encoding: str = "utf-8") -> Path:
        path = tmp_path / "studies" / "town" / "words.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode(encoding))
        return path

    return write


def _cells(path: Path, **options) -> list[dict[str, str]]:
    return [row.cells for row in read_study_rows(path, required=("語",), **options)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_file_is_read_as_excel_and_editors_write_it(written, encoding, line_end):
    text = '語,理由\n協働,"税が,\n高い"\n\n,\n 橋 ,\n'.replace("\n", line_end)
    assert _cells(written(text, encoding), optional=("理由",)) == [
        {"語": "協働", "理由": f"税が,{line_end}高い"},
        {"語": " 橋 ", "理由": ""},
    ]


def test_rows_are_numbered_as_excel_does_and_named_with_the_study(written):
    text = '# メモ "片方\n語\n"二\n行"\n\n"# 引用符,つき"\n橋\n'
    rows = read_study_rows(written(text), required=("語",))
    assert [(row.number, row.cells["語"]) for row in rows] == [(3, "二\n行"), (6, "橋")]
    assert rows[1].place == "studies/town/words.csv:6行"


def test_where_an_id_may_begin_with_a_number_sign_no_row_is_a_comment(written):
    path = written("語\n#12\n")
    assert _cells(path) == []
    assert _cells(path, comments=False) == [{"語": "#12"}]


def test_columns_may_stand_in_any_order_and_short_rows_end_in_empty_cells(written):
    path = written("理由,語,読み\nかな,橋,\nわけ\n")
    assert _cells(path, optional=("読み", "理由")) == [
        {"理由": "かな", "語": "橋", "読み": ""},
        {"理由": "わけ", "語": "", "読み": ""},
    ]


def test_empty_columns_that_excel_leaves_at_the_end_are_none(written):
    assert _cells(written("語,,\n橋,,,\n")) == [{"語": "橋"}]


def test_other_columns_are_passed_over_only_where_that_is_allowed(written):
    path = written("語,メモ\n橋,a\n")
    assert _cells(path, optional=None) == [{"語": "橋", "メモ": "a"}]
    with pytest.raises(StudyError, match="見出しが「語,メモ」です。決まりは「語」です"):
        _cells(path)
    with pytest.raises(StudyError, match="使えるのは 語,読み で、語 は必要です"):
        _cells(path, optional=("読み",))


def test_what_was_guarded_against_formulas_is_as_it_was(written):
    cells = _cells(written("語\n'=橋\n''90年代\n'90年代\n"))
    assert [row["語"] for row in cells] == ["=橋", "'90年代", "'90年代"]


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("", "", "何も書かれていません。1行目は 語 です"),
        ("\n,,\n# 橋\n", "", "何も書かれていません"),
        ("\n単語\n橋\n", ":2行", "見出しが「単語」です"),
        ("語,語\n橋,川\n", ":1行", "見出しが「語,語」です"),
        ("語\n橋,川\n", ":2行", '2列あります。見出しは 語 の1列です。.*" で囲んで'),
        ('語\n橋\n"川\n道\n', ":3行", "引用符"),
        ("語\n" + "あ" * 9 + "\x00", "", "テキストではありません"),
    ],
)
def test_a_file_that_cannot_be_used_is_said_with_its_row(written, text, place, said):
    with pytest.raises(StudyError, match=said) as error:
        _cells(written(text))
    assert error.value.where == f"studies/town/words.csv{place}"


def test_a_file_in_another_encoding_or_with_damage_is_said_with_its_study(written):
    with pytest.raises(StudyError, match="文字コードが EUC-JP か CP932 か決められません"):
        _cells(written("語\n橋\n", "euc_jp"))
    damaged = written("語\n橋の工事\n")
    damaged.write_bytes(damaged.read_bytes()[:-2])
    with pytest.raises(StudyError, match="途中で切れています") as error:
        _cells(damaged)
    assert error.value.where == "studies/town/words.csv:2行"


def test_a_text_may_be_empty_but_not_missing(written, tmp_path):
    assert read_study_text(written("")) == ""
    with pytest.raises(StudyError, match="この名前のファイルがありません"):
        read_study_text(tmp_path / "none.txt")


def test_a_table_has_its_columns_in_order_and_names_the_empty_cell(written):
    path = written("種類,団体\n,柏の会\n")
    table = read_study_csv(path, ("団体", "種類"), may_be_empty=("種類",))
    assert table.columns.tolist() == ["団体", "種類"]
    assert table.to_numpy().tolist() == [["柏の会", ""]]
    with pytest.raises(StudyError, match=r"words\.csv:2行: 「種類」が空です"):
        read_study_csv(path, ("団体", "種類"))


def test_what_names_a_row_may_not_stand_twice(written):
    path = written("語,理由\n橋,a\n川,a\n 橋,b\n")
    assert len(read_study_rows(path, required=("語", "理由"))) == 3
    with pytest.raises(StudyError, match=r"words\.csv:4行: 語「橋」は2行目にもあります"):
        read_study_rows(path, required=("語", "理由"), key="語")


def test_a_table_without_rows_is_empty_text(written):
    table = read_study_csv(written("団体,種類\n"), ("団体", "種類"))
    assert table.empty
    assert (table.dtypes == "str").all()


def test_a_file_that_excel_saved_as_cp932_is_read(tmp_path):
    (tmp_path / "a.csv").write_bytes("語,種類\r\nバス停,名詞\r\n".encode("cp932"))
    assert read_study_csv(tmp_path / "a.csv", ["語", "種類"])["語"].tolist() == ["バス停"]


def test_a_file_that_excel_opened_without_its_mark_and_spoiled_is_explained(tmp_path):
    garbled = "語,種類\r\nバス停のベンチ,名詞\r\n図書館の時間,名詞\r\n".encode().decode(
        "cp932", "replace"
    )
    (tmp_path / "a.csv").write_bytes(garbled.encode("utf-8-sig"))
    with pytest.raises(StudyError, match=r"文字化けしています.*Excel"):
        read_study_csv(tmp_path / "a.csv", ["語", "種類"])
    (tmp_path / "a.csv").write_bytes(garbled.encode("cp932", "replace"))
    with pytest.raises(StudyError, match=r"読めない文字があります.*Excel"):
        read_study_csv(tmp_path / "a.csv", ["語", "種類"])


def test_a_file_whose_characters_cannot_be_told_names_excel(tmp_path):
    (tmp_path / "a.csv").write_bytes("語\nあいう\n".encode("euc_jp"))
    with pytest.raises(StudyError, match="Excel で開いて"):
        read_study_csv(tmp_path / "a.csv", ["語"])
