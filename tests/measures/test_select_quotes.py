import pandas as pd

from kyodo_analysis.measures import select_quotes
from kyodo_analysis.tables import CODINGS, EVIDENCE


def _all_coded(opinions: pd.DataFrame) -> pd.DataFrame:
    return CODINGS.make(
        {"opinion_id": opinion_id, "code": "暮らし", "coder": "佐藤", "method": "human"}
        for opinion_id in opinions["opinion_id"]
    )


def test_quotes_keep_the_words_and_say_where_the_evidence_stands(
    opinions: pd.DataFrame, codings: pd.DataFrame, evidence: pd.DataFrame
) -> None:
    quotes = select_quotes(opinions, codings, evidence.iloc[::-1], "バス")

    assert quotes["opinion_id"].to_list() == ["A1", "A2"]
    assert quotes["text"].to_list() == opinions["text"].iloc[:2].to_list()
    assert quotes["evidence"].fillna("").to_list() == ["バス[5-7]、本数[8-10]", ""]
    assert quotes["source"].to_list() == ["opinions.txt:1行", "opinions.txt:2行"]


def test_themes_come_in_the_given_order(
    opinions: pd.DataFrame, codings: pd.DataFrame, evidence: pd.DataFrame
) -> None:
    quotes = select_quotes(opinions, codings, evidence, ["知らせ方", "負担"])

    assert quotes[["theme", "opinion_id"]].to_numpy().tolist() == [
        ["知らせ方", "B1"],
        ["知らせ方", "B2"],
        ["負担", "A1"],
    ]


def test_a_few_quotes_are_taken_from_every_category_in_turn(opinions: pd.DataFrame) -> None:
    coded = _all_coded(opinions)

    assert select_quotes(opinions, coded, EVIDENCE.make(), "暮らし", per_theme=4)[
        "opinion_id"
    ].to_list() == ["A1", "A2", "B1", "X1"]


def test_a_text_already_quoted_comes_last(opinions: pd.DataFrame) -> None:
    text = opinions["text"].iloc[0]
    same = opinions.assign(text=[text, "別の声", text, text, "もう一つの声"])

    quotes = select_quotes(same, _all_coded(same), EVIDENCE.make(), "暮らし", per_theme=3)

    assert quotes["opinion_id"].to_list() == ["A1", "A2", "X1"]
