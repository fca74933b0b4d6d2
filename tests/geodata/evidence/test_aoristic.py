from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.errors import ParameterError
from geodata.evidence.aoristic import aoristic

ZONE = "Europe/Stockholm"
SPRING, AUTUMN = datetime(2024, 3, 31, 1, tzinfo=UTC), datetime(2024, 10, 27, 1, tzinfo=UTC)


def utc(*times):
    return np.array([one.replace(tzinfo=None) for one in times], dtype="datetime64[us]")


def shared(begun, ended, **more):
    """Share one event out, and sum it by weekday and hour."""
    found = aoristic(utc(begun), utc(ended), time_zone=ZONE, **more)
    return found.weight.toarray().reshape(7, 24, 2).sum(axis=2)


@settings(max_examples=60, deadline=None)
@given(
    change=st.sampled_from([SPRING, AUTUMN]),
    offsets=st.lists(st.integers(-72 * 3600, 24 * 3600), min_size=1, max_size=20),
    lasts=st.integers(0, 167 * 3600),
    zone=st.sampled_from([ZONE, "America/New_York", "Asia/Kathmandu"]),
)
def test_every_event_weighs_one_over_both_clock_changes(change, offsets, lasts, zone):
    begun = utc(*(change + timedelta(seconds=one) for one in offsets))
    ended = begun + np.timedelta64(lasts, "s")
    number = len(begun)
    found = aoristic(begun, ended, time_zone=zone)
    np.testing.assert_allclose(found.weight.sum(axis=1), 1.0, atol=1e-12)
    assert (found.used, found.left_out) == (number, ())
    assert (found.weight.data >= 0).all()


def test_the_hour_that_is_missing_gets_nothing_and_the_one_that_comes_twice_gets_both():
    # 00–06 local in spring is five hours, in autumn seven.
    spring = shared(SPRING - timedelta(hours=2), SPRING + timedelta(hours=3))[6]
    np.testing.assert_allclose(spring[:6], [0.2, 0.2, 0, 0.2, 0.2, 0.2])
    autumn = shared(AUTUMN - timedelta(hours=3), AUTUMN + timedelta(hours=4))[6]
    np.testing.assert_allclose(autumn[:6], np.array([1, 1, 2, 1, 1, 1]) / 7)


def test_an_interval_is_shared_by_how_long_it_lies_in_each_hour():
    begun = datetime(2024, 5, 6, 16, 30, tzinfo=UTC)  # a Monday, 18.30 local
    weight = shared(begun, begun + timedelta(hours=2))
    np.testing.assert_allclose(weight[0, 18:21], [0.25, 0.5, 0.25])
    slots = aoristic(utc(begun), utc(begun + timedelta(minutes=40)), time_zone=ZONE).weight.toarray()[0]
    np.testing.assert_allclose(slots[36:39], [0, 0.75, 0.25])


def test_a_known_instant_has_its_hour_and_a_stop_on_the_hour_is_not_in_the_next():
    sharp = datetime(2024, 5, 6, 17, 0, tzinfo=UTC)
    assert shared(sharp, sharp)[0, 19] == 1
    assert shared(sharp - timedelta(hours=1), sharp)[0, 18] == 1


def test_what_says_nothing_of_the_hour_is_left_out_and_counted():
    at = datetime(2024, 5, 6, tzinfo=UTC)
    begun = np.append(utc(at, at, at), np.datetime64("NaT"))
    ended = np.append(utc(at, at + timedelta(days=7), at + timedelta(days=30)), np.datetime64("NaT"))
    found = aoristic(begun, ended, time_zone=ZONE)
    assert found.used == 1
    assert dict(found.left_out) == {"time_unknown": 1, "interval_too_long": 2}


def test_an_event_that_ends_before_it_begins_is_an_error_that_says_which():
    at = datetime(2024, 5, 6, tzinfo=UTC)
    with pytest.raises(ParameterError, match="position 1") as told:
        aoristic(utc(at, at), utc(at, at - timedelta(hours=1)), time_zone=ZONE)
    assert told.value.code == "interval_backwards"
