import geopandas as gpd
import numpy as np
import pytest
import shapely

from geodata.streets.catchment import walking_catchment
from geodata.streets.network import build
from geodata.streets.walking import CrossingRule, walk


def layer(lines, road_class="residential"):
    return gpd.GeoDataFrame(
        {
            "street_id": range(len(lines)),
            "name": "Storgatan",
            "road_class": road_class,
            "speed_limit_kmh": 30.0,
        },
        geometry=[None if line is None else shapely.LineString(line) for line in lines],
        crs=3006,
    )


def catchment(streets, starts, *, crossings=(), rule=None, **how):
    on_foot = walk(
        build(streets), np.array([shapely.Point(one) for one in crossings], dtype=object), rule=rule
    )
    return walking_catchment(on_foot, np.array([shapely.Point(one) for one in starts], dtype=object), **how)


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
    zone = catchment(layer(CROSS), [(100, 10)], distance_m=60, street_width_m=5)
    assert zone.along_streets
    assert zone.street_ids.tolist() == [0, 1, 2, 3]
    for inside in ((45, 0), (155, 0), (100, 65), (100, -44)):
        assert zone.geometry.covers(shapely.Point(inside)), inside
    for outside in ((40, 0), (160, 0), (100, 76), (100, -56)):
        assert not zone.geometry.covers(shapely.Point(outside)), outside


def test_a_walk_inside_one_link_goes_both_ways():
    zone = catchment(layer([[(0, 0), (1000, 0)]]), [(500, 3)], distance_m=100, street_width_m=1)
    assert zone.geometry.bounds == pytest.approx((399, -1, 601, 4), abs=0.1)


def test_a_river_without_a_bridge_is_not_crossed():
    banks = [[(0, 0), (400, 0)], [(0, 60), (400, 60)]]
    zone = catchment(layer(banks), [(200, 5)], distance_m=150, street_width_m=20)
    assert not zone.geometry.covers(shapely.Point(200, 60))


def test_nobody_walks_along_a_motorway():
    streets = layer([[(0, 0), (400, 0)], [(0, 100), (400, 100)]], road_class=["motorway", "residential"])
    assert catchment(streets, [(200, 10)], distance_m=50).street_ids.tolist() == [1]


def test_far_from_every_street_the_catchment_is_a_circle():
    zone = catchment(layer(CROSS), [(5000, 5000)], distance_m=300)
    assert not zone.along_streets
    assert zone.geometry.area == pytest.approx(np.pi * 300**2, rel=0.01)


def test_a_catchment_is_one_area_without_holes():
    block = [[(0, 0), (100, 0)], [(100, 0), (100, 100)], [(100, 100), (0, 100)], [(0, 100), (0, 0)]]
    zone = catchment(layer(block), [(0, 0)], distance_m=300, street_width_m=10).geometry
    assert zone.geom_type == "Polygon"
    assert not zone.interiors
    assert zone.covers(shapely.Point(50, 50))


ROAD = [
    [(0, 0), (0, 100)],  # from the school to the road
    [(-300, 100), (0, 100)],  # the road
    [(0, 100), (300, 100)],
    [(0, 100), (0, 300)],  # the other side
]


def across(speed, **how):
    """Say how far the other side of a road is reached in a walk of 250 metres from the school."""
    streets = layer(ROAD, road_class=["residential", "secondary", "secondary", "residential"])
    streets["speed_limit_kmh"] = [30.0, speed, speed, 30.0]
    zone = catchment(streets, [(0, 0)], distance_m=250, street_width_m=1, **how).geometry
    beyond = shapely.intersection(zone, shapely.box(-1, 101, 1, 400))
    along = shapely.intersection(zone, shapely.box(1, 99, 400, 101))
    return round(beyond.bounds[3] - 100) if beyond.area else 0, round(along.bounds[2])


@pytest.mark.parametrize(("speed", "metres"), [(30, 151), (np.nan, 151), (50, 51), (80, 0)])
def test_a_fast_road_costs_a_walk_or_blocks_it_and_is_walked_along_all_the_same(speed, metres):
    assert across(speed) == (metres, 151)


def test_a_crossing_point_helps_one_over():
    assert across(80, crossings=[(10, 110)]) == (151, 151)
    assert across(80, crossings=[(60, 100)]) == (0, 151)


def test_the_municipality_says_what_is_fast():
    assert across(50, rule=CrossingRule(fast_kmh=60)) == (151, 151)
    assert across(50, rule=CrossingRule(cost_m=40)) == (111, 151)


def test_a_walk_begins_at_every_entrance_that_a_street_is_near():
    street = layer([[(0, 0), (1000, 0)]])
    starts = [(100, 5), (160, 5), (5000, 5000)]
    zone = catchment(street, starts, distance_m=50, street_width_m=1).geometry
    assert zone.bounds == pytest.approx((49, -1, 211, 6), abs=0.1)
