"""What the clusters are called: their terms, until the analyst names them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from kyodo_analysis.themes.clusters.tables import CLUSTER_LABELS, CLUSTER_NAMES

SAME_CLUSTER = 0.5
N_REMEMBERED = 1_000
N_TERMS = 3
_BETWEEN = "、"


def draft_names(clusters: pd.DataFrame, labels: pd.DataFrame) -> pd.DataFrame:
    """Make the rows of cluster_names.csv: names that stay are filled in, the others are empty.

    Parameters
    ----------
    clusters : DataFrame
        The clusters table; it decides the members that the file remembers.
    labels : DataFrame
        The cluster_labels table of these clusters.
    """
    members = clusters.dropna(subset="cluster").groupby("cluster")["opinion_id"]
    table = labels.dropna(subset="cluster").set_index("cluster")
    table = table.assign(
        name=table["label"].where(table["status"] == "名前"),
        n_opinions=members.size(),
        members=members.agg(_remembered),
    )
    kinds = {"cluster": "Int64", "name": "str", "n_opinions": "Int64", "members": "str"}
    return CLUSTER_NAMES.check(table.reset_index()[CLUSTER_NAMES.names].astype(kinds))


def label_clusters(
    clusters: pd.DataFrame, cluster_terms: pd.DataFrame, names: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Call each cluster by the analyst's name where its members largely stayed.

    A name stays with the cluster that has a Jaccard index over 0.5 with the members that
    cluster_names.csv remembers; never more than one cluster has. A name that no cluster keeps has
    a row of its own that says so.

    Parameters
    ----------
    clusters, cluster_terms : DataFrame
        The clusters and cluster_terms tables.
    names : DataFrame, optional
        The cluster_names table; rows without a name are passed over.

    Returns
    -------
    DataFrame
        The cluster_labels table.
    """
    first_terms = cluster_terms[cluster_terms["rank"] <= N_TERMS].sort_values(["cluster", "rank"])
    terms = first_terms.groupby("cluster")["term"].agg("・".join)
    numbers = sorted(clusters["cluster"].dropna().unique())
    given = CLUSTER_NAMES.make() if names is None else names.dropna(subset="name")
    given = given.assign(**_successors(given, clusters))
    stays = given["overlap"] > SAME_CLUSTER
    named = given[stays].set_index("now")
    rows = [
        {"cluster": number, "label": terms.get(number, ""), "terms": terms.get(number, "")}
        | {"status": "特徴語"}
        | (_named(named.loc[number]) if number in named.index else {})
        for number in numbers
    ]
    lost = [_lost(row) for _, row in given[~stays].iterrows()]
    return CLUSTER_LABELS.make([*rows, *lost])


def _named(row: pd.Series[str]) -> dict[str, object]:
    return {"label": row["name"], "status": "名前", "overlap": row["overlap"]}


def _lost(row: pd.Series[str]) -> dict[str, object]:
    note = f"名前「{row['name']}」を付けたまとまりは、入る意見が大きく変わり、引き継げません"
    return {
        "label": row["name"],
        "terms": row["terms"],
        "status": "引き継げない名前",
        "overlap": row["overlap"],
        "note": note,
    }


def _remembered(ids: pd.Series[str]) -> str:
    step = -(-len(ids) // N_REMEMBERED)
    return _BETWEEN.join(ids.iloc[::step])


def _successors(names: pd.DataFrame, clusters: pd.DataFrame) -> dict[str, np.ndarray]:
    """For each row of `names`, the cluster of now that shares most, and the Jaccard index."""
    before = names.reset_index(drop=True)
    remembered = before["members"].str.split(_BETWEEN).explode().rename("opinion_id")
    n_now = clusters["cluster"].value_counts()
    now = remembered.rename_axis("row").reset_index().merge(clusters, on="opinion_id")
    shared = now.groupby(["row", "cluster"]).size().rename("n").reset_index()
    n_before = before["n_opinions"].reindex(shared["row"]).to_numpy()
    n_remembered = remembered.groupby(level=0).size().reindex(shared["row"]).to_numpy()
    both = shared["n"] / n_remembered * n_before
    shared["overlap"] = both / (n_before + shared["cluster"].map(n_now) - both)
    best = shared.sort_values("overlap", ascending=False, kind="stable").drop_duplicates("row")
    best = best.set_index("row").reindex(before.index)
    return {"now": best["cluster"].to_numpy(), "overlap": best["overlap"].fillna(0).to_numpy()}
