import numpy as np
import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st

from geodata.evidence.shrinkage import TELLABLE_EVENTS, poisson_interval, shrink


def test_the_weight_is_hauers():
    counts, expected = np.array([12.0, 0.0, 3.0]), np.array([4.0, 2.0, 3.0])
    found = shrink(counts, expected)
    weight = 1 / (1 + expected / found.prior_shape)
    np.testing.assert_allclose(found.ratio, weight + (1 - weight) * counts / expected)


def test_the_range_is_that_of_the_gamma():
    found = shrink(np.array([12.0, 0.0]), np.array([4.0, 2.0]))
    theirs = scipy.stats.gamma(found.shape, scale=1 / found.rate)
    np.testing.assert_allclose(found.low, theirs.ppf(0.05))
    np.testing.assert_allclose(found.high, theirs.ppf(0.95))


@given(
    st.lists(st.tuples(st.integers(0, 500), st.floats(0, 500)), min_size=1, max_size=8),
)
def test_a_ratio_lies_between_the_plain_one_and_as_expected(rows):
    counts, expected = np.array(rows, dtype=float).T
    found = shrink(counts, expected)
    assert np.isfinite([found.ratio, found.low, found.high]).all()
    assert (found.low < found.ratio).all()
    assert (found.ratio < found.high).all()
    plain = (counts + 1e-12) / (expected + 1e-12)
    assert (found.ratio >= np.minimum(plain, 1) - 1e-9).all()
    assert (found.ratio <= np.maximum(plain, 1) + 1e-9).all()


def test_few_events_pull_to_the_expected_and_many_do_not():
    found = shrink(np.array([2.0, 200.0]), np.array([0.5, 50.0]))
    assert found.ratio[0] < 2.5
    assert found.ratio[1] > 3.7
    assert found.low[0] < 1 < found.low[1]


def test_places_that_differ_widely_are_shrunken_less():
    expected = np.full(30, 20.0)
    alike = np.random.default_rng(0).poisson(20, 30).astype(float)
    unlike = np.random.default_rng(0).poisson(20 * np.random.default_rng(1).gamma(1, 1, 30)).astype(float)
    assert shrink(alike, expected).prior_shape > 5 * shrink(unlike, expected).prior_shape


def test_too_few_to_tell():
    found = shrink(np.array([0.0, 4, 5, 0]), np.array([0.0, 4, 0.1, TELLABLE_EVENTS]))
    assert found.tellable.tolist() == [False, False, True, True]


def test_no_places_and_one_place():
    assert shrink(np.zeros(0), np.zeros(0)).ratio.tolist() == []
    assert shrink(np.zeros(1), np.zeros(1)).ratio.tolist() == [1.0]


def test_nine_of_ten_ranges_hold_the_truth():
    random = np.random.default_rng(7)
    expected = random.uniform(1, 30, 2000)
    truth = random.gamma(3, 1 / 3, 2000)
    found = shrink(random.poisson(expected * truth).astype(float), expected)
    held = ((found.low <= truth) & (truth <= found.high)).mean()
    assert held == pytest.approx(0.9, abs=0.02)


def test_the_range_of_a_count_is_garwoods():
    low, high = poisson_interval(np.array([0.0, 1, 12]))
    np.testing.assert_allclose(low[1:], scipy.stats.chi2.ppf(0.05, [2, 24]) / 2)
    np.testing.assert_allclose(high, scipy.stats.chi2.ppf(0.95, [2, 4, 26]) / 2)
    assert low[0] == 0
