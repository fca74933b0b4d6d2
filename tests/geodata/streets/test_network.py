import geopandas as gpd
import numpy as np
import pytest
import shapely

from geodata.streets.catchment import walking_catchment
from geodata.streets.network import build


def layer(lines, road_class="residential"):
    return gpd.GeoDataFrame(
        {"street_id": range(len(lines)), "name": "Storgatan", "road_class": road_class},
        geometry=[None if line is None else shapely.LineString(line) for line in lines],
        crs=3006,
    )


CROSS = [
    [(0, 0), (100, 0)],
    [(100, 0), (200, 0)],
    [(100, 0), (100, 50), (100, 100)],
    [(100.04, 0), (100, -100)],  # meets the others within rounding
]


def test_links_meet_where_their_ends_coincide():
    network = build(layer(CROSS))
    assert (network.links, network.nodes) == (4, 5)
    assert sorted(network.degree.tolist()) == [1, 1, 1, 1, 4]
    assert network.length_m[2] == 100


def test_rows_without_a_line_are_no_links():
    network = build(layer([*CROSS, None]))
    assert network.links == 4


def test_no_streets():
    network = build(layer(CROSS).iloc[:0])
    assert (network.links, network.nodes) == (0, 0)
    assert network.adjacency(np.empty(0, dtype=bool)).shape == (0, 0)


def test_of_two_links_between_the_same_nodes_the_shorter_is_walked():
    network = build(layer([[(0, 0), (50, 80), (100, 0)], [(0, 0), (100, 0)], [(0, 0), (9, 9), (0, 0)]]))
    adjacency = network.adjacency(np.ones(3, dtype=bool)).toarray()
    assert adjacency.tolist() == [[0, 100], [100, 0]]


def test_a_catchment_reaches_its_distance_along_the_streets_and_no_farther():
    zone = walking_catchment(build(layer(CROSS)), 100, 10, distance_m=60, street_width_m=5)
    assert zone.along_streets
    assert zone.street_ids.tolist() == [0, 1, 2, 3]
    for inside in ((45, 0), (155, 0), (100, 65), (100, -44)):
        assert zone.geometry.covers(shapely.Point(inside)), inside
    for outside in ((40, 0), (160, 0), (100, 76), (100, -56)):
        assert not zone.geometry.covers(shapely.Point(outside)), outside


def test_a_walk_inside_one_link_goes_both_ways():
    zone = walking_catchment(build(layer([[(0, 0), (1000, 0)]])), 500, 3, distance_m=100, street_width_m=1)
    assert zone.geometry.bounds == pytest.approx((399, -1, 601, 4), abs=0.1)


def test_a_river_without_a_bridge_is_not_crossed():
    banks = [[(0, 0), (400, 0)], [(0, 60), (400, 60)]]
    zone = walking_catchment(build(layer(banks)), 200, 5, distance_m=150, street_width_m=20)
    assert not zone.geometry.covers(shapely.Point(200, 60))


def test_nobody_walks_along_a_motorway():
    streets = layer([[(0, 0), (400, 0)], [(0, 100), (400, 100)]], road_class=["motorway", "residential"])
    assert walking_catchment(build(streets), 200, 10, distance_m=50).street_ids.tolist() == [1]


def test_far_from_every_street_the_catchment_is_a_circle():
    zone = walking_catchment(build(layer(CROSS)), 5000, 5000, distance_m=300)
    assert not zone.along_streets
    assert zone.geometry.area == pytest.approx(np.pi * 300**2, rel=0.01)


def test_a_catchment_is_one_area_without_holes():
    block = [[(0, 0), (100, 0)], [(100, 0), (100, 100)], [(100, 100), (0, 100)], [(0, 100), (0, 0)]]
    zone = walking_catchment(build(layer(block)), 0, 0, distance_m=300, street_width_m=10).geometry
    assert zone.geom_type == "Polygon"
    assert not zone.interiors
    assert zone.covers(shapely.Point(50, 50))
