from itertools import pairwise

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib import pyplot as plt
from matplotlib.collections import PatchCollection

from kyodo_analysis.charts import HALF_WIDTH, plot_opinion_matrix
from kyodo_analysis.errors import NotInDataError, TableError

KASHIWA = {
    "市職員の協働意識": 5,
    "協働の連携体制": 3,
    "情報の発信と共有": 7,
    "協働事業の評価": 4,
    "協働事業の継続": 2,
    "協働の多様性": 3,
    "市民活動サポートコーナーの活用": 3,
    "その他": 2,
}


def marks(ax):
    """Return the squares' middles in millimetres, left to right and top to bottom."""
    (collection,) = (c for c in ax.collections if isinstance(c, PatchCollection))
    corners = [path.get_extents() for path in collection.get_paths()]
    return [((c.x0 + c.x1) / 2, (c.y0 + c.y1) / 2) for c in corners]


@pytest.fixture
def table(matrix):
    return matrix(["交通", "交通", "広報"], {"バス": "xx.", "知らせ方": "..x"})


def test_each_coded_opinion_is_one_mark_in_its_theme_row_and_its_own_column(table):
    ax = plot_opinion_matrix(table)
    columns, rows = ax.get_xticks(minor=True), ax.get_yticks()
    assert marks(ax) == [
        (pytest.approx(columns[column]), pytest.approx(rows[row]))
        for row, column in [(0, 0), (0, 1), (1, 2)]
    ]


@pytest.mark.parametrize("n", [1, 3, 20, 60])
def test_a_mark_is_no_wider_than_high_however_few_opinions_there_are(matrix, n):
    ax = plot_opinion_matrix(matrix(["交通"] * n, {"バス": "x" * n}))
    (squares,) = (c for c in ax.collections if isinstance(c, PatchCollection))
    box = squares.get_paths()[0].get_extents()
    shown = ax.transData.transform([(box.x0, box.y0), (box.x1, box.y1)])
    width, height = abs(shown[1] - shown[0])
    assert width <= height * 1.02


def test_rows_columns_and_categories_are_named_in_the_order_of_the_table(table):
    ax = plot_opinion_matrix(table)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["バス", "知らせ方"]
    assert [label.get_text() for label in ax.get_xticklabels(minor=True)] == ["1", "2", "3"]
    assert [label.get_text() for label in ax.get_xticklabels()] == ["交通", "広報"]
    assert ax.yaxis_inverted()


def test_the_number_of_opinions_stands_at_the_end_of_each_row(table):
    assert [text.get_text() for text in plot_opinion_matrix(table).texts] == ["2件", "1件"]


def test_categories_are_set_apart_by_a_gap(table):
    first, second, third = plot_opinion_matrix(table).get_xticks(minor=True)
    assert third - second > second - first


def test_opinions_without_a_category_make_one_unnamed_row_of_columns(matrix, legible):
    ax = plot_opinion_matrix(matrix([None, None], {"税": "x."}))
    assert [label.get_text() for label in ax.get_xticklabels()] == [""]
    legible(ax)


def test_an_opinion_without_a_category_among_others_is_named_as_such(matrix):
    ax = plot_opinion_matrix(matrix(["交通", "交通", None, None], {"税": "x..x"}))
    assert [label.get_text() for label in ax.get_xticklabels()] == ["交通", "記録なし"]


def test_a_report_like_kashiwas_is_legible_at_full_width(matrix, legible):
    categories = [name for name, n in KASHIWA.items() for _ in range(n)]
    ax = plot_opinion_matrix(matrix(categories, {f"テーマ{k}": "x." * 15 for k in range(10)}))
    figure = legible(ax)
    assert figure.get_figwidth() * 25.4 == pytest.approx(160)
    assert len(marks(ax)) == 10 * 15


def test_more_opinions_than_columns_of_eight_tenths_are_no_marks(matrix):
    categories = [f"分類{k}" for k in range(4) for _ in range(80)]
    with pytest.raises(NotInDataError, match="意見が320件あり、1件ずつの印では読めません"):
        plot_opinion_matrix(matrix(categories, {"バス": "x." * 160, "税": "." * 320}))
    assert plt.get_fignums() == []


@pytest.mark.parametrize("n", [35, 37, 39])
def test_ids_of_neighbours_never_run_together(matrix, n):
    ax = plot_opinion_matrix(matrix(["交通"] * n, {"バス": "x" * n}))
    ax.figure.draw_without_rendering()
    boxes = [label.get_window_extent() for label in ax.get_xticklabels(minor=True)]
    gaps = [right.x0 - left.x1 for left, right in pairwise(boxes)]
    assert min(gaps, default=1) > 0.5 / 25.4 * ax.figure.dpi


def test_themes_beyond_one_page_are_left_to_the_table_and_a_note_says_so(matrix, legible):
    ax = plot_opinion_matrix(matrix(["交通"] * 3, {f"テーマ{k}": "x.." for k in range(60)}))
    n_drawn = len(ax.get_yticklabels())
    assert 30 < n_drawn < 60
    assert len(marks(ax)) == n_drawn
    assert legible(ax).get_figheight() * 25.4 < 247
    assert f"ほかの{60 - n_drawn}行は表に" in ax.figure.get_supxlabel().replace("\n", "")


def test_no_mark_at_all_is_answered_by_a_sentence(matrix):
    with pytest.raises(NotInDataError, match="すべて0件"):
        plot_opinion_matrix(matrix(["交通"] * 3, {"バス": "..."}))


def test_one_opinion_and_one_theme_make_a_figure(matrix, legible):
    legible(plot_opinion_matrix(matrix(["交通"], {"バス": "x"})))


def test_half_width_is_legible_too(matrix, legible):
    figure = legible(
        plot_opinion_matrix(matrix(["交通", "広報"], {"バス路線の維持": "x."}), style=HALF_WIDTH)
    )
    assert figure.get_figwidth() * 25.4 == pytest.approx(78)


def test_characters_that_the_font_lacks_are_replaced_and_counted_on_the_figure(matrix, legible):
    figure = legible(plot_opinion_matrix(matrix(["𠮷野"], {"税😀$x_1$": "x"})))
    assert "〓 は図の書体にない文字(2種: U+1F600、U+20BB7)" in figure.get_supxlabel()


def test_neither_the_table_nor_matplotlibs_settings_change(table):
    before, settings = table.copy(), mpl.rcParams.copy()
    plot_opinion_matrix(table)
    pd.testing.assert_frame_equal(table, before)
    assert mpl.rcParams == settings


def test_a_table_without_the_columns_is_refused_by_name(table):
    with pytest.raises(TableError, match="coded"):
        plot_opinion_matrix(table.drop(columns="coded"))


def test_an_empty_table_is_refused(table):
    with pytest.raises(TableError, match="行が1つもない"):
        plot_opinion_matrix(table.head(0))
