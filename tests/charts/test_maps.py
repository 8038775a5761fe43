from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.colors import to_hex
from matplotlib.text import Text

from kyodo_analysis.charts import HALF_WIDTH, Style, plot_correspondence, plot_network
from kyodo_analysis.errors import NotInDataError


@pytest.fixture
def check():
    return pd.DataFrame(
        {
            "map": ["共起ネットワーク"],
            "n_opinions": [320],
            "n_texts": [310],
            "measure": ["線のJaccard係数の平均"],
            "observed": [0.25],
            "reference": [0.125],
            "n_shuffles": [99],
            "seed": [7],
            "holds": [True],
            "sentence": ["共起ネットワーク: 上回りました。"],
        }
    )


@pytest.fixture
def nodes():
    return pd.DataFrame(
        {
            "word": ["バス", "本数", "税", "橋"],
            "n_texts": [40, 10, 10, 5],
            "community": [1, 1, 2, 2],
            "x": [-1.0, -0.9, 0.5, 1.0],
            "y": [0.0, 0.05, 1.0, -1.0],
        }
    )


@pytest.fixture
def edges():
    return pd.DataFrame(
        {
            "word_a": ["バス", "税"],
            "word_b": ["本数", "橋"],
            "jaccard": [0.4, 0.2],
            "support": [0.8, 0.49],
        }
    )


@pytest.fixture
def points():
    return pd.DataFrame(
        {
            "kind": ["語", "語", "組", "組"],
            "name": ["バス", "税", "交通", "広報"],
            "n": [10, 5, 40, 30],
            "x": [1.0, -1.0, 0.9, -0.8],
            "y": [0.2, 0.1, 0.2, -0.3],
        }
    )


@pytest.fixture
def axes():
    return pd.DataFrame(
        {
            "axis": [1, 2, 3],
            "inertia": [0.4, 0.3, 0.1],
            "share": [0.5, 0.375, 0.125],
            "reference": [0.1, 0.08, 0.09],
        }
    )


def boxes(ax):
    """Return the place of every name, without the line to its point."""
    ax.figure.draw_without_rendering()
    return {text.get_text(): Text.get_window_extent(text) for text in ax.texts}


def test_every_word_is_a_point_at_its_place_and_has_its_name(edges, nodes, check):
    ax = plot_network(edges, nodes, check)
    drawn = [
        tuple(p) for c in ax.collections if isinstance(c, PathCollection) for p in c.get_offsets()
    ]
    assert sorted(drawn) == sorted(zip(nodes["x"], nodes["y"], strict=True))
    assert set(boxes(ax)) == set(nodes["word"])


def test_more_frequent_words_are_larger_and_communities_differ_in_tone(edges, nodes, check):
    first, second, *_ = (
        c for c in plot_network(edges, nodes, check).collections if isinstance(c, PathCollection)
    )
    assert first.get_sizes()[0] > first.get_sizes()[1]
    assert second.get_sizes()[0] > second.get_sizes()[1]
    assert to_hex(first.get_facecolor()[0]) != to_hex(second.get_facecolor()[0])


def test_lines_are_broken_where_resamples_lose_them_and_thick_where_strong(edges, nodes, check):
    ax = plot_network(edges, nodes, check)
    whole, dashed, dotted = (c for c in ax.collections if isinstance(c, LineCollection))
    assert [len(c.get_segments()) for c in (whole, dashed, dotted)] == [1, 0, 1]
    assert np.array_equal(whole.get_segments()[0], [[-1.0, 0.0], [-0.9, 0.05]])
    assert whole.get_linestyle()[0][1] is None
    assert dotted.get_linestyle()[0][1] is not None
    assert whole.get_linewidth()[0] > dotted.get_linewidth()[0] >= 0.75


def test_n_support_and_seed_are_printed(edges, nodes, check):
    note = plot_network(edges, nodes, check).figure.get_supxlabel().replace("\n", "")
    assert "意見320件(異なる文310)" in note
    assert "8割以上で残る実線1本、5割以上の破線0本、それ未満の点線1本" in note
    assert "0.250は、ランダムに入れ替えた99回の95%点0.125を上回る(乱数の種7)" in note


def test_a_map_that_does_not_hold_is_not_drawn(edges, nodes, points, axes, check):
    fails = check.assign(holds=False, sentence="値は基準を上回りませんでした。")
    for draw in (
        lambda: plot_network(edges, nodes, fails),
        lambda: plot_correspondence(points, axes, fails),
    ):
        with pytest.raises(NotInDataError, match=r"値は基準を上回りませんでした。$"):
            draw()


