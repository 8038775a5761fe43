import pandas as pd
import pytest

from kyodo_analysis.charts import HALF_WIDTH, Style, plot_theme_panels_by_session
from kyodo_analysis.errors import NotInDataError


def dots_and_intervals(ax, axis):
    """Return the dots' shares and the ends of the intervals along an axis (0: x, 1: y)."""
    (container,) = ax.containers
    dots, _, (bars,) = container.lines
    dotted = dots.get_data()[axis].tolist()
    return dotted, [tuple(ends[:, axis].round(6)) for ends in bars.get_segments() if ends.ndim == 2]


@pytest.fixture
def by_session():
    rows = [
        ("バス", "第1回", 30, 60, 0.5, 0.38, 0.62),
        ("バス", "第2回", 10, 50, 0.2, 0.11, 0.33),
        ("バス", "第3回", 1, 4, None, None, None),
        ("バス", "記録なし", 1, 7, None, None, None),
        ("税", "第1回", 0, 60, 0.0, 0.0, 0.06),
        ("税", "第2回", 25, 50, 0.5, 0.37, 0.63),
        ("税", "第3回", 4, 4, None, None, None),
        ("税", "記録なし", 0, 7, None, None, None),
    ]
    columns = ["theme", "group", "n_opinions", "n_group", "share", "low", "high"]
    return pd.DataFrame(rows, columns=columns)


@pytest.fixture
def sessions():
    dates = pd.to_datetime(["2019-07-29", "2019-07-30", None])
    return pd.DataFrame({"session": [1, 2, 3], "date": dates})


def test_each_theme_has_its_panel_with_the_same_scales(by_session, sessions, legible):
    bus, tax = plot_theme_panels_by_session(by_session, sessions).axes
    assert (bus.get_title(loc="left"), tax.get_title(loc="left")) == ("バス", "税")
    assert bus.get_ylim() == tax.get_ylim()
    assert bus.get_ylim()[0] == 0
    legible(bus)


def test_a_session_of_few_opinions_keeps_its_place_without_a_dot(by_session, sessions):
    bus, _ = plot_theme_panels_by_session(by_session, sessions).axes
    dots, _ = dots_and_intervals(bus, axis=1)
    assert dots[:2] == [0.5, 0.2]
    assert pd.isna(dots[2])
    heads = [label.get_text().replace("\n", "") for label in bus.get_xticklabels()]
    assert heads == ["第1回2019年7月29日(月)60件", "第2回2019年7月30日(火)50件", "第3回4件"]


def test_sessions_stand_below_the_last_panel_of_each_column(by_session, sessions, legible):
    themes = [by_session[by_session["theme"] == "バス"].assign(theme=name) for name in "甲乙丙丁"]
    *_, lowest, spare, _ = plot_theme_panels_by_session(pd.concat(themes), sessions).axes
    legible(lowest)
    heads = [label.get_text() for label in lowest.get_xticklabels()]
    assert [text.get_text() for text in spare.texts] == heads
    assert not spare.get_xticks().size
    tops = [text.get_window_extent().y1 for text in spare.texts]
    assert tops == pytest.approx([spare.get_window_extent().y1] * len(heads))


def test_what_is_left_out_is_said(by_session, sessions):
    bus, _ = plot_theme_panels_by_session(by_session, sessions).axes
    note = bus.get_figure().get_supxlabel()
    assert "30件に満たない回には点を打たない" in note
    assert "回の記録がない意見7件は除く" in note


def test_fewer_than_a_hundred_opinions_make_no_panels(by_session, sessions):
    with pytest.raises(NotInDataError, match="回の分かる意見が54件"):
        plot_theme_panels_by_session(by_session[by_session["group"] != "第1回"], sessions)


@pytest.mark.parametrize(
    ("style", "n_themes", "n_sessions"),
    [(HALF_WIDTH, 1, 1), (Style("colour"), 4, 4), (HALF_WIDTH, 2, 4), (Style(), 2, 12)],
)
def test_any_number_of_panels_is_legible(style, n_themes, n_sessions, legible):
    table = pd.DataFrame(
        [
            (f"{k}番目の市民活動サポートコーナーの活用", f"第{s}回", 5, 1000, 0.1, 0.05, 0.2)
            for k in range(n_themes)
            for s in range(1, n_sessions + 1)
        ],
        columns=["theme", "group", "n_opinions", "n_group", "share", "low", "high"],
    )
    dates = pd.date_range("2024-12-20", periods=n_sessions)
    sessions = pd.DataFrame({"session": range(1, n_sessions + 1), "date": dates})
    axes = plot_theme_panels_by_session(table, sessions, style=style).axes
    titles = [ax.get_title(loc="left") for ax in axes]
    assert sum(map(bool, titles)) == n_themes
    legible(axes[0])
