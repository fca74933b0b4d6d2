"""A plan over a small town, and who may know of what in it."""

from datetime import UTC, date, datetime

from geodata.analyses.ground import open_ground, open_register
from geodata.promises.activity import ActivityKind, CarType, Party
from geodata.targeting.plan import Plan, PlanBasis
from geodata.targeting.slot import Reason, Slot, SlotStatus, Stand

DAY = date(2026, 12, 1)
POLICE, MUNICIPALITY = frozenset({Party.POLICE}), frozenset({Party.MUNICIPALITY})
SECRET_STAND = "Hemligvägen mellan Gränd och Torg"
OWN_STAND = "Kommunvägen"


def slot(place, from_minute, *, parties=POLICE, car=CarType.UNMARKED, day=DAY, name=SECRET_STAND, **more):
    point = place.geometry.representative_point()
    given = {
        "slot_id": None,
        "plan_id": None,
        "place_id": place.place_id,
        "day": day,
        "from_minute": from_minute,
        "to_minute": (from_minute + 15) % 1440,
        "kind": ActivityKind.TRAFFIC_CHECK,
        "car": car,
        "parties": parties,
        "stand": Stand(name, point.x, point.y, is_safe_stop=True),
        "why": (Reason("not_in_the_catalogue"),),
        "harm": 1.0,
        "locked": False,
        "status": SlotStatus.PLANNED,
    }
    return Slot(**{**given, **more})


def keep_plan(workspace, slots, *, seen=()):
    """Keep a plan and return its slots as the register holds them."""
    plans = open_register(workspace).plans
    days = [one.day for one in slots]
    plan = Plan(None, min(days), max(days), PlanBasis.ROTATION, 1, None, "kim", datetime.now(UTC))
    plans.keep(plan, slots, seen=seen)
    return plans.slots()


def keep_usual_plan(workspace):
    """Keep three slots of the police, one after midnight, and one that the municipality does alone."""
    places = open_ground(workspace).places
    return keep_plan(
        workspace,
        [
            slot(places[0], 450),
            slot(places[1], 1410),
            slot(places[0], 30, day=date(2026, 12, 2), kind=ActivityKind.PRESENCE, car=CarType.ON_FOOT),
            slot(places[1], 600, parties=MUNICIPALITY, car=CarType.MARKED, name=OWN_STAND),
        ],
    )
