from types import SimpleNamespace

import pandas as pd
import pytest

from kyodo_analysis.study import clustering
from kyodo_analysis.study.clustering import ClusterChoice, StudyClusters, give_second_opinion
from kyodo_analysis.tables import CLUSTERS
from kyodo_analysis.themes.clusters import build_matrix, ward
from kyodo_analysis.themes.clusters.tables import CLUSTER_LABELS, SECOND_OPINION

N = 36
WORDS = ("バス 停留所 運賃 路線", "公園 遊具 芝生 花壇", "予算 財政 負担 借金")


@pytest.fixture
def made() -> SimpleNamespace:
    ids = [f"P{number}" for number in range(N)]
    terms = [
        (opinion_id, term)
        for number, opinion_id in enumerate(ids)
        for term in WORDS[number % 3].split()[number % 2 :]
    ]
    texts = [
        "".join(chr(0x4E00 + 40 * number + place) for place in range(9)) for number in range(N)
    ]
    return SimpleNamespace(
        opinions=pd.DataFrame({"opinion_id": ids, "text": texts}),
        terms=pd.DataFrame(terms, columns=["opinion_id", "term"]),
    )


def test_a_kept_finding_is_read_back_whoever_listens(made, tmp_path):
    study = SimpleNamespace(
        processed=tmp_path, settings=lambda *_: ClusterChoice(effort="quick"), name="見本"
    )
    first, again = [], []
    found = clustering.look_for_clusters(study, made, progress=lambda *done: first.append(done))
    kept = clustering.look_for_clusters(study, made, progress=lambda *done: again.append(done))
    assert first == [(done, 20) for done in range(1, 21)]
    assert again == []
    pd.testing.assert_frame_equal(found.by_k, kept.by_k)


def test_too_many_opinions_for_ward_leave_an_empty_table_and_the_reason(made, monkeypatch):
    matrix = build_matrix(made.terms, made.opinions)
    clusters = [number % 3 + 1 for number in range(N)]
    finding = SimpleNamespace(
        memberships=pd.DataFrame({3: clusters}, index=matrix.opinion_ids, dtype="Int64")
    )
    table, note = give_second_opinion(finding, matrix)
    assert table["agreement"].tolist() == [1.0]
    assert note == ""
    monkeypatch.setattr(ward, "N_MAX", N - 1)
    table, note = give_second_opinion(finding, matrix)
    assert SECOND_OPINION.check(table).empty
    assert "意見が36件あり" in note


def test_clusters_are_groups_in_their_order_and_the_unassigned_have_none():
    clusters = CLUSTERS.make(
        {"opinion_id": name, "cluster": number}
        for name, number in zip("abc", (2, None, 1), strict=True)
    )
    labels = CLUSTER_LABELS.make(
        {"cluster": number, "label": label, "status": "特徴語"}
        for number, label in ((1, "道"), (2, "川"), (None, "消えた名前"))
    )
    nothing = pd.DataFrame()
    described = StudyClusters(None, clusters, labels, *[nothing] * 6, "")
    assert described.groups["group"].cat.categories.tolist() == ["道", "川"]
    assert described.groups["group"].fillna("道").tolist() == ["川", "道", "道"]
    assert described.groups["group"].isna().tolist() == [False, True, False]
