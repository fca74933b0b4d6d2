"""An action plan's lines: who does what by when, and what was noted on the way."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from geodata.errors import ParameterError

if TYPE_CHECKING:
    from datetime import date, datetime

LONGEST_WHAT = 400
LONGEST_RESPONSIBLE = 200
LONGEST_NOTE = 4000


class ActionStatus(StrEnum):
    """Where a line stands."""

    PLANNED = "planned"
    UNDER_WAY = "under_way"
    DONE = "done"
    REJECTED = "rejected"


CLOSED = frozenset({ActionStatus.DONE, ActionStatus.REJECTED})


@dataclass(frozen=True, slots=True)
class ActionLine:
    """What a person writes of a line.

    Attributes
    ----------
    what, responsible
        In words; who is responsible may be several.
    due_on, remind_on
        Local days; None where none is set.
    activity_id
        The promised activity that it belongs to; None for the promise as a whole.
    """

    what: str
    responsible: str = ""
    due_on: date | None = None
    remind_on: date | None = None
    status: ActionStatus = ActionStatus.PLANNED
    activity_id: int | None = None


@dataclass(frozen=True, slots=True)
class ActionNote:
    """What was noted on a line: ``noted`` by a person, or what was changed; masked at the door."""

    what: str
    note: str
    noted_by: str
    noted_at: datetime


@dataclass(frozen=True, slots=True)
class ActionItem:
    """A line as the register keeps it; a change names the revision that was seen."""

    item_id: int
    promise_id: int
    line: ActionLine
    revision: int
    notes: tuple[ActionNote, ...]

    def is_due(self, today: date) -> bool:
        """Say whether a reminder or the due day has come and the line is still open."""
        days = [day for day in (self.line.remind_on, self.line.due_on) if day is not None]
        return self.line.status not in CLOSED and bool(days) and min(days) <= today

    def is_overdue(self, today: date) -> bool:
        """Say whether its due day is past and the line is still open."""
        due = self.line.due_on
        return self.line.status not in CLOSED and due is not None and due < today


def check_line(line: ActionLine) -> None:
    """Refuse a line that says nothing or too much.

    Raises
    ------
    ParameterError
        ``action_empty``, ``action_text_long``, ``action_reminder_late``.
    """
    if not line.what.strip():
        raise ParameterError("action_empty", "A line of the action plan needs to say what is to be done.")
    for field, longest in (("what", LONGEST_WHAT), ("responsible", LONGEST_RESPONSIBLE)):
        length = len(getattr(line, field))
        if length > longest:
            raise ParameterError(
                "action_text_long",
                f"{field} has {length} characters; {longest} is the most.",
                field=field,
                length=length,
                most=longest,
            )
    if line.due_on is not None and line.remind_on is not None and line.remind_on > line.due_on:
        raise ParameterError(
            "action_reminder_late",
            "The reminder comes after the due day.",
            remind_on=line.remind_on,
            due_on=line.due_on,
        )
