"""Corridors and stretches on nets small enough to count by hand."""

from itertools import pairwise

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geodata.streets.corridors import join
from geodata.streets.network import build
from geodata.streets.snapping import at_crossings
from geodata.streets.stretches import crossings, cut


def net(*links):
    """Build a network of links ``(name, class, points)``."""
    names, classes, lines = zip(*links, strict=True) if links else ((), (), ())
    frame = gpd.GeoDataFrame(
        {
            "street_id": [10 + number for number in range(len(links))],
            "name": names,
            "road_class": classes,
            "speed_limit_kmh": np.nan,
        },
        geometry=[shapely.LineString(line) for line in lines],
        crs=3006,
    )
    return build(frame)


def street(name, *points, road_class="residential"):
    """Return links of a street from point to point."""
    return [(name, road_class, pair) for pair in pairwise(points)]


CROSS = (
    *street("Storgatan", (0, 0), (500, 0), (1000, 0), road_class="primary"),
    *street("Skolgatan", (500, -200), (500, 0), (500, 200)),
)


def on_axis(corridors, *records):
    """Return where records ``(street_id, metres along)`` lie on the axis, ascending."""
    ids, along = zip(*records, strict=True)
    return np.sort(corridors.metre(corridors.links_of(ids), np.array(along, dtype=np.float64)))


def lengths(corridors):
    return np.diff(corridors.bounds).tolist()


def test_a_street_runs_on_over_a_crossing():
    corridors = join(net(*CROSS))
    assert lengths(corridors) == [1000, 400]
    assert corridors.line(200, 800).wkt == "LINESTRING (200 0, 500 0, 800 0)"


def test_links_drawn_against_each_other_are_one_line():
    corridors = join(
        net(
            ("Ågatan", "residential", [(100, 0), (0, 0)]),
            ("Ågatan", "residential", [(100, 0), (200, 0)]),
            ("Ågatan", "residential", [(300, 0), (250, 9), (200, 0)]),
        )
    )
    assert len(lengths(corridors)) == 1
    whole = corridors.line(0, corridors.length_m)
    assert whole.length == pytest.approx(corridors.length_m)
    assert {whole.coords[0], whole.coords[-1]} == {(0.0, 0.0), (300.0, 0.0)}
    for link, along, x in ((10, 30, 70), (11, 30, 130)):
        metre = float(on_axis(corridors, (link, along))[0])
        assert corridors.line(0, metre).coords[-1] == pytest.approx((x, 0)) or corridors.line(
            metre, corridors.length_m
        ).coords[0] == pytest.approx((x, 0))


def test_a_name_that_branches_is_several_corridors():
    fork = [
        *street("Ringvägen", (0, 0), (300, 0)),
        *street("Ringvägen", (300, 0), (600, 90)),
        *street("Ringvägen", (300, 0), (600, -90)),
    ]
    assert len(lengths(join(net(*fork)))) == 3


def test_two_streets_of_one_name_are_two():
    apart = [*street("Kyrkogatan", (0, 0), (300, 0)), *street("Kyrkogatan", (900, 0), (1300, 0))]
    assert lengths(join(net(*apart))) == [300, 400]


def test_a_street_that_changes_class_changes_corridor():
    links = [
        *street("Storgatan", (0, 0), (300, 0), road_class="primary"),
        *street("Storgatan", (300, 0), (700, 0)),
    ]
    assert lengths(join(net(*links))) == [300, 400]


def test_a_ring_is_one_corridor_with_each_link_once():
    corners = [(0, 0), (200, 0), (200, 200), (0, 200), (0, 0)]
    corridors = join(net(*street("Ringen", *corners), ("Ögla", "path", [(500, 0), (550, 80), (500, 0)])))
    assert len(lengths(corridors)) == 2
    assert lengths(corridors)[0] == 800
    assert sorted(corridors.links.tolist()) == [0, 1, 2, 3, 4]


def test_roads_without_a_name_go_on_only_where_nothing_meets_them():
    road = street("", (0, 0), (100, 0), (200, 0))
    assert lengths(join(net(*road))) == [200]
    assert sorted(lengths(join(net(*road, *street("Torggatan", (100, 0), (100, 150)))))) == [100, 100, 150]


