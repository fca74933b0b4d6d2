"""A line of an action plan in words: what, who, by when, how it stands, and what was noted on the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.views.signed import signed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from dashboard.texts.catalogue import Catalogue
    from geodata.analyses.promises import PromiseAnswer
    from geodata.promises.action_plan import ActionItem, ActionNote


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A line of the action plan in words.

    Attributes
    ----------
    activity
        Which activity it belongs to, in words; empty for the promise as a whole.
    item
        What a form changes; None for those who may not.
    """

    what: str
    activity: str
    responsible: str
    due: str
    status: str
    overdue: bool
    notes_heading: str
    notes: tuple[str, ...]
    item: ActionItem | None


def activity_names(answer: PromiseAnswer) -> dict[int, str]:
    """Return the name of each activity by its number in the register."""
    return {
        number: one.progress.activity.name
        for one in answer.activities
        if (number := one.progress.activity_id) is not None
    }


def plan_row(
    texts: Catalogue, item: ActionItem, today: date, *, activities: Mapping[int, str], may_plan: bool
) -> PlanRow:
    """Say one line; the item itself goes along for those who may change it.

    Parameters
    ----------
    activities
        Names of the promise's activities by their number: a line named after a place says nothing alone.
    """
    line = item.line
    activity = None if line.activity_id is None else activities.get(line.activity_id)
    due = texts.form.day(line.due_on) if line.due_on else texts("promise.plan_no_due")
    overdue = item.is_overdue(today)
    if overdue:
        due = f"{due} – {texts('promise.plan_overdue')}"
    elif may_plan and line.remind_on is not None and item.is_due(today):
        due = f"{due} – {texts('promise.plan_remind', day=line.remind_on)}"
    return PlanRow(
        what=line.what,
        activity=texts("promise.plan_of", activity=activity) if activity else "",
        responsible=line.responsible,
        due=due,
        status=texts(f"action_status.{line.status}"),
        overdue=overdue,
        notes_heading=texts("promise.notes", n=len(item.notes)) if item.notes else "",
        notes=tuple(_note(texts, note) for note in reversed(item.notes)),
        item=item if may_plan else None,
    )


def _note(texts: Catalogue, note: ActionNote) -> str:
    values = {"day": note.noted_at.date(), "by": signed(texts, note.noted_by)}
    if note.what == "noted":
        return texts("promise.note_line", **values, note=note.note)
    if note.what == "added":
        return texts("promise.note_added", **values)
    what = texts(f"promise_field.{note.what}")
    if not note.note:
        return texts("promise.note_changed_empty", **values, what=what)
    status = f"action_status.{note.note}"
    before = texts(status) if note.what == "status" and status in texts else note.note
    return texts("promise.note_changed", **values, what=what, before=before)
