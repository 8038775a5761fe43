import pandas as pd

from kyodo_analysis.reading.checks.characters import Characters

TEXTS = pd.Series(["(橋(", "", "𠮷野)橋橋"], dtype="str")


def test_characters_are_counted_in_the_text_that_holds_them() -> None:
    characters = Characters(TEXTS)
    assert characters.count("橋").tolist() == [1, 0, 2]
    assert characters.count("(𠮷").tolist() == [2, 0, 1]
    assert characters.count("((").tolist() == [2, 0, 0]
    assert characters.count("道").tolist() == [0, 0, 0]


def test_every_character_is_named_once_in_the_order_of_unicode() -> None:
    assert Characters(TEXTS).distinct == sorted(set("(橋𠮷野)"))


def test_no_texts_hold_no_characters() -> None:
    characters = Characters(TEXTS.iloc[:0])
    assert characters.distinct == []
    assert characters.count("橋").tolist() == []
