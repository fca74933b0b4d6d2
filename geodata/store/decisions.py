"""What people decided about single records: where a phrase means, and which records are not one.

A decision is a row that is never changed: it is withdrawn, or a newer one takes its place. Every import
replays those that hold.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Select, Table, insert, select, update

from geodata.crs import to_working
from geodata.precision import LocationPrecision
from geodata.store.legible import legible
from geodata.store.tables import LOCATION_ANSWER, MERGE_UNDONE

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Engine

LONGEST = {"phrase_key": 200, "phrase": 200, "label": 200, "decided_by": 80}
"""Characters that a text column of the tables holds."""


@dataclass(frozen=True, slots=True)
class LocationAnswer:
    """What a person said that a phrase means.

    Attributes
    ----------
    phrase_key, phrase
        The phrase as the gazetteer compares it, and as one source wrote it, masked.
    precision
        What the point stands for; one that has no point when the person could tell the area only.
    label
        The place's name, as the person saw it; empty where it can't be told.
    x, y
        Metres in the working CRS; None for both where there is no point.
    decided_by, decided_at
        Who, and when (UTC).
    """

    phrase_key: str
    phrase: str
    precision: LocationPrecision
    label: str
    x: float | None
    y: float | None
    decided_by: str
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class UndoneMerge:
    """Two records that a person said are not one; who said it and when (UTC)."""

    observation_id: str
    linked_to: str
    decided_by: str
    decided_at: datetime


class Decisions:
    """A municipality's decisions in its register.

    Every method raises ``StoreError`` (``register_unreadable``) when the database can't be used.
    """

    def __init__(self, database: Engine, *, municipality_code: str, working_crs: int) -> None:
        self._engine = database
        self._code = municipality_code
        self._crs = working_crs

    def location_answers(self) -> dict[str, LocationAnswer]:
        """Return the answer that holds for each phrase key, its point in the working CRS."""
        query = self._holding(LOCATION_ANSWER).order_by(LOCATION_ANSWER.c.answer_id)
        with legible(), self._engine.connect() as connection:
            rows = connection.execute(query).all()
        found = {}
        for row in rows:
            x, y = row.x, row.y
            if x is not None and row.crs != self._crs:
                moved_x, moved_y = to_working([x], [y], source=row.crs, working=self._crs)
                x, y = float(moved_x[0]), float(moved_y[0])
            found[row.phrase_key] = LocationAnswer(
                phrase_key=row.phrase_key,
                phrase=row.phrase,
                precision=LocationPrecision(row.precision),
                label=row.label,
                x=x,
                y=y,
                decided_by=row.decided_by,
                decided_at=row.decided_at.replace(tzinfo=UTC),
            )
        return found

    def answer_location(
        self,
        phrase_key: str,
        *,
        phrase: str,
        precision: LocationPrecision,
        label: str,
        point: tuple[float, float] | None,
        by: str,
    ) -> None:
        """Keep what a phrase means; an earlier answer to it is withdrawn.

        Parameters
        ----------
        phrase
            As a source wrote it, masked.
        point
            Metres east and north in the working CRS; None where there is none.
        by
            Who says so.
        """
        now = _now()
        x, y = point or (None, None)
        with legible(), self._engine.execution_options(writes=True).begin() as connection:
            self._withdraw(connection, LOCATION_ANSWER, LOCATION_ANSWER.c.phrase_key == phrase_key, now)
            texts = {"phrase_key": phrase_key, "phrase": phrase, "label": label, "decided_by": by}
            connection.execute(
                insert(LOCATION_ANSWER).values(
                    **{name: text[: LONGEST[name]] for name, text in texts.items()},
                    municipality_code=self._code,
                    precision=str(precision),
                    x=x,
                    y=y,
                    crs=self._crs,
                    decided_at=now,
                )
            )

    def withdraw_location(self, phrase_key: str) -> bool:
        """Let the answer to a phrase hold no longer; say whether there was one."""
        with legible(), self._engine.execution_options(writes=True).begin() as connection:
            return self._withdraw(
                connection, LOCATION_ANSWER, LOCATION_ANSWER.c.phrase_key == phrase_key, _now()
            )

    def undone_merges(self) -> tuple[UndoneMerge, ...]:
        """Return the merges that people undid, in the order in which they did."""
        query = self._holding(MERGE_UNDONE).order_by(MERGE_UNDONE.c.undone_id)
        with legible(), self._engine.connect() as connection:
            rows = connection.execute(query).all()
        return tuple(
            UndoneMerge(
                observation_id=row.observation_id,
                linked_to=row.linked_to,
                decided_by=row.decided_by,
                decided_at=row.decided_at.replace(tzinfo=UTC),
            )
            for row in rows
        )

    def undo_merge(self, observation_id: str, linked_to: str, *, by: str) -> None:
        """Keep that two records are not one, whichever of them repeats the other."""
        now = _now()
        with legible(), self._engine.execution_options(writes=True).begin() as connection:
            self._withdraw(connection, MERGE_UNDONE, _pair(observation_id, linked_to), now)
            connection.execute(
                insert(MERGE_UNDONE).values(
                    municipality_code=self._code,
                    observation_id=observation_id,
                    linked_to=linked_to,
                    decided_by=by[: LONGEST["decided_by"]],
                    decided_at=now,
                )
            )

    def withdraw_undone_merge(self, observation_id: str, linked_to: str) -> bool:
        """Let two records be one again where the import finds so; say whether they were kept apart."""
        with legible(), self._engine.execution_options(writes=True).begin() as connection:
            return self._withdraw(connection, MERGE_UNDONE, _pair(observation_id, linked_to), _now())

    def _holding(self, table: Table) -> Select[Any]:
        return select(table).where(table.c.municipality_code == self._code, table.c.withdrawn_at.is_(None))

    def _withdraw(
        self, connection: Connection, table: Table, which: ColumnElement[bool], now: datetime
    ) -> bool:
        """Withdraw what holds of `which`; say whether anything did."""
        done = connection.execute(
            update(table)
            .where(table.c.municipality_code == self._code, table.c.withdrawn_at.is_(None), which)
            .values(withdrawn_at=now)
        )
        return done.rowcount > 0


def _pair(one: str, other: str) -> ColumnElement[bool]:
    """Return the condition that a merge is of these two, in either order."""
    record, to = MERGE_UNDONE.c.observation_id, MERGE_UNDONE.c.linked_to
    return ((record == one) & (to == other)) | ((record == other) & (to == one))


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
