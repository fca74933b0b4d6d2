"""The week of the weekly meeting: a real rise is seen, the police's plans are not, and proposals have reasons."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from provstad import EAST, NORTH, planned_town

from geodata.analyses.est import est_week
from geodata.analyses.est_focus import propose_focus
from geodata.analyses.ground import open_register
from geodata.errors import AccessError, ParameterError
from geodata.periods import Period
from geodata.picture.focus import FocusLine
from geodata.picture.usual_week import WeekVerdict
from geodata.privacy import RULES, Audience
from geodata.promises.activity import ActivityKind, CarType, Party
from geodata.promises.log_entry import LogEntry
from geodata.promises.promise import Activity, Promise, Responsible
from geodata.promises.scope import Scope
from geodata.promises.targets.count import Count
from geodata.targeting.plan import Plan, PlanBasis
from geodata.targeting.slot import Slot, SlotStatus

MONDAY = date(2025, 11, 17)
WEEK = Period(MONDAY, date(2025, 11, 23))
NEXT = date(2025, 11, 24)
TODAY = date(2025, 11, 25)


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    made = planned_town()
    rng = np.random.default_rng(1)
    hot, calm = (EAST + 400, NORTH + 400), (EAST + 1600, NORTH + 1600)
    for back in range(120, -1, -1):
        monday = MONDAY - timedelta(weeks=back)
        for at in (hot, calm):
            for _ in range(rng.poisson(3)):
                day = monday + timedelta(days=int(rng.integers(7)))
                made.add(*at, category="order_disturbance", day=day.isoformat(), local_hour=22)
    for step in range(12):
        day = (MONDAY + timedelta(days=step % 7)).isoformat()
        made.add(*hot, category="damage_vandalism", day=day)
    made.add(*calm, category="damage_vandalism", day=(MONDAY - timedelta(weeks=60)).isoformat())
    made.add(*hot, stream="survey", category="environment_dark", count=3, day="2025-11-19")
    made.add(*hot, day="2025-11-25")
    return made.publish(tmp_path_factory.mktemp("est") / "town")


@pytest.fixture(scope="module")
def place(town):
    return next(
        one.place_id for one in est_week(town, Audience.POLICE, day=MONDAY, today=TODAY).counts.places
    )


def week(town, audience=Audience.POLICE, **values):
    return est_week(town, audience, **({"day": MONDAY, "today": TODAY} | values))


def test_what_is_more_than_usual_is_found_and_the_rest_is_not(town):
    told = {one.problem: one.usual for one in week(town).counts.problems}
    assert told["damage_vandalism"].verdict is WeekVerdict.MORE
    assert told["damage_vandalism"].count == 12
    assert told["order_disturbance"].verdict is WeekVerdict.USUAL
    assert told["order_disturbance"].low <= 6 <= told["order_disturbance"].high
    assert week(town).counts.compared[0] == len(told)
    assert week(town).counts.weeks == 119  # the first record is of a Tuesday or later
    first = week(town).counts.places[0]
    assert (first.usual.verdict, first.problem) == (WeekVerdict.MORE, "damage_vandalism")
    assert week(town).answers == (("environment_dark", 3),)


def test_a_week_that_is_not_whole_is_not_judged(town):
    told = week(town, day=NEXT)
    assert (told.days, told.counts, told.recorded) == (2, None, 1)
    assert all(
        reason.code in {"promise_late", "risk_evening"} for one in told.proposals for reason in one.reasons
    )
    assert week(town, day=None).week == WEEK


@pytest.mark.parametrize(
    "day",
    [
        date(1900, 1, 1),
        date(1990, 1, 1),
        date(2100, 12, 31),
        date(2101, 4, 20),
        date(2999, 5, 5),
    ],
)
def test_a_week_far_from_every_record_is_told_and_holds_nothing(town, day):
    told = week(town, day=day, today=max(day, TODAY))
    assert told.week.holds(day)
    assert (told.days, told.counts, told.recorded, told.done) == (0, None, 0, ())
    assert 0 <= told.coming.school_days <= 5


def test_what_cannot_be_asked(town):
    with pytest.raises(ParameterError) as caught:
        week(town, day=date(2999, 1, 1))
    assert caught.value.code == "week_future"
    for audience in Audience:
        if not RULES[audience].exact_counts:
            with pytest.raises(AccessError):
                week(town, audience)


def test_proposals_have_reasons_the_weightiest_first(town, place):
    first = week(town).proposals[0]
    assert (first.place_id, first.problem) == (place, "damage_vandalism")
    codes = [reason.code for reason in first.reasons]
    assert codes[:2] == ["place_more", "problem_more"]
    assert "risk_evening" in codes, "the payday week-end of November comes"
    assert week(town).coming.evenings


def test_promises_behind_in_the_whole_municipality_are_one_proposal_beside_the_places(town, place):
    late = [(f"p{n}", f"Löfte {n}", "Kontroller", ()) for n in range(7)] + [
        ("q", "Torg", "Närvaro", (place,))
    ]
    found = propose_focus(town, None, late=late, evenings=[], until=WEEK.last)
    assert [one.place_id for one in found] == [place, None]
    assert len(found[1].reasons) == 7


def test_what_was_done_and_what_lags_is_told(town, place):
    register = open_register(town.workspace)
    activity = Activity(
        "kontroll",
        "Kontroller",
        (Responsible(Party.POLICE),),
        (Count(at_least=50),),
        Scope(kinds=(ActivityKind.TRAFFIC_CHECK,), places=(place,)),
    )
    promise = Promise(
        "fart", "Lugnare fart", "Trafik", date(2025, 1, 1), date(2025, 12, 31), activities=(activity,)
    )
    register.promises.add(promise, by="kim")
    started = datetime(2025, 11, 18, 6, 0, tzinfo=UTC)
    entry = LogEntry(
        "e1",
        ActivityKind.TRAFFIC_CHECK,
        started,
        started + timedelta(minutes=30),
        place,
        None,
        None,
        frozenset({Party.POLICE}),
        "",
        CarType.UNMARKED,
        None,
        None,
        12,
        3,
        "",
        "kim",
        started,
    )
    register.log.add(entry)
    late = replace(
        entry, entry_key="e2", started_at=started + timedelta(weeks=1), ended_at=started + timedelta(weeks=1)
    )
    register.log.add(late)
    told = week(town)
    assert [(one.checked, one.reported, one.car, one.counts_for) for one in told.done] == [
        (12, 3, CarType.UNMARKED, ("Lugnare fart",))
    ]
    assert week(town, Audience.COORDINATOR).done[0].car is None
    assert [(one.promise, one.place_ids) for one in told.lagging] == [("Lugnare fart", (place,))]
    reasons = [reason.code for one in told.proposals if one.place_id == place for reason in one.reasons]
    assert "promise_late" in reasons


def test_slots_of_the_police_are_theirs_alone(town, place):
    register = open_register(town.workspace)
    slots = [
        Slot(
            None,
            None,
            place,
            NEXT + timedelta(days=1),
            480,
            540,
            ActivityKind.TRAFFIC_CHECK,
            CarType.MARKED,
            frozenset({party}),
            None,
            (),
            None,
            locked=False,
            status=SlotStatus.PLANNED,
        )
        for party in (Party.POLICE, Party.MUNICIPALITY)
    ]
    plan = Plan(None, NEXT, NEXT + timedelta(days=6), PlanBasis.ROTATION, 1, None, "kim", datetime.now(UTC))
    register.plans.keep(plan, slots, seen=())
    seen = {
        audience: week(town, audience).coming
        for audience in (Audience.POLICE, Audience.COORDINATOR, Audience.PLANNER)
    }
    assert len(seen[Audience.POLICE].slots) == 2
    for audience in (Audience.COORDINATOR, Audience.PLANNER):
        assert [one.parties for one in seen[audience].slots] == [frozenset({Party.MUNICIPALITY})]
        assert seen[audience].slots_hidden
    told = {
        audience: [
            (one.place_id, [reason.code for reason in one.reasons]) for one in week(town, audience).proposals
        ]
        for audience in seen
    }
    assert told[Audience.POLICE] == told[Audience.COORDINATOR], "no proposal is made from a slot"
    for slot, status in zip(
        sorted(register.plans.slots(first=NEXT, last=NEXT + timedelta(days=6)), key=lambda one: one.slot_id),
        (SlotStatus.MISSED, SlotStatus.CANCELLED),
        strict=True,
    ):
        register.plans.mark(slot, status, by="kim")
    for audience in seen:
        assert week(town, audience).coming.slots == (), "what was missed or called off does not come"


def test_the_focus_that_was_set_is_shown_to_those_who_met(town):
    register = open_register(town.workspace)
    line = FocusLine(
        NEXT, "Skadegörelse", "damage_vandalism", None, frozenset({Party.POLICE}), "", date(2025, 11, 21)
    )
    register.week_focus.add(line, by="kim", today=TODAY)
    assert [one.line for one in week(town).next_focus] == [line]
    assert [one.line for one in week(town, Audience.COORDINATOR, day=NEXT).focus] == [line]
    assert week(town, Audience.PLANNER).next_focus == ()
