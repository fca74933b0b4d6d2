"""What binds a plan counts by the working day, and nothing that was promised is left out unsaid."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from provstad import background, planned_town

from geodata.analyses.ground import open_register
from geodata.analyses.plan import PlanRequest, keep_plan, make_plan
from geodata.analyses.plan_bindings import can_be_planned, from_promises, from_settings
from geodata.analyses.shown_plan import show_plan
from geodata.privacy import Audience
from geodata.promises.activity import ActivityKind, CarType, Party
from geodata.promises.log_entry import LogEntry
from geodata.promises.reading import made_promise
from geodata.schema import PlaceKind
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


def test_what_was_logged_without_a_slot_counts_once(ground):
    entry = LogEntry(
        entry_key="a",
        kind=ActivityKind.PRESENCE,
        started_at=datetime(2026, 11, 13, 23, 30, tzinfo=UTC),  # half past midnight in Sweden
        ended_at=datetime(2026, 11, 13, 23, 45, tzinfo=UTC),
        place_id=1,
        x=None,
        y=None,
        parties=frozenset({Party.POLICE}),
        with_whom="",
        car=CarType.MARKED,
        slot_id=None,
        activity_id=None,
        checked=None,
        reported=None,
        note="",
        logged_by="kim",
        logged_at=datetime(2026, 11, 14, tzinfo=UTC),
    )
    again = replace(entry, entry_key="b", logged_at=datetime(2026, 11, 15, tzinfo=UTC))
    assert fridays(ground, [], entries=[entry, again]).done_on == (date(2026, 11, 13),)
    answered = replace(again, slot_id=1)
    assert fridays(ground, [FRIDAY_NIGHT], entries=[entry, answered]).done_on == (date(2026, 11, 13),)
    meeting = replace(entry, kind=ActivityKind.MEETING)
    assert fridays(ground, [], entries=[meeting]).done_on == ()


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


@pytest.mark.parametrize("supply", ["", '[[plan.supply]]\nname = "Polisen"\npasses_per_week = 0\n'])
def test_a_kept_plan_is_shown_when_nobody_has_hours_any_more(ground, supply):
    register = open_register(ground.workspace)
    keep_plan(register, make_plan(ground, register, Audience.POLICE, PlanRequest(MONDAY, 1, "kim")))
    settings = ground.workspace / "problembild.toml"
    wanted = '[[plan.wanted]]\nname = "Fredagar"\nper_week = 1\n'
    settings.write_text(
        f'[municipality]\nname = "Provstad"\ncode = "9999"\n{wanted}{supply}', encoding="utf-8"
    )
    try:
        shown = show_plan(ground, register, Audience.POLICE)
    finally:
        settings.unlink()
    assert (shown.hours, shown.promises) == (False, ())
    assert shown.slots
    assert show_plan(ground, register, Audience.POLICE).hours


def test_a_promise_about_each_place_binds_the_plan_once_and_not_week_by_week(ground):
    register = open_register(ground.workspace)
    places = [place for place in ground.places if place.kind is PlaceKind.SCHOOL_ZONE]
    activity = {
        "key": "skolor",
        "name": "Kontroll vid varje skola",
        "responsible": [{"party": "police"}],
        "scope": {"kinds": ["traffic_check", "presence"]},
        "targets": [
            {"kind": "each", "items": [{"name": one.name, "place": one.place_id} for one in places]},
        ],
    }
    promise = {
        "key": "skolor",
        "name": "Skolvägar",
        "focus_area": "Trafik",
        "first": MONDAY,
        "last": SUNDAY,
        "activities": [activity],
    }
    register.promises.add(made_promise(promise, file="prov.toml", place_ids={}), by="kim")
    (each,) = [
        one
        for one in from_promises(ground, register, first=MONDAY, last=SUNDAY)
        if one.code.endswith("skolor")
    ]
    assert (each.each, each.least, each.per_week, each.first, each.last) == (True, 3, 0, MONDAY, SUNDAY)
    assert each.place_ids == {one.place_id for one in places}


def bound(ground, target, *, key, first, last, promised=(date(2026, 1, 1), date(2027, 12, 31))):
    """Return how many each binding of a promise with one target asks for, with its days."""
    register = open_register(ground.workspace)
    activity = {
        "key": key,
        "name": key,
        "responsible": [{"party": "police"}],
        "scope": {"kinds": ["traffic_check"]},
        "targets": [target],
    }
    promise = {"key": key, "name": key, "focus_area": "Trafik", "activities": [activity]}
    promise |= {"first": promised[0], "last": promised[1]}
    register.promises.add(made_promise(promise, file="prov.toml", place_ids={}), by="kim")
    found = from_promises(ground, register, first=first, last=last)
    return [(one.least, one.first, one.last) for one in found if one.code == f"{key}:{key}"]


def test_one_that_is_left_of_a_count_is_asked_for_once_in_four_weeks(ground):
    first, last = date(2026, 11, 30), date(2026, 12, 27)
    asked = bound(ground, {"kind": "count", "at_least": 1, "per": "year"}, key="ar", first=first, last=last)
    assert asked == [(1, first, last)]


def test_a_count_by_the_year_is_asked_for_on_either_side_of_new_year(ground):
    first, last = date(2026, 12, 21), date(2027, 1, 17)
    target = {"kind": "count", "at_least": 4, "per": "year"}
    asked = bound(ground, target, key="nyar", first=first, last=last)
    assert asked == [(4, first, date(2026, 12, 31)), (1, date(2027, 1, 1), last)]


def test_one_a_month_is_one_in_each_month_of_the_plan_at_most(ground):
    first, last = date(2026, 12, 7), date(2027, 1, 3)
    asked = bound(ground, {"kind": "rate", "every": "month"}, key="manad", first=first, last=last)
    assert [least for least, _, _ in asked] == [1, 1]
    assert asked[0][2] == date(2026, 12, 31)


def test_what_was_done_earlier_in_the_week_that_a_plan_begins_in_is_done(ground):
    first, last = date(2026, 11, 28), date(2026, 12, 6)  # a Saturday
    register = open_register(ground.workspace)
    started = datetime(2026, 11, 25, 7, tzinfo=UTC)
    entry = LogEntry(
        "wednesday",
        ActivityKind.TRAFFIC_CHECK,
        started,
        started,
        1,
        None,
        None,
        frozenset({Party.POLICE}),
        "",
        None,
        None,
        None,
        None,
        None,
        "",
        "kim",
        started,
    )
    register.log.add(entry, now=datetime(2026, 11, 28, tzinfo=UTC))
    asked = bound(ground, {"kind": "rate", "every": "week"}, key="vecka", first=first, last=last)
    assert asked == [(1, date(2026, 11, 30), last)]


def test_a_plan_that_is_followed_lacks_nothing_at_its_end(ground):
    """Eight in the year, four weeks of it: what was done within the plan is taken off what it asked for."""
    first, last = date(2026, 11, 2), date(2026, 11, 29)
    target = {"kind": "count", "at_least": 8, "per": "year"}
    ((asked, *_),) = bound(ground, target, key="foljd", first=first, last=last)
    register = open_register(ground.workspace)
    started = [datetime(2026, 11, 3 + 2 * step, 7, tzinfo=UTC) for step in range(asked)]
    for step, at in enumerate(started):
        entry = LogEntry(
            f"foljd-{step}",
            ActivityKind.TRAFFIC_CHECK,
            at,
            at,
            1,
            None,
            None,
            frozenset({Party.POLICE}),
            "",
            None,
            None,
            None,
            None,
            None,
            "",
            "kim",
            at,
        )
        register.log.add(entry, now=datetime(2026, 12, 1, tzinfo=UTC))
    found = [
        one for one in from_promises(ground, register, first=first, last=last) if one.code == "foljd:foljd"
    ]
    assert found == []


def test_a_part_from_one_kind_of_car_is_asked_for_in_that_car(ground):
    target = {"kind": "part", "at_least": 2, "car": "unmarked", "per": "year"}
    key = "civilt"
    bound(ground, target, key=key, first=date(2026, 11, 30), last=date(2026, 12, 27))
    found = from_promises(
        ground, open_register(ground.workspace), first=date(2026, 11, 30), last=date(2026, 12, 27)
    )
    assert [one.cars for one in found if one.code == f"{key}:{key}"] == [frozenset({CarType.UNMARKED})]
