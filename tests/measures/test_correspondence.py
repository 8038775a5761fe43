from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from kyodo_analysis.errors import NotInDataError
from kyodo_analysis.measures import CorrespondenceSettings, Shuffles, find_correspondence
from kyodo_analysis.measures.correspondence import decompose
from kyodo_analysis.measures.tables import CORRESPONDENCE_AXES, CORRESPONDENCE_POINTS, MAP_CHECKS
from kyodo_analysis.tables import GROUPS

Make = Callable[..., Any]
# Greenacre (1984): staff groups by how much they smoke
SMOKING = np.array(
    [[4, 2, 3, 2], [4, 3, 7, 4], [25, 10, 12, 4], [18, 24, 33, 13], [10, 6, 7, 2]], dtype=float
)
SETTINGS = CorrespondenceSettings(shuffles=Shuffles(n=39))


def _groups(opinions: pd.DataFrame, n_groups: int) -> pd.DataFrame:
    return GROUPS.make(
        {
            "opinion_id": name,
            "group": f"第{number % n_groups + 1}回",
            "basis": "会場",
            "from_text": False,
        }
        for number, name in enumerate(opinions["opinion_id"])
    )


def test_the_inertias_are_greenacres() -> None:
    inertias = decompose(SMOKING).inertias

    assert inertias.sum() == pytest.approx(0.0852, abs=5e-5)
    assert (inertias / inertias.sum())[:3] == pytest.approx([0.878, 0.118, 0.005], abs=5e-4)


def test_the_coordinates_are_greenacres_with_a_fixed_sign() -> None:
    found = decompose(SMOKING)

    rows, columns = found.rows[:, :2], found.columns[:, :2]
    assert np.abs(rows) == pytest.approx(
        np.array([[0.066, 0.194], [0.259, 0.243], [0.381, 0.011], [0.233, 0.058], [0.201, 0.079]]),
        abs=5e-4,
    )
    assert columns[np.abs(columns).argmax(axis=0), [0, 1]].min() > 0
    assert np.sign(rows[:, 0]).tolist() == [1, -1, 1, -1, 1]


def test_points_lie_around_a_common_centre() -> None:
    found = decompose(SMOKING)

    assert SMOKING.sum(axis=1) @ found.rows == pytest.approx(np.zeros(4), abs=1e-9)
    assert SMOKING.sum(axis=0) @ found.columns == pytest.approx(np.zeros(4), abs=1e-9)


def test_groups_with_words_of_their_own_lie_among_them(study_of: Make, topics: Make) -> None:
    opinions, terms = study_of(topics(1))

    found = find_correspondence(terms, _groups(opinions, 3), opinions, SETTINGS)

    place = found.points.set_index("name")[["x", "y"]]
    distance = {
        word: np.hypot(*(place.loc[["第1回", "第2回", "第3回"]] - place.loc[word]).to_numpy().T)
        for word in "税橋森"
    }
    assert [int(distances.argmin()) for distances in distance.values()] == [0, 1, 2]
    assert found.axes["above"].all()
    assert found.axes["share"].sum() == pytest.approx(1)
    assert found.check.loc[0, "holds"]


def test_small_talk_makes_no_axes(study_of: Make, small_talk: Make) -> None:
    opinions, terms = study_of(small_talk(4))

    assert not find_correspondence(terms, _groups(opinions, 4), opinions, SETTINGS).check.loc[
        0, "holds"
    ]


def test_a_map_of_which_one_axis_is_chance_does_not_hold(study_of: Make, topics: Make) -> None:
    talk = {name: words for name, words in topics(1, n=90).items() if int(name[1:]) % 3 < 2}
    opinions, terms = study_of(talk)
    groups = GROUPS.make(
        {
            "opinion_id": name,
            "group": "甲" if number % 2 else f"乙{number % 4}",
            "basis": "会場",
            "from_text": False,
        }
        for number, name in enumerate(talk)
    )

    found = find_correspondence(terms, groups, opinions, SETTINGS)

    assert found.axes["above"].to_list() == [True, False]
    assert found.check.loc[0, ["measure", "holds"]].to_list() == ["成分2の固有値", False]


