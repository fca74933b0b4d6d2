"""A town with three schools: much is heard about the first, little about the third."""

import numpy as np
import pytest
from provstad import EAST, NORTH, area, frame, planned_town, school, squares

from geodata.analyses.heard import who_was_heard
from geodata.evidence.raking import merged_in_order
from geodata.privacy import Audience


def asked(town, spots, *, where="Stortorget"):
    for x, y, count, category in spots:
        town.add(EAST + x, NORTH + y, stream="survey", count=count, category=category, collected_at=where)


@pytest.fixture(scope="module")
def ground(tmp_path_factory):
    town = planned_town()
    asked(
        town,
        [
            (400, 500, 200, "traffic_speed"),
            (1500, 500, 100, "environment_dark"),
            (1000, 1700, 40, "order_gathering"),
        ],
    )
    town.add(None, None, stream="survey", location_precision="municipality", collected_at="Webben", count=60)
    return town.publish(tmp_path_factory.mktemp("heard") / "provstad")


def of(answer, name):
    return next(part for part in answer.parts if name in part.names)


def test_answers_are_held_against_those_who_live_nearest(ground):
    answer = who_was_heard(ground, Audience.COORDINATOR)
    assert (answer.division, answer.placed, answer.answers) == ("schools", 340, 400)
    assert sum(part.residents for part in answer.parts) == pytest.approx(8000, abs=3)
    assert (of(answer, "Skola 1").answers, of(answer, "Skola 1").heard) == (200, "more")
    little = of(answer, "Skola 3")
    assert (little.answers, little.heard) == (40, "less")
    assert little.low < 40 / 340 / (little.residents / 8000) < little.high < 1
    assert answer.parts[0] is little


def test_themes_are_weighed_by_where_people_live(ground):
    answer = who_was_heard(ground, Audience.COORDINATOR)
    themes = {theme.group: theme for theme in answer.themes}
    assert themes["traffic"].plain == pytest.approx(200 / 340)
    share = of(answer, "Skola 1").residents / 8000
    assert themes["traffic"].weighted == pytest.approx(share, abs=0.01)
    assert themes["order"].weighted > themes["order"].plain
    assert answer.bears < 340


def test_where_was_asked_is_told(ground):
    assert who_was_heard(ground, Audience.PLANNER).collected == (("Stortorget", 340), ("Webben", 60))


def test_the_public_sees_rounded_counts_and_no_ranges(ground):
    answer = who_was_heard(ground, Audience.PUBLIC)
    assert (answer.placed, answer.answers, answer.bears) == (None, None, None)
    assert all(part.answers % 5 == 0 for part in answer.parts)
    assert {(part.low, part.high) for part in answer.parts} == {(None, None)}
    assert of(answer, "Skola 3").heard == "less"
    assert all(theme.plain == round(theme.plain, 2) for theme in answer.themes)


def test_of_themes_that_look_alike_none_is_shown_where_one_would_tell_a_small_one(tmp_path):
    """With 22 shown of 22, 22 and 4 the order would tell which one was left out, and what it holds."""
    town = planned_town()
    asked(town, [(400, 500, 120, "traffic_speed"), (1500, 500, 22, "environment_dark")])
    asked(town, [(1000, 1700, 22, "order_gathering"), (1000, 1700, 4, "violence_threat")])
    seen = who_was_heard(town.publish(tmp_path / "provstad"), Audience.COUNCIL).themes
    assert {one.group for one in seen} == {"traffic"}


def test_what_is_left_of_the_shares_is_nothing_or_many(tmp_path):
    town = planned_town()
    asked(town, [(400, 500, 200, "traffic_speed"), (1500, 500, 100, "environment_dark")])
    asked(town, [(1000, 1700, 40, "order_gathering"), (1000, 1700, 3, "violence_threat")])
    ground = town.publish(tmp_path / "provstad")
    staff = who_was_heard(ground, Audience.PLANNER).themes
    assert {one.group for one in staff} == {"traffic", "environment", "order"}
    seen = who_was_heard(ground, Audience.COUNCIL).themes
    assert {one.group for one in seen} == {"traffic", "environment"}
    assert sum(one.plain for one in seen) < 1 - 10 / 343


def test_small_parts_are_merged_and_never_shown(tmp_path):
    town = planned_town()
    asked(
        town,
        [(400, 500, 60, "traffic_speed"), (1500, 500, 3, "traffic_speed"), (1000, 1700, 12, "traffic_speed")],
    )
    town.add(EAST + 400, NORTH + 500, stream="survey", collected_at="Kyrkan", count=2)
    ground = town.publish(tmp_path / "provstad")
    for audience in (Audience.POLICE, Audience.PUBLIC):
        names = [part.names for part in who_was_heard(ground, audience).parts]
        assert sorted(names) == [("Skola 1",), ("Skola 2", "Skola 3")]
    assert who_was_heard(ground, Audience.PUBLIC).collected == ()


def test_districts_go_before_schools(tmp_path):
    town = planned_town()
    town.areas = frame(
        "areas", [area(1, "district", "Väster", 0, 0, 1000), area(2, "district", "Öster", 1000, 0, 1000)]
    )
    asked(
        town,
        [(500, 500, 30, "traffic_speed"), (1500, 500, 30, "traffic_speed"), (500, 1500, 30, "traffic_speed")],
    )
    answer = who_was_heard(town.publish(tmp_path / "provstad"), Audience.POLICE)
    assert answer.division == "districts"
    assert [part.answers for part in answer.parts] == [30, 30]


