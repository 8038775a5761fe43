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


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ('="0001",="橋, 道"', ["0001", "橋, 道"]),
        ('"=""0001""","=""「""""橋""""」"""', ["0001", '「"橋"」']),
        ("=1+1,=A1", ["=1+1", "=A1"]),
    ],
)
def test_text_that_is_forced_upon_excel_is_the_text(
    tmp_path: Path, row: str, cells: list[str]
) -> None:
    (tmp_path / "意見.csv").write_text(f"番号,意見\n{row}\n", encoding="utf-8")
    assert read_delimited(tmp_path / "意見.csv").cells.loc[2].to_list() == cells


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ('番号,意見,年代\n1,"橋,30代\n2,道,30代\n3,川",40代\n', 2),
        ('番号,意見,年代\n1,橋,30代\n2,"道,30代\n3,川",40代\n', 3),
        ('番号,意見\n1,橋\n2,"道\n3,川\n4,海"\n', 3),
    ],
)
def test_rows_that_a_quotation_mark_swallowed_are_refused_where_it_opens(
    tmp_path: Path, text: str, row: int
) -> None:
    (tmp_path / "意見.csv").write_text(text, encoding="utf-8")
    with pytest.raises(ReadingError, match=rf"意見\.csv:{row}行: .*ほかの行らしいもの") as error:
        read_delimited(tmp_path / "意見.csv")
    assert "Excel" in str(error.value)


@pytest.mark.parametrize(
    "cell", ["1行目\n2行目\n3行目", "橋, 道\n川, 海", "・橋\n・道", "買い物,\n通院,\n散歩"]
)
def test_a_sentence_of_several_lines_is_one_cell(write_csv: Callable[..., Path], cell: str) -> None:
    grid = read_delimited(write_csv([["番号", "意見", "年代"], [1, cell, "30代"]]))
    assert grid.cells.at[2, 1] == cell