def test_only_the_words_that_tell_groups_apart_are_placed(study_of: Make, topics: Make) -> None:
    opinions, terms = study_of(topics(1))
    few = CorrespondenceSettings(n_words=12, shuffles=Shuffles(n=9))

    points = find_correspondence(terms, _groups(opinions, 3), opinions, few).points

    words = points.loc[points["kind"] == "語"]
    assert set(words["name"]) == set("税費料金橋道坂歩森畑花土")
    assert words["n"].sum() == points.loc[points["kind"] == "組", "n"].sum() == 180


def test_a_group_without_any_of_the_words_is_not_placed(study_of: Make, topics: Make) -> None:
    talk = topics(1) | {"Q1": "無口 沈黙", "Q2": "無言 黙秘"}
    opinions, terms = study_of(talk)
    groups = GROUPS.make(
        {
            "opinion_id": name,
            "group": "静" if name[0] == "Q" else f"第{int(name[1:]) % 3 + 1}回",
            "basis": "会場",
            "from_text": False,
        }
        for name in talk
    )

    points = find_correspondence(terms, groups, opinions, SETTINGS).points

    assert points.loc[points["kind"] == "組", "name"].to_list() == ["第1回", "第2回", "第3回"]


def test_two_groups_make_no_map(study_of: Make, topics: Make) -> None:
    opinions, terms = study_of(topics(1))

    with pytest.raises(NotInDataError, match="比べるには3つ以上の組"):
        find_correspondence(terms, _groups(opinions, 2), opinions, SETTINGS)


def test_a_map_of_which_two_groups_use_the_words_is_refused(study_of: Make) -> None:
    opinions, terms = study_of({"a": "税 橋 道", "b": "税 橋", "c": "橋 道 道", "d": "無言"})
    groups = GROUPS.make(
        {"opinion_id": name, "group": group, "basis": "会場", "from_text": False}
        for name, group in {"a": "北", "b": "北", "c": "南", "d": "静"}.items()
    )

    with pytest.raises(NotInDataError, match="語を使った組が2つしかありません"):
        find_correspondence(terms, groups, opinions, SETTINGS)


def test_words_that_every_group_uses_alike_make_no_map(study_of: Make) -> None:
    opinions, terms = study_of({f"P{n}": f"税 橋 道 声{n}" for n in range(9)})

    with pytest.raises(NotInDataError, match="どの組でも同じ割合"):
        find_correspondence(terms, _groups(opinions, 3), opinions, SETTINGS)


def test_the_map_keeps_its_contracts_and_is_the_same_twice(study_of: Make, topics: Make) -> None:
    opinions, terms = study_of(topics(2))

    first, second = (
        find_correspondence(terms, _groups(opinions, 3), opinions, SETTINGS) for _ in range(2)
    )

    contracts = {"points": CORRESPONDENCE_POINTS, "axes": CORRESPONDENCE_AXES, "check": MAP_CHECKS}
    for name, contract in contracts.items():
        assert_frame_equal(contract.check(getattr(first, name)), getattr(second, name))


def test_a_second_axis_is_held_against_what_the_first_one_leaves(
    study_of: Make, topics: Make
) -> None:
    opinions, terms = study_of(topics(1, n=90))

    axes = find_correspondence(terms, _groups(opinions, 3), opinions, SETTINGS).axes

    # chance has one direction less for each axis before
    assert axes["reference"].is_monotonic_decreasing
    assert axes["reference"].iloc[1] < 0.95 * axes["reference"].iloc[0]


def test_an_axis_after_one_that_is_chance_is_not_above(study_of: Make, small_talk: Make) -> None:
    opinions, terms = study_of(small_talk(4))

    axes = find_correspondence(terms, _groups(opinions, 4), opinions, SETTINGS).axes

    assert not axes["above"].any()
