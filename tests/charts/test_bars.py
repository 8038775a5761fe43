import pandas as pd
import pytest
from matplotlib import pyplot as plt
from matplotlib.colors import to_hex

from kyodo_analysis.charts import HALF_WIDTH, Style, plot_opinions_per_category, plot_ranked_terms
from kyodo_analysis.errors import TableError


@pytest.fixture
def terms():
    return pd.DataFrame(
        {
            "term": ["バス", "協働", "橋"],
            "n_opinions": [5, 3, 1],
            "n": [9, 3, 2],
        }
    )


@pytest.fixture
def categories():
    return pd.DataFrame({"group": ["交通", "広報", "税"], "n_opinions": [2, 7, 0]})


def numbers(ax):
    return [text.get_text() for text in ax.texts]


def test_pale_bars_are_occurrences_and_dark_bars_over_them_are_opinions(terms):
    pale, dark = plot_ranked_terms(terms).containers
    assert [bar.get_width() for bar in pale] == [9, 3, 2]
    assert [bar.get_width() for bar in dark] == [5, 3, 1]
    assert to_hex(pale[0].get_facecolor()) == "#d0d0d0"
    assert to_hex(dark[0].get_facecolor()) == "#1f1f1f"


def test_terms_stand_from_top_to_bottom_with_both_numbers(terms):
    ax = plot_ranked_terms(terms)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["バス", "協働", "橋"]
    assert ax.yaxis_inverted()
    assert numbers(ax) == ["5件(9回)", "3件(3回)", "1件(2回)"]


def test_a_note_says_that_the_dark_part_lies_within_the_whole(terms):
    note = plot_ranked_terms(terms).figure.get_supxlabel()
    assert note == "棒の全体: 出現回数(回)。そのうち濃い部分の長さ: その語を含む意見の数(件)"


def test_bars_begin_at_zero(terms):
    assert plot_ranked_terms(terms).get_xlim() == (0, 9)


def test_a_category_without_opinions_keeps_its_row_and_says_zero(categories):
    ax = plot_opinions_per_category(categories)
    assert [bar.get_width() for bar in ax.patches] == [2, 7, 0]
    assert numbers(ax) == ["2件", "7件", "0件"]


def test_only_zeros_still_make_a_figure(categories, legible):
    legible(plot_opinions_per_category(categories.assign(n_opinions=0)))


@pytest.mark.parametrize("style", [Style(), HALF_WIDTH, Style("colour")])
def test_long_names_are_legible_at_every_width(style, legible):
    names = [f"{k}番目の、名前がとても長い分類のためしの例です" for k in range(12)]
    table = pd.DataFrame({"group": names, "n_opinions": range(12)})
    ax = plot_opinions_per_category(table, style=style)
    legible(ax)
    labels = [label.get_text().replace("\n", "") for label in ax.get_yticklabels()]
    assert labels == names


def test_a_chart_can_be_drawn_into_given_axes(categories):
    _, (left, right) = plt.subplots(1, 2)
    assert plot_opinions_per_category(categories, ax=right) is right
    assert not left.patches
    label = right.get_yticklabels()[0]
    assert label.get_fontfamily() == ["IPAexGothic"]
    assert not label.get_parse_math()


def test_a_table_of_something_else_is_refused(categories):
    with pytest.raises(TableError, match="term"):
        plot_ranked_terms(categories)


def test_rows_beyond_one_page_are_left_to_the_table_and_a_note_says_so(legible):
    table = pd.DataFrame({"group": [f"分類{k}" for k in range(90)], "n_opinions": range(90, 0, -1)})
    ax = plot_opinions_per_category(table)
    n_drawn = len(ax.patches)
    assert 30 < n_drawn < 80
    assert numbers(ax)[0] == "90件"
    assert len(numbers(ax)) == n_drawn
    assert legible(ax).get_figheight() * 25.4 < 247
    assert f"ほかの{90 - n_drawn}行は表にだけあります" in ax.figure.get_supxlabel()
