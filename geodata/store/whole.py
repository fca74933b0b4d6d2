"""Writing in the store: a file is there whole or not at all, and a refusal says what a person can do."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from geodata.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

STRAY = ".part"
"""How the name of a file ends that is not whole yet; one that stands there later was broken off."""

_FULL = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})


@contextmanager
def storing(path: Path) -> Iterator[None]:
    """Say what a person can do when the store refuses a write.

    Raises
    ------
    StoreError
        ``store_full`` when there is no room for `path`, ``store_not_writable`` for any other refusal.
    """
    try:
        yield
    except OSError as error:
        problem = error.strerror or str(error)
        if error.errno in _FULL:
            raise StoreError(
                "store_full",
                f"There is no room for {path.name} in {path.parent}: {problem}.",
                file=path.name,
                folder=str(path.parent),
                problem=problem,
            ) from error
        raise StoreError(
            "store_not_writable",
            f"{path.name} in {path.parent} can't be written: {problem}.",
            file=path.name,
            folder=str(path.parent),
            problem=problem,
        ) from error


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Tell a file that may not be read now from one that is missing or damaged.

    Raises
    ------
    FileNotFoundError
        When it is not there.
    StoreError
        ``store_not_readable`` for any other refusal (permission, too many open files): what it holds is
        there, and must not be taken for lost.
    """
    try:
        yield
    except FileNotFoundError:
        raise
    except OSError as error:
        problem = error.strerror or str(error)
        raise StoreError(
            "store_not_readable",
            f"{path.name} in {path.parent} can't be read: {problem}.",
            file=path.name,
            folder=str(path.parent),
            problem=problem,
        ) from error


def write_whole(path: Path, content: bytes) -> None:
    """Write beside, sync, rename: the file is there whole or not at all, whenever the power goes.

    Raises
    ------
    StoreError
        As `storing`; what stood there before still does.
    """
    with storing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f"{path.name}.{os.getpid()}{STRAY}")
        try:
            with beside.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make what was renamed or removed in a folder last; Windows does so by itself."""
    if sys.platform != "win32":
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
