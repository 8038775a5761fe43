from datetime import date, datetime, time

import pandas as pd
import pytest

from kyodo_analysis.errors import ReadingError
from kyodo_analysis.reading.formats.grid import Grid, Merge, as_text, column_letters, make_cells


def make_grid(rows: list[list[object]], *merged: Merge, sheet: str | None = "意見") -> Grid:
    return Grid("意見.xlsx", sheet, make_cells(rows, "意見.xlsx"), tuple(merged))


def test_a_cell_is_named_as_the_analyst_finds_it() -> None:
    assert make_grid([["a"]]).place(12, 2) == "意見.xlsx:意見!C12"
    assert make_grid([["a"]], sheet=None).place(12, 2) == "意見.xlsx:12行C列"


@pytest.mark.parametrize(
    ("column", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")]
)
def test_columns_are_lettered_like_excel(column: int, letters: str) -> None:
    assert column_letters(column) == letters


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (" 橋 ", " 橋 "),
        (3.0, "3"),
        (3.5, "3.5"),
        (True, "TRUE"),
        (datetime(2024, 6, 1), "2024/06/01"),
        (datetime(2024, 6, 1, 9, 5), "2024/06/01 09:05"),
        (date(2024, 6, 1), "2024/06/01"),
        (time(9, 5), "09:05"),
    ],
)
def test_a_value_becomes_the_text_that_excel_shows(value: object, text: str) -> None:
    assert as_text(value) == text


def test_empty_cells_at_the_right_and_bottom_are_left_out_but_not_those_between() -> None:
    cells = make_cells([["a", None, ""], [], ["b", "c", None], [None], []], "意見.csv")
    expected = pd.DataFrame(
        [["a", None], [None, None], ["b", "c"]],
        index=pd.RangeIndex(1, 4),
        columns=range(2),
        dtype=object,
    )
    pd.testing.assert_frame_equal(cells, expected)


def test_merged_cells_are_filled_from_the_first_without_touching_the_grid() -> None:
    grid = make_grid([["交通", "a"], [None, "b"], ["広報", "c"]], Merge(1, 0, 2, 0))
    assert grid.filled[0].tolist() == ["交通", "交通", "広報"]
    assert grid.cells[0].tolist() == ["交通", None, "広報"]


def test_merged_cells_that_reach_beyond_the_last_cell_do_no_harm() -> None:
    grid = make_grid([["a"]], Merge(1, 0, 1_048_576, 5), Merge(7, 7, 8, 8))
    assert grid.filled.to_numpy().tolist() == [["a"]]


def test_a_table_that_reaches_too_far_is_refused() -> None:
    rows = [["見出し"] * 2000] + [["a"]] * 10_001
    with pytest.raises(ReadingError, match="表が大きすぎます"):
        make_cells(rows, "意見.xlsx:意見")


def test_a_grid_without_any_cell_can_be_asked_for_everything() -> None:
    grid = make_grid([[], [None]])
    assert grid.cells.empty
    assert grid.texts.empty
    assert grid.filled.empty
