"""Sliding windows on streets that can be counted by hand."""

from dataclasses import replace

import numpy as np
import pytest

from geodata.errors import ParameterError
from geodata.hotspots.sliding_windows import SLIDING_WINDOWS, SlidingWindowsParameters
from tests.geodata.hotspots.test_network_kde import streets_with

SHORT = SlidingWindowsParameters(window_m=200, step_m=50, fewest_events=2)


def test_the_severe_outweigh_the_many():
    given = streets_with([*np.zeros(10), *np.full(4, 7)], [*np.linspace(40, 60, 10), *np.linspace(40, 60, 4)])
    assert SLIDING_WINDOWS(given, SHORT).findings[0].count == 10
    weight = np.array([1.0] * 10 + [3.0] * 4)
    severe = replace(given, events=replace(given.events, weight=weight))
    first, second = SLIDING_WINDOWS(severe, SHORT).findings
    assert (first.count, first.score) == (4, pytest.approx(60))
    assert (second.count, second.score) == (10, pytest.approx(50))
    assert first.geometry.length == pytest.approx(200)


def test_what_weighs_nothing_is_counted_as_used_and_points_nowhere():
    given = streets_with(np.zeros(10), np.linspace(40, 60, 10))
    harmless = replace(given, events=replace(given.events, weight=np.zeros(10)))
    result = SLIDING_WINDOWS(harmless, SHORT)
    assert (result.used, result.findings) == (10, ())


def test_a_step_longer_than_its_window_would_leave_street_unseen():
    with pytest.raises(ParameterError, match="moved"):
        SLIDING_WINDOWS(streets_with([0], [1]), replace(SHORT, step_m=300))
