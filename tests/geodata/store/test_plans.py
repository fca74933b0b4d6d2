"""Slots are kept, locked and marked once; a newer plan takes away only what nobody decided upon."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import shapely
from sqlalchemy import text

from geodata.errors import MissingError, ParameterError, StoreError
from geodata.places.place import PlaceCandidate
from geodata.promises.activity import ActivityKind, CarType, Party
from geodata.schema import PlaceKind
from geodata.store.connection import engine, sqlite_url
from geodata.store.plans import SlotSeen
from geodata.store.register import Register
from geodata.targeting.plan import Plan, PlanBasis, PlanFigures
from geodata.targeting.slot import Reason, Slot, SlotStatus, Stand

MONDAY = date(2026, 11, 2)
FIGURES = PlanFigures(covered=10, low=8, high=13, bound=10.5, greedy=9, random=4, whole=40)


def a_plan(**values):
    first = Plan(None, MONDAY, date(2026, 11, 8), PlanBasis.EVIDENCE, 7, FIGURES, "kim", datetime.now(UTC))
    return replace(first, **values)


def a_slot(day=MONDAY, at=450, **values):
    first = Slot(
        slot_id=None,
        plan_id=None,
        place_id=1,
        day=day,
        from_minute=at,
        to_minute=at + 30,
        kind=ActivityKind.TRAFFIC_CHECK,
        car=CarType.MARKED,
        parties=frozenset({Party.POLICE, Party.MUNICIPALITY}),
        stand=Stand("Skolgatan mellan Torggatan och Parkvägen", 382096.0, 6556218.0, is_safe_stop=True),
        why=(Reason("window", (("count", 14), ("of", 31), ("stream", "survey"))), Reason("spread")),
        harm=0.4,
        locked=False,
        status=SlotStatus.PLANNED,
    )
    return replace(first, **values)


def opened(tmp_path, *, crs=3006, code="9999"):
    return Register(tmp_path, municipality_code=code, working_crs=crs)


@pytest.fixture
def register(tmp_path):
    register = opened(tmp_path)
    register.propose([PlaceCandidate(PlaceKind.SQUARE, "Torget", shapely.box(0, 0, 9, 9), "areas:1")])
    yield register
    register.close()


def kept(register, *slots, **values):
    return register.plans.keep(a_plan(**values), slots, seen=register.plans.slots())


def seen(slot):
    return SlotSeen(slot.slot_id, slot.revision)


def test_a_plan_comes_back_as_it_was_kept(tmp_path, register):
    plan_id = kept(register, a_slot(at=900), a_slot(stand=None, why=(), harm=None))
    again = opened(tmp_path)
    plan, (first, second) = again.plans.newest(), again.plans.slots()
    again.close()
    assert replace(plan, made_at=None) == a_plan(plan_id=plan_id, made_at=None)
    assert first == a_slot(stand=None, why=(), harm=None, slot_id=2, plan_id=plan_id)
    assert second == a_slot(at=900, slot_id=1, plan_id=plan_id)


def test_a_rotation_claims_no_figures(register):
    assert register.plans.newest() is None
    kept(register, basis=PlanBasis.ROTATION, figures=None)
    assert register.plans.newest().figures is None


def test_slots_are_asked_for_by_day(register):
    kept(register, *(a_slot(day=date(2026, 11, number)) for number in (2, 3, 4)))
    found = register.plans.slots(first=date(2026, 11, 3), last=date(2026, 11, 3))
    assert [one.day.day for one in found] == [3]
    assert register.plans.slot(found[0].slot_id) == found[0]


def test_a_newer_plan_takes_only_what_nobody_decided_upon(register):
    kept(register, *(a_slot(day=date(2026, 11, number)) for number in range(2, 8)))
    every = register.plans.slots()
    register.plans.lock(seen(every[0]), locked=True, by="kim")
    register.plans.mark(seen(every[1]), SlotStatus.MISSED, by="kim")
    register.plans.done(every[2].slot_id, by="kim")
    second = kept(register, a_slot(day=date(2026, 11, 7)), a_slot(day=date(2026, 11, 8)))
    stand = {one.day.day: one for one in register.plans.slots(cancelled=True)}
    status = {day: str(one.status) for day, one in stand.items()}
    assert status == {2: "planned", 3: "missed", 4: "done", 5: "cancelled", 6: "cancelled"} | {
        7: "planned",
        8: "planned",
    }
    assert stand[7].slot_id == every[5].slot_id
    assert [stand[day].plan_id == second for day in (2, 7, 8)] == [False, True, True]
    assert [one.day.day for one in register.plans.slots()] == [2, 3, 4, 7, 8]


def test_other_days_are_left_alone(register):
    kept(register, a_slot(day=date(2026, 11, 20)), last=date(2026, 11, 30))
    kept_now = a_plan()
    register.plans.keep(kept_now, [a_slot()], seen=register.plans.slots(last=kept_now.last))
    assert [one.day.day for one in register.plans.slots()] == [2, 20]


def test_a_plan_made_from_what_is_no_longer_so_is_not_kept(register):
    kept(register, a_slot())
    before = register.plans.slots()
    register.plans.lock(seen(before[0]), locked=True, by="telefonen")
    with pytest.raises(ParameterError, match="meanwhile") as raised:
        register.plans.keep(a_plan(), [a_slot(at=900)], seen=before)
    assert raised.value.code == "plan_changed"
    assert [one.from_minute for one in register.plans.slots()] == [450]


def test_of_two_who_saw_the_same_slot_the_second_is_told(register):
    kept(register, a_slot())
    (slot,) = register.plans.slots()
    register.plans.mark(seen(slot), SlotStatus.MISSED, by="telefonen")
    for again in (
        lambda: register.plans.lock(seen(slot), locked=True, by="datorn"),
        lambda: register.plans.mark(seen(slot), SlotStatus.CANCELLED, by="datorn"),
    ):
        with pytest.raises(ParameterError) as raised:
            again()
        assert raised.value.code == "slot_changed"
    assert register.plans.slots()[0].status is SlotStatus.MISSED


def test_done_is_done_once_whatever_was_decided_meanwhile(register):
    kept(register, a_slot())
    (slot,) = register.plans.slots()
    register.plans.mark(seen(slot), SlotStatus.CANCELLED, by="kim")
    assert register.plans.done(slot.slot_id, by="telefonen")
    assert not register.plans.done(slot.slot_id, by="telefonen")
    assert register.plans.slots()[0].status is SlotStatus.DONE


def test_a_slot_that_is_not_there_is_named(tmp_path, register):
    kept(register, a_slot())
    other = opened(tmp_path, code="1785")
    for ask in (
        lambda: register.plans.slot(9),
        lambda: register.plans.done(9, by="kim"),
        lambda: register.plans.lock(SlotSeen(9, 0), locked=True, by="kim"),
        lambda: other.plans.slot(1),
    ):
        with pytest.raises(MissingError) as raised:
            ask()
        assert raised.value.code == "no_slot"
    assert other.plans.slots() == ()
    assert other.plans.newest() is None
    other.close()


def test_a_stand_follows_the_working_crs(tmp_path, register):
    kept(register, a_slot())
    moved = opened(tmp_path, crs=3007)
    stand = moved.plans.slots()[0].stand
    moved.close()
    assert abs(stand.x - 382096.0) > 1000
    assert stand.is_safe_stop


def test_plans_in_a_register_that_breaks_name_the_file(tmp_path, register):
    database = engine(sqlite_url(tmp_path / "register.sqlite"))
    with database.begin() as connection:
        connection.execute(text("DROP TABLE slot"))
    database.dispose()
    with pytest.raises(StoreError, match=r"register\.sqlite") as raised:
        register.plans.slots()
    assert raised.value.code == "register_unreadable"
