"""What next week's focus is, as a weekly meeting set it: on what, where, who, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from geodata.errors import ParameterError
from geodata.periods import Period
from geodata.privacy import Audience
from geodata.promises.activity import Party

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST_WHAT, LONGEST_WHY = 200, 1000
WEEK_DAYS = 7
SETTLED_WEEKS = 2
"""A week's focus may be noted so many weeks after its Monday; later nobody steers by it."""


@dataclass(frozen=True, slots=True)
class FocusLine:
    """What a meeting set.

    Attributes
    ----------
    week
        The Monday of the week that it is for, a local day.
    what
        On what, in words; masked before.
    problem
        A category's code; empty where it is none.
    place_id
        Where; None for the whole municipality.
    parties
        Who is to see to it.
    why
        In words; masked before.
    met_on
        The meeting's local day.
    """

    week: date
    what: str
    problem: str
    place_id: int | None
    parties: frozenset[Party]
    why: str
    met_on: date


@dataclass(frozen=True, slots=True)
class Focus:
    """A focus in the register; by whom and when it was noted and taken back (UTC)."""

    focus_id: int
    line: FocusLine
    noted_by: str
    noted_at: datetime
    withdrawn_by: str | None = None
    withdrawn_at: datetime | None = None


def week_of(day: date) -> Period:
    """Return the week, Monday to Sunday, that holds a day."""
    monday = day - timedelta(days=day.weekday())
    return Period(monday, monday + timedelta(days=WEEK_DAYS - 1))


def check_focus(line: FocusLine, *, today: date) -> None:
    """Refuse a focus that can't be.

    Raises
    ------
    ParameterError
        ``focus_empty``, ``focus_nobody``, ``focus_long``, ``focus_week`` (no Monday), ``focus_past``,
        ``focus_meeting_future``, ``focus_meeting_late`` (the meeting came after the week).
    """
    for name, most in (("what", LONGEST_WHAT), ("why", LONGEST_WHY)):
        if len(getattr(line, name)) > most:
            raise ParameterError(
                "focus_long", f"{name} is longer than {most} characters.", field=name, most=most
            )
    if not line.what.strip():
        raise ParameterError("focus_empty", "A focus needs words: on what?", field="what")
    if not line.parties:
        raise ParameterError("focus_nobody", "Say who is to see to it.", field="parties")
    if line.week.weekday() != 0:
        raise ParameterError("focus_week", f"{line.week} is no Monday.", week=line.week, field="week")
    if line.week + timedelta(weeks=SETTLED_WEEKS) <= today:
        raise ParameterError(
            "focus_past", f"The week of {line.week} is long over.", week=line.week, field="week"
        )
    if line.met_on > today:
        raise ParameterError(
            "focus_meeting_future",
            f"The meeting is on {line.met_on}, which has not come.",
            on=line.met_on,
            field="met_on",
        )
    if line.met_on >= line.week + timedelta(days=WEEK_DAYS):
        raise ParameterError(
            "focus_meeting_late",
            f"The meeting was on {line.met_on}, after the week that it sets.",
            on=line.met_on,
            field="met_on",
        )


def known_to(found: Iterable[Focus], audience: Audience) -> tuple[Focus, ...]:
    """Keep the focus that an audience may know of.

    The weekly meeting is of the police and the coordinator, who both know what they set. Where the police are
    to be is not for anybody else; planners know what the municipality and others see to.
    """
    if audience in {Audience.POLICE, Audience.COORDINATOR}:
        return tuple(found)
    if audience is Audience.PLANNER:
        return tuple(one for one in found if Party.POLICE not in one.line.parties)
    return ()
