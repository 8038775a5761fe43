from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from pandas.testing import assert_frame_equal
from scipy.cluster.hierarchy import cophenet, linkage
from scipy.spatial.distance import pdist

from kyodo_analysis.errors import NotInDataError
from kyodo_analysis.measures import DendrogramSettings, Shuffles, find_dendrogram
from kyodo_analysis.measures.tables import DENDROGRAM_LEAVES, DENDROGRAM_MERGES, MAP_CHECKS

Make = Callable[..., Any]
SETTINGS = DendrogramSettings(shuffles=Shuffles(n=39))


def test_words_of_one_matter_hang_together(study_of: Make, topics: Make) -> None:
    opinions, terms = study_of(topics(1))

    tree = find_dendrogram(terms, opinions, SETTINGS)

    order = "".join(tree.leaves["word"])
    matters = ("税費料金", "橋道坂歩", "森畑花土", "市人声年")
    assert sorted("".join(sorted(order[i : i + 4])) for i in range(0, 16, 4)) == sorted(
        "".join(sorted(matter)) for matter in matters
    )
    assert tree.check.loc[0, "holds"]


def test_the_tree_is_scipys_on_jaccard_distances(study_of: Make, topics: Make) -> None:
    opinions, terms = study_of(topics(1))

    tree = find_dendrogram(terms, opinions, SETTINGS)

    words = sorted(set("税費料金橋道坂歩森畑花土市人声年"))
    presence = np.array([[word in text.split() for text in opinions["text"]] for word in words])
    distances = pdist(presence, "jaccard")
    merges = linkage(distances, "ward")
    found = tree.merges[["left", "right", "height", "n_words"]].to_numpy(dtype=float)
    assert found == pytest.approx(merges)
    assert tree.merges["node"].to_list() == list(range(16, 31))
    assert tree.check.loc[0, "observed"] == pytest.approx(cophenet(merges, distances)[0])
    by_node = tree.leaves.sort_values("node")
    assert by_node["word"].to_list() == words
    assert by_node["n_texts"].to_list() == presence.sum(axis=1).tolist()


def test_small_talk_makes_no_tree(study_of: Make, small_talk: Make) -> None:
    opinions, terms = study_of(small_talk(3))

    assert not find_dendrogram(terms, opinions, SETTINGS).check.loc[0, "holds"]


def test_words_that_all_stand_in_every_text_make_no_tree(study_of: Make) -> None:
    opinions, terms = study_of({f"P{n}": f"税 橋 道 駅 声{n}" for n in range(40)})

    with pytest.raises(NotInDataError, match="4語が、どの2語も同じ程度に"):
        find_dendrogram(terms, opinions, SETTINGS)


def test_a_shuffle_that_makes_all_distances_equal_speaks_against_the_tree(study_of: Make) -> None:
    # dealt out anew, each pair of the three words may meet once
    words = {"a": "税 橋", "b": "税 橋", "c": "税 橋", "d": "道", "e": "道", "f": "道"}
    opinions, terms = study_of(words)

    check = find_dendrogram(terms, opinions.assign(text=list(words)), SETTINGS).check

    assert check.loc[0, "reference"] == 1
    assert not check.loc[0, "holds"]


def test_the_tree_keeps_its_contracts_and_is_the_same_twice(study_of: Make, topics: Make) -> None:
    opinions, terms = study_of(topics(2))

    first, second = (find_dendrogram(terms, opinions, SETTINGS) for _ in range(2))

    contracts = {"leaves": DENDROGRAM_LEAVES, "merges": DENDROGRAM_MERGES, "check": MAP_CHECKS}
    for name, contract in contracts.items():
        assert_frame_equal(contract.check(getattr(first, name)), getattr(second, name))
