from collections import Counter
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from kyodo_analysis.errors import NotInDataError
from kyodo_analysis.measures import (
    Shuffles,
    compare_terms_by_group,
    groups_by,
)
from kyodo_analysis.measures.keyness import weighted_log_odds
from kyodo_analysis.tables import GROUPS

Make = Callable[..., Any]


def _groups(names: dict[str, str]) -> pd.DataFrame:
    return GROUPS.make(
        {"opinion_id": name, "group": group, "basis": "会場", "from_text": False}
        for name, group in names.items()
    )


def test_the_weighted_log_odds_are_those_of_fightin_words() -> None:
    first = Counter(["the", "quick", "brown", "fox", "jumps", "over", "the", "lazy", "pig"])
    second = Counter(["the", "lazy", "purple", "pig", "jumps", "over", "the", "lazier", "donkey"])
    words = sorted({*first, *second})
    counts = np.array([[first[word], second[word]] for word in words], dtype=float)

    z = dict(
        zip(
            words,
            weighted_log_odds(counts, counts.sum(axis=0), np.full(len(words), 0.05))[:, 0],
            strict=True,
        )
    )

    assert [z[word] for word in ("brown", "fox", "quick")] == pytest.approx([0.6894] * 3, abs=5e-5)
    assert [z[word] for word in ("donkey", "lazier", "purple")] == pytest.approx(
        [-0.6894] * 3, abs=5e-5
    )
    assert [z[word] for word in ("the", "jumps", "over", "lazy", "pig")] == pytest.approx([0] * 5)


def test_the_coefficient_and_the_choice_of_words_are_kh_coders(study_of: Make) -> None:
    opinions, terms = study_of(
        {"a": "駅 駅 道", "b": "駅 川", "c": "道 川", "d": "川 駅", "e": "道"}
    )
    groups = _groups({"a": "北", "b": "北", "c": "南", "d": "南", "e": "南"})

    found = compare_terms_by_group(terms, groups, opinions, shuffles=Shuffles(n=19))

    shown = found[["group", "term", "n_opinions", "n", "n_opinions_total", "n_total"]]
    assert shown.astype("str").to_numpy().tolist() == [
        ["北", "駅", "2", "3", "3", "4"],
        ["南", "川", "2", "2", "3", "3"],
        ["南", "道", "2", "2", "3", "3"],
    ]
    # a / (df + n_category - a)
    assert found["jaccard"].to_list() == pytest.approx([2 / (3 + 2 - 2), 2 / (3 + 3 - 2), 0.5])
    assert found["opinion_ids"].to_list() == ["a、b", "c、d", "c、e"]


def test_g2_compares_occurrences_with_all_other_words(study_of: Make) -> None:
    opinions, terms = study_of({"a": "駅 駅 駅 道", "b": "駅 川", "c": "道 川", "d": "駅 森 畑"})
    groups = _groups({"a": "北", "b": "北", "c": "南", "d": "南"})

    row = compare_terms_by_group(terms, groups, opinions, shuffles=Shuffles(n=19)).loc[0]

    observed, expected = [4, 1, 2, 4], [30 / 11, 25 / 11, 36 / 11, 30 / 11]
    g2 = 2 * sum(o * np.log(o / e) for o, e in zip(observed, expected, strict=True))
    assert (row["group"], row["term"]) == ("北", "駅")
    assert row["g2"] == pytest.approx(g2)


def test_a_word_that_one_group_keeps_to_itself_beats_chance(
    study_of: Make, small_talk: Make
) -> None:
    talk = {
        name: words + (" 港" if int(name[1:]) < 15 else "") for name, words in small_talk(1).items()
    }
    opinions, terms = study_of(talk)
    groups = _groups({name: "浜" if int(name[1:]) < 20 else "山" for name in talk})

    found = compare_terms_by_group(terms, groups, opinions, shuffles=Shuffles(n=99))

    assert found.loc[found["above_line"], ["group", "term"]].to_numpy().tolist() == [["浜", "港"]]


def test_the_table_says_how_often_and_with_which_seed_chance_was_asked(study_of: Make) -> None:
    opinions, terms = study_of({"a": "税 橋", "b": "税 道", "c": "橋 道", "d": "橋 道"})
    groups = _groups({"a": "甲", "b": "甲", "c": "乙", "d": "乙"})

    keyness = compare_terms_by_group(terms, groups, opinions, shuffles=Shuffles(n=7, seed=5))

    assert keyness[["n_shuffles", "seed"]].drop_duplicates().to_numpy().tolist() == [[7, 5]]


def test_by_chance_alone_words_seldom_beat_it(study_of: Make, small_talk: Make) -> None:
    def names_a_word(seed: int) -> bool:
        opinions, terms = study_of(small_talk(seed))
        groups = _groups(
            {name: "浜" if int(name[1:]) < 20 else "山" for name in opinions["opinion_id"]}
        )
        found = compare_terms_by_group(terms, groups, opinions, shuffles=Shuffles(n=99))
        return bool(found["above_line"].any())

    # 5 % of 25 studies are 1.25; six or more would come up once in 400 times
    assert sum(names_a_word(seed) for seed in range(100, 125)) < 6


def test_copies_of_one_letter_make_no_characteristic_word(study_of: Make, small_talk: Make) -> None:
    talk = small_talk(2) | {f"Q{i}": "署名 要望 駅" for i in range(10)}
    opinions, terms = study_of(talk)
    groups = _groups(
        {name: "浜" if name[0] == "Q" or int(name[1:]) < 20 else "山" for name in talk}
    )

    found = compare_terms_by_group(terms, groups, opinions, shuffles=Shuffles(n=99))

    row = found.loc[found["term"] == "署名"].iloc[0]
    assert (row["n_opinions"], row["n_texts"], row["above_line"]) == (10, 1, False)


def test_words_of_a_single_opinion_are_left_out_unless_asked_for(
    opinions: pd.DataFrame, terms: pd.DataFrame
) -> None:
    groups = groups_by(opinions, "category")
    few = Shuffles(n=9)

    assert set(compare_terms_by_group(terms, groups, opinions, shuffles=few)["term"]) == {
        "バス",
        "広報",
    }
    every = compare_terms_by_group(terms, groups, opinions, min_opinions=1, shuffles=few)
    assert set(every["term"]) == {"バス", "広報", "税", "高い", "知る"}


def test_without_a_shared_word_the_comparison_is_refused(study_of: Make) -> None:
    opinions, terms = study_of({"a": "駅", "b": "川", "c": "森"})

    with pytest.raises(NotInDataError, match="2件以上の意見に現れる語がありません"):
        compare_terms_by_group(terms, _groups({"a": "北", "b": "南", "c": "南"}), opinions)
