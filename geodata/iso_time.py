"""Days and clocks as people write them to a machine: ``2026-11-09`` and ``07:30``, and nothing else."""

from __future__ import annotations

import re
from datetime import date, time

from geodata.errors import ParameterError

FIRST_YEAR, LAST_YEAR = 1990, 2100
"""A day outside these is a slip of the hand, and may have no moment in UTC."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CLOCK = re.compile(r"([0-9]{1,2})[:.]?([0-9]{2})(?:[:.][0-9]{2})?")


def is_plausible(day: date) -> bool:
    """Say whether a day can be one that somebody works, asks or promises on."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def require_plausible(field: str, day: date | None) -> None:
    """Refuse a day of no plausible year.

    Raises
    ------
    ParameterError
        ``form_day`` with the values ``field`` and ``value``.
    """
    if day is not None and not is_plausible(day):
        raise ParameterError("form_day", f"{field} can't be {day}.", field=field, value=day.isoformat())


def iso_day(text: str) -> date:
    """Read a local day.

    Raises
    ------
    ValueError
        For what is not written year-month-day, is no day, or is of no plausible year.
    """
    if not _DAY.fullmatch(text):
        raise ValueError(text)
    day = date.fromisoformat(text)
    if not is_plausible(day):
        raise ValueError(text)
    return day


def iso_clock(text: str) -> time:
    """Read a local time of day to the minute: ``7.30``, ``07:30``, ``0730``, ``07:30:00``.

    Raises
    ------
    ValueError
        For what is written in another way, with a time zone too: the clock is the municipality's.
    """
    found = _CLOCK.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return time(int(found[1]), int(found[2]))
