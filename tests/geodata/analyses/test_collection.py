"""Where the survey stood: shares by place, points from dialogues and register, and whether it shows on the map."""

import pytest
from provstad import EAST, NORTH, planned_town

from geodata.analyses.collection import where_collected
from geodata.analyses.dialogue_files import keep_planned
from geodata.analyses.dialogues import follow_dialogue, follow_dialogues
from geodata.analyses.ground import open_register
from geodata.privacy import Audience

HALL = (EAST + 1500.0, NORTH + 1500.0)


def occasion(key, where, **more):
    return {
        "key": key,
        "where": where,
        "askers": ["police"],
        "groups": ["residents"],
        "method": "talk",
        **more,
    }


@pytest.fixture(scope="module")
def ground(tmp_path_factory):
    """Answers from the hall are mostly of its surroundings, those by web of everywhere."""
    town = planned_town()
    near, far = HALL, (EAST + 300.0, NORTH + 300.0)
    given = [("Hallen", near, 30), ("Hallen", far, 10), ("Skola 1", near, 5), ("Skola 1", far, 35)]
    given += [("Webben", near, 4), ("Webben", far, 16)]
    for where, (x, y), count in given:
        town.add(x, y, stream="survey", count=count, collected_at=where, day="2025-05-06")
    for day, count in (("2025-05-08", 7), ("2025-06-01", 3)):
        town.add(*far, stream="survey", count=count, collected_at="HALLEN ", day=day)
    town.add(*far, stream="survey", count=6, day="2025-05-06")
    town.add(None, None, stream="survey", count=5, source="webbenkat", day="2025-05-07")
    opened = town.publish(tmp_path_factory.mktemp("collection") / "provstad")
    dialogue = {
        "key": "maj",
        "name": "Maj",
        "kind": "citizen",
        "first": "2025-05-05",
        "last": "2025-05-11",
        "occasions": [
            occasion("hallen", "Hallen", point=HALL, day="2025-05-06"),
            occasion("hallen-igen", "Hallen", day="2025-05-09"),
            occasion("skolan", "Aulan", collected_as=["skola 1"]),
            occasion("natet", "", method="web"),
        ],
    }
    register = open_register(opened.workspace)
    keep_planned(register, dialogue, file="", by="kim", why="", seen_version=None)
    return opened


def dialogues(ground, audience):
    register = open_register(ground.workspace)
    return follow_dialogues(register, ground.project, audience, ground=ground)


def test_every_answer_counts_at_one_occasion_the_nearest_in_time(ground):
    register = open_register(ground.workspace)
    answer = follow_dialogue(register, ground.project, "maj", Audience.POLICE, ground=ground)
    counts = {one.occasion.key: one.imported for one in answer.occasions}
    assert counts == {"hallen": 40, "hallen-igen": 7, "skolan": 40, "natet": 0}
    assert answer.elsewhere == 20 + 6 + 5  # by web, of which no source is recorded, and those that don't say


def test_it_is_told_where_answers_were_given_and_where_that_is(ground):
    found = where_collected(ground, Audience.COORDINATOR, dialogues(ground, Audience.COORDINATOR))
    assert [(one.name, one.answers) for one in found.places] == [
        ("Hallen", 50),
        ("Skola 1", 40),
        ("Webben", 20),
    ]
    assert found.silent == 11
    assert found.places[0].share == pytest.approx(50 / 110)
    school = next(place for place in ground.places if place.name == "Skola 1")
    lon, lat = found.places[1].lonlat
    shown = ground.place_points[ground.place_position(school.place_id)]
    assert (lon, lat) == pytest.approx((shown.x, shown.y))
    assert found.places[2].lonlat is None
    assert found.places[0].lonlat is not None


def test_where_answers_speak_of_what_lies_round_it_is_said_with_its_numbers(ground):
    found = where_collected(ground, Audience.COORDINATOR, dialogues(ground, Audience.COORDINATOR))
    hall, school = found.places[0].nearness, found.places[1].nearness
    assert (hall.near, hall.of, hall.others_near, hall.others_of, hall.more) == (30, 50, 9, 66, True)
    assert school.of == 40
    assert found.places[2].nearness is None  # nobody stood anywhere


def test_onlookers_see_rounded_shares_without_what_they_are_about(ground):
    found = where_collected(ground, Audience.PUBLIC, dialogues(ground, Audience.PUBLIC))
    assert found.silent is None
    assert all(one.answers % 5 == 0 and one.nearness is None for one in found.places)


def test_where_any_place_has_few_onlookers_see_none(tmp_path):
    town = planned_town()
    for where, count in (("Hallen", 40), ("Puben", 2)):
        town.add(EAST + 300, NORTH + 300, stream="survey", count=count, collected_at=where)
    opened = town.publish(tmp_path / "provstad")
    assert where_collected(opened, Audience.COUNCIL, ()).places == ()
    assert len(where_collected(opened, Audience.PLANNER, ()).places) == 2
