import pandas as pd

from kyodo_analysis.measures import count_attendance, count_organization_types, find_returning


def test_listed_organizations_stand_beside_the_stated_numbers(
    attendance: pd.DataFrame, sessions: pd.DataFrame
) -> None:
    counts = count_attendance(attendance, sessions)

    assert counts["session"].to_list() == [1, 2, 10]
    assert counts["n_organizations"].to_list() == [0, 3, 1]
    assert counts["n_organizations_stated"].fillna(-1).to_list() == [-1, 3, 1]
    assert counts["n_people_stated"].fillna(-1).to_list() == [-1, 7, -1]
    assert counts["organizations"].to_list() == ["", "川の会、道の会、橋の会", "川の会"]


def test_a_session_that_only_the_attendance_knows_is_kept(
    attendance: pd.DataFrame, sessions: pd.DataFrame
) -> None:
    counts = count_attendance(attendance, sessions.iloc[:1])

    assert counts["session"].to_list() == [2, 10]


def test_where_nothing_is_said_of_who_came_no_session_has_zero_organizations(
    attendance: pd.DataFrame, sessions: pd.DataFrame
) -> None:
    unknown = pd.array([pd.NA] * len(sessions), dtype="Int64")
    silent = sessions.assign(n_organizations_stated=unknown, n_people_stated=unknown)

    assert count_attendance(attendance.head(0), silent).empty
    assert len(count_attendance(attendance, silent)) == 3
    assert len(count_attendance(attendance.head(0), sessions)) == 3


def test_types_that_stayed_away_are_zero_and_missing_types_are_named(
    attendance: pd.DataFrame,
) -> None:
    counts = count_organization_types(attendance)

    assert counts[["session", "organization_type", "n_organizations"]].to_numpy().tolist() == [
        [2, "NPO法人", 2],
        [2, "記載なし", 1],
        [10, "NPO法人", 0],
        [10, "記載なし", 1],
    ]
    assert counts["organizations"].to_list() == ["川の会、橋の会", "道の会", "", "川の会"]


def test_an_organization_at_two_sessions_is_found_with_both(attendance: pd.DataFrame) -> None:
    assert find_returning(attendance).to_numpy().tolist() == [["川の会", 2, "第2回、第10回"]]
