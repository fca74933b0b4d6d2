"""Sliding windows on streets that can be counted by hand."""

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geodata.errors import ParameterError
from geodata.hotspots.network_kde import NETWORK_KDE, NetworkKdeParameters
from geodata.hotspots.sliding_windows import SLIDING_WINDOWS, SlidingWindowsParameters
from geodata.streets.network import build
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


def divided_and_whole():
    """A divided street with six events on either carriageway, and one that is not with twelve."""
    lines = [[(0, 0), (200, 0)], [(200, 14), (0, 14)], [(0, 900), (200, 900)]]
    names = ["Ringvägen", "Ringvägen", "Storgatan"]
    layer = gpd.GeoDataFrame(
        {"street_id": [0, 1, 2], "road_class": "primary", "name": names, "speed_limit_kmh": np.nan},
        geometry=[shapely.LineString(one) for one in lines],
        crs=3006,
    )
    given = streets_with(np.repeat([0, 1, 2], [6, 6, 12]), np.linspace(40, 160, 24))
    return replace(given, network=build(layer))


@pytest.mark.parametrize("method", [SLIDING_WINDOWS, NETWORK_KDE])
def test_the_rate_of_a_divided_street_is_not_halved(method):
    parameters = (
        SHORT
        if method is SLIDING_WINDOWS
        else NetworkKdeParameters(bandwidth_m=300.0, top_share=0.99, fewest_events=2)
    )
    found = {
        shapely.get_y(one.geometry.centroid): one for one in method(divided_and_whole(), parameters).findings
    }
    assert sorted(found) == [0, 14, 900]
    assert [found[at].count for at in (0, 14, 900)] == [6, 6, 12]
    if method is SLIDING_WINDOWS:
        assert [one.score for one in found.values()] == pytest.approx([60.0] * 3)
    else:
        assert found[0].score == pytest.approx(found[900].score, rel=0.15)
