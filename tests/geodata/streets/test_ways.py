"""Ways to school on nets small enough to walk by hand."""

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geodata.streets.network import build
from geodata.streets.walking import walk
from geodata.streets.ways import SchoolSite, ways_to_school

# A school at 0, 0; a large road across at x = 300; homes at 200, at 600 and on a side street.
LINES = [
    ("residential", [(0, 0), (200, 0)]),
    ("residential", [(200, 0), (300, 0)]),
    ("secondary", [(300, -400), (300, 0)]),
    ("secondary", [(300, 0), (300, 400)]),
    ("residential", [(300, 0), (600, 0)]),
    ("residential", [(200, 0), (200, 200)]),
]


def on_foot(speed=40.0):
    classes, lines = zip(*LINES, strict=True)
    streets = gpd.GeoDataFrame(
        {
            "street_id": range(len(lines)),
            "name": "Gatan",
            "road_class": classes,
            "speed_limit_kmh": [speed if one == "secondary" else 30.0 for one in classes],
        },
        geometry=[shapely.LineString(line) for line in lines],
        crs=3006,
    )
    return walk(build(streets), np.array([], dtype=object))


def ways(*homes, pupils=100.0, distance_m=1000.0, speed=40.0):
    xy = np.array([home[:2] for home in homes], dtype=float).reshape(-1, 2)
    persons = np.array([home[2] for home in homes], dtype=float)
    site = SchoolSite(np.array([shapely.Point(0, 10)]), pupils)
    return ways_to_school(on_foot(speed), site, homes_xy=xy, persons=persons, distance_m=distance_m)


def test_pupils_add_up_along_the_way_and_cross_where_they_must():
    found = ways((600, 10, 30), (200, 190, 50), (210, 0, 20))
    assert found.by_link == pytest.approx([100, 30, 0, 0, 30, 50])
    assert found.on_foot == 100
    assert len(found.crossing) == 1
    assert on_foot().network.node_xy[found.crossing[0]] == pytest.approx((300, 0))
    assert found.crossing_pupils == pytest.approx([30])


def test_who_lives_too_far_away_comes_otherwise():
    found = ways((600, 0, 50), (200, 0, 50), distance_m=400)
    assert found.on_foot == 50
    assert found.by_link == pytest.approx([50, 0, 0, 0, 0, 0])


def test_a_road_that_is_not_crossed_keeps_those_beyond_from_walking():
    assert ways((600, 0, 50), (200, 0, 50), speed=90.0).on_foot == 50


def test_without_homes_pupils_are_spread_over_the_streets():
    found = ways(pupils=150.0)
    assert found.on_foot == 150
    assert found.by_link[0] > found.by_link[1] > found.by_link[4] > 0


def test_far_from_every_street_there_are_no_ways():
    site = SchoolSite(np.array([shapely.Point(9000, 9000)]), 100.0)
    found = ways_to_school(on_foot(), site, homes_xy=np.empty((0, 2)), persons=np.empty(0), distance_m=500)
    assert (found.on_foot, found.by_link.any(), len(found.crossing)) == (0, False, 0)
