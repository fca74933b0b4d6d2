import numpy as np
import pytest
from scipy.stats import t, ttest_ind

from geodata.evaluation.effect import Verdict
from geodata.evaluation.speed_share import Measured, speed_change


def at(share, vehicles=2000):
    return Measured(vehicles, share * vehicles)


def logit(one):
    return np.log((one.above + 0.5) / (one.vehicles - one.above + 0.5))


ELSEWHERE = [(at(0.50), at(0.52)), (at(0.45), at(0.44)), (at(0.60), at(0.63)), (at(0.40), at(0.41))]


def test_a_change_larger_than_other_sites_make_of_themselves():
    found = speed_change([at(0.53)], [at(0.35)], ELSEWHERE)
    assert found.verdict is Verdict.FELL
    changes = np.array([logit(two) - logit(one) for one, two in ELSEWHERE])
    reach = t.ppf(0.95, 3) * changes.std(ddof=1) * np.sqrt(1.25)
    top = logit(at(0.53)) + changes.mean() + reach
    assert found.low == pytest.approx(0.35 - 1 / (1 + np.exp(-top)))
    assert found.low < found.value < found.high < 0


def test_the_common_trend_is_taken_away():
    rising = [(at(one), at(one + 0.1 + wobble)) for one, wobble in ((0.3, 0.0), (0.4, 0.01), (0.5, -0.01))]
    found = speed_change([at(0.4)], [at(0.5)], rising)
    assert found.expected == pytest.approx(0.5, abs=0.01)
    assert found.verdict is Verdict.NO_CLEAR_CHANGE


def test_repeated_measurements_judge_where_no_other_sites_do():
    before, after = [at(0.53), at(0.55), at(0.52)], [at(0.35), at(0.37), at(0.36)]
    found = speed_change(before, after)
    assert (found.base, found.verdict) == ("speed_repeats", Verdict.FELL)
    p = ttest_ind([logit(one) for one in after], [logit(one) for one in before], equal_var=False).pvalue
    assert p < 0.05


def test_two_measurements_alone_conclude_nothing_however_many_vehicles():
    found = speed_change([at(0.53, 90_000)], [at(0.35, 90_000)])
    assert (found.verdict, found.base, found.low) == (Verdict.TOO_FEW, "speed_none", None)
    assert found.value == pytest.approx(-0.18)


def test_nothing_usable_is_no_answer():
    assert speed_change([at(0.5)], []) is None
    assert speed_change([at(0.5, 20)], [at(0.4)]) is None
