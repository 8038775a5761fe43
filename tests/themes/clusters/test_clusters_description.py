import pandas as pd
import pytest

from kyodo_analysis.tables import CLUSTERS, CODINGS
from kyodo_analysis.themes.clusters import (
    build_matrix,
    compare_clusters_with_codes,
    compare_with_ward,
    draft_names,
    find_borderline_opinions,
    find_cluster_terms,
    find_typical_opinions,
    label_clusters,
    suggest_codes,
)

WORDS = {
    "A1": "バス 駅 市",
    "A2": "バス 駅 市",
    "A3": "バス 公園 市",
    "B1": "公園 花 市",
    "B2": "公園 花",
    "X1": "市",
}


@pytest.fixture
def opinions() -> pd.DataFrame:
    return pd.DataFrame(
        {"opinion_id": list(WORDS), "text": [f"{text}。" for text in WORDS.values()]}
    )


@pytest.fixture
def matrix(opinions):
    rows = [(opinion, term) for opinion, text in WORDS.items() for term in text.split()]
    return build_matrix(pd.DataFrame(rows, columns=["opinion_id", "term"]), opinions)


@pytest.fixture
def clusters() -> pd.DataFrame:
    return CLUSTERS.make(
        {"opinion_id": opinion, "cluster": {"A": 1, "B": 3}.get(opinion[0])} for opinion in WORDS
    )


@pytest.fixture
def cluster_terms(clusters, matrix) -> pd.DataFrame:
    return find_cluster_terms(clusters, matrix)


def test_defining_terms_are_ranked_by_jaccard_index(cluster_terms):
    of_1 = cluster_terms[cluster_terms["cluster"] == 1]
    # バス 3 / 3, 駅 2 / 3, 市 3 / (3 + 2); 公園 is rarer here than elsewhere.
    assert of_1["term"].tolist() == ["バス", "駅", "市"]
    assert of_1["jaccard"].tolist() == pytest.approx([1, 2 / 3, 3 / 5])
    assert of_1["n_elsewhere"].tolist() == [0, 0, 2]
    of_3 = cluster_terms[cluster_terms["cluster"] == 3]
    assert of_3["term"].tolist() == ["花", "公園"]
    assert of_3["jaccard"].tolist() == pytest.approx([1, 2 / 3])


def test_the_most_typical_come_first_in_their_own_words(clusters, matrix, opinions):
    typical = find_typical_opinions(clusters, matrix, opinions, n=2)
    assert typical["opinion_id"].tolist() == ["A1", "A2", "B1", "B2"]
    assert typical["text"].iloc[0] == "バス 駅 市。"


def test_the_opinion_nearest_to_another_cluster_is_on_the_border(clusters, matrix, opinions):
    borderline = find_borderline_opinions(clusters, matrix, opinions, n=1)
    assert borderline[["cluster", "opinion_id", "other_cluster"]].to_numpy().tolist() == [
        [1, "A3", 3],
        [3, "B1", 1],
    ]


def test_where_nothing_is_shown_the_tables_are_empty(clusters, matrix, opinions):
    none = clusters.assign(cluster=pd.Series([pd.NA] * 6, dtype="Int64"))
    assert find_cluster_terms(none, matrix).empty
    assert find_typical_opinions(none, matrix, opinions).empty
    assert find_borderline_opinions(none, matrix, opinions).empty
    assert label_clusters(none, find_cluster_terms(none, matrix)).empty


def test_until_it_is_named_a_cluster_is_called_by_its_terms(clusters, cluster_terms):
    labels = label_clusters(clusters, cluster_terms)
    assert labels["label"].tolist() == ["バス・駅・市", "花・公園"]
    assert labels["status"].tolist() == ["特徴語", "特徴語"]


def test_a_name_follows_its_members_to_another_number(clusters, cluster_terms):
    names = draft_names(clusters, label_clusters(clusters, cluster_terms))
    assert names["members"].tolist() == ["A1、A2、A3", "B1、B2"]
    names["name"] = ["交通", "公園の花"]
    # A3 moves: 2 of 3 stay with 交通 (0.67), and 2 of 3 are the old 公園の花 (0.67).
    moved = clusters.assign(cluster=pd.array([2, 2, 1, 1, 1, pd.NA], dtype="Int64"))
    terms = cluster_terms.assign(cluster=cluster_terms["cluster"].map({1: 2, 3: 1}))
    labels = label_clusters(moved, terms, names)
    assert labels[["cluster", "label"]].to_numpy().tolist() == [[1, "公園の花"], [2, "交通"]]
    assert labels["overlap"].tolist() == pytest.approx([2 / 3, 2 / 3])
    assert draft_names(moved, labels)["name"].tolist() == ["公園の花", "交通"]


