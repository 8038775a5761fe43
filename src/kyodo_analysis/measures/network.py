"""The co-occurrence network: which words meet, in which communities, and how firmly."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from kyodo_analysis.errors import NotInDataError
from kyodo_analysis.measures.copies import distinct_texts, people_of
from kyodo_analysis.measures.listing import SEPARATOR
from kyodo_analysis.measures.map_words import (
    check_map,
    draw_for_check,
    frequent_words,
    pair_strengths,
    shuffled_presences,
    strengths_of_counts,
)
from kyodo_analysis.measures.matrices import WordMatrix
from kyodo_analysis.measures.shuffles import Shuffles
from kyodo_analysis.measures.tables import NETWORK_EDGES, NETWORK_NODES

if TYPE_CHECKING:
    import networkx as nx
    from scipy.sparse import csr_array

Floats = npt.NDArray[np.float64]

_NAME: Final = "共起ネットワーク"
_MOST_BUNDLES: Final = 1_000
_BETWEEN_PARTS: Final = 0.6


@dataclass(frozen=True)
class NetworkSettings:
    """How the network is made; words and edges as KH Coder's defaults.

    Parameters
    ----------
    n_words : int, default 75
        About how many words may take part, the most frequent ones.
    n_edges : int, default 60
        How many edges to keep, strongest first; ties with the last are kept too.
    n_resamples : int, default 200
        How often the respondents are drawn anew to see which edges stay.
    shuffles : Shuffles
        How chance is looked at; its seed also serves the resamples.
    """

    n_words: int = 75
    n_edges: int = 60
    n_resamples: int = 200
    shuffles: Shuffles = field(default_factory=lambda: Shuffles(n=99))


@dataclass(frozen=True)
class CooccurrenceNetwork:
    """A network that knows whether it may be drawn.

    Parameters
    ----------
    nodes : NETWORK_NODES
    edges : NETWORK_EDGES
    check : MAP_CHECKS
        One row: the mean Jaccard coefficient of the edges against shuffled opinions.
    """

    nodes: pd.DataFrame
    edges: pd.DataFrame
    check: pd.DataFrame


def find_network(
    terms: pd.DataFrame, opinions: pd.DataFrame, settings: NetworkSettings | None = None
) -> CooccurrenceNetwork:
    """Link the words that meet in the same opinions; copies and near copies count once.

    Parameters
    ----------
    terms : TERMS
    opinions : OPINIONS
    settings : NetworkSettings, optional

    Returns
    -------
    CooccurrenceNetwork
        Edges strongest first, each with the share of resamples in which it is among the strongest
        again, and with the opinions it rests on; nodes by community (greedy modularity, largest
        first), with a place to draw them at.

    Raises
    ------
    NotInDataError
        Fewer than three words are used in two opinions.
    """
    chosen = settings or NetworkSettings()
    words = frequent_words(terms, distinct_texts(opinions), n_words=chosen.n_words, where=_NAME)
    presence = words.presence
    kept = _strongest(pair_strengths(presence), chosen.n_edges)
    if not kept.any():
        raise NotInDataError(_NAME, "同じ意見に現れる語の組がありません")
    edges = _edges(words, presence, np.flatnonzero(kept))
    people = pd.factorize(people_of(opinions)[words.opinion_ids])[0]
    edges["support"] = _support(presence, people, chosen)[kept]
    ranked = edges.sort_values(
        ["jaccard", "n_both"], ascending=False, kind="stable", ignore_index=True
    )
    drawn = draw_for_check(presence, chosen.shuffles.seed)
    check = check_map(
        _NAME,
        "線のJaccard係数の平均",
        n_opinions=len(opinions),
        n_texts=presence.shape[0],
        observed=_mean_of_strongest(drawn, chosen.n_edges),
        by_chance=[
            _mean_of_strongest(shuffled, chosen.n_edges)
            for shuffled in shuffled_presences(drawn, chosen.shuffles)
        ],
        seed=chosen.shuffles.seed,
    )
    nodes = _nodes(words, ranked)
    return CooccurrenceNetwork(nodes, NETWORK_EDGES.check(ranked[NETWORK_EDGES.names]), check)


def _strongest(strength: Floats, n_edges: int) -> npt.NDArray[np.bool_]:
    threshold = np.sort(strength)[-min(n_edges, len(strength))]
    return np.asarray((strength >= threshold) & (strength > 0))


def _mean_of_strongest(presence: "csr_array", n_edges: int) -> float:
    strength = pair_strengths(presence)
    return float(strength[_strongest(strength, n_edges)].mean())


def _support(
    presence: "csr_array", people: npt.NDArray[np.int64], settings: NetworkSettings
) -> Floats:
    """Give, for every pair, the share of resamples of the respondents that make it an edge."""
    rng = np.random.default_rng(settings.shuffles.seed)
    counts = _count_in_bundles(presence, people, rng)
    n = len(counts)
    weights = rng.multinomial(n, np.full(n, 1 / n), size=settings.n_resamples)
    resampled = np.tensordot(weights.astype(counts.dtype), counts, axes=1)
    kept = [_strongest(strengths_of_counts(both), settings.n_edges) for both in resampled]
    return np.asarray(np.mean(kept, axis=0))


def _count_in_bundles(
    presence: "csr_array", people: npt.NDArray[np.int64], rng: np.random.Generator
) -> npt.NDArray[np.float32]:
    """Count how often words meet in each of at most 1,000 bundles of people, dealt at random.

    Drawing bundles varies as much as drawing single people does, and takes far less work.

    Returns
    -------
    ndarray
        Bundles x words x words.
    """
    n_people = int(people.max()) + 1
    bundle = rng.permutation(n_people)[people] // -(-n_people // _MOST_BUNDLES)
    order = np.argsort(bundle, kind="stable")
    used = presence.toarray().astype(np.float32)[order]
    bounds = np.flatnonzero(np.diff(bundle[order])) + 1
    return np.stack([part.T @ part for part in np.split(used, bounds)])


def _edges(words: WordMatrix, presence: "csr_array", pairs: npt.NDArray[np.int64]) -> pd.DataFrame:
    first, second = (side[pairs] for side in np.triu_indices(presence.shape[1], k=1))
    used = presence.toarray() > 0
    together = [used[:, a] & used[:, b] for a, b in zip(first, second, strict=True)]
    label = words.words["term"].to_numpy()
    return pd.DataFrame(
        {
            "word_a": label[first],
            "word_b": label[second],
            "n_both": [int(opinions.sum()) for opinions in together],
            "jaccard": pair_strengths(presence)[pairs],
            "opinion_ids": [SEPARATOR.join(words.opinion_ids[opinions]) for opinions in together],
        }
    ).astype({"word_a": "str", "word_b": "str", "n_both": "int64"})


def _nodes(words: WordMatrix, edges: pd.DataFrame) -> pd.DataFrame:
    known = words.words.set_index("term")["n_opinions"]
    linked = known[known.index.isin([*edges["word_a"], *edges["word_b"]])]
    graph = _graph(linked.index, edges)
    places = _places(graph)
    table = pd.DataFrame(
        {
            "word": linked.index,
            "n_texts": linked.to_numpy(),
            "community": _communities(graph),
            "x": [places[node][0] for node in graph],
            "y": [places[node][1] for node in graph],
        }
    )
    return NETWORK_NODES.check(
        table.sort_values(
            ["community", "n_texts"], ascending=[True, False], kind="stable", ignore_index=True
        )
    )


def _graph(labels: pd.Index, edges: pd.DataFrame) -> "nx.Graph[int]":
    """Link numbers, not words: a set of words would change its order from run to run."""
    import networkx as nx

    first, second = (labels.get_indexer(pd.Index(edges[name])) for name in ("word_a", "word_b"))
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(labels)))
    graph.add_weighted_edges_from(zip(first, second, edges["jaccard"], strict=True))
    return graph


def _places(graph: "nx.Graph[int]") -> dict[int, Floats]:
    """Place words as far apart as they are in steps (Kamada & Kawai 1989), which leaves them room.

    Parts of the network that no line joins stand apart by about half of its longest way.
    """
    import networkx as nx

    steps = dict(nx.all_pairs_shortest_path_length(graph))
    apart = _BETWEEN_PARTS * max(max(of_word.values()) for of_word in steps.values())
    distances = {a: {b: steps[a].get(b, apart) for b in graph} for a in graph}
    return nx.kamada_kawai_layout(graph, dist=distances, pos=nx.circular_layout(graph))


def _communities(graph: "nx.Graph[int]") -> list[int]:
    """Give each node the number of its community, the largest being 1."""
    from networkx.algorithms.community import greedy_modularity_communities

    found = map(sorted, greedy_modularity_communities(graph, weight="weight"))
    ordered = sorted(found, key=lambda members: (-len(members), members))
    number = {node: rank for rank, members in enumerate(ordered, start=1) for node in members}
    return [number[node] for node in graph]
