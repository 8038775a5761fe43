from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from draft_topics import FILLERS, TOPICS

from kyodo_analysis.errors import NotInDataError
from kyodo_analysis.themes.codebook import apply_codebook, parse_codebook
from kyodo_analysis.themes.drafting import (
    DRAFT_THEMES,
    FREQUENT_WORDS,
    CodebookDraft,
    DraftSettings,
    draft_codebook,
)
from kyodo_analysis.themes.drafting.rules import standing_out

_FEW = DraftSettings(redrafts=2, shuffles=1, largest=0.3)


def _draft(corpus: Any, **options: Any) -> CodebookDraft:
    given = {"title": "まちづくりの意見", "settings": _FEW, **options}
    return draft_codebook(corpus.tokens, corpus.terms, corpus.opinions, **given)


@pytest.fixture(scope="module")
def draft(corpus: Any) -> CodebookDraft:
    return _draft(corpus)


def _words(rule: str) -> list[str]:
    return [word.strip("'") for word in rule.split(" | ")]


def test_words_that_come_together_become_one_theme(draft: CodebookDraft) -> None:
    rules = [_words(rule) for rule in DRAFT_THEMES.check(draft.themes)["rule"]]
    assert not {word for rule in rules for word in rule} & set(FILLERS)
    for rule in rules:
        assert any(set(rule) <= set(topic) for topic in TOPICS), rule
    assert max(map(len, rules)) > 1


def test_a_drafted_rule_works_as_it_stands_and_says_how_many_it_finds(
    corpus: Any, draft: CodebookDraft
) -> None:
    codebook = parse_codebook(draft.codebook, file="draft-codebook.txt")
    coded = apply_codebook(codebook, corpus.tokens, corpus.opinions)
    assert coded.warnings.empty
    counted = coded.codings.groupby("code")["opinion_id"].nunique()
    assert draft.themes.set_index("code")["n_opinions"].to_dict() == counted.to_dict()
    n_codes = coded.codings.groupby("opinion_id")["code"].transform("nunique")
    alone = coded.codings[n_codes == 1].groupby("code").size()
    expected = alone.reindex(draft.themes["code"]).fillna(0)
    assert draft.themes["n_alone"].tolist() == expected.tolist()
    assert draft.n_coded == coded.codings["opinion_id"].nunique()


def test_no_rule_has_more_than_five_words_or_uses_a_word_of_another(draft: CodebookDraft) -> None:
    words = [word for rule in draft.themes["rule"] for word in _words(rule)]
    assert len(set(words)) == len(words)
    assert draft.themes["rule"].map(_words).map(len).max() <= 5


def test_shuffled_text_is_covered_less_than_the_text(draft: CodebookDraft) -> None:
    assert draft.coverage > draft.shuffled_coverage + 0.15


def test_themes_that_carry_the_text_come_back_from_part_of_it(draft: CodebookDraft) -> None:
    largest = draft.themes.iloc[0]
    assert largest["n_came_back"] == largest["n_redrafts"] == 2


def test_three_voices_stand_for_a_theme_and_hold_its_words(
    corpus: Any, draft: CodebookDraft
) -> None:
    texts = corpus.opinions.set_index("opinion_id")["text"]
    for rule, voices in zip(draft.themes["rule"], draft.themes["voices"], strict=True):
        named = voices.split("、")
        assert 1 <= len(named) <= 3
        assert all(any(word in texts[each] for word in _words(rule)) for each in named)


def test_the_subject_of_the_consultation_decides_nothing_and_is_listed(corpus: Any) -> None:
    drafted = _draft(corpus, title="公園の計画についての意見")
    assert not any("公園" in rule for rule in drafted.themes["rule"])
    listed = FREQUENT_WORDS.check(drafted.frequent).set_index("word")["reason"]
    assert listed["公園"] == "題名の言葉"


def test_a_word_of_very_many_opinions_is_left_to_a_person(
    build: Callable[..., Any], corpus: Any
) -> None:
    texts = corpus.opinions["text"].str.rstrip("と").str.split("と").tolist()
    everywhere = build([[*words, "道路"] for words in texts])
    drafted = _draft(everywhere)
    assert not any("道路" in rule for rule in drafted.themes["rule"])
    frequent = drafted.frequent.set_index("word")
    assert frequent.loc["道路", "n_opinions"] == len(texts)
    assert frequent.loc["道路", "reason"] == "多くの意見にある言葉"


def test_stop_words_and_words_of_manner_are_never_proposed(
    build: Callable[..., Any], corpus: Any
) -> None:
    texts = corpus.opinions["text"].str.rstrip("と").str.split("と").tolist()
    spoken = build([[*words, "賛成" if at % 5 == 0 else "橋"] for at, words in enumerate(texts)])
    drafted = _draft(spoken, stop_words={"歩道"})
    words = {word for rule in drafted.themes["rule"] for word in _words(rule)}
    assert not words & {"賛成", "歩道"}


def test_hidden_words_are_never_proposed(corpus: Any) -> None:
    hidden = corpus.opinions.assign(text=corpus.opinions["text"].str.replace("歩道", "●●"))
    drafted = _draft(corpus._replace(opinions=hidden))
    assert not any("歩道" in rule for rule in drafted.themes["rule"])


def test_categories_come_first_with_the_words_that_stand_out_in_them(corpus: Any) -> None:
    names = ["道", "食", "本", "緑"]
    named = [names[each] for each in corpus.topic]
    groups = pd.DataFrame({"opinion_id": corpus.opinions["opinion_id"], "group": named})
    drafted = _draft(corpus, groups={"分類": groups})
    assert set(drafted.themes["source"].head(4)) == {f"分類「{name}」" for name in names}
    for source, rule in drafted.themes.head(4)[["source", "rule"]].itertuples(index=False):
        assert set(_words(rule)) <= set(TOPICS[names.index(source[3])])


def test_the_same_opinions_give_the_same_draft_and_stay_as_they_are(
    corpus: Any, draft: CodebookDraft
) -> None:
    before = [table.copy() for table in corpus[:3]]
    again = _draft(corpus)
    pd.testing.assert_frame_equal(again.themes, draft.themes)
    assert again.shuffled_coverage == draft.shuffled_coverage
    for table, copy in zip(corpus[:3], before, strict=True):
        pd.testing.assert_frame_equal(table, copy)


def test_copies_of_one_letter_make_no_theme_by_their_number(
    build: Callable[..., Any], corpus: Any
) -> None:
    texts = corpus.opinions["text"].str.rstrip("と").str.split("と").tolist()
    letter = ["鉄道", "駅舎", "踏切", "線路", "切符", "車両", "時刻", "改札"]
    drafted = _draft(build([*texts, *[letter] * 12]))
    assert not any(word in rule for rule in drafted.themes["rule"] for word in letter)


def test_a_small_theme_is_dropped(corpus: Any) -> None:
    drafted = _draft(corpus, settings=replace(_FEW, smallest=30))
    assert drafted.themes["n_opinions"].min() >= 30


def test_words_that_each_come_once_stand_out_in_no_group() -> None:
    held = np.eye(4, 3, dtype=bool)
    assert not standing_out(held, np.array([0, 0, 1, 1])).any()


def test_fewer_than_thirty_opinions_are_read_not_drafted(
    build: Callable[..., Any],
) -> None:
    few = build([["橋", "川", "町"]] * 29)
    with pytest.raises(NotInDataError, match=r"29件なので.*30件から.*codebook\.txt を書いて"):
        _draft(few)
    with pytest.raises(NotInDataError, match="出てくる言葉がない"):
        _draft(build([[chr(0x4E00 + at) * 2] for at in range(40)]))
