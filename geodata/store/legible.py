"""Faults of the register's database, said so that a person can do something about them."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy.exc import DatabaseError

from geodata.errors import ParameterError, StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator

REGISTER_FILE = "register.sqlite"

_BUSY = ("SQLITE_BUSY", "SQLITE_LOCKED")
_REFUSED = ("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")
"""How SQLite names what the disk or its owner refuses; the file itself is sound then."""


class UnknownVersionError(Exception):
    """The tables are of a version that this program does not know."""


@contextmanager
def legible() -> Iterator[None]:
    """Say what a person can do when the database file can't be used.

    Raises
    ------
    StoreError
        ``register_busy``, ``register_refused``, ``register_unreadable``; nothing of what was being written
        stays.
    ParameterError
        ``number_too_large`` and ``text_not_encodable`` for what no database takes.
    """
    try:
        yield
    except OverflowError as error:
        raise ParameterError("number_too_large", "There is no such number.") from error
    except UnicodeEncodeError as error:
        raise ParameterError("text_not_encodable", "A text holds a character that can't be kept.") from error
    except (DatabaseError, UnknownVersionError) as error:
        problem = str(error.orig if isinstance(error, DatabaseError) else error)
        name = str(getattr(getattr(error, "orig", None), "sqlite_errorname", ""))
        if name.startswith(_BUSY):
            raise StoreError(
                "register_busy",
                f"{REGISTER_FILE} in store is locked by another program. Close it, and try again.",
                file=REGISTER_FILE,
            ) from error
        if name.startswith(_REFUSED):
            raise StoreError(
                "register_refused",
                f"{REGISTER_FILE} in store can't be opened or written: {problem}.",
                file=REGISTER_FILE,
                problem=problem,
            ) from error
        raise StoreError(
            "register_unreadable",
            f"{REGISTER_FILE} in store can't be used: {problem}. Put a backup of it in its place.",
            file=REGISTER_FILE,
            problem=problem,
        ) from error
