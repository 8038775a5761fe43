import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot as plt
from matplotlib.colors import to_rgb

from kyodo_analysis.charts import (
    HALF_WIDTH,
    Style,
    plot_counts_heatmap,
    plot_modality_by_theme,
)
from kyodo_analysis.errors import NotInDataError


def cross(counts, sizes):
    """Lay out counts given as theme -> list of counts by group."""
    return pd.DataFrame(
        [
            {"theme": theme, "group": group, "n_opinions": n, "n_group": size}
            for theme, row in counts.items()
            for n, (group, size) in zip(row, sizes.items(), strict=True)
        ]
    )


@pytest.fixture
def table():
    return cross({"バス": [4, 0], "税": [0, 2]}, {"交通": 5, "広報": 3})


def note(ax):
    return ax.figure.get_supxlabel().replace("\n", "")


def shades(ax):
    """Return the lightness (0 to 1) of the cells, row by row."""
    mesh = ax.collections[0]
    mesh.update_scalarmappable()
    colors = mesh.get_facecolor().reshape(-1, 4)[:, :3]
    return colors.mean(axis=1)


def test_every_count_is_printed_and_the_size_of_each_group_stands_below(table):
    ax = plot_counts_heatmap(table)
    assert [text.get_text() for text in ax.texts] == ["4", "0", "0", "2", "5", "3"]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["バス", "税", "n"]
    assert [label.get_text() for label in ax.get_xticklabels()] == ["交通", "広報"]


@pytest.mark.parametrize("variant", ["mono", "colour"])
def test_zero_is_white_and_more_is_darker(table, variant):
    four, zero, other_zero, two = shades(plot_counts_heatmap(table, style=Style(variant)))
    assert zero == other_zero == 1
    assert four < two < 1


def luminance(color):
    rgb = np.array(to_rgb(color))
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    return linear @ [0.2126, 0.7152, 0.0722]


@pytest.mark.parametrize("variant", ["mono", "colour"])
def test_every_number_stands_out_from_its_cell(variant):
    sizes = {str(k): 60 for k in range(8)}
    ax = plot_counts_heatmap(
        cross({f"{k}番": range(8 * k, 8 * k + 8) for k in range(8)}, sizes), style=Style(variant)
    )
    ax.figure.draw_without_rendering()
    cells = [luminance(color[:3]) for color in ax.collections[0].get_facecolors()]
    numbers = [luminance(text.get_color()) for text in ax.texts[: len(cells)]]
    for pair in zip(cells, numbers, strict=True):
        assert (max(pair) + 0.05) / (min(pair) + 0.05) >= 4.5


def test_a_count_that_is_not_known_is_a_dash_and_not_a_zero(table):
    unknown = table.astype({"n_opinions": "Int64"})
    unknown.loc[1, "n_opinions"] = pd.NA
    assert plot_counts_heatmap(unknown).texts[1].get_text() == "―"


def test_groups_and_themes_keep_the_order_of_the_table(table):
    turned = table.iloc[::-1]
    ax = plot_counts_heatmap(turned)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["税", "バス", "n"]
    assert [label.get_text() for label in ax.get_xticklabels()] == ["広報", "交通"]
    assert [text.get_text() for text in ax.texts] == ["2", "0", "0", "4", "3", "5"]


def test_a_categorical_table_is_drawn_alike(table):
    ax = plot_counts_heatmap(table.astype({"theme": "category", "group": "category"}))
    assert [text.get_text() for text in ax.texts] == ["4", "0", "0", "2", "5", "3"]


def test_too_many_groups_for_the_width_stand_in_rows(legible):
    sizes = {f"{k}番目の分類": k for k in range(40)}
    ax = plot_counts_heatmap(cross({"バス": range(40), "税": [0] * 40}, sizes))
    legible(ax)
    assert len(ax.get_yticklabels()) == 40
    assert [label.get_text() for label in ax.get_xticklabels()] == ["バス", "税", "n"]
    assert [text.get_text() for text in ax.texts][-40:] == [str(k) for k in range(40)]


