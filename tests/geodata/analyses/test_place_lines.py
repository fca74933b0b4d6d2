"""What is drawn of an opened place: the same ways, crossings and round that the analyses tell of."""

import numpy as np
import pytest

from geodata.analyses.joyriding import describe_joyriding
from geodata.analyses.place_lines import PUPILS, lines_of, rounds_of
from geodata.analyses.school_zone import describe_school_zone
from geodata.errors import MissingError
from geodata.privacy import Audience
from geodata.schema import PlaceKind


def places(ground, kind):
    return [one for one in ground.places if one.kind is kind]


def test_ways_are_the_streets_with_pupils_and_nothing_else(usual):
    (school, *_) = places(usual, PlaceKind.SCHOOL_ZONE)
    lines = lines_of(usual, school.place_id, Audience.PUBLIC)
    every = usual.school_ways
    at = next(
        number
        for number, site in enumerate(every.sites)
        if school.source_key.endswith("+".join(site.school_ids))
    )
    by_link = every.ways[at].by_link
    drawn = sum(len(way.geoms) for way in lines.ways if way is not None)
    assert drawn == (by_link >= PUPILS[0]).sum() > 0
    thick = lines.ways[-1]
    assert (thick is None) == (not (by_link >= PUPILS[-1]).any())
    told = describe_school_zone(usual, school).crossings
    crossings = [spot for spot in lines.spots if spot.role == "crossing"]
    assert [(one.lon, one.lat) for one in crossings] == [
        (one.lon, one.lat) for one in told if one.pupils >= 1
    ]
    assert any(spot.role == "entrance" for spot in lines.spots)
    assert not lines.is_empty


def test_a_place_of_another_kind_has_no_lines(usual):
    (square, *_) = places(usual, PlaceKind.SQUARE)
    assert lines_of(usual, square.place_id, Audience.POLICE).is_empty
    with pytest.raises(MissingError):
        lines_of(usual, 987_654, Audience.POLICE)


def test_a_round_is_drawn_where_the_pattern_closes(usual):
    for place in places(usual, PlaceKind.JOYRIDING):
        lines, told = (
            lines_of(usual, place.place_id, Audience.POLICE),
            describe_joyriding(usual, place, Audience.POLICE),
        )
        assert (lines.round_line is None) == (told.round_line is None)
        assert len(lines.spots) == len(told.gathering)
        assert all(np.isfinite([spot.lon, spot.lat]).all() for spot in lines.spots)
    closed = [
        place
        for place in places(usual, PlaceKind.JOYRIDING)
        if lines_of(usual, place.place_id, Audience.PUBLIC).round_line is not None
    ]
    assert len(rounds_of(usual, Audience.PUBLIC)) == len(closed)