def test_no_streets_no_stretches():
    corridors = join(net())
    assert corridors.length_m == 0
    assert corridors.links_of([3, -1]).tolist() == [-1, -1]
    assert len(cut(corridors, np.empty(0)).counts) == 0


def test_every_record_is_on_one_stretch_and_none_is_lost():
    corridors = join(net(*CROSS))
    random = np.random.default_rng(4)
    records = [(int(random.integers(10, 14)), float(random.uniform(0, 500))) for _ in range(300)]
    metres = on_axis(corridors, *records)
    for length_m in (50, 130, 400, 5000):
        found = cut(corridors, metres, length_m=length_m)
        assert found.counts.sum() == 300
        assert (found.last - found.first).max() <= length_m + 1e-6
        assert found.first[0] == 0
        np.testing.assert_allclose(found.first[1:], found.last[:-1])
        assert found.last[-1] == corridors.length_m
        assert set(corridors.bounds) <= {*found.first, *found.last}
        by_hand = [
            sum(low <= at < high for at in metres) for low, high in zip(found.first, found.last, strict=True)
        ]
        assert found.counts.tolist() == by_hand


def test_the_fullest_window_comes_first_with_its_records_in_its_middle():
    corridors = join(net(*street("Storgatan", (0, 0), (2000, 0))))
    found = cut(corridors, on_axis(corridors, *[(10, 900.0)] * 8, (10, 5.0), (10, 1990.0)))
    fullest = int(np.argmax(found.counts))
    assert found.counts[fullest] == 8
    assert (found.first[fullest], found.last[fullest]) == (700, 1100)


def test_a_short_street_is_one_stretch():
    corridors = join(net(*street("Gränden", (0, 0), (60, 0))))
    found = cut(corridors, on_axis(corridors, (10, 0.0), (10, 60.0)))
    assert (found.first.tolist(), found.last.tolist(), found.counts.tolist()) == ([0], [60], [2])


def test_without_records_there_are_windows_from_the_beginning():
    found = cut(join(net(*street("Storgatan", (0, 0), (900, 0)))), np.empty(0))
    assert found.last.tolist() == [400, 800, 900]
    assert not found.counts.any()


def test_the_same_records_in_any_order_of_links_give_the_same_counts():
    turned = join(net(*reversed(CROSS)))
    straight = join(net(*CROSS))
    records = [(10, 480.0), (11, 20.0), (12, 150.0), (13, 40.0)]
    mirrored = [(23 - street_id, along) for street_id, along in records]
    one = cut(straight, on_axis(straight, *records), length_m=200).counts
    other = cut(turned, on_axis(turned, *mirrored), length_m=200).counts
    assert sorted(one.tolist()) == sorted(other.tolist())


CROSSED = (
    *street("Storgatan", (0, 0), (1000, 0), road_class="primary"),
    *street("Skolgatan", (290, -50), (290, 50)),
    *street("Torggatan", (720, 0), (720, 90)),  # meets it where it is not split
    *street("Gränd", (720, 0), (740, -90), road_class="service"),
    *street("", (310, 0), (310, 80)),
)


def test_a_stretch_is_named_after_the_streets_at_its_ends():
    corridors = join(net(*CROSSED))
    assert crossings(corridors, 300, 700, within_m=100) == ("Skolgatan", "Torggatan")
    assert crossings(corridors, 0, 400, within_m=100) == (None, None)
    assert crossings(corridors, 600, 1000, within_m=130) == ("Torggatan", None)


def test_a_street_crossed_twice_is_named_at_each_end():
    ring = street("Ringen", (100, 0), (100, 90), (500, 90), (500, 0))
    corridors = join(net(*street("Storgatan", (0, 0), (600, 0)), *ring))
    assert crossings(corridors, 100, 500, within_m=50) == ("Ringen", "Ringen")


def test_what_happens_in_a_crossing_counts_on_the_larger_street():
    network = net(*CROSS)
    points = shapely.points([(500, 12), (500, 30), (508, -9), (100, 3)])
    assert at_crossings(points, np.array([3, 3, 2, 0]), network).tolist() == [0, 3, 1, 0]


def test_far_from_every_crossing_a_record_stays_where_it_was():
    assert at_crossings(shapely.points([(100, 40)]), np.array([0]), net(*CROSS)).tolist() == [0]
