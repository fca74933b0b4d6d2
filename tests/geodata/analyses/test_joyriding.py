"""Joyriding areas: found from what is told and reported, joined across crossings, drawn where they close."""

import itertools

import numpy as np
import pytest
from provstad import EAST, NORTH, Town, area, background, frame, planned_town

from geodata.analyses.joyriding import describe_joyriding
from geodata.analyses.when import when_at
from geodata.privacy import Audience
from geodata.schema import PlaceKind
from geodata.selection import Selection

POLICE = Selection(Audience.POLICE)
SUMMER_FRIDAYS = ("2023-06-02", "2023-07-07", "2024-06-07", "2024-08-02", "2025-05-02", "2025-06-06")


def drive(town, ends, *, each=6, hour=22, **values):
    """Add records every twenty metres along straight lines."""
    for (from_x, from_y), (to_x, to_y) in ends:
        for part in np.linspace(0.05, 0.95, 5 * each):
            town.add(
                EAST + from_x + part * (to_x - from_x),
                NORTH + from_y + part * (to_y - from_y),
                category="traffic_joyriding",
                local_hour=hour,
                time_precision="hour",
                day=SUMMER_FRIDAYS[len(town.records) % len(SUMMER_FRIDAYS)],
                **values,
            )


def found(ground):
    return [place for place in ground.places if place.kind is PlaceKind.JOYRIDING]


def with_background(seed=1):
    town = planned_town()
    background(town, records=600, blocks=20, seed=seed)
    return town


def test_a_straight_stretch_is_found_across_crossings_and_named_by_its_ends(workspace):
    town = with_background()
    drive(town, [((400, 500), (800, 500))])
    (place,) = found(town.publish(workspace))
    assert place.name.startswith("Östra 5 mellan Norra ")
    west, south, east, north = place.geometry.bounds
    assert (west - EAST, east - EAST) == (pytest.approx(400, abs=60), pytest.approx(800, abs=60))
    assert north - south < 60


def test_a_round_closes_and_has_its_gathering_point(workspace):
    town = with_background()
    corners = [(400, 500), (700, 500), (700, 800), (400, 800), (400, 500)]
    drive(town, list(itertools.pairwise(corners)))
    town.areas = frame("areas", [area(1, "parking", "Ica", 710, 600), area(2, "parking", "Bion", 1500, 1500)])
    ground = town.publish(workspace)
    (place,) = found(ground)
    told = describe_joyriding(ground, place, Audience.POLICE)
    assert place.name.startswith("Rundan ")
    assert told.round_m == pytest.approx(1200)
    assert set(told.streets) == {"Östra 5", "Östra 8", "Norra 4", "Norra 7"}
    assert [(point.name, point.records > 0) for point in told.gathering] == [("Ica", True)]
    assert describe_joyriding(ground, place, Audience.COUNCIL).gathering[0].records is None


def test_three_sides_of_a_block_close_along_the_fourth(workspace):
    town = with_background()
    drive(town, [((400, 500), (700, 500)), ((700, 500), (700, 700)), ((700, 700), (400, 700))])
    ground = town.publish(workspace)
    (place,) = found(ground)
    assert describe_joyriding(ground, place, Audience.POLICE).round_m == pytest.approx(1000)


def test_a_straight_stretch_closes_nothing(workspace):
    town = with_background()
    drive(town, [((400, 500), (900, 500))])
    ground = town.publish(workspace)
    assert describe_joyriding(ground, found(ground)[0], Audience.POLICE).round_line is None


def test_it_lives_in_summer_on_fridays(workspace):
    town = with_background()
    drive(town, [((400, 500), (800, 500))], each=12)
    ground = town.publish(workspace)
    told = when_at(ground, found(ground)[0].place_id, POLICE)
    assert set(told.season.months) == {5, 6, 7, 8}
    assert (told.windows[0].weekdays, told.windows[0].from_minute) == ((4,), 1320)


def test_what_is_driven_at_noon_or_seldom_is_no_area(workspace):
    town = with_background()
    drive(town, [((400, 500), (800, 500))], hour=12)
    drive(town, [((400, 1500), (800, 1500))], each=1)
    assert found(town.publish(workspace)) == []


def test_complaints_without_an_hour_are_enough(workspace):
    town = with_background()
    drive(town, [((400, 500), (800, 500))], hour=-1, stream="survey")
    assert len(found(town.publish(workspace))) == 1


def test_noise_makes_no_area(workspace):
    town = planned_town()
    background(town, records=2000, blocks=20, seed=5)
    for record in town.records:
        record["category"] = "traffic_joyriding"
    assert found(town.publish(workspace)) == []


def test_without_streets_there_is_none(workspace):
    town = Town()
    for _ in range(30):
        town.add(EAST, NORTH, category="traffic_joyriding")
    assert found(town.publish(workspace)) == []
