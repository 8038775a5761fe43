import pandas as pd
import pytest

from kyodo_analysis.charts import HALF_WIDTH, PRINT, plot_saturation


def growth(kind, found):
    return pd.DataFrame(
        {
            "kind": kind,
            "n_read": range(1, len(found) + 1),
            "n_found": found,
            "low": [each - 0.5 for each in found],
            "high": [each + 0.5 for each in found],
            "n_shuffles": 19,
            "seed": 4,
        }
    )


@pytest.mark.parametrize("style", [PRINT, HALF_WIDTH])
def test_each_kind_has_its_line_in_a_panel_of_its_own(style, legible):
    table = pd.concat([growth("テーマ", [1, 2, 2.5]), growth("語", [5, 9, 12])])
    themes, words = plot_saturation(table, style=style).axes
    assert themes.lines[0].get_ydata().tolist() == [1, 2, 2.5]
    assert words.lines[0].get_ydata().tolist() == [5, 9, 12]
    assert (themes.get_title(loc="left"), themes.get_ylim()[0]) == ("異なるテーマの数", 0)
    assert "読む順を19回入れ替えた" in legible(themes).get_supxlabel().replace("\n", "")


def test_without_a_codebook_only_words_are_drawn(legible):
    (ax,) = plot_saturation(growth("語", [5, 9, 12])).axes
    legible(ax)
