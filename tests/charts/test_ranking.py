import pandas as pd
import pytest

from kyodo_analysis.charts import HALF_WIDTH, Style, plot_ranked_themes
from kyodo_analysis.errors import NotInDataError


@pytest.fixture
def counts():
    """Counts of 40 opinions; intervals as tables of Wilson's give them, to two digits."""
    return pd.DataFrame(
        {
            "theme": ["バス", "税", "橋"],
            "n_opinions": [20, 10, 0],
            "n_texts": pd.array([18, 10, 0], dtype="Int64"),
            "n_respondents": pd.array([15, 10, 0], dtype="Int64"),
            "n_total": 40,
            "share": [0.5, 0.25, 0.0],
            "low": [0.35, 0.14, 0.0],
            "high": [0.65, 0.40, 0.09],
        }
    )


@pytest.fixture
def corrected():
    return pd.DataFrame(
        {
            "theme": ["税", "バス", "橋"],
            "coder": "甲",
            "n_read": 30,
            "n_total": 40,
            "n_corrected": [12.0, 22.0, 1.0],
            "low": [9.0, 18.0, 0.0],
            "high": [16.0, 27.0, 4.0],
        }
    )


def lines(ax):
    (collection,) = [each for each in ax.collections if each.__class__.__name__ == "LineCollection"]
    return [tuple(segment[:, 0].round(6)) for segment in collection.get_segments()]


def test_bars_are_opinions_and_lines_the_interval_in_opinions(counts, legible):
    ax = plot_ranked_themes(counts)
    assert [bar.get_width() for bar in ax.patches] == [20, 10, 0]
    assert lines(ax) == [(14, 26), (5.6, 16), (0, 3.6)]
    assert ax.get_xlim()[0] == 0
    assert "仮に無作為標本とみた場合の目安" in legible(ax).get_supxlabel()


def test_texts_and_people_stand_beside_a_count_only_where_they_are_fewer(counts):
    texts = [text.get_text() for text in plot_ranked_themes(counts).texts]
    assert texts == ["20件 50%(異なる文18、人数15)", "10件 25%", "0件 0%"]


def test_below_thirty_opinions_counts_stand_alone(counts, legible):
    few = counts.assign(n_total=29, share=None, low=None, high=None).astype(
        dict.fromkeys(("share", "low", "high"), "float64")
    )
    ax = plot_ranked_themes(few.assign(n_respondents=pd.NA, n_texts=pd.NA))
    assert lines(ax) == []
    assert [text.get_text() for text in ax.texts] == ["20件", "10件", "0件"]
    assert "区間" not in legible(ax).get_supxlabel()


def test_what_a_person_read_takes_the_place_of_the_interval(counts, corrected, legible):
    ax = plot_ranked_themes(counts, corrected=corrected)
    assert lines(ax) == [(18, 27), (9, 16), (0, 4)]
    (dots,) = [each for each in ax.collections if each.__class__.__name__ == "PathCollection"]
    assert dots.get_offsets()[:, 0].tolist() == [22, 12, 1]
    note = legible(ax).get_supxlabel()
    assert "甲が読んだ30件から直した数" in note
    assert "無作為標本" not in note
    every = plot_ranked_themes(counts, corrected=corrected.assign(n_read=40))
    assert "甲が全40件を読んで付けた数" in every.figure.get_supxlabel()


def test_opinions_that_hang_on_one_word_are_pale(counts, legible):
    words = pd.DataFrame({"theme": ["バス", "バス", "税"], "n_left": [5, 18, 9]})
    ax = plot_ranked_themes(counts, words)
    widths = [bar.get_width() for bar in ax.patches]
    assert widths == [20, 10, 0, 5, 9, 0]
    assert ax.patches[0].get_facecolor() != ax.patches[3].get_facecolor()
    assert "語を1つ外すだけで消える意見" in legible(ax).get_supxlabel()


@pytest.mark.parametrize("style", [HALF_WIDTH, Style("colour")])
def test_every_width_is_legible(counts, corrected, style, legible):
    named = counts.assign(theme=["市民活動サポートコーナーの活用", "税", "橋"])
    legible(plot_ranked_themes(named, style=style))
    legible(plot_ranked_themes(counts, corrected=corrected, style=style))


def test_no_opinion_with_a_theme_is_refused(counts):
    with pytest.raises(NotInDataError, match="すべて0件"):
        plot_ranked_themes(counts.assign(n_opinions=0))
