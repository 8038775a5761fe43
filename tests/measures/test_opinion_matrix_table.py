import pandas as pd

from kyodo_analysis.measures import opinion_matrix


def test_every_opinion_meets_every_theme_in_drawing_order(
    codings: pd.DataFrame, opinions: pd.DataFrame, themes: list[str]
) -> None:
    matrix = opinion_matrix(codings, opinions.iloc[::-1], themes)

    columns = matrix.drop_duplicates("position")
    assert columns["opinion_id"].to_list() == ["A2", "A1", "B2", "B1", "X1"]
    assert columns["category"].fillna("").to_list() == ["交通", "交通", "広報", "広報", ""]
    assert matrix["theme"].to_list()[::5] == ["バス", "知らせ方", "負担", "防災"]
    assert matrix.loc[matrix["coded"], ["theme", "opinion_id"]].to_numpy().tolist() == [
        ["バス", "A2"],
        ["バス", "A1"],
        ["知らせ方", "B2"],
        ["知らせ方", "B1"],
        ["負担", "A1"],
    ]


def test_totals_stand_beside_themes_and_opinions(
    codings: pd.DataFrame, opinions: pd.DataFrame, themes: list[str]
) -> None:
    matrix = opinion_matrix(codings, opinions, themes)

    assert matrix.drop_duplicates("theme")["n_theme"].to_list() == [2, 2, 1, 0]
    assert matrix.drop_duplicates("opinion_id")["n_themes"].to_list() == [2, 1, 1, 1, 0]


def test_opinions_without_any_category_keep_their_order(
    codings: pd.DataFrame, opinions: pd.DataFrame, themes: list[str]
) -> None:
    plain = opinions.assign(category=pd.array([None] * 5, dtype="str"))

    matrix = opinion_matrix(codings, plain, themes)

    assert matrix["opinion_id"].to_list()[:5] == ["A1", "A2", "B1", "B2", "X1"]
