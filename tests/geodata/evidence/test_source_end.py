"""A source has ended when its silence is longer than any of its own and too long for its pace."""

import numpy as np
import pytest

from geodata.evidence.source_end import has_ended

YEARS = np.arange(0, 1000)


def paced(per_day, seed=1, days=1000):
    rng = np.random.default_rng(seed)
    return np.repeat(np.arange(days), rng.poisson(per_day, days))


@pytest.mark.parametrize(
    ("per_day", "quiet", "ended"), [(3.0, 1, False), (3.0, 6, True), (0.2, 20, False), (0.2, 60, True)]
)
def test_the_pace_says_how_long_a_silence_is_plausible(per_day, quiet, ended):
    days = paced(per_day)
    assert has_ended(days, int(days.max()) + quiet) is ended


def test_a_silence_that_it_has_had_before_is_no_end():
    winters = np.concatenate([np.arange(start, start + 120) for start in (0, 365, 730)])
    assert not has_ended(winters, 849 + 240)
    assert has_ended(winters, 849 + 260)


def test_an_old_hole_excuses_nothing():
    days = np.concatenate([np.arange(0, 200), np.arange(600, 2000)])
    assert has_ended(days, 2030)
    assert not has_ended(days[days < 900], 930)


def test_many_records_of_one_night_are_one_sign_of_life():
    """A file of a few evenings a month, twenty records each: its quiet months are not its end."""
    rng, wrong, looked = np.random.default_rng(11), 0, 0
    for _ in range(60):
        days = np.repeat(np.flatnonzero(rng.random(1000) < 1 / 30), 20)
        for newest in range(300, 1000, 10):
            wrong += has_ended(days[days <= newest], newest)
            looked += 1
    assert wrong / looked < 0.005


@pytest.mark.parametrize("days", [[], [5], [5, 5, 5]])
def test_a_source_without_a_pace_has_no_end(days):
    assert not has_ended(np.array(days, dtype=np.int64), 5000)


def test_sources_that_go_on_are_seldom_taken_for_ended():
    rng, wrong, looked = np.random.default_rng(7), 0, 0
    for _ in range(40):
        days = paced(float(rng.choice([0.05, 0.3, 1.0, 5.0])), seed=int(rng.integers(1 << 30)))
        for newest in range(300, 1000, 10):
            wrong += has_ended(days[days <= newest], newest)
            looked += 1
    assert wrong / looked < 0.005
