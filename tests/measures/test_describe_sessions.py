import pandas as pd
import pytest

from kyodo_analysis.errors import NotInDataError
from kyodo_analysis.measures import describe_sessions
from kyodo_analysis.tables import SESSIONS


def test_each_session_says_how_many_opinions_and_which_themes_it_brought(
    codings: pd.DataFrame, opinions: pd.DataFrame, themes: list[str]
) -> None:
    held = SESSIONS.make([{"session": 1, "date": pd.Timestamp("2025-06-03")}, {"session": 3}])

    table = describe_sessions(codings, opinions, held, themes)

    assert table["session"].fillna(0).to_list() == [1, 2, 3, 10, 0]
    assert table["n_opinions"].to_list() == [1, 1, 0, 2, 1]
    assert table["n_themes"].to_list() == [2, 1, 0, 1, 0]
    assert table["n_new_themes"].to_list() == [2, 0, 0, 1, 0]
    assert table["new_themes"].to_list() == ["負担、バス", "", "", "知らせ方", ""]
    assert table["opinion_ids"].to_list() == ["A1", "A2", "", "B1、B2", "X1"]
    assert table["date"].notna().to_list() == [True, False, False, False, False]


def test_a_report_without_sessions_is_refused(
    codings: pd.DataFrame, opinions: pd.DataFrame, sessions: pd.DataFrame, themes: list[str]
) -> None:
    unrecorded = opinions.assign(session=pd.array([None] * 5, dtype="Int64"))

    with pytest.raises(NotInDataError, match="記録されていません"):
        describe_sessions(codings, unrecorded, sessions, themes)
