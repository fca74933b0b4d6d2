"""Plans and their slots: what is to be done, what was locked, and what became of it.

Every change names the revision of the slot that the person saw. When somebody else changed it in between
nothing happens, and the person is told. What was done was done, whatever was seen.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass, fields
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, insert, select, update

from geodata.errors import MissingError, ParameterError
from geodata.store.legible import legible
from geodata.store.plan_tables import PLAN, SLOT
from geodata.store.slot_done import mark_done
from geodata.store.slot_rows import from_row, to_values
from geodata.targeting.passes import working_day
from geodata.targeting.plan import Plan, PlanBasis, PlanFigures
from geodata.targeting.slot import SlotStatus
from geodata.targeting.working_day import working

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from sqlalchemy import Engine

    from geodata.targeting.slot import Slot

LONGEST_BY = 80
ONE_DAY = timedelta(days=1)
LARGEST_ID = 2**63 - 1
"""The database holds no larger number, and fails at being asked for one."""

FIGURES = tuple(field.name for field in fields(PlanFigures))


@dataclass(frozen=True, slots=True)
class SlotSeen:
    """A slot as a person saw it when deciding: its id and its revision."""

    slot_id: int
    revision: int


class Plans:
    """A municipality's plans.

    Every method raises ``StoreError`` (``register_unreadable``) when the database can't be used.
    """

    def __init__(self, database: Engine, *, municipality_code: str, working_crs: int) -> None:
        self._engine = database
        self._code = municipality_code
        self._crs = working_crs

    def keep(
        self,
        plan: Plan,
        slots: Sequence[Slot],
        *,
        seen: Collection[Slot],
        opens: date | None = None,
        from_slot: int = 0,
    ) -> int:
        """Keep a plan and its slots; return the plan's id.

        Slots of earlier plans over the same days that are neither locked nor decided upon are cancelled,
        but for those that the new plan has too: they go on under it, with their ids.

        Parameters
        ----------
        slots
            What the plan holds; those that stand in the register already are left as they are.
        seen
            The slots in the register over the plan's working days that the plan was made from.
        opens
            The first day of which slots may be taken away; None for the plan's first.
        from_slot
            Half hour of that working day before which they stay: what is over may have been done.

        Raises
        ------
        ParameterError
            ``plan_changed`` when any of them was changed, or one was added, since.
        """
        now = _now()
        with legible(), self._engine.execution_options(writes=True).begin() as connection:
            later = self._select(connection, first=plan.first, last=plan.last + ONE_DAY)
            held = tuple(one for one in later if plan.first <= working_day(one) <= plan.last)
            if {(one.slot_id, one.revision) for one in held} != {(one.slot_id, one.revision) for one in seen}:
                raise ParameterError(
                    "plan_changed", "Somebody changed a slot meanwhile; make the plan again from what is now."
                )
            plan_id = self._insert_plan(connection, plan, now)
            loose = {
                _same(one): one
                for one in held
                if _is_loose(one) and working(one.day, one.from_minute) >= (opens or plan.first, from_slot)
            }
            kept: set[int | None] = {one.slot_id for one in slots if one.slot_id is not None}
            for one in slots:
                if one.slot_id is not None:
                    continue
                again = loose.get(_same(one))
                values = to_values(one, crs=self._crs) | {
                    "plan_id": plan_id,
                    "changed_by": plan.made_by[:LONGEST_BY],
                    "changed_at": now,
                }
                if again is None:
                    connection.execute(insert(SLOT).values(municipality_code=self._code, **values))
                elif again.slot_id not in kept:
                    kept.add(again.slot_id)
                    values["revision"] = again.revision + 1
                    connection.execute(update(SLOT).where(SLOT.c.slot_id == again.slot_id).values(**values))
            for one in loose.values():
                if one.slot_id not in kept:
                    self._set(connection, one, plan.made_by, status=str(SlotStatus.CANCELLED))
        return plan_id

    def newest(self) -> Plan | None:
        """Return the plan that was made last; None where there is none."""
        query = (
            select(PLAN)
            .where(PLAN.c.municipality_code == self._code)
            .order_by(PLAN.c.plan_id.desc())
            .limit(1)
        )
        with legible(), self._engine.connect() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            return None
        figures = [getattr(row, name) for name in FIGURES]
        return Plan(
            plan_id=row.plan_id,
            first=row.first_day,
            last=row.last_day,
            basis=PlanBasis(row.basis),
            seed=row.seed,
            figures=None if None in figures else PlanFigures(*figures),
            made_by=row.made_by,
            made_at=row.made_at.replace(tzinfo=UTC),
        )

    def slots(
        self, *, first: date | None = None, last: date | None = None, cancelled: bool = False
    ) -> tuple[Slot, ...]:
        """Return the slots of all plans by day and time.

        Parameters
        ----------
        first, last
            Local days, both included; None for no end.
        cancelled
            Whether those that were cancelled, by a person or by a newer plan, come too.
        """
        with legible(), self._engine.connect() as connection:
            return self._select(connection, first=first, last=last, cancelled=cancelled)

    def slot(self, slot_id: int) -> Slot:
        """Return one slot, whatever became of it.

        Raises
        ------
        MissingError
            ``no_slot``.
        """
        with legible(), self._engine.connect() as connection:
            return self._one(connection, slot_id)

    def lock(self, seen: SlotSeen, *, locked: bool, by: str) -> None:
        """Let replanning leave a slot where it is, or no longer.

        Raises
        ------
        MissingError
            ``no_slot``.
        ParameterError
            ``slot_changed`` when it is no longer as it was seen.
        """
        self._change(seen, by, locked=locked)

    def mark(self, seen: SlotSeen, status: SlotStatus, *, by: str) -> None:
        """Say what became of a slot: done, missed, cancelled, or planned again.

        Raises
        ------
        MissingError
            ``no_slot``.
        ParameterError
            ``slot_changed`` when it is no longer as it was seen.
        """
        self._change(seen, by, status=str(status))

    def done(self, slot_id: int, *, by: str) -> bool:
        """Say that a slot was done, whatever was decided about it meanwhile; False where that was known.

        A telephone without a connection may send it late and twice.

        Raises
        ------
        MissingError
            ``no_slot``.
        """
        with legible(), self._engine.execution_options(writes=True).begin() as connection:
            self._one(connection, slot_id)
            return mark_done(connection, slot_id, municipality_code=self._code, by=by)

    def _change(self, seen: SlotSeen, by: str, **values: Any) -> None:
        with legible(), self._engine.execution_options(writes=True).begin() as connection:
            slot = self._one(connection, seen.slot_id)
            if slot.revision != seen.revision:
                raise ParameterError(
                    "slot_changed", "The slot was changed by somebody else; look at it again.", day=slot.day
                )
            self._set(connection, slot, by, **values)

    def _set(self, connection: Connection, slot: Slot, by: str, **values: Any) -> None:
        connection.execute(
            update(SLOT)
            .where(SLOT.c.slot_id == slot.slot_id)
            .values(revision=slot.revision + 1, changed_by=by[:LONGEST_BY], changed_at=_now(), **values)
        )

    def _one(self, connection: Connection, slot_id: int) -> Slot:
        mine = (SLOT.c.municipality_code == self._code) & (SLOT.c.slot_id == slot_id)
        there = 0 < slot_id <= LARGEST_ID
        row = connection.execute(select(SLOT).where(mine)).one_or_none() if there else None
        if row is None:
            raise MissingError("no_slot", f"There is no slot {slot_id}.", slot_id=slot_id)
        return from_row(row, crs=self._crs)

    def _select(
        self, connection: Connection, *, first: date | None, last: date | None, cancelled: bool = False
    ) -> tuple[Slot, ...]:
        query = select(SLOT).where(SLOT.c.municipality_code == self._code)
        if first is not None:
            query = query.where(SLOT.c.day >= first)
        if last is not None:
            query = query.where(SLOT.c.day <= last)
        if not cancelled:
            query = query.where(SLOT.c.status != str(SlotStatus.CANCELLED))
        query = query.order_by(SLOT.c.day, SLOT.c.from_minute, SLOT.c.slot_id)
        return tuple(from_row(row, crs=self._crs) for row in connection.execute(query))

    def _insert_plan(self, connection: Connection, plan: Plan, now: datetime) -> int:
        figures = (None,) * len(FIGURES) if plan.figures is None else astuple(plan.figures)
        made = connection.execute(
            insert(PLAN)
            .returning(PLAN.c.plan_id)
            .values(
                municipality_code=self._code,
                first_day=plan.first,
                last_day=plan.last,
                basis=str(plan.basis),
                seed=plan.seed,
                made_by=plan.made_by[:LONGEST_BY],
                made_at=now,
                **dict(zip(FIGURES, figures, strict=True)),
            )
        )
        return int(made.scalar_one())


def _same(slot: Slot) -> tuple[Any, ...]:
    """Return what makes two slots one and the same thing to do."""
    return slot.place_id, slot.day, slot.from_minute, slot.to_minute, slot.kind, slot.car, slot.parties


def _is_loose(slot: Slot) -> bool:
    """Say whether a newer plan may take a slot away."""
    return slot.status is SlotStatus.PLANNED and not slot.locked


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
