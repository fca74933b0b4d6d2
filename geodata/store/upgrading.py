"""The register's tables brought to this version; alembic is loaded only where there is something to do."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import inspect, text

from geodata.errors import StoreError
from geodata.store.connection import may_write
from geodata.store.legible import REGISTER_FILE, UnknownVersionError

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

MIGRATIONS = Path(__file__).parent / "migrations"

_REVISION = re.compile(r'^(down_revision|revision)\b.*?=\s*"([^"]+)"', re.MULTILINE)


def upgrade(database: Engine) -> None:
    """Bring the tables to this version, in one transaction: all of it or nothing.

    Raises
    ------
    StoreError
        ``register_old`` when they are of an older version in a file that may not be written.
    UnknownVersionError
        They are of a version that this program does not know.
    """
    if not may_write(database):
        with database.connect() as connection:
            held = _version(connection)
        if held != newest():
            raise StoreError(
                "register_old",
                f"{REGISTER_FILE} in store is of an older version and may not be written.",
                file=REGISTER_FILE,
            )
        return
    with database.execution_options(writes=True).begin() as connection:
        if _version(connection) == newest():
            return
        from alembic import command  # noqa: PLC0415  slow to import
        from alembic.config import Config  # noqa: PLC0415
        from alembic.util.exc import CommandError  # noqa: PLC0415

        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError as error:
            raise UnknownVersionError(str(error)) from error


@lru_cache
def newest() -> str | None:
    """Return the migration that none comes after; None where there are several."""
    found = [
        dict(_REVISION.findall(path.read_text("utf-8"))) for path in (MIGRATIONS / "versions").glob("*.py")
    ]
    before = {one.get("down_revision") for one in found}
    last = [one["revision"] for one in found if one["revision"] not in before]
    return last[0] if len(last) == 1 else None


def _version(connection: Connection) -> str | None:
    """Return the last migration that the tables have been through; None where that is not one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    versions = connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
    return str(versions[0]) if len(versions) == 1 else None
