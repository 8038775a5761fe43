import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import LineCollection
from matplotlib.colors import to_hex

from kyodo_analysis.charts import (
    HALF_WIDTH,
    plot_agreement,
    plot_cluster_evidence,
    plot_dendrogram,
    plot_keyness,
)
from kyodo_analysis.errors import NotInDataError


@pytest.fixture
def by_k():
    return pd.DataFrame(
        {
            "k": [2, 3, 5],
            "stability": [0.5, 0.7, 0.4],
            "stability_line": [0.6, 0.5, 0.45],
            "held_out": [0.05, 0.08, 0.06],
            "held_out_line": [0.06, 0.06, 0.07],
            "passes": [False, True, False],
        }
    )


def test_each_measure_is_drawn_with_the_line_of_shuffled_text(by_k, legible):
    figure = plot_cluster_evidence(by_k, note="320件、乱数の種0")
    for ax, measure in zip(figure.axes, ("stability", "held_out"), strict=True):
        observed, shuffled = ax.get_lines()
        assert observed.get_ydata().tolist() == by_k[measure].tolist()
        assert shuffled.get_ydata().tolist() == by_k[f"{measure}_line"].tolist()
        assert (observed.get_linestyle(), shuffled.get_linestyle()) == ("-", "--")
        assert ax.get_xticks().tolist() == [2, 3, 5]
    assert "320件、乱数の種0" in legible(figure.axes[0]).get_supxlabel()


def test_only_numbers_of_clusters_that_pass_are_filled(by_k):
    passing, failing = plot_cluster_evidence(by_k).axes[0].collections
    assert passing.get_offsets().tolist() == [[3, 0.7]]
    assert to_hex(passing.get_facecolor()[0]) == "#1f1f1f"
    assert to_hex(failing.get_facecolor()[0]) == "#ffffff"


def test_measures_stand_one_below_the_other_at_half_width(by_k, legible):
    upper, lower = plot_cluster_evidence(by_k, style=HALF_WIDTH).axes
    assert upper.get_position().x0 == pytest.approx(lower.get_position().x0, abs=0.05)
    assert upper.get_position().y0 > lower.get_position().y1
    legible(upper)


@pytest.fixture
def keyness():
    return pd.DataFrame(
        {
            "group": ["交通", "交通", "交通", "広報"],
            "term": ["バス", "本数", "橋", "広報"],
            "n_opinions": [4, 3, 2, 1],
            "n_group": [5, 5, 5, 3],
            "g2": [9.0, 5.0, 2.0, 1.5],
            "g2_line": [6.0, 6.0, 6.0, 4.0],
            "above_line": [True, False, False, False],
            "n_shuffles": 199,
            "seed": 3,
        }
    )


def test_words_stand_below_the_name_of_their_group(keyness, legible):
    ax = plot_keyness(keyness, per_group=2)
    labels = [label.get_text() for label in ax.get_yticklabels()]
    assert labels == ["【交通】", "バス", "本数", "【広報】", "広報"]
    assert [text.get_text() for text in ax.texts] == ["4/5件", "3/5件", "1/3件"]
    assert "199回、乱数の種3" in legible(ax).get_supxlabel().replace("\n", "")


def test_only_words_above_their_groups_line_are_dark(keyness):
    dark, pale = plot_keyness(keyness).containers
    assert [bar.get_width() for bar in dark] == [9.0]
    assert [bar.get_width() for bar in pale] == [5.0, 1.5]  # of 交通 one more than is dark


def test_one_line_of_chance_runs_beside_the_words_of_all_groups(keyness):
    ax = plot_keyness(keyness.assign(g2_line=6.0))
    (line,) = [c.get_segments()[0] for c in ax.collections if isinstance(c, LineCollection)]
    assert line[0, 0] == 6.0
    top, bottom = sorted(line[:, 1])
    assert top < ax.get_yticks().min()
    assert bottom > ax.get_yticks().max()


def test_no_line_of_chance_runs_through_a_number(keyness):
    ax = plot_keyness(keyness)
    assert {text.xy[0] for text in ax.texts} == {9.0}
    beyond = plot_keyness(keyness.assign(g2_line=12.0))
    assert {text.xy[0] for text in beyond.texts} == {12.0}


