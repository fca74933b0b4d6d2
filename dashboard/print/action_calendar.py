"""Action plans as a calendar file (iCalendar, RFC 5545): a day for each line, its reminder as an alarm.

No e-mail is sent by this program: whoever takes the file into a calendar is reminded there. A newer file
replaces an older one event by event.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from icalendar import Alarm, Calendar, Event

from geodata.promises.action_plan import CLOSED, ActionStatus

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from dashboard.texts.catalogue import Catalogue
    from geodata.project import Project
    from geodata.promises.action_plan import ActionItem

PRODUCT = "-//Problembild//Action plan//SV"
MORNING = time(8)
"""When a calendar reminds of a day."""


def action_calendar(
    texts: Catalogue, project: Project, items: Sequence[tuple[str, ActionItem]], *, now: datetime
) -> bytes:
    """Return every line that has a due day, or a reminder alone, as an event.

    Parameters
    ----------
    items
        The name of the promise, and the line. Those that are closed are among them, so that a calendar that
        took them in before no longer reminds of them.
    now
        UTC; stands as when each event was written.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", texts("action_due.calendar_name", municipality=project.municipality.name))
    for promise, item in items:
        day = item.line.due_on or item.line.remind_on
        if day is not None:
            calendar.add_component(_event(texts, project, promise, item, day=day, now=now))
    content: bytes = calendar.to_ical()
    return content


def _event(
    texts: Catalogue, project: Project, promise: str, item: ActionItem, *, day: date, now: datetime
) -> Event:
    line = item.line
    what = "due" if line.due_on is not None else "remember"
    key = line.status if line.status in CLOSED else what
    event = Event()
    event.add("uid", f"action-{item.item_id}@{project.municipality.code}.problembild")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("sequence", item.revision)
    event.add("status", "CANCELLED" if line.status is ActionStatus.REJECTED else "CONFIRMED")
    event.add("transp", "TRANSPARENT")  # a day by which something is due takes nobody's time
    event.add("summary", texts(f"action_due.event_{key}", what=line.what))
    said = [promise, line.responsible, texts(f"action_status.{line.status}")]
    event.add("description", "\n".join(one for one in said if one))
    if line.status not in CLOSED and line.remind_on is not None:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", line.what)
        # Counted from the midnight on which the day begins: calendars know that way best.
        alarm.add("trigger", datetime.combine(line.remind_on, MORNING) - datetime.combine(day, time()))
        event.add_component(alarm)
    return event
