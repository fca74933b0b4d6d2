"""School zones of made-up towns: what is known of them, and what is said where something is missing."""

from datetime import date

import pytest
from provstad import EAST, NORTH, area, frame, planned_town, school

from geodata.analyses.place_ground import describe_ground
from geodata.analyses.school_zone import describe_school_zone
from geodata.privacy import Audience
from geodata.schema import PlaceKind


def zone(ground, name):
    place = next(one for one in ground.places if one.name == name)
    return describe_school_zone(ground, place)


@pytest.fixture
def town():
    made = planned_town()
    made.streets["speed_limit_kmh"] = [
        50.0 if one == "tertiary" else 30.0 for one in made.streets["road_class"]
    ]
    made.areas = frame(
        "areas",
        [
            area(1, "bus_stop", "Skolan", 400, 380, width=5),
            area(2, "square", "Torget", 980, 1500),
            area(3, "licensed", "Krogen", 1060, 1510, width=10),
        ],
    )
    made.add(EAST + 410, NORTH + 410, day="2025-09-03")
    return made


def test_units_limits_stops_and_ways_are_told(town, workspace):
    told = zone(town.publish(workspace), "Skola 1")
    assert [(unit.name, unit.stage, unit.pupils) for unit in told.units] == [("Skola 1", "F-6", 100)]
    assert dict(told.limits).keys() == {30.0}
    assert (told.bus_stops, told.pupils, told.measured, told.flow) == (1, 100.0, (), None)
    assert 0 < told.on_foot <= 100
    assert all(one.pupils <= told.on_foot for one in told.crossings)


def test_a_stated_bell_wins_over_the_school_layer_which_wins_over_the_usual(town, workspace):
    town.schools.loc[1, ["bell_start", "bell_end"]] = None
    town.settings = {
        "schools": {
            "bells": [
                {
                    "schools": ["Skola 3"],
                    "weekdays": ["mon"],
                    "start": ["08:00", "09:00"],
                    "lunch": ["10:40", "12:20"],
                    "end": ["13:20", "15:40"],
                }
            ]
        }
    }
    ground = town.publish(workspace)
    (first,) = zone(ground, "Skola 1").units
    assert (first.bells[0].start, first.bells[0].assumed) == (("08:10", "08:10"), False)
    second = zone(ground, "Skola 2")
    assert second.units[0].bells[0].end == ("14:30", "14:30")
    assert "bells_missing" in second.gaps
    (third,) = zone(ground, "Skola 3").units
    assert (third.bells[0].start, third.bells[0].lunch) == (("08:00", "09:00"), ("10:40", "12:20"))
    assert third.bells[1].start == ("08:10", "08:10")


def test_what_stands_in_is_said(town, workspace):
    town.schools.loc[0, "pupils"] = float("nan")
    told = zone(town.publish(workspace), "Skola 1")
    assert told.gaps == ("pupils_missing", "terms_assumed")
    assert told.pupils == 100.0


def test_a_term_calendar_that_ends_is_said_with_its_day(town, workspace):
    town.settings = {"calendar": {"term": [{"first": "2025-01-09", "last": "2025-06-12"}]}}
    told = zone(town.publish(workspace), "Skola 1")
    assert told.gaps == ("terms_ended",)
    assert told.calendar_ends == date(2025, 6, 12)


def test_a_school_without_a_point_has_no_zone_and_others_keep_theirs(town, workspace):
    town.schools = frame("schools", [school(1, 410, 420), school(2, 0, 0) | {"geometry": None}])
    ground = town.publish(workspace)
    assert [one.name for one in ground.places if one.kind is PlaceKind.SCHOOL_ZONE] == ["Skola 1"]
    assert zone(ground, "Skola 1").pupils == 100.0


def test_streets_in_pieces_keep_zones_to_their_own_piece(town, workspace):
    cut = town.streets["geometry"].map(lambda line: not 440 < line.centroid.x - EAST < 560)
    town.streets = town.streets[cut].reset_index(drop=True)
    ground = town.publish(workspace)
    place = next(one for one in ground.places if one.name == "Skola 1")
    assert place.geometry.bounds[2] - EAST < 560
    assert zone(ground, "Skola 1").on_foot < 100


def test_pupils_raise_what_is_expected_at_their_school(town, workspace):
    ground = town.publish(workspace)
    column = ground.exposure.values[:, 2]
    assert column.sum() > 0
    row = ground.place_position(next(one.place_id for one in ground.places if one.name == "Skola 1"))
    assert ground.place_design[row, 2] > 0


def test_a_square_says_what_lies_by_it(town, workspace):
    town.add(EAST + 1000, NORTH + 1520, stream="review", category="environment_dark", status="proposed")
    ground = town.publish(workspace)
    place = next(one for one in ground.places if one.kind is PlaceKind.SQUARE)
    near = describe_ground(ground, place, Audience.POLICE).surroundings
    assert (near.licensed, near.licensed_names, near.dark_reviews, near.reviews) == (1, ("Krogen",), 1, 1)
    open_ = describe_ground(ground, place, Audience.PUBLIC).surroundings
    assert (open_.dark_reviews, open_.reviews) == (None, None)
