"""Where a car can stop safely: said by a person, near the place, withdrawn and never removed."""

import pytest
import shapely

from geodata.errors import MissingError, ParameterError
from geodata.places.place import PlaceCandidate
from geodata.schema import PlaceKind
from geodata.store.register import Register


@pytest.fixture
def register(tmp_path):
    opened = Register(tmp_path, municipality_code="9999", working_crs=3006)
    opened.propose([PlaceCandidate(PlaceKind.SQUARE, "Torget", shapely.box(0, 0, 100, 100), "areas:1")])
    yield opened
    opened.close()


def test_a_stop_is_kept_until_it_is_withdrawn(register, tmp_path):
    stop_id = register.stops.add(1, (10.5, 20.0), "  P vid  hallen ", metres_off=0, by="bo")
    (stop,) = register.stops.at(1)
    assert (stop.stop_id, stop.name, stop.x, stop.y, stop.set_by) == (
        stop_id,
        "P vid hallen",
        10.5,
        20.0,
        "bo",
    )
    assert register.stops.at(2) == ()
    other = Register(tmp_path, municipality_code="1234", working_crs=3006)
    assert other.stops.all() == ()
    with pytest.raises(MissingError):
        other.stops.withdraw(stop_id, by="x")
    other.close()
    register.stops.withdraw(stop_id, by="bo")
    assert register.stops.all() == ()
    with pytest.raises(MissingError) as raised:
        register.stops.withdraw(stop_id, by="bo")
    assert raised.value.code == "no_stop"


def test_a_stop_far_away_or_at_no_place_is_refused(register):
    with pytest.raises(ParameterError) as raised:
        register.stops.add(1, (9e5, 0), "", metres_off=501, by="bo")
    assert raised.value.code == "stop_too_far"
    with pytest.raises(MissingError):
        register.stops.add(9, (0, 0), "", metres_off=0, by="bo")
    assert register.stops.all() == ()


def test_a_place_that_a_person_drew_outlives_every_import(register):
    made = register.edits.add(PlaceKind.OTHER, " Grillplatsen ", shapely.box(500, 0, 540, 40), by="bo")
    register.propose([PlaceCandidate(PlaceKind.SQUARE, "Torget", shapely.box(0, 0, 100, 100), "areas:1")])
    place = next(one for one in register.places() if one.place_id == made)
    assert (place.name, place.kind, place.geometry.area, place.retired) == (
        "Grillplatsen",
        "other",
        1600,
        False,
    )
    assert [one.what for one in register.edits.history(made)] == ["made"]
    for name, ground, code in (
        (" ", shapely.box(0, 0, 1, 1), "place_name_empty"),
        ("X", shapely.Point(0, 0), "place_ground_wrong"),
        ("X", shapely.from_wkt("POLYGON ((0 0, 1 1, 1 0, 0 1, 0 0))"), "place_ground_wrong"),
    ):
        with pytest.raises(ParameterError) as raised:
            register.edits.add(PlaceKind.OTHER, name, ground, by="bo")
        assert raised.value.code == code
