"""Which links are the two carriageways of one street, and that such a street's rate is not halved."""

import numpy as np
import pytest
import shapely

from geodata.streets.carriageways import abreast


def line(*points):
    return shapely.LineString(points)


EAST = line((0, 0), (400, 0))


def told(*links):
    geometry, name, road_class = zip(*links, strict=True)
    return abreast(
        np.array(geometry, dtype=object), np.array(name, dtype=object), np.array(road_class, dtype=object)
    ).tolist()


@pytest.mark.parametrize("back", [line((400, 12), (0, 12)), line((0, 12), (400, 12))])
def test_two_of_one_name_side_by_side_are_one_street_whichever_way_they_are_drawn(back):
    assert told((EAST, "Ringvägen", "primary"), (back, "Ringvägen", "primary")) == [2.0, 2.0]


@pytest.mark.parametrize(
    ("other", "name", "road_class"),
    [
        (line((400, 12), (0, 12)), "Lokalgatan", "primary"),  # another street
        (line((400, 12), (0, 12)), "Ringvägen", "service"),  # its service road
        (line((400, 60), (0, 60)), "Ringvägen", "primary"),  # a block away
        (line((400, 0), (800, 0)), "Ringvägen", "primary"),  # goes on
        (line((200, 0), (200, 400)), "Ringvägen", "primary"),  # turns off
        (line((400, 1), (0, 1)), "Ringvägen", "primary"),  # drawn twice
        (line((300, 12), (420, 12)), "Ringvägen", "primary"),  # beside a quarter of it
    ],
)
def test_what_else_lies_near_leaves_a_street_whole(other, name, road_class):
    assert told((EAST, "Ringvägen", "primary"), (other, name, road_class))[0] == 1.0


def test_streets_without_a_name_are_told_apart_but_for_motorways():
    back = line((400, 12), (0, 12))
    assert told((EAST, "", "residential"), (back, "", "residential")) == [1.0, 1.0]
    assert told((EAST, "", "motorway"), (back, "", "motorway")) == [2.0, 2.0]


def test_a_street_cut_at_crossings_is_divided_link_by_link():
    there = [(line((at, 0), (at + 90, 0)), "Ringvägen", "primary") for at in range(0, 360, 90)]
    back = [(line((at + 120, 15), (at, 15)), "Ringvägen", "primary") for at in range(0, 240, 120)]
    assert told(*there, *back) == [2.0, 2.0, 2.0, 1.0, 2.0, 2.0]


def test_no_streets_are_no_carriageways():
    assert abreast(*(np.empty(0, dtype=object) for _ in range(3))).shape == (0,)
