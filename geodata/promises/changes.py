"""What changed between two versions of a promise, field by field."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geodata.promises.promise import Activity, Promise


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed.

    Attributes
    ----------
    field
        Of the promise, or ``activity_added``, ``activity_removed``, or ``activity.`` and its field.
    about
        The activity's name; empty for the promise itself.
    before, after
        Plain words where the field is plain; empty where the rule has to be looked at.
    was, now
        The activity before and after, for a page that has words for its rule; None where it is not one that
        changed, was added or was taken out.
    """

    field: str
    about: str = ""
    before: str = ""
    after: str = ""
    was: Activity | None = None
    now: Activity | None = None


def changes(before: Promise, after: Promise) -> tuple[Change, ...]:
    """Return what changed from one version to the next, in the order of the fields."""
    found = [
        Change(one.name, before=_plain(old), after=_plain(new))
        for one in fields(before)
        if one.name != "activities"
        and (old := getattr(before, one.name)) != (new := getattr(after, one.name))
    ]
    known = {one.key: one for one in before.activities}
    kept = {one.key for one in after.activities}
    found += [
        Change("activity_removed", about=one.name, was=one)
        for one in before.activities
        if one.key not in kept
    ]
    for activity in after.activities:
        if activity.key not in known:
            found.append(Change("activity_added", about=activity.name, now=activity))
        else:
            found += _of_activity(known[activity.key], activity)
    return tuple(found)


def _of_activity(before: Activity, after: Activity) -> list[Change]:
    return [
        Change(
            f"activity.{one.name}",
            about=after.name,
            before=_plain(old),
            after=_plain(new),
            was=before,
            now=after,
        )
        for one in fields(before)
        if (old := getattr(before, one.name)) != (new := getattr(after, one.name))
    ]


def _plain(value: object) -> str:
    """Return text and days as they are; a rule is shown by the page that has words for it."""
    return "" if value is None or isinstance(value, tuple) or hasattr(value, "kinds") else str(value)
