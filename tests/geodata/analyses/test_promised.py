"""Which promises a slot serves, and in which way it is to be done."""

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import shapely

from geodata.analyses.promised import Promised, promised_of
from geodata.places.place import Place
from geodata.promises.activity import ActivityKind, CarType, Party
from geodata.promises.promise import Activity, Promise, Responsible
from geodata.promises.scope import Hours, Scope
from geodata.promises.setting import Setting
from geodata.promises.targets.unmeasured import NoNumber, Way
from geodata.schema import PlaceKind
from geodata.school_year import SchoolYear
from geodata.targeting.slot import Slot, SlotStatus

SCHOOL = Place(3, PlaceKind.SCHOOL_ZONE, "Tegnérskolan", shapely.box(0, 0, 9, 9), "schools:1")
SQUARE = Place(4, PlaceKind.SQUARE, "Stortorget", shapely.box(0, 0, 9, 9), "areas:1")
SLOT = Slot(
    slot_id=1,
    plan_id=1,
    place_id=3,
    day=date(2026, 12, 1),
    from_minute=450,
    to_minute=465,
    kind=ActivityKind.TRAFFIC_CHECK,
    car=CarType.MARKED,
    parties=frozenset({Party.POLICE}),
    stand=None,
    why=(),
    harm=None,
    locked=False,
    status=SlotStatus.PLANNED,
)
CHECKS = Activity(
    "kontroller",
    "Trafikkontroller vid skolor",
    (Responsible(Party.POLICE),),
    (NoNumber(), Way("Låg toleransnivå")),
    Scope(kinds=(ActivityKind.TRAFFIC_CHECK,), place_kinds=(PlaceKind.SCHOOL_ZONE,)),
)
PROMISE = Promise(
    "skolor", "Trygga skolor", "Trafik", date(2026, 1, 1), date(2026, 12, 31), activities=(CHECKS,)
)


SETTING = Setting(
    zone=ZoneInfo("Europe/Stockholm"),
    school_year=SchoolYear((), (), frozenset(), 9),
    places={place.place_id: place for place in (SCHOOL, SQUARE)},
)


def promised(slot=SLOT, scope=CHECKS.scope):
    return promised_of(slot, [replace(PROMISE, activities=(replace(CHECKS, scope=scope),))], SETTING)


def test_a_slot_serves_what_it_would_count_for():
    assert promised() == (Promised("Trafikkontroller vid skolor", ("Låg toleransnivå",)),)
    assert promised(replace(SLOT, place_id=SQUARE.place_id)) == ()
    assert promised(replace(SLOT, kind=ActivityKind.PRESENCE)) == ()


def test_a_promise_that_is_over_asks_for_nothing():
    assert promised(replace(SLOT, day=date(2027, 1, 1))) == ()


def test_season_and_hours_are_those_of_the_promise():
    summer = Scope(kinds=(ActivityKind.TRAFFIC_CHECK,), months=(6, 7, 8))
    assert promised(scope=summer) == ()
    nights = Scope(kinds=(ActivityKind.TRAFFIC_CHECK,), hours=(Hours("21:00", "03:00"),))
    assert promised(scope=nights) == ()
    assert promised(replace(SLOT, from_minute=1425, to_minute=10), nights)
