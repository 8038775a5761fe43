from collections.abc import Callable
from pathlib import Path

import pytest

from kyodo_analysis.errors import ReadingError
from kyodo_analysis.reading.formats.delimited import read_delimited

ROWS = [
    ["番号", "分類", "ご意見"],
    ["1", "交通", "バスが\n来ない、困る,本当に"],
    ["2", "広報", '"橋"を;見た'],
]


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_the_same_cells_come_from_every_encoding_and_separator(
    write_csv: Callable[..., Path], encoding: str, delimiter: str
) -> None:
    grid = read_delimited(write_csv(ROWS, encoding=encoding, delimiter=delimiter))
    assert grid.cells.to_numpy().tolist() == ROWS


def test_a_row_is_what_excel_shows_as_a_row(write_csv: Callable[..., Path]) -> None:
    grid = read_delimited(write_csv([["意見一覧"], [], *ROWS]))
    assert grid.cells.at[5, 2] == ROWS[2][2]
    assert grid.place(5, 2) == "意見.csv:5行C列"


def test_commas_in_sentences_do_not_make_columns(tmp_path: Path) -> None:
    path = tmp_path / "意見.txt"
    path.write_text("ご意見\nバスが来ない, 困る\n橋が古い\n広報は読みやすい\n", encoding="utf-8")
    grid = read_delimited(path)
    assert grid.cells[0].tolist() == [
        "ご意見",
        "バスが来ない, 困る",
        "橋が古い",
        "広報は読みやすい",
    ]


def test_titles_above_the_table_do_not_hide_its_separator(write_csv: Callable[..., Path]) -> None:
    path = write_csv([["一覧, 令和6年度"], *ROWS], delimiter="\t")
    assert read_delimited(path).cells.shape == (4, 3)


@pytest.mark.parametrize("line_end", ["\n", "\r", "\r\n"])
def test_every_line_end_ends_a_row(tmp_path: Path, line_end: str) -> None:
    path = tmp_path / "意見.csv"
    path.write_bytes(line_end.join(["番号,意見", "1,橋", "2,道"]).encode())
    assert read_delimited(path).cells.to_numpy().tolist() == [
        ["番号", "意見"],
        ["1", "橋"],
        ["2", "道"],
    ]


def test_a_quotation_mark_that_is_never_closed_is_no_cell_of_everything_below(
    tmp_path: Path,
) -> None:
    path = tmp_path / "意見.csv"
    path.write_text('番号,意見\n1,"橋が古い\n2,道\n', encoding="utf-8")
    with pytest.raises(ReadingError, match="引用符") as error:
        read_delimited(path)
    assert error.value.where.startswith("意見.csv:")


def test_a_cell_that_is_too_long_is_not_called_a_quotation_mark(tmp_path: Path) -> None:
    (tmp_path / "意見.csv").write_text("番号,ご意見\n1," + "長" * 131_073, encoding="utf-8")
    with pytest.raises(ReadingError, match="131,072文字を超える欄"):
        read_delimited(tmp_path / "意見.csv")
