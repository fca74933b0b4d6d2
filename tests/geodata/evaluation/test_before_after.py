import numpy as np
import pytest
from scipy.stats import nchypergeom_fisher

from geodata.evaluation.before_after import before_after
from geodata.evaluation.effect import BeforeAfter, Verdict, verdict_of
from geodata.evaluation.heterogeneity import NONE, Spread, spread_of


def midp(treated, other, ratio):
    total = treated.before + treated.after + other.before + other.after
    law = nchypergeom_fisher(total, treated.after + other.after, treated.before + treated.after, ratio)
    few, at = law.cdf(treated.after), law.pmf(treated.after)
    return few - at / 2, 1 - few + at / 2


@pytest.mark.parametrize("counts", [(9, 6, 40, 44), (40, 20, 40, 40), (110, 55, 330, 350), (3, 0, 5, 9)])
def test_range_and_test_are_those_of_the_noncentral_hypergeometric_by_midp(counts):
    treated, other = BeforeAfter(*counts[:2]), BeforeAfter(*counts[2:])
    found = before_after(treated, [other])
    assert found.p == pytest.approx(min(1, 2 * min(midp(treated, other, 1.0))), rel=1e-6)
    assert midp(treated, other, found.high)[0] == pytest.approx(0.05, rel=1e-3)
    if treated.after:
        assert midp(treated, other, found.low)[1] == pytest.approx(0.05, rel=1e-3)
    else:
        assert found.low == 0


def test_large_counts_agree_with_the_log_ratio():
    counts = (900, 700, 2000, 1900)
    found = before_after(BeforeAfter(*counts[:2]), [BeforeAfter(*counts[2:])])
    deviation = np.sqrt(sum(1 / one for one in counts))
    middle = np.log(700 / 900 / (1900 / 2000))
    assert found.ratio == pytest.approx(np.exp(middle))
    assert np.log([found.low, found.high]) == pytest.approx(
        [middle - 1.6449 * deviation, middle + 1.6449 * deviation], abs=2e-3
    )


def test_right_turns_on_red_rose_by_a_twelfth_beside_comparison_sites():
    """Hauer 1997: 167 and 313 accidents of right turns, 3,566 and 6,121 comparable ones."""
    found = before_after(BeforeAfter(167, 313), [BeforeAfter(3566, 6121)])
    assert found.ratio == pytest.approx(313 / (167 * 6121 / 3566))
    assert found.expected == pytest.approx(286.6, abs=0.3)
    assert found.low < 1 < found.high


def test_size_and_common_trend_do_not_matter():
    small = before_after(BeforeAfter(40, 20), [BeforeAfter(40, 40)])
    large = before_after(BeforeAfter(40, 20), [BeforeAfter(400, 400)])
    assert large.ratio == small.ratio
    assert large.p < small.p
    risen = before_after(BeforeAfter(40, 40), [BeforeAfter(200, 400)])
    assert risen.ratio == pytest.approx(0.5)
    assert verdict_of(risen) is Verdict.FELL


def test_few_events_are_too_few_and_say_what_could_have_been_seen():
    found = before_after(BeforeAfter(9, 6), [BeforeAfter(40, 44)])
    assert verdict_of(found) is Verdict.TOO_FEW
    assert found.fell_at is not None
    assert verdict_of(before_after(BeforeAfter(9, found.fell_at), [BeforeAfter(40, 44)])) is Verdict.FELL
    assert (
        verdict_of(before_after(BeforeAfter(9, found.fell_at + 1), [BeforeAfter(40, 44)])) is Verdict.TOO_FEW
    )
    assert 0.05 < found.smallest_decrease < 0.3


def test_nothing_before_and_nothing_at_all():
    risen = before_after(BeforeAfter(0, 12), [BeforeAfter(50, 50)])
    assert verdict_of(risen) is Verdict.ROSE
    assert risen.ratio == np.inf
    nothing = before_after(BeforeAfter(0, 0), [BeforeAfter(0, 0)])
    assert verdict_of(nothing) is Verdict.TOO_FEW
    assert nothing.smallest_decrease is None


def test_without_comparison_the_days_alone_are_taken_away():
    found = before_after(BeforeAfter(60, 30), [], days=0.5)
    assert found.ratio == pytest.approx(1)
    assert found.p == pytest.approx(1, abs=0.1)
    assert verdict_of(before_after(BeforeAfter(60, 30), [], days=1.0)) is Verdict.FELL


def test_places_that_differ_widen_the_range():
    random = np.random.default_rng(1)
    before = random.poisson(40, 30)
    even = [BeforeAfter(int(one), int(two)) for one, two in zip(before, random.poisson(40, 30), strict=True)]
    wild = random.poisson(40 * np.exp(random.normal(0, 0.6, 30)))
    uneven = [BeforeAfter(int(one), int(two)) for one, two in zip(before, wild, strict=True)]
    assert spread_of(even) == Spread(0.0, pytest.approx(spread_of(even).p), 29)
    spread = spread_of(uneven)
    assert spread.variance == pytest.approx(0.36, abs=0.2)
    treated = BeforeAfter(100, 60)
    narrow, wide = (before_after(treated, even, spread=one) for one in (NONE, spread))
    assert verdict_of(narrow) is Verdict.FELL
    assert verdict_of(wide) is not Verdict.FELL
    assert wide.low < narrow.low < narrow.high < wide.high


@pytest.mark.parametrize(
    "places", [[], [BeforeAfter(4, 4)], [BeforeAfter(0, 0)] * 5, [BeforeAfter(3, 0)] * 4]
)
def test_too_little_to_tell_how_places_differ(places):
    assert spread_of(places) == NONE
