from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from kyodo_analysis.errors import NotInDataError
from kyodo_analysis.study import clustering
from kyodo_analysis.study.clustering import ClusterChoice, StudyClusters, give_second_opinion
from kyodo_analysis.tables import CLUSTERS, CODINGS
from kyodo_analysis.themes.clusters import (
    QUICK,
    ClusterSearch,
    build_matrix,
    find_clusters,
    partition,
)
from kyodo_analysis.themes.clusters.tables import CLUSTER_CODES, CLUSTER_LABELS, SECOND_OPINION

N = 36
WORDS = ("バス 停留所 運賃 路線", "公園 遊具 芝生 花壇", "予算 財政 負担 借金")


@pytest.fixture(scope="module")
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


@pytest.fixture
def study(tmp_path) -> SimpleNamespace:
    return SimpleNamespace(
        processed=tmp_path,
        decisions=tmp_path,
        settings=lambda *_: ClusterChoice(effort="quick"),
        name="見本",
    )


@pytest.fixture(scope="module")
def found(made) -> ClusterSearch:
    return find_clusters(made.terms, made.opinions, settings=QUICK, n_jobs=1)


@pytest.fixture
def searches(found, monkeypatch) -> list[int]:
    """How many opinions were searched, search by search."""
    searched: list[int] = []

    def find(terms, opinions, **_):
        searched.append(len(opinions))
        return found

    monkeypatch.setattr(clustering.room, "find_clusters", find)
    return searched


def test_a_kept_search_is_read_back_as_it_was(made, study, found, searches):
    for _ in range(2):
        kept = clustering.look_for_clusters(study, made)
        assert searches == [N]
        assert (kept.k, kept.settings, kept.sentence) == (found.k, found.settings, found.sentence)
        for name in ("by_k", "by_cluster", "duplicates", "memberships"):
            pd.testing.assert_frame_equal(getattr(kept, name), getattr(found, name))


def test_other_words_texts_or_settings_are_searched_anew(made, study, searches):
    other_text = made.opinions.assign(text=made.opinions["text"].shift(fill_value="別の文"))
    thorough = SimpleNamespace(processed=study.processed, settings=lambda *_: ClusterChoice())
    for asked, tables in (
        (study, made),
        (study, SimpleNamespace(opinions=made.opinions, terms=made.terms.iloc[1:])),
        (study, SimpleNamespace(opinions=other_text, terms=made.terms)),
        (thorough, made),
    ):
        before = len(searches)
        clustering.look_for_clusters(asked, tables)
        assert len(searches) == before + 1


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_bytes(b"PAR1"),
        Path.unlink,
        lambda path: pd.DataFrame({"k": ["?"]}).to_parquet(path),
    ],
)
@pytest.mark.parametrize("table", ["by_k", "by_cluster", "duplicates", "memberships"])
def test_a_damaged_missing_or_foreign_file_counts_for_nothing(made, study, searches, damage, table):
    clustering.look_for_clusters(study, made)
    for path in study.processed.rglob(f"clusters-{table}*.parquet"):
        damage(path)
    clustering.look_for_clusters(study, made)
    assert searches == [N, N]


def test_no_path_grows_long(made, study, searches):
    clustering.look_for_clusters(study, made)
    paths = [str(path.relative_to(study.processed)) for path in study.processed.rglob("*")]
    assert 0 < max(map(len, paths)) < 60


@pytest.mark.parametrize("codes", [(), ("交通",), ("交通", "税")])
def test_clusters_are_described_with_any_number_of_codes(made, study, found, codes):
    codings = CODINGS.make(
        {"opinion_id": f"P{n}", "code": code, "coder": "codebook", "method": "rule"}
        for n, code in enumerate(codes)
    )
    described = clustering.describe_clusters(
        study,
        SimpleNamespace(opinions=made.opinions, terms=made.terms, codings=codings),
        found,
    )
    n_clusters = len(described.names)
    assert n_clusters >= 2
    assert len(CLUSTER_CODES.check(described.with_codes)) == n_clusters * len(codes)
    assert described.suggestions["cluster"].nunique() == n_clusters
    assert described.codings["code"].nunique() == n_clusters


@pytest.mark.parametrize("texts", [[], ["賛成です"], ["賛成です"] * 200])
def test_no_opinions_or_only_copies_show_nothing_and_are_no_error(study, texts):
    ids = [f"P{n}" for n in range(len(texts))]
    made = SimpleNamespace(
        opinions=pd.DataFrame({"opinion_id": ids, "text": texts}, dtype="str"),
        terms=pd.DataFrame({"opinion_id": ids, "term": "賛成"}, dtype="str"),
    )
    found = clustering.look_for_clusters(study, made)
    assert found.verdict == "none"
    assert f"({len(texts)}件" in found.sentence
    with pytest.raises(NotInDataError, match="確認できませんでした"):
        clustering.describe_clusters(study, made, found)


def test_too_many_opinions_for_ward_leave_an_empty_table_and_the_reason(made, monkeypatch):
    matrix = build_matrix(made.terms, made.opinions)
    clusters = [number % 3 + 1 for number in range(N)]
    finding = SimpleNamespace(
        memberships=pd.DataFrame({3: clusters}, index=matrix.opinion_ids, dtype="Int64")
    )
    table, note = give_second_opinion(finding, matrix)
    assert table["agreement"].tolist() == [1.0]
    assert note == ""
    monkeypatch.setattr(partition, "N_MAX", N - 1)
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
