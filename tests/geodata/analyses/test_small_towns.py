"""Where there is little, or almost nothing, every question still has an honest answer."""

from dataclasses import replace

import numpy as np
import pytest
from provstad import EAST, NORTH, Town, area, background, frame, planned_town, school, squares, street_grid

from geodata import codes
from geodata.analyses.area_counts import count_known_to_area
from geodata.analyses.coverage import cover
from geodata.analyses.ground import open_ground
from geodata.analyses.hotspots import find_hotspots
from geodata.analyses.observations import observations_in_view
from geodata.analyses.place import describe_place
from geodata.analyses.ranking import rank_places
from geodata.disclosure import ROUNDED_TO
from geodata.errors import MissingError
from geodata.evidence.agreement import Agreement
from geodata.grid import GRIDS
from geodata.hotspots.methods import METHODS
from geodata.places.place import PlaceCandidate
from geodata.privacy import RULES, Audience
from geodata.schema import PlaceKind, Stream
from geodata.selection import Selection
from geodata.store.register import Register

EVERYWHERE = (-180.0, -90.0, 180.0, 90.0)


def small():
    """Three schools, forty answers, a dozen located incidents a year: spread, nothing planted."""
    town = planned_town()
    background(town, records=48, blocks=20)
    background(town, records=40, blocks=20, stream="survey", seed=5)
    for number, record in enumerate(town.records):
        day = (np.datetime64("2022-01-01") + 31 * number % 1460).astype(object)
        record["local_first"] = record["local_last"] = day
    return town


def without_streets():
    """Schools and events of the municipality, as the five municipalities have."""
    town = Town(schools=frame("schools", [school(1, 0, 0), school(2, 9000, 500)]))
    town.add(
        None, None, count=12, location_precision="county", location_text="Värmlands län", category="other"
    )
    return town


def points_only():
    town = Town()
    background(town, records=200, blocks=10)
    return town


def without_population():
    town = Town(streets=street_grid(10))
    background(town, records=200, blocks=10)
    return town


def without_streets_but_people():
    town = Town(population=squares(10), areas=frame("areas", [area(1, "square", "Torget", 100, 100)]))
    background(town, records=200, blocks=10)
    return town


def everything_on_one_spot():
    town = Town(streets=street_grid(4))
    town.add(EAST + 100, NORTH + 100, count=100)
    return town


def one_record():
    town = planned_town()
    town.add(EAST + 100, NORTH + 100)
    return town


def streets_alone():
    return planned_town()


TOWNS = {
    made.__name__: made
    for made in (
        small,
        without_streets,
        points_only,
        without_population,
        without_streets_but_people,
        everything_on_one_spot,
        one_record,
        streets_alone,
        Town,
    )
}


@pytest.fixture(scope="module", params=TOWNS)
def ground(request, tmp_path_factory):
    return TOWNS[request.param]().publish(tmp_path_factory.mktemp(request.param) / "w")


@pytest.mark.parametrize("audience", Audience)
def test_every_question_has_an_answer(ground, audience):
    selection = Selection(audience)
    for method in METHODS:
        for grid in GRIDS:
            answer = find_hotspots(ground, selection, method=method, grid=grid)
            assert set(answer.warnings) <= set(codes.WARNINGS)
            for found in answer.areas:
                assert np.isfinite(found.area_m2)
                assert np.isfinite(found.ratio) == np.isfinite(found.expected)  # some methods expect nothing
    ranking = rank_places(ground, selection)
    assert set(ranking.warnings) <= set(codes.WARNINGS)
    assert len(ranking.places) == len(ground.places)
    for place in ranking.places:
        assert describe_place(ground, place.place_id, selection).place == place
        for one in place.streams:
            assert one.ratio is None or np.isfinite([one.expected, one.ratio, one.low, one.high]).all()
    assert count_known_to_area(ground, selection).counting_rule in codes.COUNTING_RULES
    held = sum(count or 0 for count in cover(ground, audience).streams.values())
    rounding = 0 if RULES[audience].exact_counts else ROUNDED_TO // 2 * len(Stream)
    assert held <= len(ground.observations) + rounding


def test_points_are_shown_where_they_may_be(ground):
    answer = observations_in_view(ground, Selection(Audience.POLICE), bounds=EVERYWHERE)
    assert answer.in_view == int(ground.in_hotspots.sum())


def open_town(made, workspace):
    return made().publish(workspace), Selection(Audience.POLICE)


