"""What a dialogue still owes on a day: it should have opened or closed, or its result should have come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.dialogues.dialogue import DialogueState

if TYPE_CHECKING:
    from datetime import date

    from geodata.dialogues.dialogue import Course, Dialogue, Reader

LAPSES = ("result_overdue", "no_result_day", "not_closed", "not_opened")
"""In the order in which they weigh."""


@dataclass(frozen=True, slots=True)
class Lapse:
    """Something that should have been done.

    Attributes
    ----------
    code
        One of `LAPSES`.
    since
        The last local day on which it would have been in time.
    days
        How many days ago that was.
    untold
        To whom the result has not been given back; empty where it is not about the result.
    """

    code: str
    since: date
    days: int
    untold: tuple[Reader, ...] = ()


def lapse_of(dialogue: Dialogue, course: Course, *, today: date) -> Lapse | None:
    """Return what a dialogue owes on a local day; None while everything is in time.

    A result without a day is owed from the day after the dialogue's last: "the result will come" is no day.
    """
    found: tuple[str, date, tuple[Reader, ...]] | None = None
    if course.state is DialogueState.PLANNED:
        found = ("not_opened", dialogue.first, ())
    elif course.state is DialogueState.OPEN:
        found = ("not_closed", dialogue.last, ())
    elif course.state is DialogueState.CLOSED:
        found = ("no_result_day", dialogue.last, course.untold)
    elif course.state is DialogueState.RESULT_DUE and course.result_due is not None:
        found = ("result_overdue", course.result_due, course.untold)
    if found is None or found[1] >= today:
        return None
    code, since, untold = found
    return Lapse(code, since, (today - since).days, untold)
