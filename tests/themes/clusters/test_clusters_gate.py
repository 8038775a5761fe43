from dataclasses import replace

import pandas as pd
import pytest
from known_topics import make_opinions, make_terms, topic_of

from kyodo_analysis.errors import StudyError
from kyodo_analysis.tables import CLUSTERS
from kyodo_analysis.themes.clusters import ClusterSettings, build_matrix, find_clusters
from kyodo_analysis.themes.clusters.gate import score_texts
from kyodo_analysis.themes.clusters.significance import judge
from kyodo_analysis.themes.clusters.tables import CLUSTER_EVIDENCE, K_EVIDENCE

SMALL = ClusterSettings(ks=(2, 3), n_bootstraps=3, n_splits=2, n_shuffles=19)
NOTHING = (
    "自動分類では、語をランダムに入れ替えた場合と区別できる再現性のあるまとまりは確認できませんでした"
    "({n})。以下は分類表(コードブック)による集計です。"
)


def _find(n: int, *, mixed: bool = False, n_jobs: int = 1):
    terms, opinions = make_terms(n, mixed=mixed), make_opinions(n)
    return find_clusters(terms, opinions, settings=SMALL, n_jobs=n_jobs)


@pytest.fixture(scope="module")
def known():
    return _find(102)


def test_three_known_topics_of_102_opinions_may_be_reported(known):
    assert known.verdict == "report"
    assert known.k == 3
    reported = known.clusters.assign(topic=[topic_of(position) for position in range(102)])
    assert (
        sorted(reported.groupby("topic")["cluster"].agg(["nunique", "count"]).to_numpy().tolist())
        == [[1, 34]] * 3
    )
    assert "3つ確認しました(102件のうち102件。残りの0件は未分類)" in str(known)
    assert "19回" in str(known)


def test_the_tables_keep_their_contracts(known):
    K_EVIDENCE.check(known.by_k)
    CLUSTER_EVIDENCE.check(known.by_cluster)
    CLUSTERS.check(known.clusters)
    assert known.by_k["k"].tolist() == [2, 3]
    assert known.by_k.loc[1, "sizes"] == "34、34、34"


def test_below_100_the_same_topics_are_a_suggestion_only():
    search = _find(99)
    assert search.verdict == "suggestion"
    assert search.clusters["cluster"].notna().any()
    assert "報告書には載せず" in search.sentence


def test_below_30_nothing_is_computed_and_the_sentence_says_so():
    search = _find(29)
    assert search.verdict == "none"
    assert search.sentence == NOTHING.format(n="29件")
    assert search.clusters["cluster"].isna().all()
    assert search.by_k.empty
    assert search.by_cluster.empty


def test_topics_that_only_compounds_speak_of_are_found_by_their_parts():
    terms, opinions = make_terms(102), make_opinions(102)
    own = pd.Series([chr(0x4E00 + row) for row in terms.index])
    seldom = terms.index % 10 > 0
    compounds = terms["term"].mask(seldom & terms["term"].ne("木"), terms["term"] + own)
    only = terms.assign(term=compounds).query("opinion_id != 'P0'")
    once = pd.DataFrame({"opinion_id": "P0", "term": terms["term"].unique()})
    search = find_clusters(pd.concat([only, once]), opinions, settings=SMALL, n_jobs=1)
    assert search.k == 3
    assert search.clusters["cluster"].notna().sum() > 90


def test_words_dealt_without_topics_show_nothing():
    search = _find(102, mixed=True)
    assert search.verdict == "none"
    assert str(search) == NOTHING.format(n="102件")
    assert search.clusters["cluster"].isna().all()


def test_copies_count_once_for_the_verdict_and_are_all_shown():
    terms, opinions = make_terms(102), make_opinions(102)
    copied = opinions.assign(text=opinions["text"].where(opinions.index >= 10, "同じ文の意見です"))
    search = find_clusters(terms, copied, settings=SMALL, n_jobs=1)
    assert (search.n_opinions, search.n_merged) == (102, 93)
    assert search.verdict == "suggestion"
    assert search.clusters["cluster"].iloc[:10].unique().size == 1
    assert "102件、同じ文をまとめると93件" in search.sentence


