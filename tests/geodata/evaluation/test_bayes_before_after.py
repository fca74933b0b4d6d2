import numpy as np
import pytest
from scipy.stats import nbinom

from geodata.evaluation.bayes_before_after import (
    Expectation,
    bayes_before_after,
    effectiveness,
    expectation,
    expectation_over,
    trend_of,
)
from geodata.evaluation.effect import Verdict, verdict_of


@pytest.mark.parametrize(
    ("years", "accidents", "per", "published", "deviation"),
    [(1, 12, 1.8, 4.71, 1.19), (3, 27, 3.0, 7.97, 1.44)],
)
def test_the_tutorial_s_road(years, accidents, per, published, deviation):
    """Hauer et al. 2002, *TRR* 1784, examples 1 and 2: 1.8 km, 4,000 vehicles, shape 2.05 a kilometre.

    12 accidents in a year give 4.71 ± 1.19 a kilometre; 12, 7 and 8 in three give 7.97 ± 1.44 a year.
    """
    reference = 0.0224 * 4000**0.564 * 1.8 * years
    found = expectation([accidents], [reference], [2.05 * 1.8])
    assert found.before / per == pytest.approx(published, abs=0.006)
    assert np.sqrt(found.variance) / per == pytest.approx(deviation, abs=0.006)


def test_the_passing_lanes_of_the_highway_safety_manual():
    """AASHTO 2010, 9.10: 13 sites, 122 accidents before, 30 after, expected variance 11.161.

    The manual's safety effectiveness, in the public R package HSM: 30.5 % with a standard error of 13.9
    and a test statistic of 2.19, which together mean that 42.88 were expected.
    """
    found = effectiveness(30, Expectation(111.806, 42.88, 11.161))
    assert 100 * (1 - found.theta) == pytest.approx(30.46, abs=0.02)
    assert 100 * found.deviation == pytest.approx(13.882, abs=0.05)
    judged = bayes_before_after(30, Expectation(111.806, 42.88, 11.161))
    assert judged.low == pytest.approx(np.exp(np.log(30 / 42.88) - 1.645 * 0.198), abs=0.01)
    assert judged.p == pytest.approx(0.06, abs=0.02)


def test_range_is_of_the_negative_binomial_by_midp():
    expected = Expectation(18.0, 20.0, 16.0)
    found = bayes_before_after(12, expected)
    shape = 400 / 16
    for ratio, few in ((found.high, True), (found.low, False)):
        law = nbinom(shape, shape / (shape + 20 * ratio))
        middle = law.cdf(11) + law.pmf(12) / 2
        assert (middle if few else 1 - middle) == pytest.approx(0.05, rel=1e-3)


def test_a_place_chosen_for_its_bad_spell_is_expected_to_turn():
    found = expectation([22], [8.0], [4.0])
    assert 8 < found.before < 22
    assert found.after == found.before
    assert verdict_of(bayes_before_after(16, found)) is not Verdict.FELL
    assert bayes_before_after(0, found).low == 0


def test_one_shape_for_certain_is_the_plain_estimate():
    sure = expectation_over(22, 8.0, np.array([4.0]), np.array([1.0]), trend=1.2, trend_variance=0.01)
    plain = expectation([22], [8.0], [4.0], trend=1.2, trend_variance=0.01)
    assert (sure.before, sure.after, sure.variance) == pytest.approx(
        (plain.before, plain.after, plain.variance)
    )
    unsure = expectation_over(
        22, 8.0, np.array([1.0, 16.0]), np.array([0.5, 0.5]), trend=1.2, trend_variance=0.01
    )
    assert unsure.variance > plain.variance


def test_several_places_add_up():
    one, two = expectation([22], [8.0], [4.0], trend=2.0), expectation([3], [5.0], [4.0], trend=2.0)
    both = expectation([22, 3], [8.0, 5.0], [4.0, 4.0], trend=2.0)
    assert both.after == pytest.approx(one.after + two.after)
    assert both.variance == pytest.approx(one.variance + two.variance)


def test_the_trend_is_that_of_the_comparison_places():
    trend, variance = trend_of(1000, 1200, extra=0.01)
    assert trend == pytest.approx(1.2, abs=0.002)
    assert variance == pytest.approx(1 / 1000 + 1 / 1200 + 0.01, rel=0.01)
