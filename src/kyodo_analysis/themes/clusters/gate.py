"""The gate: clusters are shown only if they hold more than shuffled text does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from kyodo_analysis.near_copies import find_families
from kyodo_analysis.shuffling import shuffle_presence
from kyodo_analysis.themes.clusters.matrix import (
    add_words_in_compounds,
    build_matrix,
    document_frequencies,
    link_compounds,
)
from kyodo_analysis.themes.clusters.search import (
    N_FOR_SUGGESTION,
    THOROUGH,
    ClusterSearch,
    ClusterSettings,
)
from kyodo_analysis.themes.clusters.significance import hold_against, judge
from kyodo_analysis.themes.clusters.stability import Scores, score_partitions

if TYPE_CHECKING:
    import pandas as pd
    from scipy import sparse

    from kyodo_analysis.themes.clusters.matrix import DocumentTermMatrix

OPINIONS_PER_CLUSTER = 10
# After so many texts the answer may be certain. The number of workers must not decide it.
TEXTS_AT_ONCE = 10
Progress = Callable[[int, int], None]


def find_clusters(
    terms: pd.DataFrame,
    opinions: pd.DataFrame,
    *,
    settings: ClusterSettings = THOROUGH,
    n_jobs: int = -1,
    progress: Progress | None = None,
) -> ClusterSearch:
    """Cluster opinions by their words and test the clusters against shuffled text.

    Copies enter as one. Below 30 opinions nothing is computed; a number of clusters is tried where
    it leaves at least 10 opinions for each on average.

    Parameters
    ----------
    terms, opinions : DataFrame
        The terms and opinions tables.
    settings : ClusterSettings
        `THOROUGH` or `QUICK`, or your own.
    n_jobs : int, default -1
        Processes for joblib; the result does not depend on it.
    progress : callable, optional
        Called with (texts done, texts in all) after each text; where the answer is certain before
        all are done, those done are all.
    """
    families = find_families(opinions)
    merged = opinions[families["is_first"].to_numpy()]
    if len(merged) < N_FOR_SUGGESTION:
        return judge([], [], families, settings)
    kept = terms[terms["opinion_id"].isin(merged["opinion_id"])]
    matrix = build_matrix(kept, merged, min_df=1)
    tried = replace(settings, ks=usable_ks(settings, matrix))
    if not tried.ks:
        return judge([], [], families, tried)
    observed, *shuffled = score_texts(matrix, tried, n_jobs=n_jobs, progress=progress)
    return judge(observed, shuffled, families, tried)


def usable_ks(settings: ClusterSettings, matrix: DocumentTermMatrix) -> tuple[int, ...]:
    """Return the numbers of clusters that these opinions and their terms have room for."""
    n_terms = int((document_frequencies(matrix.counts) >= settings.min_df).sum())
    most = min(len(matrix.opinion_ids) // OPINIONS_PER_CLUSTER, n_terms // 2)
    return tuple(k for k in settings.ks if k <= most)


def score_texts(
    matrix: DocumentTermMatrix,
    settings: ClusterSettings,
    *,
    n_jobs: int = -1,
    progress: Progress | None = None,
    stops: bool = True,
) -> list[list[Scores]]:
    """Score the text as it is (first) and shuffled texts (after it), k by k.

    Shuffling ends as soon as it is certain that no number of clusters will pass (sequential Monte
    Carlo, Besag & Clifford 1991); this can only close the gate, so that chance opens it no more
    often. Terms are dealt out anew before compounds are taken apart, so that a compound meets the
    words in it in shuffled text as it does in real text.

    Parameters
    ----------
    matrix : DocumentTermMatrix
        All terms of the opinions, rare ones included.
    stops : bool, default True
        Whether to end early.
    """
    from joblib import Parallel, delayed

    n_texts = settings.n_shuffles + 1
    present, links = matrix.counts.minimum(1), link_compounds(matrix.terms)
    scored: list[list[Scores]] = []
    for start in range(0, n_texts, TEXTS_AT_ONCE):
        running = Parallel(n_jobs=n_jobs, return_as="generator")(
            delayed(_score_text)(present, links, settings, text)
            for text in range(start, min(start + TEXTS_AT_ONCE, n_texts))
        )
        for scores in running:
            scored.append(scores)
            if progress is not None:
                progress(len(scored), n_texts)
        if stops and not hold_against(scored, settings.n_shuffles)["passes"].any():
            if progress is not None:
                progress(len(scored), len(scored))
            break
    return scored


def _score_text(
    present: sparse.csr_array, links: sparse.csr_array, settings: ClusterSettings, text: int
) -> list[Scores]:
    from threadpoolctl import threadpool_limits

    rng = np.random.default_rng([settings.seed, text])
    # The number of BLAS threads would decide the last digits.
    with threadpool_limits(1):
        dealt = present if text == 0 else shuffle_presence(present, rng)
        whole = add_words_in_compounds(dealt, links, min_df=settings.min_df)
        return score_partitions(whole, settings, rng)
