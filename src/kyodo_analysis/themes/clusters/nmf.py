"""NMF: each opinion goes to the component that it weighs most on."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import numpy as np

from kyodo_analysis.themes.clusters.closeness import UNASSIGNED
from kyodo_analysis.themes.clusters.labels import number_by_size

if TYPE_CHECKING:
    from scipy import sparse

# More iterations change the fit in the fourth digit only.
ITERATIONS = 20


def partition_by_nmf(weighted: sparse.csr_array, k: int, *, seed: int = 0) -> np.ndarray:
    """Return each row's component, 0 to k-1 by size (largest first); an empty row has -1.

    Parameters
    ----------
    weighted : scipy.sparse.csr_array
        TF-IDF, opinions in rows.
    k : int
        How many components.
    seed : int, default 0
        Seed of the singular vectors that NMF starts from (NNDSVD, Boutsidis & Gallopoulos 2008).
    """
    from sklearn.decomposition import NMF
    from sklearn.exceptions import ConvergenceWarning

    model = NMF(k, init="nndsvd", max_iter=ITERATIONS, tol=0, random_state=seed)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        weights = model.fit_transform(weighted) * np.linalg.norm(model.components_, axis=1)
    labels = np.where(weights.any(axis=1), weights.argmax(axis=1), UNASSIGNED)
    return number_by_size(labels)
