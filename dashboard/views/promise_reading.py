"""What a person typed in the forms of promises and of the log, read: days, clock times, choices, counts."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from geodata.errors import ParameterError
from geodata.promises.action_plan import ActionLine, ActionStatus
from geodata.promises.activity import ActivityKind, CarType, Party
from geodata.promises.log_entry import LogEntry

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from zoneinfo import ZoneInfo

PLAIN = ("key", "name", "focus_area", "problem", "text", "source", "agreement")


def promise_of(typed: Mapping[str, str]) -> dict[str, Any]:
    """Return the values of a new promise as `geodata.promises.reading.made_promise` takes them.

    Raises
    ------
    ParameterError
        ``form_day`` and ``form_missing``, with the value ``field``.
    """
    for name in ("key", "name", "focus_area", "first"):
        _required(typed, name)
    values: dict[str, Any] = {name: said for name in PLAIN if (said := typed.get(name, "").strip())}
    values["first"] = day_of(typed, "first")
    values["last"] = day_of(typed, "last")
    if typed.get("signed_by", "").strip():
        values["signed"] = [{"by": typed["signed_by"].strip(), "on": day_of(typed, "signed_on")}]
    return values


def activity_of(typed: Mapping[str, str]) -> dict[str, Any]:
    """Return the values of an activity.

    Raises
    ------
    ParameterError
        ``form_day``, ``form_count`` and ``form_missing``, with the value ``field``.
    """
    for name in ("activity_name", "activity_key", "responsible"):
        _required(typed, name)
    name = typed.get("responsible_name", "").strip()
    parties = typed["responsible"].split(",")
    scope: dict[str, Any] = {
        "kinds": [one for one in typed.get("kinds", "").split(",") if one],
        "days": typed.get("days") or "any",
    }
    if typed.get("places"):
        scope["places"] = [int(typed["places"])]
    if typed.get("start") or typed.get("end"):
        scope["hours"] = [{"start": typed.get("start") or None, "end": typed.get("end") or None}]
    return {
        "key": typed["activity_key"].strip(),
        "name": typed["activity_name"].strip(),
        # The name is of the last of them: the police's own name need not be said.
        "responsible": [{"party": one, "name": name if one == parties[-1] else ""} for one in parties],
        "scope": scope,
        "targets": _targets(typed),
    }


def line_of(typed: Mapping[str, str]) -> ActionLine:
    """Return a line of the action plan.

    Raises
    ------
    ParameterError
        ``form_day``, with the value ``field``.
    """
    return ActionLine(
        what=typed.get("line_what", ""),
        responsible=typed.get("line_responsible", ""),
        due_on=day_of(typed, "line_due"),
        remind_on=day_of(typed, "line_remind"),
        status=ActionStatus(typed.get("line_status") or "planned"),
        activity_id=int(typed["activity"]) if typed.get("activity") else None,
    )


def entry_of(
    typed: Mapping[str, str], *, zone: ZoneInfo, by: str, now: datetime, mask: Callable[[str], str]
) -> LogEntry:
    """Return what was logged freely; an end before the start is on the day after.

    Raises
    ------
    ParameterError
        ``form_day``, ``form_clock``, ``form_count`` and ``form_missing``, with the value ``field``.
    """
    for name in ("kind", "day", "start", "parties"):
        _required(typed, name)
    day = day_of(typed, "day") or now.date()
    start = _clock(typed, "start") or time()
    end = _clock(typed, "end") or start
    ends_on = day if end >= start else day + timedelta(days=1)
    return LogEntry(
        entry_key=typed.get("entry", "")[:80],
        kind=ActivityKind(typed["kind"]),
        started_at=datetime.combine(day, start, tzinfo=zone).astimezone(UTC),
        ended_at=datetime.combine(ends_on, end, tzinfo=zone).astimezone(UTC),
        place_id=int(typed["place"]) if typed.get("place") else None,
        x=None,
        y=None,
        parties=frozenset(Party(one) for one in typed["parties"].split(",")),
        with_whom=mask(typed.get("with_whom", "").strip()),
        car=CarType(typed["car"]) if typed.get("car") else None,
        slot_id=None,
        activity_id=int(typed["activity"]) if typed.get("activity") else None,
        checked=count_of(typed, "checked"),
        reported=count_of(typed, "reported"),
        note=mask(typed.get("note", "").strip()),
        logged_by=by,
        logged_at=now,
    )


def day_of(typed: Mapping[str, str], field: str) -> date | None:
    """Read a day; None where none was typed."""
    said = typed.get(field, "").strip()
    if not said:
        return None
    try:
        return date.fromisoformat(said)
    except ValueError as error:
        raise ParameterError(
            "form_day", f"{said[:20]} is not a day.", field=field, value=said[:20]
        ) from error


def count_of(typed: Mapping[str, str], field: str) -> int | None:
    """Read a count; None where none was typed."""
    said = "".join(typed.get(field, "").split())
    if not said:
        return None
    if not (said.isascii() and said.isdecimal() and len(said) < 8):
        raise ParameterError("form_count", f"{said[:20]} is not a number.", field=field, value=said[:20])
    return int(said)


def _clock(typed: Mapping[str, str], field: str) -> time | None:
    said = typed.get(field, "").strip()
    if not said:
        return None
    try:
        return time.fromisoformat(said.replace(".", ":"))
    except ValueError as error:
        raise ParameterError(
            "form_clock", f"{said[:20]} is not a time.", field=field, value=said[:20]
        ) from error


def _targets(typed: Mapping[str, str]) -> list[dict[str, Any]]:
    kind = typed.get("target") or "no_number"
    words = typed.get("words", "").strip()
    if kind in {"count", "rate", "part"}:
        _required(typed, "at_least")
        least = count_of(typed, "at_least")
        joint = {"jointly_with": ["municipality"]} if kind == "part" else {}
        return [{"kind": kind, "at_least": least, **joint}]
    if kind in {"document", "way"}:
        _required(typed, "words")
    named = {"document": "title", "way": "how", "no_number": "words"}.get(kind)
    target: dict[str, Any] = {"kind": kind} | ({named: words} if named else {})
    if kind == "document":
        target["by"] = day_of(typed, "by")
    return [target]


def _required(typed: Mapping[str, str], field: str) -> None:
    if not typed.get(field, "").strip():
        raise ParameterError("form_missing", f"Fill in {field}.", field=field)
