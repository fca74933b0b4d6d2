"""A plan over a town: from the evidence or as a rotation, for the police alone, made anew when one is missed."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise

import numpy as np
import pytest
from provstad import EAST, NORTH, background, planned_town

from geodata.analyses.ground import open_register
from geodata.analyses.plan import PlanRequest, keep_plan, make_plan, replan
from geodata.analyses.planning import Asked, planning_problem
from geodata.analyses.shown_plan import show_plan
from geodata.errors import AccessError, ParameterError
from geodata.privacy import Audience
from geodata.promises.activity import ActivityKind, CarType, Party
from geodata.promises.log_entry import LogEntry
from geodata.store.plans import SlotSeen
from geodata.targeting.plan import PlanBasis
from geodata.targeting.slot import SlotStatus
from geodata.targeting.working_day import working

MONDAY = date(2026, 11, 9)
ASKED = PlanRequest(MONDAY, 1, "kim")
HOURS = {
    "weeks": 2,
    "supply": [
        {"name": "Polisen", "passes_per_week": 3, "cars": ["marked", "unmarked"]},
        {
            "name": "Med fältare",
            "parties": ["police", "municipality"],
            "kinds": ["presence"],
            "hours_per_week": 2,
            "weekdays": ["fri", "sat"],
            "between": ["19:00", "01:00"],
        },
    ],
}


def town(*, plan=HOURS, hot=True):
    made = planned_town()
    made.settings = {**made.settings, "plan": plan}
    background(made, records=600 if hot else 20, blocks=20)
    days = np.arange(np.datetime64("2024-09-02"), np.datetime64("2024-11-30"))
    if hot:
        for day in days[np.is_busday(days)]:
            made.add(EAST + 400, NORTH + 400, count=2, day=str(day), local_hour=7, time_precision="hour")
    return made


@pytest.fixture(scope="module")
def busy(tmp_path_factory):
    return town().publish(tmp_path_factory.mktemp("plan") / "provstad")


@pytest.fixture(scope="module")
def quiet(tmp_path_factory):
    return town(hot=False).publish(tmp_path_factory.mktemp("quiet") / "provstad")


def made(ground, asked=ASKED):
    return make_plan(ground, open_register(ground.workspace), Audience.POLICE, asked)


def test_the_plan_goes_where_the_evidence_is_and_says_why(busy):
    plan = made(busy)
    assert plan.plan.basis is PlanBasis.EVIDENCE
    figures = plan.plan.figures
    assert figures.low < figures.covered < figures.high
    assert figures.random < figures.greedy <= figures.covered + 1e-9 <= figures.bound + 2e-9
    assert figures.covered < figures.whole
    mornings = [one for one in plan.slots if 7 * 60 <= one.from_minute < 8 * 60 and one.day.weekday() < 5]
    assert len(mornings) >= 3
    windows = [dict(why.values) for one in mornings for why in one.why if why.code == "window"]
    assert max(one["incident_count"] for one in windows) > 50
    assert all(one["incident_of"] >= one["incident_count"] for one in windows)
    assert mornings[0].stand is not None
    assert mornings[0].stand.name


def test_nobody_is_sent_to_the_same_place_twice_within_two_hours(busy):
    found: dict[tuple[int, date], list[int]] = {}
    for one in made(busy).slots:
        day, half_hour = working(one.day, one.from_minute)
        found.setdefault((one.place_id, day), []).append(half_hour)
    for starts in found.values():
        assert all(later - soon >= 4 for soon, later in pairwise(sorted(starts)))


def test_hours_cars_and_parties_are_those_of_the_settings(busy):
    slots = made(busy).slots
    joint = [one for one in slots if one.parties == {Party.POLICE, Party.MUNICIPALITY}]
    assert {one.car for one in joint} <= {CarType.MARKED}
    assert all(one.day.weekday() in {4, 5} or one.from_minute < 300 for one in joint)
    alone = [one for one in slots if one.parties == {Party.POLICE}]
    weeks = {(one.day.isocalendar().week, one.day) for one in alone if one.from_minute >= 300}
    assert max(sum(week == number for week, _ in weeks) for number in (46, 47)) <= 3
    assert {one.car for one in alone} == {CarType.MARKED, CarType.UNMARKED}


def test_little_evidence_makes_a_rotation_that_claims_nothing(quiet):
    plan = made(quiet)
    assert plan.plan.basis is PlanBasis.ROTATION
    assert plan.plan.figures is None
    assert plan.slots
    assert all(one.harm is None for one in plan.slots)
    assert {reason.code for one in plan.slots for reason in one.why} == {"turn"}
    assert "bells_assumed" in plan.warnings


@pytest.mark.parametrize("audience", [one for one in Audience if one is not Audience.POLICE])
def test_it_is_for_the_police_alone(busy, audience):
    register = open_register(busy.workspace)
    for ask in (
        lambda: make_plan(busy, register, audience, ASKED),
        lambda: show_plan(busy, register, audience),
        lambda: replan(busy, register, audience, opens=MONDAY, seed=1, by="kim"),
    ):
        with pytest.raises(AccessError) as raised:
            ask()
        assert raised.value.code == "plan_police_alone"


def test_without_hours_or_plan_it_says_so(tmp_path):
    for plan in ({}, {"supply": [{"name": "Ingen", "passes_per_week": 0}]}):
        ground = town(plan=plan, hot=False).publish(tmp_path / str(len(plan)))
        with pytest.raises(ParameterError) as raised:
            made(ground)
        assert raised.value.code == "plan_no_hours"
    register = open_register(ground.workspace)
    with pytest.raises(ParameterError) as raised:
        replan(ground, register, Audience.POLICE, opens=MONDAY, seed=1, by="kim")
    assert raised.value.code == "plan_over"
    assert show_plan(ground, register, Audience.POLICE).plan is None


def test_a_missed_visit_is_planned_for_and_what_is_locked_stays(tmp_path):
    wanted = [
        {"name": "Vid skolan", "per_week": 1, "place_kinds": ["school_zone"], "kinds": ["traffic_check"]},
        {"name": "Krogtillsyn", "least": 2, "kinds": ["premises_inspection"]},
    ]
    ground = town(plan={**HOURS, "wanted": wanted}).publish(tmp_path / "anew")
    register = open_register(ground.workspace)
    first = made(ground)
    keep_plan(register, first)
    before = register.plans.slots()
    missed, locked = before[0], before[-1]
    register.plans.mark(SlotSeen(missed.slot_id, missed.revision), SlotStatus.MISSED, by="kim")
    register.plans.lock(SlotSeen(locked.slot_id, locked.revision), locked=True, by="kim")
    opens = date.fromordinal(missed.day.toordinal() + 1)
    again = replan(ground, register, Audience.POLICE, opens=opens, seed=2, by="robin")
    keep_plan(register, again, opens=opens)
    after = {one.slot_id: one for one in register.plans.slots()}
    assert after[missed.slot_id].status is SlotStatus.MISSED
    assert after[locked.slot_id] == replace(after[locked.slot_id], locked=True, day=locked.day)
    kept = [one for one in before if one.slot_id in after and one.day > missed.day]
    assert len(kept) >= (len(before) - 4) / 2  # what need not move does not
    shown = show_plan(ground, register, Audience.POLICE)
    assert shown.plan.made_at.tzinfo == ground.project.zone, "the day that is told is the local one"
    fares = {one.binding.name: one for one in shown.promises}
    assert fares["Vid skolan"].lacking == 0
    assert str(fares["Krogtillsyn"].hindrance) == "no_team"
    assert set(shown.place_names) >= {one.place_id for one in shown.slots}


def test_the_same_seed_gives_the_same_plan(busy):
    one, other = made(busy), made(busy)
    assert one.slots == other.slots
    assert made(busy, replace(ASKED, seed=5)).slots != one.slots


def test_measurements_go_to_another_place_each_time_and_to_the_fullest_first(tmp_path):
    measure = {
        "name": "Trafikplaneraren",
        "parties": ["municipality"],
        "kinds": ["speed_measurement"],
        "cars": ["on_foot"],
        "passes_per_week": 1,
        "pass_minutes": 90,
        "weekdays": ["tue", "wed"],
        "between": ["07:00", "16:00"],
    }
    ground = town(plan={**HOURS, "supply": [*HOURS["supply"], measure]}).publish(tmp_path / "measures")
    slots = made(ground).slots
    found = [one for one in slots if str(one.kind) == "speed_measurement"]
    assert found
    assert len({one.place_id for one in found}) == len(found)
    assert {one.parties for one in found} == {frozenset({Party.MUNICIPALITY})}
    assert {one.day.weekday() for one in found} <= {1, 2}
    assert found[0].place_id in {one.place_id for one in slots if str(one.kind) == "traffic_check"}


def test_what_the_log_tells_of_lately_is_not_done_again_at_once(busy):
    place = made(busy).slots[0].place_id
    entry = LogEntry(
        entry_key="a",
        kind=ActivityKind.TRAFFIC_CHECK,
        started_at=datetime(2026, 11, 8, 6, 30, tzinfo=UTC),
        ended_at=datetime(2026, 11, 8, 7, 0, tzinfo=UTC),
        place_id=place,
        x=None,
        y=None,
        parties=frozenset({Party.POLICE}),
        with_whom="",
        car=None,
        slot_id=None,
        activity_id=None,
        checked=None,
        reported=None,
        note="",
        logged_by="kim",
        logged_at=datetime(2026, 11, 8, 8, 0, tzinfo=UTC),
    )
    asked = Asked((MONDAY, date(2026, 11, 22)), entries=(entry,))
    problem = planning_problem(busy, Audience.POLICE, asked).problem
    assert problem.lately.day.tolist() == [-1]
    assert int(problem.place_ids[problem.lately.place[0]]) == place
    assert problem.lately.slot.tolist() == [5]  # 07.30 local, from five


MIXED = {
    "name": "Fältgruppen",
    "parties": ["municipality"],
    "kinds": ["presence", "speed_measurement"],
    "cars": ["on_foot"],
    "passes_per_week": 3,
    "passes_per_day": 1,
    "weekdays": ["mon", "tue", "wed", "thu"],
    "between": ["07:00", "21:00"],
}
MEASURED = {"name": "Mätningar", "least": 2, "kinds": ["speed_measurement"]}


def of_kind(slots, kind):
    return [one for one in slots if str(one.kind) == kind]


def test_who_measures_and_patrols_measures_what_is_promised_and_patrols_the_rest(tmp_path):
    plan = {**HOURS, "supply": [*HOURS["supply"], MIXED], "wanted": [MEASURED]}
    ground = town(plan=plan).publish(tmp_path / "mixed")
    register = open_register(ground.workspace)
    first = made(ground)
    ours = [one for one in first.slots if one.parties == {Party.MUNICIPALITY}]
    measured = of_kind(ours, "speed_measurement")
    assert len(measured) == 2
    assert [one.lacking for one in first.promises if one.binding.name == "Mätningar"] == [0]
    days = {one.day for one in measured}
    assert not days & {one.day for one in ours if one not in measured}  # a crew is not in two places
    for week in (46, 47):
        assert len({one.day for one in ours if one.day.isocalendar().week == week}) <= 3
    assert of_kind(ours, "presence")
    keep_plan(register, first)
    shown = show_plan(ground, register, Audience.POLICE)
    assert [one.lacking for one in shown.promises if one.binding.name == "Mätningar"] == [0]
    # A measurement that is locked keeps its day also when the plan is made anew.
    slot = of_kind(register.plans.slots(), "speed_measurement")[-1]
    register.plans.lock(SlotSeen(slot.slot_id, slot.revision), locked=True, by="kim")
    again = replan(ground, register, Audience.POLICE, opens=MONDAY, seed=2, by="robin")
    assert slot.slot_id in {one.slot_id for one in again.slots}
    assert len(of_kind(again.slots, "speed_measurement")) == 2


def test_measurers_without_a_pass_stop_no_plan_and_what_they_owe_is_named(tmp_path):
    idle = {**MIXED, "kinds": ["speed_measurement"], "passes_per_week": 0}
    plan = {**HOURS, "supply": [*HOURS["supply"], idle], "wanted": [MEASURED]}
    first = made(town(plan=plan).publish(tmp_path / "idle"))
    assert first.slots
    (told,) = [one for one in first.promises if one.binding.name == "Mätningar"]
    assert (told.lacking, str(told.hindrance)) == (2, "no_team")
