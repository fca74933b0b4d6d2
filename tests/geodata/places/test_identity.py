import shapely
from hypothesis import given
from hypothesis import strategies as st

from geodata.places.identity import SAME_PLACE_OVERLAP, match, overlap
from geodata.places.place import Place, PlaceCandidate
from geodata.schema import PlaceKind


def place(number, shift, key=""):
    return Place(number, PlaceKind.SQUARE, f"Torg {number}", shapely.box(shift, 0, shift + 100, 50), key)


def candidate(shift, key="new", kind=PlaceKind.SQUARE):
    return PlaceCandidate(kind, "Torg", shapely.box(shift, 0, shift + 100, 50), key)


def matched(candidates, places):
    return {number: found.place_id for number, found in match(candidates, places).items()}


def test_overlap_is_intersection_over_union():
    assert overlap(shapely.box(0, 0, 2, 1), shapely.box(1, 0, 3, 1)) == 1 / 3
    assert overlap(shapely.Point(0, 0), shapely.Point(0, 0)) == 0


def test_the_source_key_decides_even_when_the_place_moved():
    assert matched([candidate(0, "areas:1")], [place(1, 5000, "areas:1"), place(2, 0, "areas:2")]) == {0: 1}


def test_else_the_greatest_common_ground():
    assert matched([candidate(10)], [place(1, 35), place(2, 0)]) == {0: 2}


def test_a_place_is_matched_once():
    assert matched([candidate(20), candidate(5)], [place(1, 0)]) == {1: 1}


def test_another_kind_is_no_match():
    assert matched([candidate(0, kind=PlaceKind.PARK)], [place(1, 0)]) == {}


def test_nothing_and_nothing():
    assert match([], []) == {}
    assert match([candidate(0)], []) == {}
    assert match([], [place(1, 0)]) == {}


@given(shift=st.integers(0, 100))
def test_the_limit_is_what_is_stated(shift):
    share = (100 - shift) / (100 + shift)
    assert bool(match([candidate(shift)], [place(1, 0)])) == (share >= SAME_PLACE_OVERLAP)
