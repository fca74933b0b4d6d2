"""One import of a workspace at a time; the lock goes when its process does, however it ends."""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from geodata.errors import StoreError
from geodata.store.whole import storing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

LOCK_FILE = "import.lock"

ASKED_AGAIN_S = 0.1
"""Seconds between two tries of who waits."""

if sys.platform == "win32":
    import msvcrt

    BEYOND = 1 << 20
    """A byte past the end: others may still read who holds the lock."""

    def _take(file: BinaryIO) -> None:
        file.seek(BEYOND)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def only_import(store: Path, *, wait_s: float = 0.0) -> Iterator[None]:
    """Hold the workspace's import lock.

    Parameters
    ----------
    store
        The workspace's ``store/`` folder; it is made when it is missing.
    wait_s
        Seconds to wait for another import to end.

    Raises
    ------
    StoreError
        ``import_running`` when another process holds it still; ``store_not_writable``, ``store_full``.
    """
    path = store / LOCK_FILE
    with storing(path):
        store.mkdir(parents=True, exist_ok=True)
        file = path.open("ab+", buffering=0)
    with file:
        _wait_for(file, until=time.monotonic() + wait_s)
        with storing(path):
            file.truncate(0)
            file.write(f"{os.getpid()} {datetime.now(UTC).isoformat(timespec='seconds')}".encode())
        yield


def _wait_for(file: BinaryIO, *, until: float) -> None:
    while True:
        try:
            _take(file)
        except OSError as error:
            left = until - time.monotonic()
            if left <= 0:
                raise _running(file) from error
            time.sleep(min(ASKED_AGAIN_S, left))
        else:
            return


def _running(file: BinaryIO) -> StoreError:
    """Say who imports, and since when; the moment that it takes to write that down, neither is known."""
    file.seek(0)
    process, _, since = file.read(100).decode("ascii", errors="replace").partition(" ")
    return StoreError(
        "import_running",
        f"Another import (process {process or '?'}) has been running since {since or '?'}.",
        process=process or "?",
        since=since or "?",
    )
