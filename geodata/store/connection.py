"""The one place that opens a database: SQLite beside the snapshots."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, event

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection, Engine

BUSY_TIMEOUT_MS = 10_000
"""How long a writer waits for another one before it gives up."""


def sqlite_url(path: Path) -> str:
    """Return the address of a SQLite file."""
    return f"sqlite+pysqlite:///{path}"


def engine(url: str) -> Engine:
    """Open a database; transactions really begin, so that a failing migration rolls back whole.

    Readers begin plainly; a connection with the execution option ``writes=True`` takes the write lock at
    once and so never fails half-way because another writer came between.
    """
    made = create_engine(url)
    event.listen(made, "connect", _prepare)
    event.listen(made, "begin", _begin)
    return made


def _prepare(connection: Any, _record: object) -> None:
    # The driver would begin by itself, but only before some statements and never before DDL.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
