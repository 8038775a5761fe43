"""Clusters, and whether they hold more than shuffled text does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from kyodo_analysis.near_copies import find_families
from kyodo_analysis.shuffling import shuffle_presence
from kyodo_analysis.themes.clusters.finding import N_FOR_SUGGESTION, ClusterFinding
from kyodo_analysis.themes.clusters.judging import judge
from kyodo_analysis.themes.clusters.matrix import build_matrix, document_frequencies
from kyodo_analysis.themes.clusters.parts import add_parts, find_parts
from kyodo_analysis.themes.clusters.settings import THOROUGH, ClusterSettings
from kyodo_analysis.themes.clusters.stability import Scores, score_partitions

if TYPE_CHECKING:
    import pandas as pd
    from scipy import sparse

    from kyodo_analysis.themes.clusters.matrix import DocumentTermMatrix

OPINIONS_PER_CLUSTER = 10
Progress = Callable[[int, int], None]


def find_clusters(
    terms: pd.DataFrame,
    opinions: pd.DataFrame,
    *,
    settings: ClusterSettings = THOROUGH,
    n_jobs: int = -1,
    progress: Progress | None = None,
) -> ClusterFinding:
    """Cluster opinions by their words and test the clusters against shuffled text.

    Identical and nearly identical texts enter as one. Below 30 opinions nothing is computed; a
    number of clusters is tried where it leaves at least 10 opinions for each on average.

    Parameters
    ----------
    terms, opinions : DataFrame
        The terms and opinions tables.
    settings : ClusterSettings
        `THOROUGH` (99 shuffles, 20 bootstrap samples) or `QUICK` (19 and 10), or your own.
    n_jobs : int, default -1
        Processes for joblib; the result does not depend on it.
    progress : callable, optional
        Called with (texts done, texts in all) after each text.
    """
    duplicates = find_families(opinions)
    merged = opinions[duplicates["is_first"].to_numpy()]
    if len(merged) < N_FOR_SUGGESTION:
        return judge([], [], duplicates, settings)
    kept = terms[terms["opinion_id"].isin(merged["opinion_id"])]
    matrix = build_matrix(kept, merged, min_df=1)
    tried = replace(settings, ks=usable_ks(settings, matrix))
    if not tried.ks:
        return judge([], [], duplicates, tried)
    observed, *shuffled = score_texts(matrix, tried, n_jobs=n_jobs, progress=progress)
    return judge(observed, shuffled, duplicates, tried)


def usable_ks(settings: ClusterSettings, matrix: DocumentTermMatrix) -> tuple[int, ...]:
    """Return the numbers of clusters that these opinions and their terms have room for."""
    n_terms = int((document_frequencies(matrix.counts) >= settings.min_df).sum())
    most = min(len(matrix.opinion_ids) // OPINIONS_PER_CLUSTER, n_terms)
    return tuple(k for k in settings.ks if k <= most)


def score_texts(
    matrix: DocumentTermMatrix,
    settings: ClusterSettings,
    *,
    n_jobs: int = -1,
    progress: Progress | None = None,
) -> list[list[Scores]]:
    """Score the text as it is (first) and each shuffled text (after it), k by k.

    Terms are dealt out anew before their parts are added, so that a compound meets its parts in
    shuffled text as it does in real text.

    Parameters
    ----------
    matrix : DocumentTermMatrix
        All terms of the opinions, rare ones included.
    """
    from joblib import Parallel, delayed

    n_texts = settings.n_shuffles + 1
    present, parts = matrix.counts.minimum(1), find_parts(matrix.terms)
    running = Parallel(n_jobs=n_jobs, return_as="generator")(
        delayed(_score_text)(present, parts, settings, text) for text in range(n_texts)
    )
    scored = []
    for done, scores in enumerate(running, start=1):
        scored.append(scores)
        if progress is not None:
            progress(done, n_texts)
    return scored


def _score_text(
    present: sparse.csr_array, parts: sparse.csr_array, settings: ClusterSettings, text: int
) -> list[Scores]:
    from threadpoolctl import threadpool_limits

    rng = np.random.default_rng([settings.seed, text])
    # The number of BLAS threads would decide the last digits.
    with threadpool_limits(1):
        dealt = present if text == 0 else shuffle_presence(present, rng)
        return score_partitions(add_parts(dealt, parts, min_df=settings.min_df), settings, rng)
