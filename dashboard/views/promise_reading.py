"""A promise, a line of its action plan and an entry of the log, as a person typed them."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from dashboard.views.typed import clock_of, count_of, day_of, required, words_of
from geodata.errors import ParameterError
from geodata.promises.action_plan import ActionLine, ActionStatus
from geodata.promises.activity import ActivityKind, CarType, Party
from geodata.promises.clock_span import clock_span
from geodata.promises.key import key_from
from geodata.promises.log_entry import LogEntry
from geodata.promises.reading import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from zoneinfo import ZoneInfo

    from geodata.promises.promise import Promise

PLAIN = ("name", "focus_area", "problem", "text", "source", "agreement")

MOST_SIGNATURES = 12
"""Signatures that are read; the form has two rows more than there are."""


WITHDRAWS = {"withdraw": True, "restore": False}
"""What a form asks for → whether the promise is withdrawn then."""


def promise_of(typed: Mapping[str, str], *, taken: Collection[str] = ()) -> dict[str, Any]:
    """Return the values of a promise as `geodata.promises.reading.made_promise` takes them.

    Parameters
    ----------
    taken
        Keys of the other promises: one made of the name differs from them.

    Raises
    ------
    ParameterError
        ``form_day``, ``form_missing`` and ``form_end_early``, with the value ``field``.
    """
    for name in ("name", "focus_area", "first"):
        required(typed, name)
    values: dict[str, Any] = {name: words_of(typed, name) for name in PLAIN}
    values["key"] = words_of(typed, "key") or key_from(values["name"], taken=taken)
    values["first"], values["last"] = day_of(typed, "first"), day_of(typed, "last")
    if values["last"] is not None and values["last"] < values["first"]:
        raise ParameterError(
            "form_end_early",
            f"The promise ends {values['last']}, before it starts {values['first']}.",
            field="last",
            first=values["first"],
            last=values["last"],
        )
    if "answers" in typed:  # the boxes stand on the form only where a picture is saved
        values["answers"] = [one for one in typed["answers"].split(",") if one]
    values["signed"] = [
        {"by": by, "on": day_of(typed, f"signed_on_{row}")}
        for row in range(1, MOST_SIGNATURES + 1)
        if (by := words_of(typed, f"signed_by_{row}"))
    ]
    return values


def typed_promise(promise: Promise) -> dict[str, str]:
    """Return what the form holds of a promise that is changed."""
    typed = {name: str(getattr(promise, name)) for name in ("key", *PLAIN)}
    typed["first"] = promise.first.isoformat()
    typed["last"] = "" if promise.last is None else promise.last.isoformat()
    typed["answers"] = ",".join(promise.answers)
    for row, one in enumerate(promise.signed, start=1):
        typed[f"signed_by_{row}"] = one.by
        typed[f"signed_on_{row}"] = "" if one.on is None else one.on.isoformat()
    return typed


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


def withdrawal_of(typed: Mapping[str, str], promise: Promise) -> dict[str, Any] | None:
    """Return a promise as plain values, withdrawn or taken back as the form says; None for another form.

    Raises
    ------
    ParameterError
        ``form_missing`` without a reason.
    """
    if typed.get("do") not in WITHDRAWS:
        return None
    required(typed, "why")
    return {**plain(promise), "withdrawn": WITHDRAWS[typed["do"]]}


def entry_of(
    typed: Mapping[str, str], *, zone: ZoneInfo, by: str, now: datetime, mask: Callable[[str], str]
) -> LogEntry:
    """Return what was logged freely; an end before the start is on the day after.

    Raises
    ------
    ParameterError
        ``form_day``, ``form_clock``, ``form_count``, ``form_missing`` and ``log_backwards``, with the value
        ``field``.
    """
    for name in ("kind", "day", "start", "parties"):
        required(typed, name)
    day = day_of(typed, "day") or now.date()
    start = clock_of(typed, "start") or time()
    end = clock_of(typed, "end") or start
    started, ended = clock_span(day, start, end, zone=zone)
    return LogEntry(
        entry_key=typed.get("entry", "")[:80],
        kind=ActivityKind(typed["kind"]),
        started_at=started,
        ended_at=ended,
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
