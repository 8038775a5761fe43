import pandas as pd
import pytest

from kyodo_analysis.errors import NotInDataError
from kyodo_analysis.measures import count_opinions_by_group, groups_by
from kyodo_analysis.measures.groups import membership_of


def test_sessions_are_ordered_by_number_not_as_text(opinions: pd.DataFrame) -> None:
    groups = groups_by(opinions, "session")

    assert list(groups["group"].cat.categories) == ["第1回", "第2回", "第10回"]
    assert groups["group"].iloc[:4].to_list() == ["第1回", "第2回", "第10回", "第10回"]
    assert groups["group"].isna().to_list() == [False, False, False, False, True]


def test_categories_follow_their_codes_by_number(opinions: pd.DataFrame) -> None:
    coded = opinions.assign(category_code=["10", "10", "2", "2", None])

    assert list(groups_by(coded, "category")["group"].cat.categories) == ["広報", "交通"]


def test_categories_without_codes_follow_their_first_appearance(opinions: pd.DataFrame) -> None:
    uncoded = opinions.assign(category_code=None).iloc[::-1]

    assert list(groups_by(uncoded, "category")["group"].cat.categories) == ["広報", "交通"]


def test_attribute_values_follow_the_number_in_them(
    opinions: pd.DataFrame, attributes: pd.DataFrame
) -> None:
    groups = groups_by(opinions, "年代", attributes)

    assert list(groups["group"].cat.categories) == ["20歳未満", "20代", "30代", "無回答"]


def test_unrecorded_sessions_are_refused_with_the_reason(opinions: pd.DataFrame) -> None:
    unrecorded = opinions.assign(session=pd.array([None] * 5, dtype="Int64"))

    with pytest.raises(
        NotInDataError, match=r"「opinions.txt」の意見には、「回」が記録されていません"
    ):
        groups_by(unrecorded, "session")


def test_an_unknown_attribute_is_refused_with_those_that_exist(
    opinions: pd.DataFrame, attributes: pd.DataFrame
) -> None:
    with pytest.raises(NotInDataError, match="使えるのは 分類、回、年代 です"):
        groups_by(opinions, "地区", attributes)


def test_an_attribute_of_none_of_these_opinions_is_refused(
    opinions: pd.DataFrame, attributes: pd.DataFrame
) -> None:
    with pytest.raises(NotInDataError, match=r"意見には、「年代」が記録されていません.1件中0件"):
        groups_by(opinions.iloc[[4]], "年代", attributes)


def test_opinions_without_a_group_are_counted_last_as_unrecorded(opinions: pd.DataFrame) -> None:
    counts = count_opinions_by_group(groups_by(opinions, "category"))

    assert counts["group"].to_list() == ["交通", "広報", "記録なし"]
    assert counts["n_opinions"].to_list() == [2, 2, 1]
    assert counts["opinion_ids"].to_list() == ["A1、A2", "B1、B2", "X1"]


def test_groups_without_an_order_keep_that_of_their_appearance(opinions: pd.DataFrame) -> None:
    plain = groups_by(opinions, "session").astype({"group": "str"})

    assert count_opinions_by_group(plain)["group"].to_list() == [
        "第1回",
        "第2回",
        "第10回",
        "記録なし",
    ]
    assert membership_of(plain, opinions).levels == ["第1回", "第2回", "第10回"]


def test_a_group_without_opinions_survives_as_zero(opinions: pd.DataFrame) -> None:
    counts = count_opinions_by_group(groups_by(opinions, "category").iloc[:2])

    assert counts["n_opinions"].to_list() == [2, 0]


def test_groups_say_what_they_are_made_of(opinions: pd.DataFrame, attributes: pd.DataFrame) -> None:
    origins = [
        groups_by(opinions, by, attributes)[["basis", "from_text"]].drop_duplicates().to_numpy()
        for by in ("category", "session", "年代")
    ]

    assert [origin.tolist() for origin in origins] == [
        [["分類", True]],
        [["回", False]],
        [["年代", False]],
    ]


def test_one_value_is_no_comparison_and_names_column_and_file(
    opinions: pd.DataFrame, attributes: pd.DataFrame
) -> None:
    groups = groups_by(opinions, "年代", attributes.assign(value="30代"))

    with pytest.raises(NotInDataError, match=r"「opinions\.txt」.*年代.*組は1つ.*「30代」.*だけ"):
        membership_of(groups, opinions)


def test_a_value_for_every_opinion_is_no_comparison(
    opinions: pd.DataFrame, attributes: pd.DataFrame
) -> None:
    groups = groups_by(opinions, "年代", attributes)

    with pytest.raises(NotInDataError, match="組は4つで、どの組にも1件ずつです"):
        membership_of(groups, opinions)


def test_people_and_texts_are_counted_beside_opinions(opinions: pd.DataFrame) -> None:
    spoken = opinions.assign(
        respondent=["甲", "甲", "乙", None, None], text=["同じ文です"] * 2 + ["別の文"] * 3
    )

    counts = count_opinions_by_group(groups_by(spoken, "category"), spoken)

    # 広報: 乙 and one who is not known
    assert counts[["n_opinions", "n_texts", "n_respondents"]].to_numpy().tolist() == [
        [2, 1, 1],
        [2, 1, 2],
        [1, 1, 1],
    ]


def test_without_any_respondent_people_are_not_counted(opinions: pd.DataFrame) -> None:
    counts = count_opinions_by_group(groups_by(opinions, "category"), opinions)

    assert counts["n_respondents"].isna().all()
    assert counts["n_texts"].to_list() == [2, 2, 1]
