"""Faults of the register's database, said so that a person can do something about them."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from alembic.util.exc import CommandError
from sqlalchemy.exc import DatabaseError

from geodata.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator

REGISTER_FILE = "register.sqlite"


@contextmanager
def legible() -> Iterator[None]:
    """Say what a person can do when the database file can't be used.

    Raises
    ------
    StoreError
        ``register_unreadable``.
    """
    try:
        yield
    except (DatabaseError, CommandError) as error:
        problem = str(error.orig if isinstance(error, DatabaseError) else error)
        raise StoreError(
            "register_unreadable",
            f"{REGISTER_FILE} in store can't be used: {problem}. Put a backup of it in its place.",
            file=REGISTER_FILE,
            problem=problem,
        ) from error
