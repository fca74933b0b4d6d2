"""How long one waits after tries that failed: kept in the register, so that a restart forgives nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, update

from geodata.store.access_tables import FAILED_TRY
from geodata.store.legible import legible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import ColumnElement, Connection, Engine

REMEMBERED = timedelta(days=1)
"""A name or an address from which nothing failed for so long begins anew."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How waiting grows.

    Attributes
    ----------
    free
        Tries that may fail before anybody has to wait.
    first_s, longest_s
        The first wait, doubled at every further failure, and where it ends, seconds.
    """

    free: int
    first_s: float
    longest_s: float

    def wait_s(self, failures: int) -> float:
        """Return how long to wait after so many failures, seconds."""
        beyond = failures - self.free
        if beyond < 0:
            return 0.0
        return min(self.first_s * 2.0 ** min(beyond, 60), self.longest_s)


class Throttle:
    """Tries that failed, in a municipality's register.

    Parameters
    ----------
    patience
        For each kind of counter, how waiting grows.

    Every method raises ``StoreError`` when the database can't be used.
    """

    def __init__(self, database: Engine, *, municipality_code: str, patience: Mapping[str, Patience]) -> None:
        self._engine = database
        self._code = municipality_code
        self._patience = patience

    def attempt(self, who: Mapping[str, str], *, now: datetime) -> float:
        """Ask whether a try may be made, and count it as failed until `forgive` says otherwise.

        It is counted beforehand, in one transaction with the question, so that many tries at once are no
        way round the wait. One that has to wait is not counted: waiting ends even while somebody knocks.

        Parameters
        ----------
        who
            Kind of counter → digest of whom it counts.
        now
            With a time zone.

        Returns
        -------
        float
            Seconds to wait; 0 when the try may be made.
        """
        moment = now.astimezone(UTC).replace(tzinfo=None)
        with legible(), self._engine.execution_options(writes=True).begin() as connection:
            connection.execute(delete(FAILED_TRY).where(FAILED_TRY.c.last_at < moment - REMEMBERED))
            wait = max(self._left_s(connection, kind, digest, moment) for kind, digest in who.items())
            if wait > 0:
                return wait
            for kind, digest in who.items():
                self._count(connection, kind, digest, moment)
        return 0.0

    def forgive(self, kind: str, digest: str, *, whole: bool) -> None:
        """Take back a try that did not fail.

        Parameters
        ----------
        whole
            Whether all failures before it are forgiven too; else only the one that was counted.
        """
        mine = self._mine(kind, digest)
        with legible(), self._engine.execution_options(writes=True).begin() as connection:
            if whole:
                connection.execute(delete(FAILED_TRY).where(mine))
            else:
                connection.execute(
                    update(FAILED_TRY)
                    .where(mine, FAILED_TRY.c.failures > 0)
                    .values(failures=FAILED_TRY.c.failures - 1)
                )

    def _count(self, connection: Connection, kind: str, digest: str, now: datetime) -> None:
        counted = connection.execute(
            update(FAILED_TRY)
            .where(self._mine(kind, digest))
            .values(failures=FAILED_TRY.c.failures + 1, last_at=now)
        )
        if counted.rowcount == 0:
            row = {"municipality_code": self._code, "kind": kind, "who_digest": digest}
            connection.execute(insert(FAILED_TRY).values(**row, failures=1, last_at=now))

    def _left_s(self, connection: Connection, kind: str, digest: str, now: datetime) -> float:
        row = connection.execute(
            select(FAILED_TRY.c.failures, FAILED_TRY.c.last_at).where(self._mine(kind, digest))
        ).first()
        if row is None:
            return 0.0
        if row.last_at > now:  # the clock was set back: the wait begins now, and ends
            connection.execute(update(FAILED_TRY).where(self._mine(kind, digest)).values(last_at=now))
        passed: float = max(0.0, (now - row.last_at).total_seconds())
        return max(0.0, self._patience[kind].wait_s(row.failures) - passed)

    def _mine(self, kind: str, digest: str) -> ColumnElement[bool]:
        return (
            (FAILED_TRY.c.municipality_code == self._code)
            & (FAILED_TRY.c.kind == kind)
            & (FAILED_TRY.c.who_digest == digest)
        )
