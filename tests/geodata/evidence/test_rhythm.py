import numpy as np

from geodata.evidence.rhythm import by_weekday_hour, windows
from geodata.periods import TimeWindow


def test_counts_by_weekday_and_hour_without_what_is_not_known():
    group = np.array([0, 1, 1, 1, 0])
    weekday = np.array([0, 6, 6, -1, 2], dtype=np.int8)
    hour = np.array([7, 23, 23, 5, -1], dtype=np.int8)
    found = by_weekday_hour(group, weekday, hour, groups=3)
    assert found.shape == (3, 7, 24)
    assert found[0, 0, 7] == 1
    assert found[1, 6, 23] == 2
    assert found.sum() == 3


def test_finds_school_mornings():
    rhythm = np.random.default_rng(0).poisson(0.3, (7, 24))
    rhythm[:5, 7:9] += 6
    best = windows(rhythm)[0]
    assert best.window == TimeWindow(frozenset(range(5)), 7, 9)
    assert best.count == rhythm[:5, 7:9].sum()
    assert best.of == rhythm.sum()


def test_finds_a_night_that_passes_midnight():
    rhythm = np.zeros((7, 24), dtype=int)
    rhythm[4, 22:] = rhythm[5, 22:] = 5
    rhythm[5, :2] = rhythm[6, :2] = 5
    assert windows(rhythm)[0].window == TimeWindow(frozenset({4, 5}), 22, 2)


def test_sunday_night_goes_on_into_monday():
    rhythm = np.zeros((7, 24), dtype=int)
    rhythm[6, 23] = rhythm[0, 0] = 20
    assert windows(rhythm)[0].window == TimeWindow(frozenset({6}), 23, 1)


def test_windows_do_not_overlap():
    rhythm = np.random.default_rng(1).poisson(0.2, (7, 24))
    rhythm[:5, 7:9] += 5
    rhythm[:5, 14:16] += 5
    found = windows(rhythm)
    assert {(one.window.from_hour, one.window.to_hour) for one in found[:2]} == {(7, 9), (14, 16)}
    hours = [
        (day, hour)
        for one in found
        for day in one.window.weekdays
        for hour in range(one.window.from_hour, one.window.to_hour)
    ]
    assert len(hours) == len(set(hours))


def test_noise_seldom_makes_a_window():
    random = np.random.default_rng(2)
    assert sum(bool(windows(random.poisson(1.0, (7, 24)))) for _ in range(100)) <= 5


def test_too_few_for_a_window():
    rhythm = np.zeros((7, 24), dtype=int)
    assert windows(rhythm) == ()
    rhythm[0, 7] = 4
    assert windows(rhythm) == ()
    rhythm[0, 7] = 5
    assert windows(rhythm)[0].window == TimeWindow(frozenset({0}), 7, 8)
