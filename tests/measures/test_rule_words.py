import pandas as pd

from kyodo_analysis.measures import weigh_words
from kyodo_analysis.tables import EVIDENCE


def test_an_opinion_is_lost_with_the_only_word_that_spoke_for_it(
    opinions: pd.DataFrame, codings: pd.DataFrame, themes: list[str]
) -> None:
    fired = [
        ("A1", "バス", "バス"),
        ("A1", "バス", "バス"),
        ("A1", "バス", "本数"),
        ("A2", "バス", "バス"),
        ("A1", "負担", "税"),
        ("X1", "バス", "困"),
    ]
    evidence = EVIDENCE.make(
        {"opinion_id": opinion_id, "code": code, "matched": word, "start": place, "end": place + 1}
        for place, (opinion_id, code, word) in enumerate(fired)
    )

    table = weigh_words(evidence, codings, opinions, themes)

    # X1 does not carry the theme, so that 困 speaks for nobody
    columns = ["theme", "word", "n_opinions", "n_alone", "n_left", "n_theme", "opinion_ids"]
    assert table[columns].to_numpy().tolist() == [
        ["負担", "税", 1, 1, 0, 1, "A1"],
        ["バス", "バス", 2, 1, 1, 2, "A2"],
        ["バス", "本数", 1, 0, 2, 2, ""],
    ]
    assert table["carries_half"].to_list() == [True, True, False]


def test_people_give_no_words(
    opinions: pd.DataFrame, codings: pd.DataFrame, themes: list[str]
) -> None:
    assert weigh_words(EVIDENCE.make(), codings, opinions, themes).empty
