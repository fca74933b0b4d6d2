"""When a saved answer of a service was fetched: its file's name says it, and versions are ordered by it."""

from __future__ import annotations

import re
from datetime import UTC, datetime

STAMP = "%Y-%m-%dT%H%M%SZ"
"""How `problembild fetch` names what it saves: ``2026-11-22T101500Z_events.json``, in UTC."""

_IN_NAME = re.compile(r"(?<!\d)(\d{4}-\d{2}-\d{2})T(\d{2})[:_-]?(\d{2})[:_-]?(\d{2})(?:[.,]\d+)?Z")


def fetched_at(name: str, mtime: float | None = None) -> datetime | None:
    """Return when a saved answer was fetched.

    Parameters
    ----------
    name
        The file's name, with or without its folders; the last stamp in it counts.
    mtime
        When the file was last written, POSIX seconds: the next best, for names without a stamp. A copy
        of a file may have been written much later than the answer was given.

    Returns
    -------
    datetime or None
        In UTC, to the second; None where neither says anything.
    """
    for day, *clock in reversed(_IN_NAME.findall(name)):
        try:
            return datetime.strptime(f"{day}T{''.join(clock)}Z", STAMP).replace(tzinfo=UTC)
        except ValueError:  # 2026-02-30 is a number in a name, not a day
            continue
    return None if mtime is None else datetime.fromtimestamp(mtime, UTC).replace(microsecond=0)


def stamped(moment: datetime, what: str) -> str:
    """Return the name of an answer fetched at `moment` (any zone), as `fetched_at` reads it."""
    return f"{moment.astimezone(UTC).strftime(STAMP)}_{what}"
