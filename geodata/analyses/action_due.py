"""What of the action plans is overdue, due soon, or to be reminded of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from geodata.analyses.ground import open_register
from geodata.analyses.promises import measured_on
from geodata.promises.action_plan import CLOSED

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from geodata.analyses.ground import Ground
    from geodata.promises.action_plan import ActionItem
    from geodata.store.promises import KeptPromise

SOON_DAYS = 14
"""Until the next meeting, more or less: what is due later is found in the plan itself."""


class Waiting(StrEnum):
    """Why a line is named."""

    OVERDUE = "overdue"
    """Its day is past."""
    DUE = "due"
    """Its day comes within the days that are asked about."""
    REMINDED = "reminded"
    """Its day is further off or not set, but its reminder has come."""


@dataclass(frozen=True, slots=True)
class DueAction:
    """A line that waits.

    Attributes
    ----------
    days
        Until the day that it is due; negative where that is past, None where none is set.
    """

    promise_key: str
    promise_name: str
    item: ActionItem
    waiting: Waiting
    days: int | None


def due_actions(ground: Ground, *, within: int = SOON_DAYS) -> tuple[DueAction, ...]:
    """Return the open lines of all action plans that wait, the most urgent first.

    Parameters
    ----------
    within
        Days from today in which a line is due.
    """
    return due_on(ground.workspace, measured_on(ground), within=within)


def due_on(workspace: Path, today: date, *, within: int = SOON_DAYS) -> tuple[DueAction, ...]:
    """Return what waits on a local day, as `due_actions`."""
    register = open_register(workspace)
    items = register.action_plans.items()
    if all(item.line.status in CLOSED for item in items):
        return ()
    promises = {kept.promise_id: kept for kept in register.promises.all()}
    found = [
        one
        for item in items
        if item.promise_id in promises  # one that was withdrawn waits for nobody
        and (one := _waiting(item, promises[item.promise_id], today, within)) is not None
    ]
    return tuple(sorted(found, key=lambda one: (one.days is None, one.days or 0, one.item.item_id)))


def _waiting(item: ActionItem, kept: KeptPromise, today: date, within: int) -> DueAction | None:
    if item.line.status in CLOSED:
        return None
    due, remind = item.line.due_on, item.line.remind_on
    days = None if due is None else (due - today).days
    if item.is_overdue(today):
        waiting = Waiting.OVERDUE
    elif due is not None and due <= today + timedelta(days=within):
        waiting = Waiting.DUE
    elif remind is not None and remind <= today:
        waiting = Waiting.REMINDED
    else:
        return None
    return DueAction(kept.promise.key, kept.promise.name, item, waiting, days)
