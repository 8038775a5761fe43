"""A real Dask cluster of two worker processes gives what one process gives."""

import random

import joblib
import pandas as pd
import pytest

from kyodo_analysis.themes import find_clusters
from kyodo_analysis.themes.clusters import ClusterSettings
from kyodo_analysis.words import JanomeTokenizer, select_terms, tokenize_opinions
from kyodo_analysis.words import tokens as room

distributed = pytest.importorskip("distributed")

SMALL = ClusterSettings(ks=(2, 3), n_bootstraps=3, n_splits=2, n_shuffles=19)
_TOPICS = (
    ["橋", "道路", "歩道", "信号", "舗装", "照明", "標識", "渋滞"],
    ["保育園", "学校", "先生", "給食", "授業", "教室", "図書館", "遊具"],
    ["病院", "医師", "薬", "診療", "予約", "検査", "看護", "介護"],
)


@pytest.fixture(scope="module")
def opinions() -> pd.DataFrame:
    rng = random.Random(1)
    texts = [f"{'と'.join(rng.sample(_TOPICS[n % 3], 4))}の{n}番目の案。" for n in range(102)]
    ids = [f"N{number}" for number in range(len(texts))]
    return pd.DataFrame({"opinion_id": ids, "text": texts}, dtype="str")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    with (
        distributed.LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            scheduler_port=0,
            dashboard_address=None,
            worker_dashboard_address=None,
            local_directory=tmp_path_factory.mktemp("dask"),
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client


def _count_tasks(client) -> int:
    """Return how many tasks each worker has finished, the smaller number."""
    logs = client.run(lambda dask_worker: len(dask_worker.state.log))
    return min(logs.values())


def test_tokens_are_the_same(cluster, opinions, monkeypatch):
    monkeypatch.setattr(room, "_BATCH", 200)
    monkeypatch.setattr(room, "_WORTH_SHARING", 0)
    expected = tokenize_opinions(opinions, tokenizer=JanomeTokenizer(), n_jobs=1)
    before = _count_tasks(cluster)
    with joblib.parallel_config(backend="dask"):
        tokens = tokenize_opinions(opinions, tokenizer=JanomeTokenizer())
    assert _count_tasks(cluster) > before
    pd.testing.assert_frame_equal(tokens, expected)


def test_the_evidence_for_clusters_is_the_same(cluster, opinions):
    terms = select_terms(tokenize_opinions(opinions, tokenizer=JanomeTokenizer()))
    expected = find_clusters(terms, opinions, settings=SMALL, n_jobs=1)
    assert expected.k == 3
    before = _count_tasks(cluster)
    with joblib.parallel_config(backend="dask"):
        finding = find_clusters(terms, opinions, settings=SMALL)
    assert _count_tasks(cluster) > before
    assert finding.sentence == expected.sentence
    for name in ("by_k", "by_cluster", "duplicates", "memberships"):
        pd.testing.assert_frame_equal(getattr(finding, name), getattr(expected, name))