def test_the_analyst_names_another_number_only_where_it_holds(known):
    other = [k for k in known.by_k.loc[known.by_k["passes"], "k"] if k != known.k]
    assert all(known.with_k(k).k == k for k in other)
    with pytest.raises(StudyError, match="5 には根拠がありません"):
        known.with_k(5)


def test_the_number_of_workers_changes_nothing(known):
    again = _find(102, n_jobs=2)
    pd.testing.assert_frame_equal(known.by_k, again.by_k, check_exact=True)
    pd.testing.assert_frame_equal(known.by_cluster, again.by_cluster, check_exact=True)
    pd.testing.assert_frame_equal(known.memberships, again.memberships)


def test_progress_counts_every_text_and_inputs_stay():
    terms, opinions, seen = make_terms(30), make_opinions(30), []
    before = terms.copy(), opinions.copy()
    find_clusters(
        terms, opinions, settings=SMALL, n_jobs=1, progress=lambda *done: seen.append(done)
    )
    assert seen == [(done, 20) for done in range(1, 21)]
    pd.testing.assert_frame_equal(terms, before[0])
    pd.testing.assert_frame_equal(opinions, before[1])


def test_opinions_without_any_common_word_show_nothing():
    opinions = make_opinions(40)
    terms = pd.DataFrame({"opinion_id": opinions["opinion_id"], "term": opinions["opinion_id"]})
    assert find_clusters(terms, opinions, settings=SMALL, n_jobs=1).verdict == "none"


def test_opinions_of_the_same_words_in_other_texts_show_nothing():
    opinions = make_opinions(40)
    terms = pd.DataFrame(
        [(name, word) for name in opinions["opinion_id"] for word in ("市", "声", "税", "橋")],
        columns=["opinion_id", "term"],
    )
    search = find_clusters(terms, opinions, settings=SMALL, n_jobs=1)
    assert search.verdict == "none"
    assert search.memberships.isna().all(axis=None)


def test_shuffling_ends_where_it_is_certain_that_nothing_passes():
    seen: list[tuple[int, int]] = []
    terms, opinions = make_terms(60, mixed=True), make_opinions(60)
    longer = replace(SMALL, n_shuffles=39)
    search = find_clusters(
        terms, opinions, settings=longer, n_jobs=1, progress=lambda *done: seen.append(done)
    )
    n_scored = seen[-1][0]
    assert n_scored < 40
    assert seen[-1] == (n_scored, n_scored)
    assert search.by_k["n_shuffles"].tolist() == [n_scored - 1] * 2
    # All 39 would have said the same.
    matrix = build_matrix(terms, opinions, min_df=1)
    observed, *shuffled = score_texts(matrix, longer, n_jobs=1, stops=False)
    assert len(shuffled) == 39
    assert not judge(observed, shuffled, search.duplicates, longer).by_k["passes"].any()


def test_a_single_cluster_is_called_a_group_and_no_clustering(known):
    is_first = known.by_cluster["cluster"].eq(1)
    one = replace(known, by_cluster=known.by_cluster.assign(passes=is_first))
    assert "意見の組を1つだけ確認しました(102件のうち34件。残りの68件は未分類)" in one.sentence
    assert "意見全体を分けたものではなく" in one.sentence
    assert "つ確認しました" not in one.sentence.replace("1つだけ", "")
    assert "意見全体を分けたものではなく" not in known.sentence


def test_what_is_shown_is_said_to_be_mixed_and_named_after_reading(known):
    for search in (known, _find(99)):
        assert "ほかの話題も混じりました" in search.sentence
        assert "典型的な意見と境目の意見を読んでから付けてください" in search.sentence
    assert "混じり" not in _find(29).sentence