def test_a_small_town_makes_no_false_claim(workspace):
    ground, selection = open_town(small, workspace)
    hotspots = find_hotspots(ground, selection)
    assert hotspots.areas == ()
    assert hotspots.used == 88
    assert "cells_small_for_events" in hotspots.warnings
    ranking = rank_places(ground, selection)
    for place in ranking.places:
        assert not any(one.tellable and one.low > 1 for one in place.streams)
        assert place.agreement in {Agreement.TOO_FEW, Agreement.NEITHER}
        assert place.window is None
    ranked = [place for place in ranking.places if place.rank is not None]
    assert not ranked or "order_uncertain" in ranking.warnings or len(ranked) == 1


def test_a_small_town_with_one_bad_school_says_so(workspace):
    town = small()
    for shift in range(20):
        town.add(
            EAST + 400 + 5 * shift,
            NORTH + 400,
            local_hour=7,
            time_precision="hour",
            day=f"2025-03-{3 + shift % 5:02d}",
        )
    ground = town.publish(workspace)
    first = rank_places(ground, Selection(Audience.POLICE)).places[0]
    assert (first.name, first.rank) == ("Skola 1", 1)
    assert first.streams[2].low > 1
    assert (first.window.weekdays, first.window.from_minute) == ((0, 1, 2, 3, 4), 420)


def test_without_streets_zones_are_circles_and_said_to_be(workspace):
    ground, selection = open_town(without_streets, workspace)
    assert {place.kind for place in ground.places} == {PlaceKind.SCHOOL_ZONE}
    ranking = rank_places(ground, selection)
    assert "no_reference" in ranking.warnings
    assert "too_few_to_rank" in ranking.warnings
    weightless = rank_places(ground, selection, weights={})
    assert "nothing_weighs" in weightless.warnings
    assert "too_few_to_rank" not in weightless.warnings
    assert all(place.rank is None for place in ranking.places)
    assert ranking.left_out == {"county": 12}
    hotspots = find_hotspots(ground, selection)
    assert (hotspots.used, hotspots.left_out, hotspots.cells) == (0, {"county": 12}, {})
    assert count_known_to_area(ground, selection).rows[0].count == 12


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (without_population, "no_population"),
        (without_streets_but_people, "no_streets"),
        (points_only, "no_reference"),
        (one_record, "few_events"),
        (streets_alone, "no_events"),
    ],
)
def test_what_is_missing_is_said(workspace, made, code):
    ground, selection = open_town(made, workspace)
    assert code in find_hotspots(ground, selection).warnings


def test_no_places_is_said(workspace):
    ground, selection = open_town(points_only, workspace)
    ranking = rank_places(ground, selection)
    assert (ranking.places, "no_places" in ranking.warnings) == ((), True)


def test_a_workspace_before_its_first_import(workspace):
    with pytest.raises(MissingError) as error:
        open_ground(workspace)
    assert error.value.code == "no_snapshot"


def candidate_of(place):
    return PlaceCandidate(place.kind, place.name, place.geometry, place.source_key)


def test_a_new_snapshot_and_a_new_place_are_seen(workspace):
    town = small()
    before = town.publish(workspace)
    town.areas = frame("areas", [area(9, "park", "Parken", 1500, 1500)])
    after = town.publish(workspace)
    register = Register(workspace / "store", municipality_code="9999", working_crs=3006)
    register.propose([replace(candidate_of(after.places[0]), name="Nya skolan")])
    register.close()
    assert open_ground(workspace).places[0].name == "Nya skolan"
    assert after is not before
    assert {"Parken", "Stortorget"} <= {place.name for place in after.places}


def test_without_any_reference_places_are_held_against_each_other(workspace):
    """Three schools and no streets or people: the one with the dozen incidents is the one above."""
    town = Town(schools=frame("schools", [school(1, 0, 0), school(2, 9000, 500), school(3, 3000, 7000)]))
    for number in range(12):
        town.add(EAST + 20.0 * number - 100, NORTH + 10.0 * number)
    ranking = rank_places(town.publish(workspace), Selection(Audience.POLICE))
    incidents = {place.name: place.streams[2] for place in ranking.places}
    assert sum(stream.expected for stream in incidents.values()) <= 12.5
    assert incidents["Skola 1"].low > 1
    assert incidents["Skola 2"].count == incidents["Skola 3"].count == 0
    assert "no_reference" in ranking.warnings
