import pandas as pd

from kyodo_analysis.measures import count_terms
from kyodo_analysis.tables import TERMS


def test_terms_are_ordered_by_opinions_before_occurrences(terms: pd.DataFrame) -> None:
    counts = count_terms(terms)

    assert counts["term"].to_list() == ["バス", "広報", "知る", "税", "高い"]
    assert counts["n_opinions"].to_list() == [2, 2, 1, 1, 1]
    assert counts["n"].to_list() == [2, 2, 2, 1, 1]
    assert counts["opinion_ids"].to_list() == ["A1、A2", "B1、B2", "B1", "A1", "A1"]


def test_the_same_form_with_two_parts_of_speech_is_two_terms(terms: pd.DataFrame) -> None:
    other = terms.iloc[[2]].assign(part_of_speech="名詞,固有名詞")
    counts = count_terms(pd.concat([terms, other]))

    assert counts.loc[counts["term"] == "バス", "n"].to_list() == [2, 1]


def test_no_terms_give_an_empty_table() -> None:
    assert count_terms(TERMS.make()).empty
