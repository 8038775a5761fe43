"""The largest singular values of a sparse matrix, and their vectors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from scipy import sparse

SEED = 0
# scikit-learn's: directions tried beyond k, and the share of all up to which k counts as few.
_SPARE = 10
_FEW = 0.1


def find_largest(matrix: sparse.csr_array, k: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Find the k largest singular values by random projection (Halko, Martinsson & Tropp 2011).

    It is what scikit-learn's ``randomized_svd`` does, whose import and checks took as long as the
    work itself on a hundred thousand opinions; the sign of each pair of vectors is left open.

    Parameters
    ----------
    matrix : scipy.sparse.csr_array
        The matrix.
    k : int
        At most the number of rows and of columns.

    Returns
    -------
    u, s, v : ndarray
        Rows x k, k, and k x columns: ``u * s @ v`` is near the matrix.
    """
    from scipy.linalg import lu, qr, svd

    is_tall = matrix.shape[0] >= matrix.shape[1]
    tall, wide = (matrix, matrix.T) if is_tall else (matrix.T, matrix)
    basis = np.random.RandomState(SEED).normal(size=(tall.shape[1], k + _SPARE))
    for _ in range(7 if k < _FEW * min(matrix.shape) else 4):
        basis, _upper = lu(tall @ basis, permute_l=True, check_finite=False)
        basis, _upper = lu(wide @ basis, permute_l=True, check_finite=False)
    basis, _upper = qr(tall @ basis, mode="economic", check_finite=False)
    within, s, v = svd((wide @ basis).T, full_matrices=False)
    u, s, v = (basis @ within)[:, :k], s[:k], v[:k]
    return (u, s, v) if is_tall else (v.T, s, u.T)