def test_groups_beyond_one_page_are_left_to_the_table_whole(keyness, legible):
    groups = [keyness.assign(group=f"第{k}分類 " + keyness["group"]) for k in range(30)]
    ax = plot_keyness(pd.concat(groups))
    names = [label.get_text() for label in ax.get_yticklabels()]
    n_drawn = sum(name.startswith("【") for name in names)
    assert 5 < n_drawn < 60
    assert len(ax.patches) == len(names) - n_drawn
    assert legible(ax).get_figheight() * 25.4 < 247
    assert f"ほかの{60 - n_drawn}組は表に" in ax.figure.get_supxlabel().replace("\n", "")


@pytest.fixture
def agreement():
    return pd.DataFrame(
        {
            "code": ["バス", "税", "橋"],
            "first": "ルール",
            "second": "市職員",
            "n_opinions": 29,
            "n_first": [7, 6, 0],
            "n_second": [9, 6, 0],
            "n_both": [6, 6, 0],
            "kappa": [-0.2, 1.0, None],
            "kappa_low": [-0.6, None, None],
            "kappa_high": [0.3, None, None],
            "reason": [None, "区間は出せません", "係数は計算できません"],
        }
    )


def test_kappa_is_a_dot_and_what_is_undefined_says_so(agreement, legible):
    ax = plot_agreement(agreement)
    dots = ax.containers[0].lines[0].get_xdata()
    assert dots[:2].tolist() == [-0.2, 1.0]
    assert np.isnan(dots[2])
    texts = [text.get_text() for text in ax.texts]
    assert texts == [" 計算できない", "7・9・6", "6・6・6", "0・0・0"]
    assert ax.texts[0].get_position()[1] == ax.get_yticks()[2]
    legible(ax)


def test_the_scale_of_kappa_ends_at_one_and_reaches_below_every_value(agreement):
    assert plot_agreement(agreement).get_xlim() == (-1, 1)
    assert plot_agreement(agreement.iloc[1:2]).get_xlim() == (0, 1)


def test_coders_n_and_reasons_are_printed(agreement):
    note = plot_agreement(agreement, note="乱数の種3").figure.get_supxlabel()
    assert "29件のうち、ルール・市職員・両方が付けた数" in note
    assert "税: 区間は出せません\n橋: 係数は計算できません" in note
    assert note.endswith("乱数の種3")


@pytest.fixture
def tree():
    """バス and 本数 join at 0.5, 税 joins them at 0.9."""
    merges = pd.DataFrame(
        {"node": [3, 4], "left": [0, 3], "right": [2, 1], "height": [0.5, 0.9], "n_words": [2, 3]}
    )
    leaves = pd.DataFrame({"word": ["バス", "本数", "税"], "node": [0, 2, 1], "n_texts": [9, 5, 4]})
    check = pd.DataFrame(
        {
            "map": ["語の樹形図"],
            "n_opinions": [40],
            "n_texts": [40],
            "measure": ["コーフェン相関"],
            "observed": [0.8],
            "reference": [0.6],
            "n_shuffles": [99],
            "seed": [1],
            "holds": [True],
            "sentence": ["上回りました。"],
        }
    )
    return merges, leaves, check


def test_branches_meet_at_their_height_between_their_words(tree, legible):
    ax = plot_dendrogram(*tree)
    bus, times, tax = ax.get_yticks()
    first, second = ax.collections[0].get_segments()
    assert first.tolist() == [[0, bus], [0.5, bus], [0.5, times], [0, times]]
    between = pytest.approx((bus + times) / 2)
    assert second.tolist() == [[0.5, between], [0.9, between], [0.9, tax], [0, tax]]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["バス(9)", "本数(5)", "税(4)"]
    legible(ax)


def test_a_tree_that_does_not_hold_is_not_drawn(tree):
    merges, leaves, check = tree
    with pytest.raises(NotInDataError, match="届きません"):
        plot_dendrogram(merges, leaves, check.assign(holds=False, sentence="届きません。"))


def test_several_pairs_of_coders_are_told_apart(agreement, legible):
    both = pd.concat([agreement, agreement.assign(first="甲", second="乙", n_opinions=12)])
    ax = plot_agreement(both)
    labels = [label.get_text().replace("\n", "") for label in ax.get_yticklabels()]
    assert labels[0] != labels[len(agreement)]
    assert labels[len(agreement)].endswith("(甲・乙)")
    note = legible(ax).get_supxlabel().replace("\n", "")
    assert "2人とも判定した意見のうち、1人目・2人目・両方が付けた数" in note
