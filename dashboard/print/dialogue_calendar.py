"""The occasions of a dialogue as a calendar file (iCalendar, RFC 5545): dialogues are for everybody."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from icalendar import Calendar, Event

from dashboard.views.dialogue_words import asker_words, group_words, where_words
from geodata.dialogues.dialogue import DialogueState

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from dashboard.texts.catalogue import Catalogue
    from geodata.analyses.dialogues import DialogueAnswer, OccasionAnswer
    from geodata.project import Project

PRODUCT = "-//Problembild//Dialog//SV"


def dialogue_calendar(texts: Catalogue, project: Project, answer: DialogueAnswer, *, now: datetime) -> bytes:
    """Return an event for each occasion with a day, and one of the whole dialogue for those without.

    A newer file replaces an older event by event; a dialogue that is cancelled takes its events away.

    Parameters
    ----------
    now
        UTC; stands as when each event was written.
    """
    dialogue = answer.kept.dialogue
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _line(f"{dialogue.name}, {project.municipality.name}"))
    for one in answer.occasions:
        if one.occasion.day is not None:
            calendar.add_component(_occasion(texts, project, answer, one, one.occasion.day, now=now))
    undated = [one for one in answer.occasions if one.occasion.day is None]
    if undated or not answer.occasions:
        event = _event(project, answer, "", now=now)
        event.add("dtstart", dialogue.first)
        event.add("dtend", dialogue.last + timedelta(days=1))  # a whole day's end is the day after
        event.add("summary", _line(dialogue.name))
        places = [where_words(texts, one.occasion, place=one.place) for one in undated]
        event.add("description", "\n".join([dialogue.question, *places]).strip())
        calendar.add_component(event)
    calendar.add_missing_timezones()
    content: bytes = calendar.to_ical()
    return content


def _occasion(
    texts: Catalogue,
    project: Project,
    answer: DialogueAnswer,
    one: OccasionAnswer,
    day: date,
    *,
    now: datetime,
) -> Event:
    dialogue, occasion = answer.kept.dialogue, one.occasion
    event = _event(project, answer, f"-{occasion.key}", now=now)
    if occasion.start is None:
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
    else:
        event.add("dtstart", _at(day, occasion.start, project.zone))
        if occasion.end is not None:
            event.add("dtend", _at(day, occasion.end, project.zone))
    where = _line(where_words(texts, occasion, place=one.place))
    event.add("summary", _line(f"{dialogue.name}: {where}"))
    event.add("location", where)
    if one.lonlat is not None:
        event.add("geo", (round(one.lonlat[1], 6), round(one.lonlat[0], 6)))
    needs = [*dialogue.needs, *occasion.needs]
    said = [
        texts(
            "dialogues.asks",
            askers=asker_words(texts, occasion),
            groups=group_words(texts, occasion),
            method=texts(f"dialogue_method.{occasion.method}").lower(),
        ),
        texts("dialogues.bring", needs=", ".join(needs)) if needs else "",
        dialogue.question,
    ]
    event.add("description", "\n".join(filter(None, said)))
    return event


def _event(project: Project, answer: DialogueAnswer, ending: str, *, now: datetime) -> Event:
    cancelled = answer.kept.course.state is DialogueState.CANCELLED
    event = Event()
    event.add("uid", f"dialogue-{answer.kept.dialogue_id}{ending}@{project.municipality.code}.problembild")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("sequence", answer.kept.version)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("class", "PUBLIC")
    return event


def _line(text: str) -> str:
    """Return a text as one line: a name in a calendar has no others."""
    return " ".join(text.split())


def _at(day: date, clock: str, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), tzinfo=zone)
