"""A slot of a plan as a row of the register, and back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from geodata.crs import to_working
from geodata.promises.activity import ActivityKind, CarType, Party
from geodata.targeting.slot import Reason, Slot, SlotStatus, Stand

if TYPE_CHECKING:
    from sqlalchemy import Row

LONGEST_STAND = 200


def to_values(slot: Slot, *, crs: int) -> dict[str, Any]:
    """Return what a slot's row holds but for its plan, its revision and who changed it.

    Parameters
    ----------
    crs
        EPSG code of the stand's metres.
    """
    stand = slot.stand
    return {
        "place_id": slot.place_id,
        "day": slot.day,
        "from_minute": slot.from_minute,
        "to_minute": slot.to_minute,
        "kind": str(slot.kind),
        "car": str(slot.car),
        "parties": "+".join(sorted(slot.parties)),
        "stand_name": None if stand is None else stand.name[:LONGEST_STAND],
        "stand_x": None if stand is None else stand.x,
        "stand_y": None if stand is None else stand.y,
        "stand_is_safe_stop": stand is not None and stand.is_safe_stop,
        "crs": crs,
        "why": json.dumps([[one.code, one.values] for one in slot.why], ensure_ascii=False),
        "harm": slot.harm,
        "locked": slot.locked,
        "status": str(slot.status),
    }


def from_row(row: Row[Any], *, crs: int) -> Slot:
    """Read a slot; its stand comes in the working CRS `crs`."""
    return Slot(
        slot_id=row.slot_id,
        plan_id=row.plan_id,
        place_id=row.place_id,
        day=row.day,
        from_minute=row.from_minute,
        to_minute=row.to_minute,
        kind=ActivityKind(row.kind),
        car=CarType(row.car),
        parties=frozenset(Party(one) for one in row.parties.split("+") if one),
        stand=_stand(row, crs),
        why=tuple(
            Reason(code, tuple((name, value) for name, value in values))
            for code, values in json.loads(row.why)
        ),
        harm=row.harm,
        locked=row.locked,
        status=SlotStatus(row.status),
        revision=row.revision,
    )


def _stand(row: Row[Any], crs: int) -> Stand | None:
    if row.stand_name is None:
        return None
    x, y = row.stand_x, row.stand_y
    if row.crs != crs:
        moved_x, moved_y = to_working([x], [y], source=row.crs, working=crs)
        x, y = float(moved_x[0]), float(moved_y[0])
    return Stand(row.stand_name, x, y, row.stand_is_safe_stop)
