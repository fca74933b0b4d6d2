import numpy as np
import pytest
from scipy.stats import binomtest

from geodata.evidence.rates import rate_ratio
from geodata.evidence.windows import SLOTS_PER_WEEK, Window, recommend, reference

EVEN = np.full(SLOTS_PER_WEEK, 1 / SLOTS_PER_WEEK)
TOWN_RHYTHM = np.tile(np.concatenate([np.full(28, 0.4), np.full(12, 3.0), np.full(8, 1.0)]), 7)


def week(rate, seed=0, **more):
    counts = np.random.default_rng(seed).poisson(rate, (7, 48)).astype(float)
    for extra, (days, begin, end) in more.values():
        counts[np.ix_(days, np.arange(begin, end))] += extra
    return counts.ravel()


def spans(windows):
    return {(one.weekdays, one.from_minute, one.to_minute) for one in windows}


def test_finds_both_ends_of_a_school_day_to_the_half_hour():
    days = range(5)
    counts = week(0.05, morning=(4, (days, 15, 17)), afternoon=(3, (days, 28, 31)))
    assert spans(recommend(counts, EVEN)) == {
        ((0, 1, 2, 3, 4), 450, 510),
        ((0, 1, 2, 3, 4), 840, 930),
    }


def test_finds_a_night_that_passes_midnight_and_the_week():
    counts = np.zeros((7, 48))
    counts[6, 44:], counts[0, :4] = 5, 5
    (night,) = recommend(counts.ravel(), EVEN)
    assert (night.weekdays, night.from_minute, night.to_minute) == ((6,), 1320, 120)
    assert sorted(night.slots) == [0, 1, 2, 3, 332, 333, 334, 335]


def test_a_place_with_the_rhythm_of_its_town_has_no_window_of_its_own():
    shares = TOWN_RHYTHM / TOWN_RHYTHM.sum()
    random = np.random.default_rng(3)
    alike = [random.multinomial(300, shares).astype(float) for _ in range(100)]
    assert sum(bool(recommend(counts, shares)) for counts in alike) <= 5
    assert sum(bool(recommend(counts, EVEN)) for counts in alike) == 100


def test_too_few_make_no_window():
    counts = np.zeros(SLOTS_PER_WEEK)
    counts[15:17] = 3.5
    assert recommend(counts, EVEN) == ()


def test_strength_is_the_exact_range_of_the_share():
    counts = week(0.05, seed=1, morning=(4, (range(5), 15, 17)))
    (window, *_) = recommend(counts, EVEN)
    inside, total = int(counts[window.slots].sum()), int(counts.sum())
    share = len(window.slots) / SLOTS_PER_WEEK
    low, high = binomtest(inside, total).proportion_ci(0.90, method="exact")
    assert window.strength.times == pytest.approx(inside / total / share)
    assert (window.strength.low, window.strength.high) == pytest.approx((low / share, high / share))


def test_no_two_windows_share_a_half_hour():
    counts = week(
        0.3, seed=2, one=(3, (range(5), 15, 17)), two=(3, (range(5), 29, 31)), three=(3, ([5], 40, 48))
    )
    slots = np.concatenate([one.slots for one in recommend(counts, EVEN)])
    assert len(slots) == len(set(slots)) > 0


def test_a_reference_of_few_records_is_nearly_even_and_of_many_is_their_own():
    few = np.zeros(SLOTS_PER_WEEK)
    few[100] = 4
    assert reference(few).max() < 4 / SLOTS_PER_WEEK
    many = TOWN_RHYTHM * 1000
    assert reference(many) == pytest.approx(many / many.sum(), rel=0.02)
    assert reference(np.zeros(SLOTS_PER_WEEK)) == pytest.approx(EVEN)


def test_a_window_counts_what_its_streams_hold():
    window = Window((1, 2, 3), 450, 510)
    assert len(window.slots) == 6
    assert (window.count, window.of) == (0, 0)


def test_rates_are_compared_by_day_with_the_exact_range():
    found = rate_ratio(18, 90, 12, 180)
    low, high = binomtest(18, 30).proportion_ci(0.90, method="exact")
    assert found.ratio == pytest.approx(3.0)
    assert (found.low, found.high) == pytest.approx((2 * low / (1 - low), 2 * high / (1 - high)))


def test_too_few_or_no_days_to_compare_is_an_answer():
    assert not rate_ratio(2, 10, 2, 10).tellable
    assert not rate_ratio(20, 0, 2, 10).tellable
    assert rate_ratio(9, 10, 0, 10).high == np.inf


def test_a_weekday_that_holds_clearly_less_than_the_others_is_no_part_of_the_window():
    counts = np.full((7, 48), 0.1)
    counts[:5, 28:32] = 9
    counts[6, 28:32] = 2.5
    (window,) = recommend(counts.ravel(), EVEN, most=1)
    assert (window.weekdays, window.from_minute, window.to_minute) == ((0, 1, 2, 3, 4), 840, 960)
