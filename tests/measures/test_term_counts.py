import pandas as pd

from kyodo_analysis.measures import count_terms
from kyodo_analysis.tables import TERMS


def test_terms_are_ordered_by_opinions_before_occurrences(terms: pd.DataFrame) -> None:
    counts = count_terms(terms)

    assert counts["term"].to_list() == ["バス", "広報", "知る", "税", "高い"]
    assert counts["n_opinions"].to_list() == [2, 2, 1, 1, 1]
    assert counts["n"].to_list() == [2, 2, 2, 1, 1]
    assert counts["opinion_ids"].to_list() == ["A1、A2", "B1、B2", "B1", "A1", "A1"]


def test_a_form_is_one_term_with_its_most_frequent_part_of_speech(terms: pd.DataFrame) -> None:
    # バス as a proper noun: in A2 and B1, in A1 and A2 as a common one
    other = terms.iloc[[3, 4, 4]].assign(term="バス", part_of_speech="名詞,固有名詞")
    counts = count_terms(pd.concat([terms, other]))

    found = counts[counts["term"] == "バス"].dropna(axis=1).astype("str").to_numpy().tolist()
    assert found == [["バス", "名詞,固有名詞", "3", "5", "A1、A2、B1"]]


def test_hidden_words_of_one_length_are_not_a_term(terms: pd.DataFrame) -> None:
    counts = count_terms(terms.replace({"term": {"バス": "●●"}}))

    assert counts["term"].to_list() == ["広報", "知る", "税", "高い"]


def test_no_terms_give_an_empty_table() -> None:
    assert count_terms(TERMS.make()).empty
