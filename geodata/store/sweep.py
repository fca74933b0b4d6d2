"""Sweeping the store: what no snapshot within reach names any more, and what broken-off imports left.

Called by whoever holds the import lock, so that nothing is being written meanwhile. Manifests go before the
parts that they name: a sweep that is broken off leaves parts too many, never a snapshot without its parts.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.errors import StoreError
from geodata.store.lease import is_read
from geodata.store.snapshots import current_id
from geodata.store.whole import STRAY, reading, storing, sync_folder, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

KEPT = 10
"""Snapshots that stay, the current one among them; and every older one that somebody reads."""


ERASED = "ERASED"
"""File that names the oldest snapshot that may stay, whatever their number."""


@dataclass(frozen=True, slots=True)
class Swept:
    """How many files went, by what they were."""

    snapshots: int = 0
    parts: int = 0
    strays: int = 0


def sweep(folder: Path, *, keep: int = KEPT) -> Swept:
    """Remove old snapshots, parts that none of the others name, and files that were never whole.

    Parameters
    ----------
    folder
        The workspace's ``store/`` folder.
    keep
        How many snapshots stay, at least 1.

    Returns
    -------
    Swept
        Nothing but strays while ``CURRENT``, or a manifest that stays, can't be read: which parts it needs
        is not known then.

    Raises
    ------
    StoreError
        ``store_not_writable``, ``store_not_readable``.
    """
    strays = _remove(
        path
        for place in (folder, folder / "snapshots", folder / "parts")
        if place.is_dir()
        for path in place.glob(f"*{STRAY}")
    )
    try:
        current = current_id(folder)
    except StoreError:
        return Swept(strays=strays)
    manifests = {path.stem: path for path in (folder / "snapshots").glob("*.json")}
    if current not in manifests:
        return Swept(strays=strays)
    # Ids sort by time: one after the current was written by an import that never published it.
    published = sorted(name for name in manifests if name <= current)
    erased = _erased(folder)
    with reading(folder / "snapshots"):
        held = {name for name in published if is_read(manifests[name])}
    staying = held | {name for name in published[-keep:] if name >= erased}
    named: set[str] = set()
    for name in staying:
        parts = _parts_of(manifests[name])
        if parts is None:
            return Swept(strays=strays)
        named |= parts
    gone = _remove(path for name, path in manifests.items() if name not in staying)
    loose = _remove(path for path in (folder / "parts").glob("*.parquet") if path.stem not in named)
    return Swept(snapshots=gone, parts=loose, strays=strays)


def erase_before(folder: Path, snapshot_id: str) -> None:
    """Let no sweep keep a snapshot older than this one, except while it is read: a person asked for that.

    Raises
    ------
    StoreError
        ``store_full``, ``store_not_writable``.
    """
    write_whole(folder / ERASED, snapshot_id.encode())


def _erased(folder: Path) -> str:
    """Return the oldest snapshot that may stay; ``""`` when all may."""
    try:
        return (folder / ERASED).read_text(encoding="ascii")
    except (FileNotFoundError, UnicodeDecodeError):
        return ""


def _parts_of(manifest: Path) -> set[str] | None:
    """Return the digests that a manifest of any format names; None when it can't be read."""
    try:
        return set(_texts(json.loads(manifest.read_bytes())["parts"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _texts(value: object) -> Iterator[str]:
    """Yield every text in a value of JSON, however deep: what an older or newer format nests differently."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def _remove(paths: Iterable[Path]) -> int:
    """Remove files for good, those of one folder before the next; how many there were."""
    folders: set[Path] = set()
    count = 0
    for path in sorted(paths):
        with storing(path):
            path.unlink(missing_ok=True)
        folders.add(path.parent)
        count += 1
    for folder in folders:
        with storing(folder):
            sync_folder(folder)
    return count
