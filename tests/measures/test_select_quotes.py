import pandas as pd

from kyodo_analysis.measures import select_quotes
from kyodo_analysis.tables import CODINGS, EVIDENCE, PHRASES


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


def test_near_copies_are_shown_once_with_their_number(opinions: pd.DataFrame) -> None:
    letter = "駅前の歩道橋に屋根を付けてください。お願いします。"
    same = opinions.assign(text=[f"{n}番。{letter}" if n < 3 else f"声{n}" for n in range(5)])

    quotes = select_quotes(same, _all_coded(same), EVIDENCE.make(), "暮らし", per_theme=3)

    assert quotes[["opinion_id", "n_copies"]].to_numpy().tolist() == [
        ["A1", 3],
        ["B2", 1],
        ["X1", 1],
    ]


def test_no_voice_speaks_for_two_themes_while_others_have_not_spoken(
    opinions: pd.DataFrame,
) -> None:
    given = {"暮らし": ["A1", "A2"], "安全": ["A1", "A2"], "費用": ["A1", "X1"]}
    coded = CODINGS.make(
        {"opinion_id": opinion_id, "code": code, "coder": "佐藤", "method": "human"}
        for code, ids in given.items()
        for opinion_id in ids
    )

    quotes = select_quotes(opinions, coded, EVIDENCE.make(), list(given), per_theme=1)

    # A2 carries two themes, A1 three
    assert quotes["opinion_id"].to_list() == ["A2", "A1", "X1"]


def test_what_denies_its_theme_is_marked_and_comes_last(opinions: pd.DataFrame) -> None:
    texts = ["バスは要らない。", "バスは要る。税は要らない。", "バスがほしい。", "橋。", "道。"]
    spoken = opinions.assign(text=texts, raw_text=texts, category=None)
    coded = CODINGS.make(
        {"opinion_id": opinion_id, "code": "バス", "coder": "codebook", "method": "rule"}
        for opinion_id in ("A1", "A2", "B1")
    )
    found = EVIDENCE.make(
        {"opinion_id": opinion_id, "code": "バス", "matched": "バス", "start": 0, "end": 2}
        for opinion_id in ("A1", "A2", "B1")
    )
    phrases = PHRASES.make(
        {"opinion_id": name, "sentence": sentence, "kind": "否定", "matched": "ない"}
        | {"start": start, "end": start + 2}
        for name, sentence, start in (("A1", 1, 5), ("A2", 2, 11))
    )

    every = select_quotes(spoken, coded, found, "バス", phrases=phrases)
    two = select_quotes(spoken, coded, found, "バス", phrases=phrases, per_theme=2)

    assert every["denied"].to_list() == [True, False, False]
    assert two["opinion_id"].to_list() == ["A2", "B1"]
