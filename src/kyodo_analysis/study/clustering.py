"""The clusters of a study: found, tested, named, and held beside its codebook."""

from dataclasses import dataclass, replace
from typing import Literal

import pandas as pd

from kyodo_analysis import reading
from kyodo_analysis.errors import NotInDataError, StudyError, TableError
from kyodo_analysis.output import write_csv
from kyodo_analysis.study import Study
from kyodo_analysis.study.pipeline import StudyTables
from kyodo_analysis.study.store import Frames, Store, digest, digest_program
from kyodo_analysis.tables import FAMILIES, GROUPS
from kyodo_analysis.themes import clusters as room
from kyodo_analysis.themes.clusters.search import choose_k
from kyodo_analysis.themes.clusters.tables import (
    CLUSTER_EVIDENCE,
    CLUSTER_NAMES,
    K_EVIDENCE,
    SECOND_OPINION,
)

NAMES_FILE = "cluster_names.csv"
_STAGE = "clusters"


@dataclass(frozen=True)
class ClusterChoice:
    """What the analyst decides about clusters in ``[clusters]``.

    Parameters
    ----------
    effort : {"thorough", "quick"}
        How often words are dealt out anew: 39 times, or 19 for a first look.
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

    search: room.ClusterSearch
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
) -> room.ClusterSearch:
    """Cluster the opinions and test the clusters against shuffled text.

    The search is kept in ``data/processed/<study>/`` and made anew when terms, opinions, settings
    or this package change.

    Parameters
    ----------
    study, made
        A study and its tables.
    progress : callable, optional
        Called with (texts done, texts in all); not at all where the search was kept.

    Raises
    ------
    NotInDataError
        The number of clusters that the study names does not hold (any more).
    """
    choice = study.settings("clusters", ClusterChoice)
    settings = room.QUICK if choice.effort == "quick" else room.THOROUGH
    store, key = Store(study.processed / "kept"), _key(made, settings)
    kept = store.recall(_STAGE, key)
    search = _restore(kept, settings) if kept else None
    if search is None:
        search = room.find_clusters(made.terms, made.opinions, settings=settings, progress=progress)
        store.remember(_STAGE, key, _to_frames(search))
    try:
        return search.with_k(choice.k) if choice.k and search.k else search
    except StudyError as error:
        raise NotInDataError(error.where, error.found, error.allowed, error.action) from None


def _key(made: StudyTables, settings: room.ClusterSettings) -> str:
    """Return one name for all that the search depends on."""
    used = made.terms[["opinion_id", "term"]], made.opinions[["opinion_id", "text"]]
    hashes = (pd.util.hash_pandas_object(table, index=False).to_numpy() for table in used)
    return digest(digest_program(), repr(settings), *(each.tobytes() for each in hashes))


def _to_frames(search: room.ClusterSearch) -> Frames:
    return {
        "by_k": search.by_k,
        "by_cluster": search.by_cluster,
        "duplicates": search.duplicates,
        "memberships": search.memberships.rename(columns=str),
    }


def _restore(frames: Frames, settings: room.ClusterSettings) -> room.ClusterSearch | None:
    """Return the search that these tables were made of; None if they are not what they should be."""
    try:
        by_k = K_EVIDENCE.check(frames["by_k"])
        memberships = frames["memberships"].rename(columns=int)
        return room.ClusterSearch(
            settings=replace(settings, ks=tuple(int(k) for k in memberships.columns)),
            k=choose_k(by_k),
            by_k=by_k,
            by_cluster=CLUSTER_EVIDENCE.check(frames["by_cluster"]),
            duplicates=FAMILIES.check(frames["duplicates"]),
            memberships=memberships,
        )
    except (TypeError, KeyError, ValueError, TableError):
        return None


def describe_clusters(study: Study, made: StudyTables, search: room.ClusterSearch) -> StudyClusters:
    """Say what the clusters that hold are about, in their opinions' own words.

    Raises
    ------
    NotInDataError
        No clusters hold; the message is the sentence to print instead.
    """
    if search.verdict == "none":
        raise NotInDataError("自動分類", search.sentence.removesuffix("。"))
    clusters = search.clusters
    matrix = room.build_matrix(made.terms, made.opinions, min_df=search.settings.min_df)
    terms = room.find_cluster_terms(clusters, matrix)
    labels = room.label_clusters(clusters, terms, _read_names(study))
    write_csv(
        CLUSTER_NAMES.for_analyst(room.draft_names(clusters, labels)),
        study.processed / NAMES_FILE,
    )
    second_opinion, note = give_second_opinion(search, matrix)
    return StudyClusters(
        search=search,
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
    search: room.ClusterSearch, matrix: room.DocumentTermMatrix
) -> tuple[pd.DataFrame, str]:
    """Ask Ward's method, too: its table, or an empty one and the reason in Japanese."""
    try:
        return room.compare_with_ward(search.memberships, matrix), ""
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
