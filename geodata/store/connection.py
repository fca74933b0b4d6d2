"""The one place that opens a database: SQLite beside the snapshots."""

from __future__ import annotations

import os
from sqlite3 import OperationalError
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from sqlalchemy import URL, create_engine, event

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection, Engine

BUSY_TIMEOUT_MS = 10_000
"""How long a writer waits for another one before it gives up."""

TURN_S = 0.02
"""Between two tries to turn a new file over."""


READ_ONLY = {"mode": "ro", "uri": "true"}
"""What stands in the address of a file that may be read and not written."""


def sqlite_url(path: Path) -> str:
    """Return the address of a SQLite file; one that may not be written is opened to be read."""
    if not path.exists() or (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        return f"sqlite+pysqlite:///{path}"
    # With a log beside it the file alone is not all; without one nothing can change while it is read.
    settled = {} if path.with_name(f"{path.name}-wal").exists() else {"immutable": "1"}
    file = f"file:{quote(str(path.resolve()))}"
    return URL.create("sqlite+pysqlite", database=file, query=READ_ONLY | settled).render_as_string()


def may_write(database: Engine) -> bool:
    """Say whether a database was opened to be written."""
    return "mode" not in database.url.query


def engine(url: str) -> Engine:
    """Open a database; transactions really begin, so that a failing migration rolls back whole.

    Readers begin plainly; a connection with the execution option ``writes=True`` takes the write lock at
    once and so never fails half-way because another writer came between.
    """
    made = create_engine(url)
    event.listen(made, "connect", _prepare if may_write(made) else _prepare_to_read)
    event.listen(made, "begin", _begin)
    return made


def _prepare(connection: Any, _record: object) -> None:
    # The driver would begin by itself, but only before some statements and never before DDL.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    _write_ahead(cursor)
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _write_ahead(cursor: Any) -> None:
    """Let readers read on while one writes.

    A new file is turned over once, and who meets another who is just doing that is refused at once, whatever
    ``busy_timeout`` says: so the wait is ours.
    """
    until = monotonic() + BUSY_TIMEOUT_MS / 1000
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except OperationalError as error:
            busy = str(getattr(error, "sqlite_errorname", "")).startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))
            if not busy or monotonic() > until:
                raise
            sleep(TURN_S)
        else:
            return


def _prepare_to_read(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    cursor.close()


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