def test_a_name_whose_members_left_is_said_to_be_lost(clusters, cluster_terms):
    names = draft_names(clusters, label_clusters(clusters, cluster_terms))
    names["name"] = ["交通", None]
    names["members"] = ["A1、X1、Z9", "B1、B2"]
    lost = label_clusters(clusters, cluster_terms, names)
    assert lost["label"].tolist() == ["バス・駅・市", "花・公園", "交通"]
    assert "引き継げません" in lost["note"].iloc[2]


@pytest.fixture
def codings() -> pd.DataFrame:
    given = [("A1", "交通"), ("A2", "交通"), ("B1", "税"), ("X1", "税")]
    return CODINGS.make(
        {"opinion_id": opinion, "code": code, "coder": coder, "method": "human"}
        for opinion, code in given
        for coder in ("甲", "乙")
    )


def test_overlap_counts_opinions_not_coders(clusters, codings):
    table = compare_clusters_with_codes(clusters, codings)
    assert table[["cluster", "code", "n_both", "n_cluster", "n_code"]].to_numpy().tolist() == [
        [1, "交通", 2, 3, 2],
        [1, "税", 0, 3, 2],
        [3, "交通", 0, 2, 2],
        [3, "税", 1, 2, 2],
    ]
    assert table["jaccard"].tolist() == pytest.approx([2 / 3, 0, 0, 1 / 3])


def test_a_cluster_that_no_code_covers_by_half_is_quoted(clusters, codings, matrix, opinions):
    assert suggest_codes(clusters, codings, matrix, opinions).empty
    without = codings[codings["opinion_id"] != "B1"]
    quoted = suggest_codes(clusters, without, matrix, opinions, n_quotes=1)
    assert quoted[["cluster", "n_both", "n_uncoded", "text"]].to_numpy().tolist() == [
        [3, 0, 2, "公園 花 市。"]
    ]
    assert quoted["nearest_code"].isna().all()


def test_without_codes_every_cluster_is_a_candidate_and_nothing_overlaps(
    clusters, matrix, opinions
):
    assert compare_clusters_with_codes(clusters, CODINGS.make()).empty
    quoted = suggest_codes(clusters, CODINGS.make(), matrix, opinions, n_quotes=1)
    assert quoted[["cluster", "n_both", "n_uncoded", "n_cluster"]].to_numpy().tolist() == [
        [1, 0, 3, 3],
        [3, 0, 2, 2],
    ]


def test_no_opinions_give_empty_tables():
    none = CLUSTERS.make()
    opinions = pd.DataFrame({"opinion_id": [], "text": []}, dtype="str")
    matrix = build_matrix(pd.DataFrame({"opinion_id": [], "term": []}, dtype="str"), opinions)
    terms = find_cluster_terms(none, matrix)
    assert terms.empty
    assert find_typical_opinions(none, matrix, opinions).empty
    assert find_borderline_opinions(none, matrix, opinions).empty
    assert draft_names(none, label_clusters(none, terms)).empty
    assert compare_clusters_with_codes(none, CODINGS.make()).empty
    assert suggest_codes(none, CODINGS.make(), matrix, opinions).empty
    assert compare_with_ward(pd.DataFrame(index=matrix.opinion_ids), matrix).empty


def test_ward_of_opinions_in_one_cluster_only_has_no_silhouette(matrix):
    memberships = pd.DataFrame({2: [1] * 6}, index=matrix.opinion_ids, dtype="Int64")
    table = compare_with_ward(memberships, matrix)
    assert table["silhouette"].isna().tolist() == [True]
    assert table["ward_silhouette"].notna().tolist() == [True]


def test_ward_agrees_where_the_words_part(matrix):
    memberships = pd.DataFrame({2: [1, 1, 1, 2, 2, pd.NA]}, index=matrix.opinion_ids, dtype="Int64")
    table = compare_with_ward(memberships, matrix)
    assert table["k"].tolist() == [2]
    assert table["agreement"].iloc[0] > 0.3
