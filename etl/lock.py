"""One import of a workspace at a time; the lock goes when its process does, however it ends."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from geodata.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import TextIO

LOCK_FILE = "import.lock"

if sys.platform == "win32":
    import msvcrt

    def _take(file: TextIO) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(file: TextIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def only_import(store: Path) -> Iterator[None]:
    """Hold the workspace's import lock.

    Raises
    ------
    StoreError
        ``import_running`` when another process holds it.
    """
    store.mkdir(parents=True, exist_ok=True)
    with (store / LOCK_FILE).open("a+", encoding="ascii") as file:
        try:
            _take(file)
        except OSError as error:
            since = datetime.fromtimestamp(os.fstat(file.fileno()).st_mtime, UTC).isoformat(
                timespec="minutes"
            )
            raise StoreError(
                "import_running", f"Another import has been running since {since}.", since=since
            ) from error
        os.utime(file.fileno())
        yield
