"""A week against what is usual: the range holds, a season is no surprise, a real rise is found."""

from dataclasses import replace

import numpy as np
import pytest

from geodata.picture.usual_week import (
    FEWEST_EXPECTED,
    FEWEST_WEEKS,
    WeekVerdict,
    judged,
    spread_of,
    usual_week,
)

MONDAYS = np.datetime64("2022-01-03") + 7 * np.arange(201)
SUMMER = np.exp(0.8 * np.sin(2 * np.pi * (MONDAYS.astype(float) - 110) / 365.2425))


def week_of(counts, at=200):
    return usual_week(counts[:at], MONDAYS[:at], count=int(counts[at]), start=MONDAYS[at])


@pytest.mark.parametrize(("mean", "spread"), [(1.0, 1.0), (8.0, 1.5), (30.0, 2.0)])
def test_the_range_holds(mean, spread):
    rng, held, found = np.random.default_rng(7), [], []
    for _ in range(400):
        expected = mean * SUMMER
        counts = (
            rng.poisson(expected)
            if spread == 1
            else rng.negative_binomial(expected / (spread - 1), 1 / spread)
        )
        week = week_of(counts)
        held.append(week.low <= week.count <= week.high)
        found.append(judged([week])[0].verdict)
    assert np.mean(held) >= 0.88
    assert np.mean([one in {WeekVerdict.MORE, WeekVerdict.LESS} for one in found]) <= 0.13


def test_summer_is_usual_in_summer_and_not_in_winter():
    counts = np.round(12 * SUMMER).astype(int)
    top = 104 + int(np.argmax(SUMMER[104:157]))
    assert abs(week_of(counts, top).expected - counts[top]) < 2
    winter = 104 + int(np.argmin(SUMMER[104:157]))
    moved = counts.copy()
    moved[winter] = counts[top]
    assert judged([week_of(moved, winter)])[0].verdict is WeekVerdict.MORE


def test_few_weeks_say_nothing():
    counts = np.full(201, 5)
    week = judged([week_of(counts, FEWEST_WEEKS - 1)])[0]
    assert (week.expected, week.low, week.p, week.verdict) == (None, None, None, WeekVerdict.TOO_FEW)
    assert week_of(counts, FEWEST_WEEKS).expected == pytest.approx(5, rel=0.01)


def test_a_single_event_is_never_more_than_usual():
    counts = np.zeros(201, dtype=int)
    counts[200] = 2
    assert judged([week_of(counts)])[0].verdict is WeekVerdict.USUAL
    counts[200] = 6
    assert judged([week_of(counts)])[0].verdict is WeekVerdict.MORE


def test_one_of_many_is_only_perhaps_more():
    rng = np.random.default_rng(3)
    counts = rng.poisson(8, 201)
    counts[200] = 14
    week = week_of(counts)
    calm = [week_of(np.concatenate([rng.poisson(8, 200), [8]])) for _ in range(30)]
    assert week.count > week.high
    assert judged([week, *calm])[0].verdict is WeekVerdict.PERHAPS_MORE


def test_spread_is_that_of_the_weeks():
    rng = np.random.default_rng(5)
    assert spread_of(rng.poisson(20, 200), MONDAYS[:200]) == pytest.approx(1, abs=0.25)
    wide = rng.negative_binomial(10, 1 / 3, 200)
    assert spread_of(wide, MONDAYS[:200]) == pytest.approx(3, abs=0.9)
    assert spread_of(np.array([3, 4]), MONDAYS[:2]) == 1


def test_below_the_range_is_perhaps_less_however_few_are_expected():
    rng = np.random.default_rng(3)
    counts = rng.poisson(4.4, 201)
    counts[200] = 0
    week = week_of(counts)
    calm = [week_of(np.concatenate([rng.poisson(8, 200), [8]])) for _ in range(30)]
    assert week.count < week.low
    assert week.expected < FEWEST_EXPECTED
    assert judged([week])[0].verdict is WeekVerdict.PERHAPS_LESS, "so few are never said to be less for sure"
    assert judged([week, *calm])[0].verdict is WeekVerdict.PERHAPS_LESS
    assert judged([replace(week, count=week.low)])[0].verdict is WeekVerdict.USUAL
