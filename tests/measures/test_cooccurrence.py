import pandas as pd

from kyodo_analysis.measures import count_theme_pairs
from kyodo_analysis.tables import CODINGS


def test_themes_on_the_same_opinion_are_counted_and_listed(
    codings: pd.DataFrame, opinions: pd.DataFrame, themes: list[str]
) -> None:
    pairs = count_theme_pairs(codings, opinions, themes)

    assert pairs.loc[0].to_list() == ["負担", "バス", 1, 1, 2, 0.5, "A1"]
    assert pairs["n_both"].to_list() == [1, 0, 0, 0, 0, 0]
    assert pairs[["theme_a", "theme_b"]].to_numpy().tolist() == [
        ["負担", "バス"],
        ["負担", "知らせ方"],
        ["負担", "防災"],
        ["バス", "知らせ方"],
        ["バス", "防災"],
        ["知らせ方", "防災"],
    ]


def test_two_themes_of_nobody_have_no_coefficient(opinions: pd.DataFrame) -> None:
    pairs = count_theme_pairs(CODINGS.make(), opinions, ["防災", "教育"])

    assert pairs["jaccard"].isna().to_list() == [True]
