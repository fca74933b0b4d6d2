"""Which promises a slot serves, and in which way it is to be done."""

from dataclasses import replace
from datetime import date

import shapely

from geodata.analyses.promised import Promised, promised_of
from geodata.places.place import Place
from geodata.promises.activity import ActivityKind, CarType, Party
from geodata.promises.promise import Activity, Promise, Responsible
from geodata.promises.scope import Scope
from geodata.promises.targets.unmeasured import NoNumber, Way
from geodata.schema import PlaceKind
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


def test_a_slot_serves_what_is_promised_of_its_kind_at_its_place():
    assert promised_of(SLOT, SCHOOL, [PROMISE]) == (
        Promised("Trafikkontroller vid skolor", ("Låg toleransnivå",)),
    )
    assert promised_of(SLOT, SQUARE, [PROMISE]) == ()
    assert promised_of(replace(SLOT, kind=ActivityKind.PRESENCE), SCHOOL, [PROMISE]) == ()


def test_a_promise_that_is_over_asks_for_nothing():
    assert promised_of(replace(SLOT, day=date(2027, 1, 1)), SCHOOL, [PROMISE]) == ()


def test_places_that_are_named_are_asked_for_whatever_their_kind():
    named = replace(CHECKS, scope=Scope(kinds=(ActivityKind.TRAFFIC_CHECK,), places=(4,)))
    assert promised_of(SLOT, SQUARE, [replace(PROMISE, activities=(named,))])
    anywhere = replace(CHECKS, scope=Scope(kinds=(ActivityKind.TRAFFIC_CHECK,)))
    assert promised_of(SLOT, SQUARE, [replace(PROMISE, activities=(anywhere,))])
