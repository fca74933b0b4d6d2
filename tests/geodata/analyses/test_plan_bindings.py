"""What binds a plan counts by the working day, and nothing that was promised is left out unsaid."""

from dataclasses import replace
from datetime import date

import pytest
from provstad import background, planned_town

from geodata.analyses.ground import open_register
from geodata.analyses.plan import PlanRequest, keep_plan, make_plan
from geodata.analyses.plan_bindings import can_be_planned, from_settings
from geodata.analyses.shown_plan import show_plan
from geodata.privacy import Audience
from geodata.promises.activity import ActivityKind, CarType, Party
from geodata.targeting.slot import Slot, SlotStatus

MONDAY, SUNDAY = date(2026, 11, 9), date(2026, 11, 22)
WANTED = [
    {"name": "Fredagar", "per_week": 1, "kinds": ["presence"], "weekdays": ["fri"]},
    {"name": "Mätning", "least": 1, "kinds": ["speed_measurement"]},
]
FRIDAY_NIGHT = Slot(
    slot_id=1,
    plan_id=1,
    place_id=1,
    day=date(2026, 11, 14),
    from_minute=30,
    to_minute=45,
    kind=ActivityKind.PRESENCE,
    car=CarType.MARKED,
    parties=frozenset({Party.POLICE}),
    stand=None,
    why=(),
    harm=None,
    locked=False,
    status=SlotStatus.DONE,
)


@pytest.fixture(scope="module")
def ground(tmp_path_factory):
    town = planned_town()
    plan = {"weeks": 2, "supply": [{"name": "Polisen", "passes_per_week": 3}], "wanted": WANTED}
    town.settings = {**town.settings, "plan": plan}
    background(town, records=20, blocks=20)
    return town.publish(tmp_path_factory.mktemp("bindings") / "provstad")


def fridays(ground, slots, **values):
    return from_settings(ground, Audience.POLICE, slots, days=(MONDAY, SUNDAY), **values)[0]


def test_what_was_done_after_midnight_was_done_that_evening(ground):
    assert fridays(ground, [FRIDAY_NIGHT]).done_on == (date(2026, 11, 13),)
    last = replace(FRIDAY_NIGHT, day=date(2026, 11, 21))
    assert fridays(ground, [last]).done_on == (date(2026, 11, 20),)
    saturday = replace(FRIDAY_NIGHT, from_minute=22 * 60, to_minute=22 * 60 + 15)
    assert fridays(ground, [saturday]).done_on == ()


def test_a_night_before_the_day_that_opens_is_no_longer_for_the_plan_to_move(ground):
    planned = replace(FRIDAY_NIGHT, status=SlotStatus.PLANNED)
    assert fridays(ground, [planned], opens=date(2026, 11, 14)).done_on == (date(2026, 11, 13),)
    assert fridays(ground, [planned], opens=date(2026, 11, 13)).done_on == ()


def test_a_promise_that_a_plan_can_answer_in_one_of_its_ways_binds():
    assert can_be_planned((ActivityKind.PRESENCE, ActivityKind.MEETING))
    assert can_be_planned(())
    assert not can_be_planned((ActivityKind.MEETING,))


def test_a_measurement_that_nobody_makes_is_told_as_lacking(ground):
    register = open_register(ground.workspace)
    made = make_plan(ground, register, Audience.POLICE, PlanRequest(MONDAY, 1, "kim"))
    keep_plan(register, made)
    for promises in (made.promises, show_plan(ground, register, Audience.POLICE).promises):
        (told,) = [one for one in promises if one.binding.name == "Mätning"]
        assert (told.lacking, str(told.hindrance)) == (1, "no_team")
