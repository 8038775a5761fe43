"""The clusters of a study: found, tested, named, and held beside its codebook."""

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from kyodo_analysis import __version__, reading
from kyodo_analysis.errors import NotInDataError, StudyError
from kyodo_analysis.output import write_csv
from kyodo_analysis.study import Study
from kyodo_analysis.study.pipeline import StudyTables
from kyodo_analysis.tables import GROUPS
from kyodo_analysis.themes import clusters as room
from kyodo_analysis.themes.clusters.tables import CLUSTER_NAMES, SECOND_OPINION

NAMES_FILE = "cluster_names.csv"


@dataclass(frozen=True)
class ClusterChoice:
    """What the analyst decides about clusters in ``[clusters]``.

    Parameters
    ----------
    effort : {"thorough", "quick"}
        How often words are dealt out anew: 99 times, or 19 for a first look.
    k : int, default 0
        The number of clusters that she chose from those that hold; 0 takes the one that holds best.
    """

    effort: Literal["thorough", "quick"] = "thorough"
    k: int = 0


@dataclass(frozen=True, eq=False)
class StudyClusters:
    """Clusters that hold, and what they are about; the tables are those of the themes room.

    ``second_opinion`` is empty where Ward's method cannot be asked; ``second_opinion_note`` says
    why, and is empty otherwise.
    """

    finding: room.ClusterFinding
    clusters: pd.DataFrame
    labels: pd.DataFrame
    terms: pd.DataFrame
    typical: pd.DataFrame
    borderline: pd.DataFrame
    with_codes: pd.DataFrame
    suggestions: pd.DataFrame
    second_opinion: pd.DataFrame
    second_opinion_note: str

    @property
    def names(self) -> list[str]:
        """What the clusters are called, by their numbers."""
        return list(self.labels.dropna(subset="cluster")["label"])

    @property
    def groups(self) -> pd.DataFrame:
        """The clusters as groups (GROUPS), for their characteristic words; 未分類 is missing.

        These words describe the clusters, which were made of them: they test nothing.
        """
        names = self.labels.dropna(subset="cluster").set_index("cluster")["label"]
        group = pd.Categorical(self.clusters["cluster"].map(names), names.unique(), ordered=True)
        groups = self.clusters[["opinion_id"]].assign(group=group, basis="まとまり", from_text=True)
        return GROUPS.check(groups.astype({"basis": "str"}))

    @property
    def codings(self) -> pd.DataFrame:
        """The clusters as codings (CODINGS), so that they are counted and charted as themes are."""
        names = self.labels.dropna(subset="cluster").set_index("cluster")["label"]
        held = self.clusters.dropna(subset="cluster")
        return pd.DataFrame(
            {
                "opinion_id": held["opinion_id"],
                "code": held["cluster"].map(names).astype("str"),
                "coder": "clusters",
                "method": "cluster",
                "evidence": pd.Series(pd.NA, index=held.index, dtype="str"),
            }
        )


def look_for_clusters(
    study: Study, made: StudyTables, *, progress: room.Progress | None = None
) -> room.ClusterFinding:
    """Cluster the opinions and test the clusters against shuffled text.

    The finding is kept in ``data/processed/<study>/`` and remade when terms, opinions, settings or
    the version of this package change.

    Parameters
    ----------
    study, made
        A study and its tables.
    progress : callable, optional
        Called with (texts done, texts in all); not at all where the finding was kept.

    Raises
    ------
    NotInDataError
        The number of clusters that the study names does not hold (any more).
    """
    from joblib import Memory

    choice = study.settings("clusters", ClusterChoice)
    settings = room.QUICK if choice.effort == "quick" else room.THOROUGH
    kept = Memory(study.processed / "clusters" / __version__, verbose=0)
    find = kept.cache(room.find_clusters, ignore=["n_jobs", "progress"])
    finding: room.ClusterFinding = find(
        made.terms, made.opinions, settings=settings, n_jobs=-1, progress=progress
    )
    try:
        return finding.with_k(choice.k) if choice.k and finding.k else finding
    except StudyError as error:
        raise NotInDataError(error.where, error.found, error.allowed, error.action) from None


def describe_clusters(
    study: Study, made: StudyTables, finding: room.ClusterFinding
) -> StudyClusters:
    """Say what the clusters that hold are about, in their opinions' own words.

    Raises
    ------
    NotInDataError
        No clusters hold; the message is the sentence to print instead.
    """
    if finding.verdict == "none":
        raise NotInDataError("自動分類", finding.sentence.removesuffix("。"))
    clusters = finding.clusters
    matrix = room.build_matrix(made.terms, made.opinions, min_df=finding.settings.min_df)
    terms = room.find_cluster_terms(clusters, matrix)
    labels = room.label_clusters(clusters, terms, _read_names(study))
    write_csv(
        CLUSTER_NAMES.for_analyst(room.draft_names(clusters, labels)),
        study.processed / NAMES_FILE,
    )
    second_opinion, note = give_second_opinion(finding, matrix)
    return StudyClusters(
        finding=finding,
        clusters=clusters,
        labels=labels,
        terms=terms,
        typical=room.find_typical_opinions(clusters, matrix, made.opinions),
        borderline=room.find_borderline_opinions(clusters, matrix, made.opinions),
        with_codes=room.compare_clusters_with_codes(clusters, made.codings),
        suggestions=room.suggest_codes(clusters, made.codings, matrix, made.opinions),
        second_opinion=second_opinion,
        second_opinion_note=note,
    )


def give_second_opinion(
    finding: room.ClusterFinding, matrix: room.DocumentTermMatrix
) -> tuple[pd.DataFrame, str]:
    """Ask Ward's method, too: its table, or an empty one and the reason in Japanese."""
    try:
        return room.compare_with_ward(finding.memberships, matrix), ""
    except NotInDataError as error:
        return SECOND_OPINION.make(), str(error)


def _read_names(study: Study) -> pd.DataFrame | None:
    path = study.decisions / NAMES_FILE
    if not path.exists():
        return None
    headers = [column.label for column in CLUSTER_NAMES.columns]
    rows = reading.read_study_csv(path, headers, may_be_empty=("名前",))
    named = rows.set_axis(CLUSTER_NAMES.names, axis="columns")
    given = named["name"].mask(named["name"].eq(""))
    kinds = {"cluster": "Int64", "n_opinions": "Int64"}
    return CLUSTER_NAMES.check(named.assign(name=given).astype(kinds))
