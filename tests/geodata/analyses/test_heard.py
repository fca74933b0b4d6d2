"""A town with three schools: much is heard about the first, little about the third."""

import pytest
from provstad import EAST, NORTH, area, frame, planned_town, school, squares

from geodata.analyses.heard import who_was_heard
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
