"""An entry of the log as a row of the register, and back."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Any

from geodata.crs import to_working
from geodata.promises.activity import ActivityKind, CarType, Party
from geodata.promises.log_entry import LogEntry

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Row

LONGEST_BY = 80


def to_values(entry: LogEntry, *, municipality_code: str, crs: int) -> dict[str, Any]:
    """Return what an entry's row holds; `crs` is the EPSG code of its metres."""
    plain = ("entry_key", "place_id", "x", "y", "with_whom", "slot_id", "activity_id")
    return {
        **{name: getattr(entry, name) for name in (*plain, "checked", "reported", "note")},
        "municipality_code": municipality_code,
        "kind": str(entry.kind),
        "started_at": stored(entry.started_at),
        "ended_at": stored(entry.ended_at),
        "crs": crs,
        "parties": ",".join(sorted(str(party) for party in entry.parties)),
        "car": None if entry.car is None else str(entry.car),
        "logged_by": entry.logged_by[:LONGEST_BY],
        "logged_at": stored(entry.logged_at),
    }


def from_row(row: Row[Any], *, crs: int) -> LogEntry:
    """Read an entry; its point comes in the working CRS `crs`."""
    x, y = row.x, row.y
    if x is not None and row.crs != crs:
        moved_x, moved_y = to_working([x], [y], source=row.crs, working=crs)
        x, y = float(moved_x[0]), float(moved_y[0])
    return LogEntry(
        entry_key=row.entry_key,
        kind=ActivityKind(row.kind),
        started_at=row.started_at.replace(tzinfo=UTC),
        ended_at=row.ended_at.replace(tzinfo=UTC),
        place_id=row.place_id,
        x=x,
        y=y,
        parties=frozenset(Party(one) for one in row.parties.split(",")),
        with_whom=row.with_whom,
        car=None if row.car is None else CarType(row.car),
        slot_id=row.slot_id,
        activity_id=row.activity_id,
        checked=row.checked,
        reported=row.reported,
        note=row.note,
        logged_by=row.logged_by,
        logged_at=row.logged_at.replace(tzinfo=UTC),
    )


def stored(instant: datetime) -> datetime:
    """Return an instant as the tables hold it: UTC, saying no zone."""
    return instant.astimezone(UTC).replace(tzinfo=None)
