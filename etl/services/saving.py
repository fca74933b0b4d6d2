"""A checked answer becomes a file in the inbox: written once, never changed, found by its source."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from etl.fetched import fetched_at, stamped
from etl.inbox.locked import LOCKED
from etl.inbox.record import read_record
from etl.sources import find_files
from geodata.errors import ServiceError
from geodata.store.whole import write_whole

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from geodata.sections import Source

ANY = frozenset({"*", "*.json"})


def save(
    workspace: Path, source: Source, content: bytes, *, store: Path, what: str, now: datetime
) -> str | None:
    """Save an answer, unless it is the same as the newest that is saved.

    Parameters
    ----------
    content
        The whole answer, checked.
    store
        Where the record of the files is that the house took away.
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
        As `write_whole` and `read_record`.
    """
    saved = _saved(workspace, source, store=store)
    newest = max(saved.items(), key=lambda one: one[0], default=None)
    if newest is not None and newest[1] == hashlib.sha256(content).hexdigest():
        return None
    # Two answers of one second: the later name must be free, and stay the later of the two.
    while True:
        relative = PurePosixPath(file_name(source, what=what, now=now))
        path = workspace / relative
        locked = path.with_name(path.name + LOCKED)
        if not path.exists() and not locked.exists():
            break
        now += timedelta(seconds=1)
    write_whole(path, content)
    return str(relative)


def _saved(workspace: Path, source: Source, *, store: Path) -> dict[tuple[datetime, str], str]:
    """Return the digests of what was saved, by when and name: locked files and removed ones too."""
    known = {file.name: file.sha256() for file in find_files(workspace, source)}
    for held in read_record(store).values():
        if held.source == source.name and held.removed and not held.forgotten:
            known.setdefault(held.file, held.sha256)
    dated = ((fetched_at(name), name, digest) for name, digest in known.items())
    return {(moment, name): digest for moment, name, digest in dated if moment is not None}


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
