import numpy as np
import pytest
from scipy import sparse
from sklearn.utils.extmath import randomized_svd

from kyodo_analysis.themes.clusters.svd import find_largest


@pytest.mark.parametrize("shape", [(60, 35), (35, 60), (90, 70), (5, 4)])
def test_it_finds_what_scikit_learn_finds(shape: tuple[int, int]):
    rng = np.random.default_rng(0)
    matrix = sparse.csr_array(rng.random(shape) * (rng.random(shape) < 0.4))
    u, s, v = find_largest(matrix, 4)
    expected_u, expected_s, expected_v = randomized_svd(matrix, 4, random_state=0)
    np.testing.assert_allclose(s, expected_s)
    np.testing.assert_allclose(u * s @ v, expected_u * expected_s @ expected_v)
    np.testing.assert_allclose(abs(u), abs(expected_u))
