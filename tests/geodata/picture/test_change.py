"""What changed: ranges that hold, no change said where there is none, and nothing said of too few."""

import numpy as np
import pytest
from scipy.stats import binomtest

from geodata.picture.change import FALSE_SHARE, Verdict, change_of, judged


def told(now, before, **values):
    return judged([change_of("incident", now, before, **values)])[0]


def test_the_range_is_that_of_the_binomial_given_the_sum():
    change = told((60, 365), (40, 365))
    exact = binomtest(60, 100).proportion_ci(0.90, method="exact")
    assert change.ratio == pytest.approx(1.5)
    assert (change.low, change.high) == pytest.approx(
        (exact.low / (1 - exact.low), exact.high / (1 - exact.high))
    )


def test_days_are_reckoned_with():
    assert told((60, 100), (120, 200)).ratio == pytest.approx(1.0)
    assert told((60, 100), (120, 200)).verdict is Verdict.NO_CLEAR_CHANGE


@pytest.mark.parametrize(
    ("now", "before", "verdict"),
    [
        ((200, 365), (100, 365), Verdict.ROSE),
        ((100, 365), (200, 365), Verdict.FELL),
        ((101, 365), (100, 365), Verdict.NO_CLEAR_CHANGE),
        ((5, 365), (6, 365), Verdict.TOO_FEW),
        ((9, 365), (0, 365), Verdict.TOO_FEW),
        ((0, 365), (0, 365), Verdict.TOO_FEW),
        ((60, 365), (40, 365), Verdict.ROSE),
        ((30, 0), (40, 365), Verdict.TOO_FEW),
    ],
)
def test_what_is_said(now, before, verdict):
    assert told(now, before).verdict is verdict


def test_nothing_before_has_no_upper_end_and_nothing_now_no_lower():
    assert told((40, 365), (0, 365)).high == np.inf
    assert told((40, 365), (0, 365)).verdict is Verdict.ROSE
    assert told((0, 365), (40, 365)).low == 0


def test_counts_that_vary_of_themselves_need_more():
    assert told((60, 365), (35, 365)).verdict is Verdict.ROSE
    assert told((60, 365), (35, 365), spread=4.0).verdict is not Verdict.ROSE


def test_few_answers_bear_no_share():
    assert told((20, 29), (5, 200), fewest_of=30).verdict is Verdict.TOO_FEW


def test_one_of_many_that_stands_out_a_little_is_only_perhaps():
    small = change_of("incident", (60, 365), (40, 365))
    assert judged([small])[0].verdict is Verdict.ROSE
    among = judged([small] + [change_of("incident", (50, 365), (50, 365))] * 20)
    assert among[0].verdict is Verdict.PERHAPS_ROSE
    assert {one.verdict for one in among[1:]} == {Verdict.NO_CLEAR_CHANGE}


@pytest.mark.parametrize("mean", [10, 40, 200])
def test_the_range_holds_and_no_change_is_seldom_called_one(mean):
    drawn = np.random.default_rng(mean).poisson(mean, (1500, 2)).tolist()
    changes = [change_of("incident", (now, 365), (before, 365)) for now, before in drawn]
    known = [one for one in changes if one.p is not None]
    assert 0.88 <= np.mean([one.low <= 1 <= one.high for one in known]) <= 0.97
    pictures = [judged(known[at : at + 15]) for at in range(0, len(known) - 15, 15)]
    wrong = np.mean([any(one.verdict in {Verdict.ROSE, Verdict.FELL} for one in made) for made in pictures])
    assert wrong <= FALSE_SHARE + 0.06