def test_where_neither_way_fits_the_largest_groups_are_kept(legible):
    sizes = {f"組{k}": k + 1 for k in range(40)}
    ax = plot_counts_heatmap(cross({f"題{k}": [1] * 40 for k in range(40)}, sizes))
    heads = [label.get_text().replace("\n", "") for label in ax.get_xticklabels()]
    assert heads == [f"組{k}" for k in range(40 - len(heads), 40)]
    assert 10 < len(heads) < 40
    assert f"ほかの{40 - len(heads)}列は表に" in note(ax)
    legible(ax)


def test_groups_of_different_size_are_shaded_by_share_where_shares_may_be_shown():
    counts = {"バス": [20, 20], "税": [40, 1]}
    by_share = plot_counts_heatmap(cross(counts, {"北": 100, "南": 40}))
    dark = by_share.collections[0].get_array().reshape(2, 2)
    assert dark[0, 1] > dark[1, 0] > dark[0, 0]
    assert "濃さは、組の意見に占める割合" in note(by_share)
    by_count = plot_counts_heatmap(cross(counts, {"北": 100, "南": 29}))
    dark = by_count.collections[0].get_array().reshape(2, 2)
    assert dark[0, 0] == dark[0, 1]
    assert "濃さ" not in note(by_count)


def test_a_group_too_small_for_shares_is_shaded_evenly_beside_larger_ones():
    counts = {"バス": [20, 20, 3], "税": [40, 1, 1]}
    ax = plot_counts_heatmap(cross(counts, {"北": 100, "南": 40, "西": 3}))
    dark = ax.collections[0].get_array().reshape(2, 3)
    assert 0 < dark[0, 2] == dark[1, 2] < dark[0, 0]
    assert "30件に満たない組は一様に薄い" in note(ax)


def test_rows_beyond_one_page_are_left_to_the_table_and_a_note_says_so(legible):
    sizes = {f"{k}番目の、名前がとても長い分類のためしの例です": k + 1 for k in range(90)}
    ax = plot_counts_heatmap(cross({"バス": range(90), "税": [0] * 90}, sizes))
    n_drawn = len(ax.get_yticklabels())
    assert 20 < n_drawn < 80
    assert legible(ax).get_figheight() * 25.4 < 247
    assert f"数の多い{n_drawn}行だけを図にしました。ほかの{90 - n_drawn}行は表に" in note(ax)
    assert ax.get_yticklabels()[-1].get_text().startswith("89番目")


def test_the_row_of_sizes_stands_below_as_many_themes_as_fit(legible):
    ax = plot_counts_heatmap(cross({f"テーマ{k}": [k, 1] for k in range(90)}, {"北": 9, "南": 7}))
    labels = [label.get_text() for label in ax.get_yticklabels()]
    assert labels == [*(f"テーマ{k}" for k in range(91 - len(labels), 90)), "n"]
    assert [text.get_text() for text in ax.texts][-2:] == ["9", "7"]
    assert legible(ax).get_figheight() * 25.4 < 247


def test_nothing_but_zeros_is_answered_by_a_sentence(table):
    with pytest.raises(NotInDataError, match="すべて0件"):
        plot_counts_heatmap(table.assign(n_opinions=0))
    assert plt.get_fignums() == []


@pytest.mark.parametrize("style", [Style(), HALF_WIDTH])
@pytest.mark.parametrize("n_groups", [1, 4, 12])
def test_large_numbers_and_long_names_are_legible(style, n_groups, legible):
    sizes = {f"第{k}分類、市民活動サポートコーナー": 12345 for k in range(n_groups)}
    counts = {"NPO法人との連携(PDCA・KPI)$100$": [10000 + k for k in range(n_groups)]}
    legible(plot_counts_heatmap(cross(counts, sizes), style=style))


def test_phrases_stand_beside_the_size_of_their_theme(legible):
    rows = [
        ("バス", "要望", 2, 3),
        ("バス", "疑問", 0, 3),
        ("税", "要望", 1, 1),
        ("税", "疑問", 1, 1),
    ]
    table = pd.DataFrame(rows, columns=["theme", "kind", "n_opinions", "n_theme"])
    ax = plot_modality_by_theme(table)
    assert [text.get_text() for text in ax.texts] == ["2", "0", "1", "1", "3", "1"]
    assert [label.get_text() for label in ax.get_xticklabels()] == ["要望", "疑問", "n"]
    legible(ax)