def test_the_same_tables_give_the_same_places(edges, nodes, check):
    first, second = (boxes(plot_network(edges, nodes, check)) for _ in range(2))
    assert {name: box.bounds for name, box in first.items()} == {
        name: box.bounds for name, box in second.items()
    }


def test_groups_are_framed_squares_and_words_are_dots(points, axes, check):
    ax = plot_correspondence(points, axes, check)
    words, groups = (c for c in ax.collections if isinstance(c, PathCollection))
    assert words.get_offsets().tolist() == [[1.0, 0.2], [-1.0, 0.1]]
    assert groups.get_offsets().tolist() == [[0.9, 0.2], [-0.8, -0.3]]
    framed = {text.get_text() for text in ax.texts if text.get_bbox_patch()}
    assert framed == {"交通", "広報"}


def test_axes_say_what_they_explain_and_their_chance_line(points, axes, check):
    note = plot_correspondence(points, axes, check).figure.get_supxlabel()
    assert "横: 成分1、寄与率50%(固有値0.400、入れ替えた場合の95%点0.100)" in note
    assert "縦: 成分2、寄与率38%" in note


def test_both_axes_of_a_correspondence_have_one_scale(points, axes, check):
    ax = plot_correspondence(points, axes, check)
    ax.figure.draw_without_rendering()
    to_pixels = ax.transData.transform([(0, 0), (1, 0), (0, 1)])
    assert to_pixels[1, 0] - to_pixels[0, 0] == pytest.approx(to_pixels[2, 1] - to_pixels[0, 1])


@pytest.mark.parametrize("style", [Style("colour"), HALF_WIDTH])
def test_names_of_a_crowd_neither_overlap_nor_leave_the_axes(style, check):
    rng = np.random.default_rng(0)
    n = 40 if style.width_mm > 100 else 15
    nodes = pd.DataFrame(
        {
            "word": [f"市民活動{k}" for k in range(n)],
            "n_texts": 5,
            "community": 1 + np.arange(n) // 5,
            "x": rng.normal(size=n).round(1),
            "y": rng.normal(size=n).round(1),
        }
    )
    words = nodes["word"].to_numpy()
    edges = pd.DataFrame(
        {"word_a": words[:-1], "word_b": words[1:], "jaccard": 0.1, "support": 0.6}
    )
    ax = plot_network(edges, nodes, check, style=style)
    placed, frame = list(boxes(ax).values()), ax.get_window_extent()
    assert len(placed) == n
    assert not any(a.overlaps(b) for a, b in combinations(placed, 2))
    assert all(frame.fully_contains(*box.min) and frame.fully_contains(*box.max) for box in placed)


def test_more_names_than_fit_are_answered_by_a_sentence(edges, check):
    nodes = pd.DataFrame(
        {"word": ["長い名前の語" * 8] * 200, "n_texts": 5, "community": 1, "x": 0.0, "y": 0.0}
    )
    nodes["word"] += nodes.index.astype("str")
    pair = edges.head(1).assign(word_a=nodes["word"][0], word_b=nodes["word"][1])
    with pytest.raises(NotInDataError, match="200の名前が、重ならずには1枚に入りません"):
        plot_network(pair, nodes, check)


def test_no_name_of_a_network_stands_on_a_line(check):
    words = [f"語{k}" for k in range(9)]
    turn = np.linspace(0, 2 * np.pi, 8, endpoint=False)
    nodes = pd.DataFrame(
        {
            "word": words,
            "n_texts": 10,
            "community": 1,
            "x": [0.0, *np.cos(turn)],
            "y": [0.0, *np.sin(turn)],
        }
    )
    spokes = pd.DataFrame({"word_a": words[0], "word_b": words[1:], "jaccard": 0.4, "support": 0.9})
    ax = plot_network(spokes, nodes, check)
    ax.figure.draw_without_rendering()
    boxes = [Text.get_window_extent(text).padded(-1) for text in ax.texts]
    ends = ax.transData.transform(nodes[["x", "y"]])
    along = np.concatenate([np.linspace(ends[0], end, 200) for end in ends[1:]])
    assert len(boxes) == 9
    assert not any(box.contains(*point) for box in boxes for point in along)
