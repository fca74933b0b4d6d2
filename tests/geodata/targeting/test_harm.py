"""Expected harm follows what happened, leans on the kind where little did, and knows days that differ."""

from datetime import date, timedelta

import numpy as np
import pytest
from scipy.sparse import csr_array

from geodata.targeting.attribution import attribute
from geodata.targeting.harm import Happened, fit_harm
from geodata.targeting.stands import choose_stands
from geodata.targeting.working_day import (
    DayMarks,
    from_week,
    local,
    slot_at,
    working,
)

DAYS = tuple(date(2023, 1, 2) + timedelta(days=number) for number in range(4 * 364))


def marks(days=DAYS):
    return DayMarks.of(
        days, is_school_day=lambda day: day.weekday() < 5 and day.month not in {6, 7, 8}, risk=[]
    )


def happened(events):
    """Records of ``(place, day number, half hour of the working day)``."""
    place, day, slot = np.array(events, dtype=np.int64).T
    weekday = marks().weekday[day]
    column = weekday * 48 + slot
    week = csr_array((np.ones(len(place)), (np.arange(len(place)), column)), shape=(len(place), 336))
    return Happened(place, day, week, np.ones(len(place)))


def planted(place, rate, *, when, slot=6, seed=0):
    rng = np.random.default_rng(seed)
    return [
        (place, number, slot + int(rng.integers(4)))
        for number, day in enumerate(DAYS)
        if when(day) and rng.random() < rate
    ]


def fitted(events, *, places, kind=None):
    counts = np.bincount([one[0] for one in events], minlength=places)
    expected = np.full(places, counts.sum() / places)
    kind = np.zeros(places, dtype=np.int64) if kind is None else kind
    return fit_harm(happened(events), expected=expected, kind=kind, days=marks())


def test_a_school_is_busy_on_school_days_alone():
    school = [one for place in range(3) for one in planted(place, 0.3, when=marks_school, seed=place)]
    harm = fitted(school, places=3)
    autumn, summer = (
        harm.on(marks([day + timedelta(days=number) for number in range(7)])).sum(axis=2)
        for day in (date(2027, 2, 1), date(2027, 7, 5))
    )
    assert autumn[:, :5].mean() == pytest.approx(0.3, rel=0.1)
    assert summer[:, :5].mean() < 0.06
    assert autumn[:, 5:].mean() < 0.02


def marks_school(day):
    return day.weekday() < 5 and day.month not in {6, 7, 8}


def test_a_season_is_found():
    events = planted(0, 0.4, when=lambda day: day.month in {4, 5, 6, 7, 8, 9}, slot=32)
    harm = fitted(events, places=1)
    may, november = (
        harm.on(marks([date(2027, month, 3) + timedelta(days=number) for number in range(28)])).sum()
        for month in (5, 11)
    )
    assert may == pytest.approx(28 * 0.4, rel=0.25)
    assert november < may / 5


def test_over_the_days_that_were_seen_it_adds_up_to_what_happened():
    events = planted(0, 0.3, when=marks_school) + planted(1, 0.1, when=lambda _: True, slot=30, seed=3)
    harm = fitted(events, places=2, kind=np.array([0, 1]))
    assert harm.on(marks()).sum() == pytest.approx(len(events), rel=0.05)


def test_few_records_move_little():
    many = planted(0, 0.4, when=marks_school)
    harm = fitted([*many, (1, 700, 30)], places=2)
    alone = harm.usual[1]
    assert alone[:, 6:10].sum() > 10 * alone[:, 30].sum()  # its one evening weighs less than its kind


def test_weekdays_that_differ_by_chance_are_taken_as_alike_and_others_are_not():
    school = planted(0, 0.12, when=marks_school, seed=1)
    square = planted(1, 0.3, when=lambda day: day.weekday() == 4, slot=32) + planted(
        1, 0.03, when=marks_school, slot=32, seed=2
    )
    seen = np.bincount([DAYS[number].weekday() for _, number, _ in school], minlength=7)[:5]
    assert seen.max() > 1.2 * seen.min()
    harm = fitted(school + square, places=2, kind=np.array([0, 1]))
    mornings, evenings = harm.usual[0, :5, 6:10].sum(axis=1), harm.usual[1, :5, 32:36].sum(axis=1)
    assert mornings.max() / mornings.min() - 1 < 0.7 * (seen.max() / seen.min() - 1)
    assert evenings[4] > 4 * evenings[:4].max()


def test_many_records_show_where_the_morning_ends():
    """Four half hours alike: those beside hold what smoothing of few records leaves, and little of many."""
    few, many = (
        fitted(planted(0, rate, when=marks_school), places=1).usual[0, :5].sum(axis=0) for rate in (0.02, 0.9)
    )
    assert many[10] < 0.1 * many[9]
    assert few[10] / few[6:10].mean() > 2 * many[10] / many[6:10].mean()


def test_overlapping_places_share_no_record():
    """A stretch with all of the zone's evenings takes them; the zone keeps its mornings."""
    zone, stretch, evening, morning = 0, 1, 1, 0
    place = np.array([zone] * 20 + [stretch] * 8 + [zone] * 30 + [stretch] * 2)
    record = np.array([*range(20), *range(8), *range(100, 130), *range(100, 102)])
    part = np.array([evening] * 28 + [morning] * 32)
    expected = np.array([[3.0, 12.0], [1.0, 0.5]])
    holds = attribute(place, record, part, expected)
    assert len(set(record[holds])) == holds.sum() == 50
    assert (place[holds & (part == evening)] == stretch).sum() == 8
    assert (place[holds & (part == morning)] == zone).sum() == 30


def test_one_stands_where_the_most_is_within_reach():
    spots = (np.zeros(3, dtype=np.int64), np.array([[0.0, 0.0], [200.0, 0.0], [400.0, 0.0]]))
    xy = np.array([[390.0, 0.0]] * 5 + [[10.0, 0.0]] * 3)
    part = np.array([0] * 5 + [3] * 3)
    records = (np.zeros(8, dtype=np.int64), part, xy)
    found = choose_stands(spots, records, np.ones(8), reach_m=np.array([50.0]))
    assert found.x[0, 0] == 400.0
    assert found.x[0, 3] == 0.0
    assert found.within.all()
    far = choose_stands(
        spots, (records[0], np.zeros(8, dtype=np.int64), xy), np.ones(8), reach_m=np.array([50.0])
    )
    assert far.within.sum() == 5


def test_the_night_belongs_to_its_evening():
    assert working(date(2026, 11, 7), 90) == (date(2026, 11, 6), 41)
    assert local(date(2026, 11, 6), 41) == (date(2026, 11, 7), 90)
    assert local(date(2026, 11, 6), slot_at(7 * 60 + 30)) == (date(2026, 11, 6), 450)
    assert from_week(np.array([10, 9])).tolist() == [0, 335]
