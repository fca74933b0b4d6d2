"""Action plans in the register: lines that people draw up and change, and what was noted on the way."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, insert, select, update

from geodata.errors import MissingError, ParameterError
from geodata.promises.action_plan import (
    LONGEST_NOTE,
    ActionItem,
    ActionLine,
    ActionNote,
    ActionStatus,
    check_line,
)
from geodata.store.legible import legible
from geodata.store.work_tables import ACTION_ITEM, ACTION_NOTE, PROMISE, PROMISE_ACTIVITY

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Engine

LONGEST_BY = 80
FIELDS = ("what", "responsible", "due_on", "remind_on", "status", "activity_id")


class ActionPlans:
    """A municipality's action plans in its register; free text is to be masked before.

    Every method raises ``StoreError`` when the database can't be used.
    """

    def __init__(self, database: Engine, *, municipality_code: str) -> None:
        self._engine = database
        self._code = municipality_code

    def items(self, promise_id: int | None = None) -> tuple[ActionItem, ...]:
        """Return the lines of a promise, or of all, in the order in which they were added."""
        asked = [ACTION_ITEM.c.municipality_code == self._code]
        notes_of = [ACTION_NOTE.c.municipality_code == self._code]
        if promise_id is not None:
            asked.append(ACTION_ITEM.c.promise_id == promise_id)
        with legible(), self._engine.connect() as connection:
            rows = connection.execute(select(ACTION_ITEM).where(*asked).order_by(ACTION_ITEM.c.item_id)).all()
            noted = connection.execute(
                select(ACTION_NOTE).where(*notes_of).order_by(ACTION_NOTE.c.note_id)
            ).all()
        return tuple(_item(row, [one for one in noted if one.item_id == row.item_id]) for row in rows)

    def add(self, promise_id: int, line: ActionLine, *, by: str) -> int:
        """Add a line to a promise; return its id.

        Raises
        ------
        MissingError
            ``no_promise``.
        ParameterError
            As `geodata.promises.action_plan.check_line`; ``log_activity_unknown``.
        """
        check_line(line)
        with legible(), self._engine.execution_options(writes=True).begin() as connection:
            mine = PROMISE.c.municipality_code == self._code
            found = connection.scalar(select(PROMISE.c.key).where(mine, PROMISE.c.promise_id == promise_id))
            if found is None:
                raise MissingError("no_promise", f"There is no promise {promise_id}.", promise=promise_id)
            self._check_activity(connection, promise_id, line.activity_id)
            made = connection.execute(
                insert(ACTION_ITEM)
                .returning(ACTION_ITEM.c.item_id)
                .values(
                    municipality_code=self._code,
                    promise_id=promise_id,
                    **_values(line),
                    created_by=by[:LONGEST_BY],
                    created_at=_now(),
                )
            )
            item_id = int(made.scalar_one())
            self._write_note(connection, item_id, "added", "", by)
        return item_id

    def change(self, item_id: int, line: ActionLine, *, seen_revision: int, by: str) -> None:
        """Change a line; what was changed is noted.

        Raises
        ------
        MissingError
            ``no_action``.
        ParameterError
            ``action_changed`` when somebody else has changed it meanwhile; as `add`.
        """
        check_line(line)
        with legible(), self._engine.execution_options(writes=True).begin() as connection:
            before = self._require(connection, item_id)
            self._check_activity(connection, before.promise_id, line.activity_id)
            done = connection.execute(
                update(ACTION_ITEM)
                .where(self._one(item_id), ACTION_ITEM.c.revision == seen_revision)
                .values(**_values(line), revision=seen_revision + 1)
            )
            if not done.rowcount:
                raise ParameterError(
                    "action_changed", "The line was changed by somebody else; look at it again."
                )
            values = _values(line)
            changed = [name for name in FIELDS if getattr(before, name) != values[name]]
            for name in changed:
                old = getattr(before, name)
                self._write_note(connection, item_id, name, "" if old is None else str(old), by)

    def note(self, item_id: int, note: str, *, by: str) -> None:
        """Add a dated note to a line.

        Raises
        ------
        MissingError
            ``no_action``.
        ParameterError
            ``action_note_empty``, ``action_text_long``.
        """
        if not note.strip():
            raise ParameterError("action_note_empty", "A note needs words.")
        if len(note) > LONGEST_NOTE:
            raise ParameterError(
                "action_text_long",
                f"The note has {len(note)} characters; {LONGEST_NOTE} is the most.",
                field="note",
                length=len(note),
                most=LONGEST_NOTE,
            )
        with legible(), self._engine.execution_options(writes=True).begin() as connection:
            self._require(connection, item_id)
            self._write_note(connection, item_id, "noted", note.strip(), by)

    def _one(self, item_id: int) -> ColumnElement[bool]:
        return (ACTION_ITEM.c.item_id == item_id) & (ACTION_ITEM.c.municipality_code == self._code)

    def _require(self, connection: Connection, item_id: int) -> Row[Any]:
        row = connection.execute(select(ACTION_ITEM).where(self._one(item_id))).one_or_none()
        if row is None:
            raise MissingError("no_action", "The action plan has no such line.")
        return row

    def _check_activity(self, connection: Connection, promise_id: int, activity_id: int | None) -> None:
        if activity_id is None:
            return
        query = select(PROMISE_ACTIVITY.c.key).where(
            PROMISE_ACTIVITY.c.activity_id == activity_id, PROMISE_ACTIVITY.c.promise_id == promise_id
        )
        if connection.execute(query).first() is None:
            raise ParameterError(
                "log_activity_unknown",
                f"The promise has no activity {activity_id}.",
                activity_id=activity_id,
            )

    def _write_note(self, connection: Connection, item_id: int, what: str, note: str, by: str) -> None:
        connection.execute(
            insert(ACTION_NOTE).values(
                municipality_code=self._code,
                item_id=item_id,
                what=what,
                note=note,
                noted_by=by[:LONGEST_BY],
                noted_at=_now(),
            )
        )


def _values(line: ActionLine) -> dict[str, Any]:
    return {
        "what": line.what.strip(),
        "responsible": line.responsible.strip(),
        "due_on": line.due_on,
        "remind_on": line.remind_on,
        "status": str(line.status),
        "activity_id": line.activity_id,
    }


def _item(row: Row[Any], notes: list[Row[Any]]) -> ActionItem:
    return ActionItem(
        item_id=row.item_id,
        promise_id=row.promise_id,
        line=ActionLine(
            what=row.what,
            responsible=row.responsible,
            due_on=row.due_on,
            remind_on=row.remind_on,
            status=ActionStatus(row.status),
            activity_id=row.activity_id,
        ),
        revision=row.revision,
        notes=tuple(
            ActionNote(one.what, one.note, one.noted_by, one.noted_at.replace(tzinfo=UTC)) for one in notes
        ),
    )


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
