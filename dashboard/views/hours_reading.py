"""Hours of the day as forms have them: a school's hours as boxes, and rows of clock times with weekdays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.views.typed import chosen, clock_of
from geodata.errors import ParameterError
from geodata.promises.scope import WEEKDAYS, SchoolHour

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import time

    from geodata.promises.scope import Hours

ALL_DAY = ("00:00", "00:00")
"""Weekdays alone mean the whole day: an end that is no later than the start is on the day after."""


def hours_of(typed: Mapping[str, str], *, school: str, rows: Sequence[str]) -> list[dict[str, Any]]:
    """Return the hours that were filled in, as `geodata.promises.scope.Hours` takes them.

    Parameters
    ----------
    school
        Field of the school's hours.
    rows
        What the fields of each row begin with: ``<row>_start``, ``<row>_end``, ``<row>_weekdays``.

    Raises
    ------
    ParameterError
        ``form_clock``, ``form_missing``, with the value ``field``.
    """
    ticked = chosen(typed, school)
    found: list[dict[str, Any]] = [{"at": str(one)} for one in SchoolHour if one in ticked]
    for row in rows:
        start, end = clock_of(typed, f"{row}_start"), clock_of(typed, f"{row}_end")
        weekdays = [day for day in WEEKDAYS if day in chosen(typed, f"{row}_weekdays")]
        if start is None and end is None:
            if weekdays:
                found.append({"start": ALL_DAY[0], "end": ALL_DAY[1], "weekdays": weekdays})
            continue
        for name, clock in (("start", start), ("end", end)):
            if clock is None:
                raise ParameterError("form_missing", "Fill in both ends of the hours.", field=f"{row}_{name}")
        found.append({"start": _written(start), "end": _written(end), "weekdays": weekdays})
    return found


def typed_hours(hours: Sequence[Hours], *, school: str, rows: Sequence[str]) -> dict[str, str]:
    """Return what the form would hold of hours; those that there is no room for are left out."""
    typed = {school: ",".join(str(one.at) for one in hours if one.at is not None and not one.weekdays)}
    clocks = [one for one in hours if one.start is not None and one.end is not None]
    for row, one in zip(rows, clocks, strict=False):
        whole = (one.start, one.end) == ALL_DAY and bool(one.weekdays)
        typed[f"{row}_start"] = "" if whole else one.start or ""
        typed[f"{row}_end"] = "" if whole else one.end or ""
        typed[f"{row}_weekdays"] = ",".join(one.weekdays)
    return typed


def _written(clock: time | None) -> str:
    return "" if clock is None else clock.isoformat("minutes")
