"""What is told of a stop: nothing below the threshold, nothing to whom it is not open, a retired place too."""

import shutil
from dataclasses import replace

import pytest
import shapely
from planned import DAY, MUNICIPALITY, keep_usual_plan, slot

from geodata.analyses.ground import open_ground, open_register
from geodata.analyses.patrol import NEAR_M, STRETCH_M, describe_stops
from geodata.errors import AccessError
from geodata.privacy import Audience
from geodata.promises.activity import ActivityKind
from geodata.schema import CATEGORIES, PlaceKind
from geodata.store.place_edits import PlaceSeen


@pytest.fixture(scope="module")
def ground(planned):
    return open_ground(planned[0])


def stop_of(ground, one, audience=Audience.POLICE):
    return describe_stops(ground, (one,), audience)[0]


@pytest.mark.parametrize("audience", [one for one in Audience if one is not Audience.POLICE])
def test_a_stop_of_the_polices_is_told_to_nobody_else(ground, audience):
    with pytest.raises(AccessError) as told:
        stop_of(ground, slot(ground.places[0], 450), audience)
    assert told.value.code == "slot_not_open"


@pytest.mark.parametrize("kind", [ActivityKind.TRAFFIC_CHECK, ActivityKind.PRESENCE])
def test_no_subject_stands_below_the_threshold_and_a_traffic_check_looks_for_traffic(ground, kind):
    least = ground.project.privacy.minimum_count
    for place in ground.places:
        stop = stop_of(ground, replace(slot(place, 450), kind=kind))
        for heard in (stop.said, stop.recorded):
            assert heard.of is None or heard.of >= least
            assert all(count >= least for _, count in heard.themes)
        if kind is ActivityKind.TRAFFIC_CHECK:
            assert {name for name, _ in stop.recorded.themes} <= set(CATEGORIES["traffic"])


def test_the_bells_of_the_hour_are_told_and_no_others(ground):
    school = next(place for place in ground.places if place.kind is PlaceKind.SCHOOL_ZONE)
    about = stop_of(ground, slot(school, 720)).ground.school
    day = next(one for one in about.units[0].bells if one.weekday == DAY.weekday())
    hour, minute = (int(part) for part in day.start[0].split(":"))
    at_start = stop_of(ground, slot(school, 60 * hour + minute - 10))
    assert "start" in {one.what for one in at_start.bells}
    assert stop_of(ground, slot(school, 1200)).bells == ()


def test_the_stretch_is_the_street_where_one_stands(ground):
    for place in ground.places:
        stop = stop_of(ground, slot(place, 450))
        if stop.stretch is not None:
            assert stop.stretch.distance(shapely.Point(stop.x, stop.y)) <= NEAR_M
            assert shapely.Point(stop.x, stop.y).buffer(STRETCH_M + 1).covers(stop.stretch)


def test_of_a_retired_place_the_stop_is_told_all_the_same(small_workspace, tmp_path):
    workspace = shutil.copytree(small_workspace, tmp_path / "workspace")
    keep_usual_plan(workspace)
    place = open_ground(workspace).places[0]
    open_register(workspace).edits.retire(PlaceSeen(place.place_id, place.revision), by="kim")
    after = open_ground(workspace)
    assert place.place_id not in {one.place_id for one in after.places}
    stop = stop_of(after, slot(place, 600, parties=MUNICIPALITY), Audience.PLANNER)
    assert (stop.place.name, stop.said.of) == (place.name, None)
