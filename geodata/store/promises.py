"""Promises in the register: every version is kept, and an activity has its number through all of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, Select, func, insert, select

from geodata.errors import MissingError, ParameterError
from geodata.promises.reading import from_document, to_document
from geodata.store.legible import legible
from geodata.store.pictures import Pictures
from geodata.store.work_tables import PROMISE, PROMISE_ACTIVITY, PROMISE_VERSION

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Engine

    from geodata.promises.promise import Promise

LONGEST_BY = 80
LONGEST_WHY = 400


@dataclass(frozen=True, slots=True)
class KeptPromise:
    """One version of a promise.

    Attributes
    ----------
    activity_ids
        The number of each activity that any version has had, by its key.
    why
        What was said of the change; empty for the first version.
    changed_by, changed_at
        Who, and when (UTC).
    """

    promise_id: int
    promise: Promise
    version: int
    why: str
    changed_by: str
    changed_at: datetime
    activity_ids: Mapping[str, int]


class Promises:
    """A municipality's promises in its register.

    Every method raises ``StoreError`` when the database can't be used.
    """

    def __init__(self, database: Engine, *, municipality_code: str) -> None:
        self._engine = database
        self._code = municipality_code
        self._pictures = Pictures(database, municipality_code=municipality_code)

    def all(self, *, withdrawn: bool = False) -> tuple[KeptPromise, ...]:
        """Return every promise as it now stands, in the order in which they were added.

        Parameters
        ----------
        withdrawn
            Those that were withdrawn, instead of those that were not.
        """
        found = self._kept(self._newest().order_by(PROMISE.c.promise_id))
        return tuple(one for one in found if one.promise.withdrawn is withdrawn)

    def find(self, key: str) -> KeptPromise:
        """Return a promise as it now stands.

        Raises
        ------
        MissingError
            ``no_promise``.
        """
        found = self._kept(self._newest().where(PROMISE.c.key == key))
        if not found:
            raise MissingError("no_promise", f"There is no promise {key}.", promise=key)
        return found[0]

    def versions(self, key: str) -> tuple[KeptPromise, ...]:
        """Return every version of a promise, oldest first."""
        return self._kept(self._joined().where(PROMISE.c.key == key).order_by(PROMISE_VERSION.c.version))

    def add(self, promise: Promise, *, by: str) -> KeptPromise:
        """Keep a new promise.

        Raises
        ------
        MissingError, ParameterError
            As `Pictures.require`, when it answers a problem that no saved picture has.
        ParameterError
            ``promise_known`` when there is one of its key.
        """
        self._require_answers(promise)
        with legible(), self._engine.execution_options(writes=True).begin() as connection:
            if self._id(connection, promise.key) is not None:
                raise ParameterError(
                    "promise_known",
                    f"There is a promise {promise.key} already; change it.",
                    promise=promise.key,
                )
            now = _now()
            made = connection.execute(
                insert(PROMISE)
                .returning(PROMISE.c.promise_id)
                .values(
                    municipality_code=self._code,
                    key=promise.key,
                    created_by=by[:LONGEST_BY],
                    created_at=now,
                )
            )
            self._write(connection, int(made.scalar_one()), promise, version=1, why="", by=by, now=now)
        return self.find(promise.key)

    def change(self, promise: Promise, *, seen_version: int, why: str, by: str) -> KeptPromise:
        """Keep a new version of a promise; nothing happens where it says what the newest does.

        Parameters
        ----------
        seen_version
            The version that the person saw.
        why
            What is said of the change.

        Raises
        ------
        MissingError
            ``no_promise``.
        ParameterError
            ``promise_changed`` when somebody else has changed it meanwhile; as `add`.
        """
        self._require_answers(promise)
        with legible(), self._engine.execution_options(writes=True).begin() as connection:
            promise_id = self._id(connection, promise.key)
            if promise_id is None:
                raise MissingError("no_promise", f"There is no promise {promise.key}.", promise=promise.key)
            newest = connection.execute(
                select(PROMISE_VERSION)
                .where(PROMISE_VERSION.c.promise_id == promise_id)
                .order_by(PROMISE_VERSION.c.version.desc())
            ).first()
            version = 0 if newest is None else int(newest.version)
            if version != seen_version:
                raise ParameterError(
                    "promise_changed",
                    f"{promise.name} was changed by somebody else; look at it again.",
                    promise=promise.name,
                )
            if newest is None or from_document(newest.document) != promise:
                self._write(connection, promise_id, promise, version=version + 1, why=why, by=by, now=_now())
        return self.find(promise.key)

    def _require_answers(self, promise: Promise) -> None:
        for one in promise.answers:
            self._pictures.require(one)

    def _write(
        self,
        connection: Connection,
        promise_id: int,
        promise: Promise,
        *,
        version: int,
        why: str,
        by: str,
        now: datetime,
    ) -> None:
        connection.execute(
            insert(PROMISE_VERSION).values(
                municipality_code=self._code,
                promise_id=promise_id,
                version=version,
                document=to_document(promise),
                why=why[:LONGEST_WHY],
                changed_by=by[:LONGEST_BY],
                changed_at=now,
            )
        )
        known = set(self._numbers(connection, promise_id))
        for activity in promise.activities:
            if activity.key not in known:
                connection.execute(
                    insert(PROMISE_ACTIVITY).values(
                        municipality_code=self._code, promise_id=promise_id, key=activity.key
                    )
                )

    def _id(self, connection: Connection, key: str) -> int | None:
        mine = PROMISE.c.municipality_code == self._code
        return connection.scalar(select(PROMISE.c.promise_id).where(mine, PROMISE.c.key == key))

    def _joined(self) -> Select[Any]:
        return (
            select(PROMISE_VERSION)
            .join(PROMISE, PROMISE.c.promise_id == PROMISE_VERSION.c.promise_id)
            .where(PROMISE.c.municipality_code == self._code)
        )

    def _newest(self) -> Select[Any]:
        newest = (
            select(PROMISE_VERSION.c.promise_id, func.max(PROMISE_VERSION.c.version).label("version"))
            .group_by(PROMISE_VERSION.c.promise_id)
            .subquery()
        )
        return self._joined().join(
            newest,
            (newest.c.promise_id == PROMISE_VERSION.c.promise_id)
            & (newest.c.version == PROMISE_VERSION.c.version),
        )

    def _kept(self, query: Select[Any]) -> tuple[KeptPromise, ...]:
        with legible(), self._engine.connect() as connection:
            rows: list[Row[Any]] = list(connection.execute(query).all())
            numbers = {row.promise_id: self._numbers(connection, row.promise_id) for row in rows}
        return tuple(
            KeptPromise(
                promise_id=row.promise_id,
                promise=from_document(row.document),
                version=row.version,
                why=row.why,
                changed_by=row.changed_by,
                changed_at=row.changed_at.replace(tzinfo=UTC),
                activity_ids=numbers[row.promise_id],
            )
            for row in rows
        )

    def _numbers(self, connection: Connection, promise_id: int) -> dict[str, int]:
        rows = connection.execute(
            select(PROMISE_ACTIVITY).where(PROMISE_ACTIVITY.c.promise_id == promise_id)
        ).all()
        return {row.key: row.activity_id for row in rows}


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
