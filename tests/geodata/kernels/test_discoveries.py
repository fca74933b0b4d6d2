import numpy as np
import pytest
import scipy.stats

from geodata.kernels.discoveries import adjust

CASES = {
    "one": np.array([0.3]),
    "even": np.random.default_rng(0).random(3000),
    "heaped at nothing": np.random.default_rng(1).random(3000) ** 40,
    "few different": np.random.default_rng(2).choice([0.0, 1e-9, 0.02, 0.5, 1.0], 500),
    "all one": np.ones(40),
    "all zero": np.zeros(40),
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("drawers", [1, 7, 400])
def test_equal_to_scipy_however_they_are_laid(case, drawers):
    p = CASES[case]
    adjusted = np.empty(len(p))
    adjust(p, np.sort(p), drawers, adjusted)
    np.testing.assert_allclose(adjusted, scipy.stats.false_discovery_control(p), rtol=1e-12)
