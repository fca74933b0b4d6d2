"""What people do to places wins over files, stays in history, and is not done twice at once."""

import pytest
import shapely

from geodata.errors import MissingError, ParameterError
from geodata.places.place import PlaceCandidate
from geodata.schema import PlaceKind
from geodata.store.place_edits import PlaceSeen
from geodata.store.register import Register


def square(name="Stortorget", key="areas:1", shift=0):
    return PlaceCandidate(PlaceKind.SQUARE, name, shapely.box(shift, 0, shift + 100, 100), key)


@pytest.fixture
def register(tmp_path):
    opened = Register(tmp_path, municipality_code="9999", working_crs=3006)
    opened.propose([square(), square("Nytorget", "areas:2", 500)])
    yield opened
    opened.close()


def named(register, name):
    return next(place for place in register.places() if place.name == name)


def seen(register, name):
    place = named(register, name)
    return PlaceSeen(place.place_id, place.revision)


def test_a_name_and_a_ground_by_hand_outlive_every_import(register):
    register.edits.rename(seen(register, "Stortorget"), "  Gamla   torget ", by="kim")
    register.edits.draw(seen(register, "Gamla torget"), shapely.box(0, 0, 50, 50), by="kim")
    register.propose([square("Torget", "areas:1", 10), square("Nya torget", "areas:2", 500)])
    assert {place.name for place in register.places()} == {"Gamla torget", "Nya torget"}
    assert named(register, "Gamla torget").geometry.area == 2500
    assert [(one.what, one.detail, one.decided_by) for one in register.edits.history(1)] == [
        ("renamed", "Stortorget → Gamla torget", "kim"),
        ("drawn", "", "kim"),
    ]


def test_of_two_who_saw_the_same_place_the_second_is_told(register):
    both = seen(register, "Stortorget")
    register.edits.rename(both, "Torget", by="telefonen")
    for again in (
        lambda: register.edits.rename(both, "Annat torg", by="datorn"),
        lambda: register.edits.retire(both, by="datorn"),
        lambda: register.edits.join(seen(register, "Nytorget"), both, by="datorn"),
    ):
        with pytest.raises(ParameterError, match="Torget was changed by somebody else"):
            again()
    assert named(register, "Nytorget").geometry.area == 10_000
    assert len(register.edits.history(both.place_id)) == 1


def test_two_places_are_joined_and_stay_so(register):
    other = seen(register, "Nytorget")
    register.edits.join(seen(register, "Stortorget"), other, by="kim")
    register.propose([square(), square("Nytorget", "areas:2", 500)])
    assert named(register, "Stortorget").geometry.area == 20_000
    assert named(register, "Nytorget").retired
    assert len(register.places()) == 2
    assert [one.what for one in register.edits.history(other.place_id)] == ["joined"]


def test_a_place_is_split_in_two(register):
    whole = seen(register, "Stortorget")
    made = register.edits.split(whole, shapely.box(0, 0, 30, 100), "Lilla torget", by="kim")
    register.propose([square()])
    assert named(register, "Lilla torget").place_id == made
    assert named(register, "Lilla torget").geometry.area == 3000
    assert named(register, "Stortorget").geometry.area == 7000
    with pytest.raises(ParameterError, match="needs an area"):
        register.edits.split(seen(register, "Nytorget"), shapely.box(0, 0, 1, 1), "Ingenting", by="kim")
    assert named(register, "Nytorget").revision == 0


def test_a_retired_place_is_not_brought_back_by_a_file(register):
    register.edits.retire(seen(register, "Stortorget"), by="kim")
    register.propose([square()])
    assert named(register, "Stortorget").retired
    register.edits.restore(seen(register, "Stortorget"), by="kim")
    assert not named(register, "Stortorget").retired


def test_what_cannot_be_is_refused(register):
    place = seen(register, "Stortorget")
    crossed = shapely.Polygon([(0, 0), (10, 10), (10, 0), (0, 10)])
    with pytest.raises(ParameterError, match="needs a name"):
        register.edits.rename(place, "  ", by="kim")
    with pytest.raises(ParameterError, match="does not cross itself"):
        register.edits.draw(place, crossed, by="kim")
    with pytest.raises(ParameterError, match="with itself"):
        register.edits.join(place, place, by="kim")
    with pytest.raises(MissingError, match="no place 77"):
        register.edits.retire(PlaceSeen(77, 0), by="kim")
    assert register.edits.history(place.place_id) == ()
