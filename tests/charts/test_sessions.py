import pandas as pd
import pytest

from kyodo_analysis.charts import (
    HALF_WIDTH,
    Style,
    plot_attendance,
    plot_organization_types,
    plot_themes_by_session,
)


@pytest.fixture
def attendance():
    """第1回と第10回; the tenth without a date or a stated number of people."""
    return pd.DataFrame(
        {
            "session": pd.array([1, 10], dtype="Int64"),
            "date": pd.to_datetime(["2019-06-26", None]),
            "n_organizations": pd.array([9, 5], dtype="Int64"),
            "n_people_stated": pd.array([10, None], dtype="Int64"),
        }
    )


def labels(axis):
    return [label.get_text().replace("\n", "") for label in axis.get_ticklabels()]


def test_organizations_and_people_are_two_bars_from_one_zero(attendance):
    ax = plot_attendance(attendance)
    organizations, people = ax.containers
    assert [bar.get_width() for bar in organizations] == [9, 5]
    assert [bar.get_width() for bar in people] == [10, 0]
    assert ax.get_xlim() == (0, 10)


def test_a_number_of_people_that_is_not_stated_is_no_zero(attendance, legible):
    ax = plot_attendance(attendance)
    assert [text.get_text() for text in ax.texts] == ["9団体", "5団体", "10名", "記載なし"]
    legible(ax)


def test_where_no_organization_is_listed_none_is_drawn_as_zero(attendance, legible):
    ax = plot_attendance(attendance.assign(n_organizations=pd.array([0, 0], dtype="Int64")))
    assert [text.get_text() for text in ax.texts] == ["記載なし", "記載なし", "10名", "記載なし"]
    legible(ax)


def test_sessions_carry_date_and_weekday_where_known(attendance):
    assert labels(plot_attendance(attendance).yaxis) == ["第1回2019年6月26日(水)", "第10回"]


def test_organization_types_are_counted_per_session_with_its_date(attendance, legible):
    table = pd.DataFrame(
        {
            "session": [1, 1, 10, 10],
            "organization_type": ["NPO法人", "記載なし"] * 2,
            "n_organizations": [3, 6, 0, 5],
        }
    )
    ax = plot_organization_types(table, attendance)
    assert [text.get_text() for text in ax.texts] == ["3", "0", "6", "5"]
    assert labels(ax.xaxis) == ["第1回2019年6月26日(水)", "第10回"]
    assert labels(ax.yaxis) == ["NPO法人", "記載なし"]
    legible(ax)


def test_themes_by_session_name_the_dates_and_keep_opinions_without_a_session(attendance, legible):
    table = pd.DataFrame(
        {
            "theme": "バス",
            "group": ["第1回", "第10回", "記録なし"],
            "n_opinions": [2, 0, 1],
            "n_group": [4, 3, 2],
        }
    )
    ax = plot_themes_by_session(table, attendance)
    assert labels(ax.xaxis) == ["第1回2019年6月26日(水)", "第10回", "記録なし"]
    assert [text.get_text() for text in ax.texts] == ["2", "0", "1", "4", "3", "2"]
    legible(ax)


@pytest.mark.parametrize("style", [Style("colour"), HALF_WIDTH])
def test_twenty_sessions_are_legible(style, legible):
    sessions = pd.DataFrame(
        {
            "session": range(1, 21),
            "date": pd.date_range("2024-12-20", periods=20),
            "n_organizations": 100,
            "n_people_stated": range(20),
        }
    )
    legible(plot_attendance(sessions, style=style))
    table = sessions.assign(organization_type="認定NPO法人")
    legible(plot_organization_types(table, sessions, style=style))
