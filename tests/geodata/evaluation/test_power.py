import numpy as np
import pytest

from geodata.evaluation.before_after import before_after
from geodata.evaluation.effect import BeforeAfter, verdict_of
from geodata.evaluation.power import critical_counts, power_of, smallest_decrease


def found(before, ratio, *, studies=1500, seed=1):
    random = np.random.default_rng(seed)
    said = 0
    for _ in range(studies):
        counts = random.poisson([before, before * ratio, before, before])
        change = before_after(BeforeAfter(*counts[:2].tolist()), [BeforeAfter(*counts[2:].tolist())])
        said += verdict_of(change) == "fell"
    return said / studies


@pytest.mark.parametrize("before", [20, 40, 110])
def test_what_is_said_to_be_seen_is_seen_four_times_of_five(before):
    change = before_after(BeforeAfter(before, before), [BeforeAfter(before, before)])
    assert found(before, change.smallest_decrease, studies=600) == pytest.approx(0.8, abs=0.08)
    assert change.power(change.smallest_decrease) == pytest.approx(0.8)


def test_a_halving_from_110_events_is_found_and_from_40_as_often_missed():
    assert found(110, 0.5, studies=600) == pytest.approx(0.906, abs=0.04)
    assert found(40, 0.5, studies=600) == pytest.approx(0.49, abs=0.06)


def test_power_grows_with_events_and_is_the_level_where_nothing_changed():
    powers = []
    for before in (10, 40, 110, 300):
        change = before_after(BeforeAfter(before, before), [BeforeAfter(before, before)])
        powers.append(change.power(0.5))
        assert change.power(1.0) <= 0.08
    assert powers == sorted(powers)


def test_where_not_even_nothing_would_do():
    fell, rose = critical_counts(lambda after: 1.0 if after < 9 else 0.01, 2.0)
    assert (fell, rose) == (None, 9)
    assert smallest_decrease(expected=2.0, shape=3.0, fell_at=None) is None
    assert power_of(0.0, expected=2.0, shape=3.0, fell_at=None, rose_at=9) == 0
    assert power_of(0.0, expected=2.0, shape=3.0, fell_at=0, rose_at=9) == 1


def test_critical_counts_are_the_first_on_either_side():
    fell, rose = critical_counts(lambda after: 0.01 if abs(after - 20) >= 7 else 0.5, 20.4)
    assert (fell, rose) == (13, 27)
