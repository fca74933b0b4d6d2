"""What a telephone is given for a working day: the stops, the places, and what can be chosen among."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from dashboard.print.calendar_file import slot_hours
from dashboard.views.patrol_sheet import day_words, slot_how, slot_time
from geodata import crs
from geodata.analyses.ground import open_register
from geodata.analyses.passes import own_slots, party_of
from geodata.promises.activity import ActivityKind, CarType, Party
from geodata.targeting.passes import NIGHT_ENDS, driving_order, passes
from geodata.targeting.slot import SlotStatus

if TYPE_CHECKING:
    from datetime import date, datetime

    from dashboard.texts.catalogue import Catalogue
    from geodata.analyses.ground import Ground
    from geodata.places.place import Place
    from geodata.privacy import Audience
    from geodata.targeting.slot import Slot

KINDS: dict[Party, tuple[ActivityKind, ...]] = {
    Party.POLICE: (
        ActivityKind.TRAFFIC_CHECK,
        ActivityKind.PRESENCE,
        ActivityKind.TARGETED_OPERATION,
        ActivityKind.PREMISES_INSPECTION,
        ActivityKind.SPEED_MEASUREMENT,
        ActivityKind.SAFETY_WALK,
        ActivityKind.OTHER,
    ),
    Party.MUNICIPALITY: (
        ActivityKind.PRESENCE,
        ActivityKind.SPEED_MEASUREMENT,
        ActivityKind.ENVIRONMENT_REVIEW,
        ActivityKind.SAFETY_WALK,
        ActivityKind.PREMISES_INSPECTION,
        ActivityKind.MEETING,
        ActivityKind.OTHER,
    ),
}
"""What each party writes down outside a pass, the usual first."""


def working_day_of(now: datetime) -> date:
    """Return the working day that a local time belongs to: the small hours belong to the evening before."""
    return (now - timedelta(minutes=NIGHT_ENDS)).date()


def day_payload(
    ground: Ground, texts: Catalogue, audience: Audience, *, account: str, now: datetime
) -> dict[str, Any]:
    """Return the working day as plain values, every word in it finished.

    Parameters
    ----------
    account
        Who has signed in; empty where nobody does.
    now
        Local time.

    Raises
    ------
    AccessError
        ``slot_not_open`` for an audience that works no passes.
    """
    party, day = party_of(audience), working_day_of(now)
    slots = own_slots(ground.workspace, audience, first=day, last=day, gone=True)
    missed = driving_order(one for one in slots if one.status is SlotStatus.MISSED)
    open_slots = [one for one in slots if one.status in {SlotStatus.PLANNED, SlotStatus.DONE}]
    work = [one for one in passes(open_slots) if one.party is party]
    every = {place.place_id: place for place in open_register(ground.workspace).places()}
    return {
        "account": account,
        "audience": str(audience),
        "party": str(party),
        # A telephone whose clock is wrong sets the times that it sends right by this.
        "now": now.isoformat(),
        "day": day.isoformat(),
        "day_words": day_words(texts, day),
        "slots": [
            {"pass": one.number, **_slot(ground, texts, number, slot, every[slot.place_id])}
            for one in work
            for number, slot in enumerate(one.slots, start=1)
        ],
        # In no pass, and there so that it can be taken back.
        "missed": [{"pass": 0, **_slot(ground, texts, 0, one, every[one.place_id])} for one in missed],
        "passes": [texts("plan_file.pass_part", number=one.number, of=one.of) for one in work if one.of > 1],
        "places": [_place(ground, place) for place in ground.places],
        "kinds": [{"code": str(one), "label": texts(f"activity_kind.{one}")} for one in KINDS[party]],
        "cars": [{"code": str(one), "label": texts(f"car_type.{one}")} for one in _cars(party)],
        "others": [{"code": str(one), "label": texts(f"party.{one}")} for one in Party if one is not party],
    }


def _cars(party: Party) -> tuple[CarType, ...]:
    """Return what a party chooses among; marked and unmarked cars are the police's alone."""
    return tuple(CarType) if party is Party.POLICE else ()


def _slot(ground: Ground, texts: Catalogue, number: int, slot: Slot, place: Place) -> dict[str, Any]:
    begins, ends = slot_hours(slot, ground.project.zone)
    point = place.geometry.representative_point()
    x, y = (slot.stand.x, slot.stand.y) if slot.stand is not None else (point.x, point.y)
    lon, lat = _degrees(ground, x, y)
    return {
        "number": number,
        "slot_id": slot.slot_id,
        "revision": slot.revision,
        "status": str(slot.status),
        "time": slot_time(texts, slot),
        "starts": begins.isoformat(),
        "ends": ends.isoformat(),
        "kind": str(slot.kind),
        "what": texts(f"activity_kind.{slot.kind}"),
        "place_id": slot.place_id,
        "place": place.name,
        "stand": slot.stand.name if slot.stand is not None else "",
        "how": slot_how(texts, slot),
        "car": str(slot.car),
        "parties": sorted(str(one) for one in slot.parties),
        "lon": lon,
        "lat": lat,
    }


def _place(ground: Ground, place: Place) -> dict[str, Any]:
    point = place.geometry.representative_point()
    lon, lat = _degrees(ground, point.x, point.y)
    return {"place_id": place.place_id, "name": place.name, "lon": lon, "lat": lat}


def _degrees(ground: Ground, x: float, y: float) -> tuple[float, float]:
    lon, lat = crs.to_lonlat([x], [y], working=ground.project.geography.working_crs)
    return round(float(lon[0]), 6), round(float(lat[0]), 6)
