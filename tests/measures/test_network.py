from collections.abc import Callable
from typing import Any

import pytest
from pandas.testing import assert_frame_equal

from kyodo_analysis.errors import NotInDataError
from kyodo_analysis.measures import NetworkSettings, Shuffles, find_network
from kyodo_analysis.measures.tables import MAP_CHECKS, NETWORK_EDGES, NETWORK_NODES

Make = Callable[..., Any]
SETTINGS = NetworkSettings(n_edges=12, n_resamples=30, shuffles=Shuffles(n=39))


def test_words_of_one_matter_are_linked_and_form_a_community(study_of: Make, topics: Make) -> None:
    opinions, terms = study_of(topics(1))

    network = find_network(terms, opinions, SETTINGS)

    matter = {word: name for name in ("税費料金", "橋道坂歩", "森畑花土") for word in name}
    edges = network.edges
    assert len(edges) >= 12
    assert (edges["word_a"].map(matter) == edges["word_b"].map(matter)).all()
    by_community = network.nodes.groupby("community")["word"].agg(
        lambda words: set(words.map(matter))
    )
    assert [len(matters) for matters in by_community] == [1, 1, 1]
    assert network.check.loc[0, "holds"]


def test_an_edge_says_on_which_opinions_it_rests(study_of: Make) -> None:
    opinions, terms = study_of({"a": "税 橋", "b": "税 橋 道", "c": "道 税", "d": "税 橋"})

    edge = find_network(terms, opinions, SETTINGS).edges.loc[0]

    # the copy d counts once, with a
    assert edge[["word_a", "word_b", "n_both", "opinion_ids"]].to_list() == ["橋", "税", 2, "a、b"]
    assert edge["jaccard"] == pytest.approx(2 / 3)


def test_support_is_the_share_of_resamples_that_keep_the_edge(study_of: Make) -> None:
    talk = {f"P{number}": f"税 橋 声{number}" for number in range(9)} | {
        "Q": "川 道 橋",
        "R": "川",
        "S": "道",
    }
    opinions, terms = study_of(talk)
    every_pair = NetworkSettings(n_edges=99, n_resamples=800, shuffles=Shuffles(n=1))

    edges = find_network(terms, opinions, every_pair).edges.set_index(["word_a", "word_b"])

    # 川 and 道 meet only in Q, which a resample of 12 draws misses with (11/12) ** 12
    assert edges.loc[("川", "道"), "support"] == pytest.approx(1 - (11 / 12) ** 12, abs=0.05)
    assert edges.loc[("橋", "税"), "support"] == 1


def test_several_opinions_of_one_person_are_drawn_together(study_of: Make) -> None:
    talk = {f"P{number}": f"税 橋 声{number}" for number in range(9)}
    talk |= {"Q1": "川 道 一言", "Q2": "川 道 二言", "Q3": "道 三言"}
    opinions, terms = study_of(talk)
    spoken = opinions.assign(respondent=[*(f"人{n}" for n in range(9)), *["乙"] * 3])
    every_pair = NetworkSettings(n_edges=99, n_resamples=800, shuffles=Shuffles(n=1))

    alone = find_network(terms, opinions, every_pair).edges.set_index(["word_a", "word_b"])
    spoken_by = find_network(terms, spoken, every_pair).edges.set_index(["word_a", "word_b"])

    # 10 people, of whom one says it twice; 12 people, of whom two say it
    assert spoken_by.loc[("川", "道"), "support"] == pytest.approx(1 - 0.9**10, abs=0.05)
    assert alone.loc[("川", "道"), "support"] == pytest.approx(1 - (10 / 12) ** 12, abs=0.05)


def test_thousands_of_opinions_are_drawn_in_bundles_that_vary_as_much(
    study_of: Make,
) -> None:
    # 税 and 橋 meet in 1,000 of 2,400, 川 and 道 in 1,000 others; all else hardly ever.
    talk = {f"P{i}": f"税 橋 声{i}" for i in range(1_000)}
    talk |= {f"Q{i}": f"川 道 語{i}" for i in range(1_000)}
    talk |= {f"R{i}": f"{'税川'[i % 2]} 話{i}" for i in range(400)}
    opinions, terms = study_of(talk)
    one_edge = NetworkSettings(n_edges=1, n_resamples=400, shuffles=Shuffles(n=1))

    edges = find_network(terms, opinions, one_edge).edges

    # Both pairs are equally strong: each is the strongest in about half of the resamples.
    assert edges["jaccard"].tolist() == pytest.approx([1000 / 1200] * 2)
    assert edges["support"].tolist() == pytest.approx([0.5, 0.5], abs=0.1)


def test_the_largest_community_is_the_first(study_of: Make) -> None:
    talk = {f"P{i}": f"税 橋 声{i}" for i in range(3)} | {
        f"Q{i}": f"川 道 店 語{i}" for i in range(3)
    }
    opinions, terms = study_of(talk)

    nodes = find_network(terms, opinions, SETTINGS).nodes

    assert nodes.groupby("community")["word"].agg("".join).to_list() == ["川店道", "橋税"]


def test_ties_with_the_last_edge_are_kept(study_of: Make) -> None:
    opinions, terms = study_of({"a": "税 橋 x", "b": "税 橋 y", "c": "道 川 z", "d": "道 川 w"})

    edges = find_network(
        terms, opinions, NetworkSettings(n_edges=1, n_resamples=5, shuffles=Shuffles(n=5))
    ).edges

    assert edges[["word_a", "word_b"]].to_numpy().tolist() == [["川", "道"], ["橋", "税"]]


def test_small_talk_makes_no_network(study_of: Make, small_talk: Make) -> None:
    opinions, terms = study_of(small_talk(3))

    assert not find_network(terms, opinions, SETTINGS).check.loc[0, "holds"]


def test_words_that_never_meet_are_refused(study_of: Make) -> None:
    opinions, terms = study_of(
        {f"{word}{i}": f"{word} 声{word}{i}" for word in "税橋道" for i in "12"}
    )

    with pytest.raises(NotInDataError, match="同じ意見に現れる語の組がありません"):
        find_network(terms, opinions, SETTINGS)


def test_the_network_keeps_its_contracts_and_is_the_same_twice(
    study_of: Make, topics: Make
) -> None:
    opinions, terms = study_of(topics(2))

    first, second = (find_network(terms, opinions, SETTINGS) for _ in range(2))

    for contract, name in (
        (NETWORK_NODES, "nodes"),
        (NETWORK_EDGES, "edges"),
        (MAP_CHECKS, "check"),
    ):
        assert_frame_equal(contract.check(getattr(first, name)), getattr(second, name))
