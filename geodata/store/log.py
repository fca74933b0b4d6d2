"""The log: what was done, as it was written down; nothing is changed, what was wrong is withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, insert, select, update

from geodata.errors import MissingError, ParameterError
from geodata.promises.validation import PlaceState, check_entry
from geodata.store.legible import legible
from geodata.store.log_rows import from_row, stored, to_values
from geodata.store.slot_done import mark_done, reopen
from geodata.store.tables import PLACE, PLACE_EVENT
from geodata.store.work_tables import LOG_ENTRY, PROMISE_ACTIVITY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import ColumnElement, Engine

    from geodata.promises.log_entry import LogEntry

LONGEST_BY = 80
LONGEST_WHY = 400
LARGEST_ID = 2**63 - 1
"""The register holds no larger numbers."""

MAY_DIFFER = frozenset({"logged_by", "logged_at", "x", "y", "crs"})
"""What of an entry that is sent twice may differ, and the first time holds: who sent it, when it came, and
the point, which is the stop's where the telephone told none, and a plan made anew may move the stop."""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """An entry that holds no longer, by whom, when (UTC) and why; empty where that was not asked yet."""

    entry: LogEntry
    withdrawn_by: str
    withdrawn_at: datetime
    why: str


class Log:
    """A municipality's log in its register.

    Every method raises ``StoreError`` when the database can't be used.
    """

    def __init__(self, database: Engine, *, municipality_code: str, working_crs: int) -> None:
        self._engine = database
        self._code = municipality_code
        self._crs = working_crs

    def add(self, entry: LogEntry, *, now: datetime | None = None) -> bool:
        """Keep an entry; say whether it is new, for what is sent twice is one.

        The slot that it answers is done from then on. An entry that was withdrawn stays so when it is sent
        again. Its free text is to be masked before.

        Parameters
        ----------
        now
            UTC; the clock's own when None.

        Raises
        ------
        ParameterError
            As `geodata.promises.validation.check_entry`; ``log_activity_unknown``; ``log_key_taken`` when
            another entry has the key.
        """
        with legible(), self._engine.execution_options(writes=True).begin() as connection:
            return self._take(connection, entry, now or datetime.now(UTC))

    def add_each(
        self, entries: Iterable[LogEntry], *, now: datetime, keep: bool = True
    ) -> tuple[bool | ParameterError, ...]:
        """Keep many entries in one stroke; return of each what `add` returns, or would have raised.

        Parameters
        ----------
        keep
            Whether anything is kept; else it is only said.
        """
        told: list[bool | ParameterError] = []
        with legible(), self._engine.execution_options(writes=keep).begin() as connection:
            for entry in entries:
                try:
                    told.append(self._take(connection, entry, now, keep=keep))
                except ParameterError as error:  # before anything of it was written
                    told.append(error)
        return tuple(told)

    def _take(self, connection: Connection, entry: LogEntry, now: datetime, *, keep: bool = True) -> bool:
        known = self._known(connection, entry, now)
        if keep and known is None:
            values = to_values(entry, municipality_code=self._code, crs=self._crs)
            connection.execute(insert(LOG_ENTRY).values(**values))
        if keep and (known is None or known.withdrawn_at is None):
            self._answer(connection, entry)
        return known is None

    def entries(
        self,
        *,
        started_from: datetime | None = None,
        started_before: datetime | None = None,
        place_id: int | None = None,
        activity_id: int | None = None,
    ) -> tuple[LogEntry, ...]:
        """Return the entries that hold, by start.

        Parameters
        ----------
        started_from, started_before
            Instants, UTC: the first included, the second not. `geodata.periods.Period.instants` gives them
            for local days.
        place_id, activity_id
            Only those of this place, or that name this activity.
        """
        asked: list[ColumnElement[bool]] = [LOG_ENTRY.c.withdrawn_at.is_(None)]
        if started_from is not None:
            asked.append(LOG_ENTRY.c.started_at >= stored(started_from))
        if started_before is not None:
            asked.append(LOG_ENTRY.c.started_at < stored(started_before))
        if place_id is not None:
            asked.append(LOG_ENTRY.c.place_id == place_id)
        if activity_id is not None:
            asked.append(LOG_ENTRY.c.activity_id == activity_id)
        return tuple(from_row(row, crs=self._crs) for row in self._rows(*asked))

    def newest(self, most: int) -> tuple[LogEntry, ...]:
        """Return the entries that hold and came last, the last first; at most `most`."""
        query = (
            select(LOG_ENTRY)
            .where(self._mine, LOG_ENTRY.c.withdrawn_at.is_(None))
            .order_by(LOG_ENTRY.c.log_id.desc())
            .limit(most)
        )
        with legible(), self._engine.connect() as connection:
            return tuple(from_row(row, crs=self._crs) for row in connection.execute(query).all())

    def withdrawn(self) -> tuple[Withdrawn, ...]:
        """Return the entries that hold no longer, by start."""
        return tuple(
            Withdrawn(
                from_row(row, crs=self._crs),
                row.withdrawn_by,
                row.withdrawn_at.replace(tzinfo=UTC),
                row.withdrawn_why or "",
            )
            for row in self._rows(LOG_ENTRY.c.withdrawn_at.is_not(None))
        )

    def one(self, entry_key: str) -> LogEntry:
        """Return an entry, withdrawn or not.

        Raises
        ------
        MissingError
            ``log_entry_unknown``.
        """
        for row in self._rows(LOG_ENTRY.c.entry_key == entry_key):
            return from_row(row, crs=self._crs)
        raise MissingError("log_entry_unknown", "The log has no such entry.")

    def withdraw(self, entry_key: str, *, by: str, why: str) -> bool:
        """Let an entry hold no longer; it is kept. Say whether it held until now.

        The slot that it answered is again what it was before, unless another entry that holds answers it.

        Parameters
        ----------
        why
            In words, masked before; 400 characters are kept.

        Raises
        ------
        MissingError
            ``log_entry_unknown``.
        ParameterError
            ``log_why_missing``.
        """
        why = why.strip()[:LONGEST_WHY]
        if not why:
            raise ParameterError("log_why_missing", "Say why the entry is withdrawn.", field="why")
        with legible(), self._engine.execution_options(writes=True).begin() as connection:
            mine = self._mine & (LOG_ENTRY.c.entry_key == entry_key)
            held = connection.execute(
                select(LOG_ENTRY.c.slot_id, LOG_ENTRY.c.withdrawn_at).where(mine)
            ).first()
            if held is None:
                raise MissingError("log_entry_unknown", "The log has no such entry.")
            if held.withdrawn_at is not None:
                return False
            connection.execute(
                update(LOG_ENTRY)
                .where(mine)
                .values(
                    withdrawn_by=by[:LONGEST_BY], withdrawn_at=stored(datetime.now(UTC)), withdrawn_why=why
                )
            )
            if held.slot_id is not None:
                reopen(connection, held.slot_id, municipality_code=self._code, by=by)
            return True

    def _known(self, connection: Connection, entry: LogEntry, now: datetime) -> Row[Any] | None:
        """Return the row that an entry has already; None where it has none and may be kept."""
        known = connection.execute(
            select(LOG_ENTRY).where(self._mine, LOG_ENTRY.c.entry_key == entry.entry_key)
        ).one_or_none()
        if known is None:
            check_entry(entry, now=now, place=self._place(connection, entry.place_id))
            self._check_activity(connection, entry.activity_id)
            return None
        values = to_values(entry, municipality_code=self._code, crs=self._crs)
        if any(getattr(known, name) != values[name] for name in values.keys() - MAY_DIFFER):
            raise ParameterError(
                "log_key_taken", "Another entry has this key already; withdraw it, and log this one anew."
            )
        return known

    def _answer(self, connection: Connection, entry: LogEntry) -> None:
        """Let the slot that an entry is of be done, in the same stroke: neither stands without the other."""
        if entry.slot_id is not None:
            mark_done(connection, entry.slot_id, municipality_code=self._code, by=entry.logged_by)

    @property
    def _mine(self) -> ColumnElement[bool]:
        return LOG_ENTRY.c.municipality_code == self._code

    def _rows(self, *asked: ColumnElement[bool]) -> list[Row[Any]]:
        query = (
            select(LOG_ENTRY).where(self._mine, *asked).order_by(LOG_ENTRY.c.started_at, LOG_ENTRY.c.log_id)
        )
        with legible(), self._engine.connect() as connection:
            return list(connection.execute(query).all())

    def _place(self, connection: Connection, place_id: int | None) -> PlaceState | None:
        if place_id is None or not 0 < place_id <= LARGEST_ID:
            return None
        row = connection.execute(
            select(PLACE.c.name, PLACE.c.retired).where(
                PLACE.c.place_id == place_id, PLACE.c.municipality_code == self._code
            )
        ).one_or_none()
        if row is None:
            return None
        if not row.retired:
            return PlaceState(row.name)
        last = connection.scalar(
            select(PLACE_EVENT.c.decided_at)
            # A place is retired too where it was joined into another one.
            .where(PLACE_EVENT.c.place_id == place_id, PLACE_EVENT.c.what.in_(("retired", "joined")))
            .order_by(PLACE_EVENT.c.event_id.desc())
        )
        return PlaceState(row.name, (last or datetime.min).replace(tzinfo=UTC))  # noqa: DTZ901

    def _check_activity(self, connection: Connection, activity_id: int | None) -> None:
        if activity_id is None:
            return
        if not 0 < activity_id <= LARGEST_ID:
            raise _no_activity(activity_id)
        mine = PROMISE_ACTIVITY.c.municipality_code == self._code
        query = select(PROMISE_ACTIVITY.c.key).where(mine, PROMISE_ACTIVITY.c.activity_id == activity_id)
        if connection.execute(query).first() is None:
            raise _no_activity(activity_id)


def _no_activity(activity_id: int) -> ParameterError:
    return ParameterError(
        "log_activity_unknown",
        f"No promise has an activity {activity_id}.",
        field="activity",
        activity_id=activity_id,
    )
