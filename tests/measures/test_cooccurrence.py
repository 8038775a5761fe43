import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from kyodo_analysis.measures import count_term_pairs, count_theme_pairs
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


def test_words_in_the_same_opinion_are_paired_strongest_first(
    opinions: pd.DataFrame, terms: pd.DataFrame
) -> None:
    pairs = count_term_pairs(terms, opinions, min_opinions=1)

    assert pairs[["n_both", "n_a", "n_b"]].to_numpy().tolist() == [
        [1, 1, 1],
        [1, 2, 1],
        [1, 2, 1],
        [1, 2, 1],
    ]
    assert pairs[["word_a", "word_b"]].to_numpy().tolist() == [
        ["税", "高い"],
        ["バス", "税"],
        ["バス", "高い"],
        ["広報", "知る"],
    ]
    assert pairs["jaccard"].to_list() == pytest.approx([1, 0.5, 0.5, 0.5])


def test_a_form_with_two_parts_of_speech_is_one_word(
    opinions: pd.DataFrame, terms: pd.DataFrame
) -> None:
    other = terms.assign(
        part_of_speech=terms["part_of_speech"].mask(terms.index == 2, "名詞,固有名詞")
    )

    assert_frame_equal(
        count_term_pairs(other, opinions, min_opinions=1),
        count_term_pairs(terms, opinions, min_opinions=1),
    )
