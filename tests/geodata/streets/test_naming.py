"""The names of stretches that are given as lines."""

import pytest
import shapely

from geodata.streets.corridors import join
from geodata.streets.naming import StretchName, name_stretch
from tests.geodata.streets.test_stretches import net, street

TOWN = net(
    *street("Storgatan", (0, 0), (300, 0), (600, 0), (900, 0)),
    *street("Skolgatan", (300, -100), (300, 0), (300, 100)),
    *street("Torget", (600, 0), (600, 80)),
    *street("", (900, 0), (900, 200)),
)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ([(310, 0), (590, 0)], StretchName("Storgatan", "Skolgatan", "Torget")),
        ([(620, 0), (900, 0)], StretchName("Storgatan", "Torget", None)),
        ([(900, 20), (900, 190)], StretchName(None, "Storgatan", None)),
    ],
)
def test_a_line_along_a_street_is_named_by_the_streets_that_meet_it(line, names):
    found = name_stretch(join(TOWN), shapely.LineString(line))
    assert found.street == names.street
    assert {found.from_cross, found.to_cross} == {names.from_cross, names.to_cross}