def test_without_people_or_parts_it_can_not_be_told(tmp_path):
    town = planned_town()
    town.population = squares(0)
    town.schools = frame("schools", [school(1, 400, 400)])
    asked(town, [(400, 500, 60, "traffic_speed")])
    answer = who_was_heard(town.publish(tmp_path / "provstad"), Audience.POLICE)
    assert (answer.division, answer.parts, answer.themes) == (None, (), ())
    assert answer.collected == (("Stortorget", 60),)


AGES = ("0-14 1600", "15-24 900", "25-44 2000", "45-64 2000", "65-99 1480", "100+ 20")


@pytest.fixture(scope="module")
def aged(tmp_path_factory):
    """Forty young who speak of the dark, many old who speak of speed, over two of the three schools."""
    town = planned_town()
    bands = [one.split() for one in AGES]
    town.residents = frame(
        "residents",
        [
            {"residents_id": f"t:{ages}", "area": "Provstad", "ages": ages, "residents": float(number)}
            for ages, number in bands
        ]
        + [{"residents_id": "t:x", "area": "Norra delen", "ages": "0-14", "residents": 500.0}],
    )
    spots = ((400, 500), (1500, 500), (1000, 1700))
    for (x, y), (age, category, count) in [
        (spot, said)
        for spot in spots
        for said in (
            ("0-14", "environment_dark", 1),
            ("15-24", "environment_dark", 12),
            ("25-44", "traffic_speed", 40),
            ("45-64", "traffic_speed", 40),
            ("65+", "traffic_speed", 60),
            (None, "traffic_speed", 5),
        )
    ]:
        town.add(EAST + x, NORTH + y, stream="survey", count=count, category=category, age_group=age)
    return town.publish(tmp_path_factory.mktemp("aged") / "provstad")


def test_ages_are_held_against_the_residents_of_that_age(aged):
    answer = who_was_heard(aged, Audience.COORDINATOR)
    assert [part.names for part in answer.ages] == [("0-14", "15-24"), ("25-44",), ("45-64",), ("65+",)]
    young, *_, old = answer.ages
    assert (young.answers, young.residents, young.heard) == (39, 2500, "less")
    assert (old.answers, old.residents, old.heard) == (180, 1500, "more")
    assert answer.aged == 459


def test_themes_are_weighed_by_age_as_well(aged):
    answer = who_was_heard(aged, Audience.POLICE)
    assert answer.weighted_by == "part_and_age"
    themes = {theme.group: theme for theme in answer.themes}
    assert themes["environment"].plain == pytest.approx(39 / 459)
    assert themes["environment"].weighted == pytest.approx(2500 / 8000, abs=0.01)
    assert 0 < answer.bears < 459


def test_small_ages_go_with_their_neighbours_and_stay_unseen(aged):
    answer = who_was_heard(aged, Audience.PUBLIC)
    assert ("0-14",) not in [part.names for part in answer.ages]
    assert all(part.answers % 5 == 0 and part.answers >= 10 for part in answer.ages)
    assert {(part.low, part.high) for part in answer.ages} == {(None, None)}
    assert answer.aged is None


def test_without_ages_or_residents_by_age_nothing_is_told_of_them(ground, tmp_path):
    assert who_was_heard(ground, Audience.POLICE).ages == ()
    town = planned_town()
    for age in ("15-24", "65+"):
        town.add(EAST + 400, NORTH + 500, stream="survey", count=30, age_group=age)
    answer = who_was_heard(town.publish(tmp_path / "provstad"), Audience.POLICE)
    assert (answer.ages, answer.aged, answer.weighted_by) == ((), 60, "part")


def test_too_few_ages_leave_the_weights_to_the_parts(tmp_path):
    town = planned_town()
    town.residents = frame(
        "residents",
        [
            {"residents_id": "a", "area": None, "ages": "0-44", "residents": 100.0},
            {"residents_id": "b", "area": None, "ages": "45+", "residents": 100.0},
        ],
    )
    for x, y in ((400, 500), (1500, 500), (1000, 1700)):
        town.add(EAST + x, NORTH + y, stream="survey", count=20)
        town.add(EAST + x, NORTH + y, stream="survey", count=10, age_group="15-24")
        town.add(EAST + x, NORTH + y, stream="survey", count=10, age_group="65+")
    answer = who_was_heard(town.publish(tmp_path / "provstad"), Audience.POLICE)
    assert answer.weighted_by == "part"
    # Ages over a bound of the groups are divided by their years.
    assert [part.residents for part in answer.ages] == [136, 64]


def test_groups_that_follow_one_another_are_merged_with_a_neighbour():
    assert merged_in_order(np.array([1.0, 12.0, 40.0, 9.0, 60.0]), minimum=10) == [[0, 1], [2, 3], [4]]
    assert merged_in_order(np.array([1.0, 2.0, 3.0]), minimum=10) == [[0, 1, 2]]
    assert merged_in_order(np.array([20.0, 20.0]), minimum=10) == [[0], [1]]
