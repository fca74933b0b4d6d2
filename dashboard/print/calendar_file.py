"""The slots of a plan as a calendar file (iCalendar, RFC 5545), which a newer one replaces event by event."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from icalendar import Calendar, Event

from dashboard.views.patrol_sheet import slot_how
from geodata.targeting.slot import SlotStatus

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from dashboard.texts.catalogue import Catalogue
    from geodata.analyses.patrol import Stop
    from geodata.project import Project
    from geodata.targeting.slot import Slot

PRODUCT = "-//Problembild//Plan//SV"
STATUS = {
    SlotStatus.PLANNED: "CONFIRMED",
    SlotStatus.DONE: "CONFIRMED",
    SlotStatus.MISSED: "CANCELLED",
    SlotStatus.CANCELLED: "CANCELLED",
}


def calendar_file(texts: Catalogue, project: Project, stops: Sequence[Stop], *, now: datetime) -> bytes:
    """Return the events with the time zone that their clocks are in; no person is named in any.

    Parameters
    ----------
    stops
        Cancelled ones too: so a calendar that took them in before takes them away.
    now
        UTC; stands as when each event was written.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", texts("plan_file.calendar", municipality=project.municipality.name))
    for stop in stops:
        calendar.add_component(_event(texts, project, stop, now))
    calendar.add_missing_timezones()
    content: bytes = calendar.to_ical()
    return content


def slot_hours(slot: Slot, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return when a slot begins and ends, by the clocks of a zone.

    At or below the minute that it begins on, the minute that it ends on is of the day after.
    """
    begins = datetime.combine(slot.day, time(), tzinfo=zone) + timedelta(minutes=slot.from_minute)
    over = timedelta(days=1) if slot.to_minute <= slot.from_minute else timedelta()
    ends = datetime.combine(slot.day, time(), tzinfo=zone) + timedelta(minutes=slot.to_minute) + over
    return begins, ends


def _event(texts: Catalogue, project: Project, stop: Stop, now: datetime) -> Event:
    slot = stop.slot
    begins, ends = slot_hours(slot, project.zone)
    what = texts(f"activity_kind.{slot.kind}")
    stand = slot.stand.name if slot.stand is not None else ""
    event = Event()
    event.add("uid", f"slot-{slot.slot_id}@{project.municipality.code}.problembild")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", begins)
    event.add("dtend", ends)
    event.add("sequence", slot.revision)
    event.add("status", STATUS[slot.status])
    event.add("class", "CONFIDENTIAL")
    event.add("transp", "OPAQUE")
    event.add("summary", f"{what}, {stop.place.name}")
    event.add("location", ", ".join(filter(None, [stand, stop.place.name])))
    event.add("geo", (round(stop.lat, 6), round(stop.lon, 6)))
    event.add("description", slot_how(texts, slot))
    return event
