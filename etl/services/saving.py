"""A checked answer becomes a file in the inbox: written once, never changed, found by its source."""

from __future__ import annotations

import hashlib
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from etl.fetched import fetched_at, stamped
from etl.sources import find_files
from geodata.errors import ServiceError
from geodata.store.whole import write_whole

if TYPE_CHECKING:
    from datetime import datetime

    from geodata.sections import Source

ANY = frozenset({"*", "*.json"})


def save(workspace: Path, source: Source, content: bytes, *, what: str, now: datetime) -> str | None:
    """Save an answer, unless it is the same as the newest that is saved.

    Parameters
    ----------
    content
        The whole answer, checked.
    what
        What it holds, for the name: ``events.json``.

    Returns
    -------
    str or None
        The file's path from the workspace, None where nothing new was said.

    Raises
    ------
    ServiceError
        ``service_no_room`` where no pattern of the source would find a new file.
    StoreError
        As `write_whole`.
    """
    newest = newest_saved(workspace, source)
    if newest is not None and _digest(newest.read_bytes()) == _digest(content):
        return None
    relative = PurePosixPath(file_name(source, what=what, now=now))
    path = workspace / relative
    if not path.exists():
        write_whole(path, content)
    return str(relative)


def newest_saved(workspace: Path, source: Source) -> Path | None:
    """Return the file of a source that was fetched last, by its name; None before the first."""
    dated = [(fetched_at(file.path.name), file.path) for file in find_files(workspace, source)]
    known = [(moment, path) for moment, path in dated if moment is not None]
    return max(known)[1] if known else None


def file_name(source: Source, *, what: str, now: datetime) -> str:
    """Return the path of a new file that the first usable pattern of a source finds.

    Raises
    ------
    ServiceError
        ``service_no_room``.
    """
    for pattern in source.files:
        path = PurePosixPath(pattern)
        folders = [part for part in path.parts[:-1] if part != "**"]
        if "*" in path.name and not any("*" in part for part in folders):
            stem, _, end = path.name.partition("*")
            name = stamped(now, what)
            if path.name not in ANY:
                name = f"{stem}{stamped(now, '').rstrip('_')}{end.replace('*', '')}"
            if PurePosixPath(name).match(path.name):
                return "/".join([*folders, name])
    raise ServiceError(
        "service_no_room",
        f"Source {source.name}: files names no pattern with *, such as inbox/{source.name}/*.json.",
        source=source.name,
        value=", ".join(source.files),
    )


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
