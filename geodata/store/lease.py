"""Who reads a snapshot: a shared lock on its manifest, which goes when its reader does, however it ends."""

from __future__ import annotations

import os
import sys
import weakref
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

if sys.platform == "win32":  # a file that is open can't be removed there, which is lock enough

    def _share(file: int) -> None:
        pass

    def _alone(file: int) -> bool:
        return file >= 0

else:
    import fcntl

    def _share(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_SH)

    def _alone(file: int) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


class Lease:
    """Keeps one manifest, and so the parts that it names, from being swept while this is alive.

    Parameters
    ----------
    path
        The manifest; it need not be writable.

    Raises
    ------
    OSError
        When it can't be opened, or was swept in the same moment.
    """

    def __init__(self, path: Path) -> None:
        file = os.open(path, os.O_RDONLY)
        # Closed, never unlocked: a forked reader shares the lock, and it goes with the last of them.
        self._end = weakref.finalize(self, os.close, file)
        _share(file)
        if os.fstat(file).st_nlink == 0:
            self._end()
            raise FileNotFoundError(path)

    def end(self) -> None:
        """Let the snapshot go."""
        self._end()


def is_read(path: Path) -> bool:
    """Say whether somebody reads the snapshot of a manifest."""
    file = os.open(path, os.O_RDONLY)
    try:
        return not _alone(file)
    finally:
        os.close(file)
