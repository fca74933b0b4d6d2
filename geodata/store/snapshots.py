"""Snapshots: a manifest of immutable, content-addressed part files, published whole or not at all.

``store/parts/<sha256>.parquet`` hold the rows, ``store/snapshots/<id>.json`` name the parts that make a
snapshot, and ``store/CURRENT`` names the snapshot. A snapshot is published by writing its files beside,
syncing them and replacing ``CURRENT`` last, so a reader sees the old one or the new one, whole.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from geodata.account import ImportReport
from geodata.errors import MissingError, StoreError
from geodata.project import Project, parse_project
from geodata.store.lease import Lease
from geodata.store.parts import read_columns, read_parts
from geodata.store.patches import Part, named, written
from geodata.store.whole import reading, write_whole

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import geopandas as gpd
    import pandas as pd

_STAMP = "%Y%m%dT%H%M%S%f"

FORMAT = 7
"""Raised when the manifest or the columns of a table change; a store of another format is imported anew."""

DRAWN = ("streets", "schools", "areas", "population")
"""Tables that static tiles are cut from."""

Parts = dict[str, dict[str, Part]]
"""Table name → part name (its source and file) → digest of the part file, or of a base and its patch."""


@dataclass(frozen=True)
class Snapshot:
    """One published state of a workspace; it never changes.

    Attributes
    ----------
    folder
        The workspace's ``store/`` folder.
    snapshot_id
        Time and digest; sorts by time.
    parts
        Which part files make each table.
    project
        The settings as they were at the import.
    report
        The account of the import that made it.
    lease
        Keeps its parts from being swept as long as it is open.
    """

    folder: Path
    snapshot_id: str
    created_at: str
    parts: Parts
    project: Project
    report: ImportReport
    lease: Lease = field(repr=False)

    def table(self, name: str) -> gpd.GeoDataFrame | pd.DataFrame:
        """Read one table, empty when nothing was imported to it.

        Returns
        -------
        DataFrame or GeoDataFrame
            Columns of ``schema.TABLES[name]``; geometry in the working CRS (metres), times in UTC.
            The frame is shared between callers: copy before changing it.
        """
        return _read_table(self, name)

    def columns(self, name: str, *columns: str) -> pd.DataFrame:
        """Read some columns of one table, none of them a geometry; unlike a whole table, it is not kept."""
        return read_columns(self.folder, self.parts_of(name), name, columns)

    def parts_of(self, name: str) -> list[Part]:
        """Return what the parts of one table are named by, in the order that they are read in."""
        return [part for _, part in sorted(self.parts.get(name, {}).items(), key=lambda one: one[0])]

    @cached_property
    def layers_digest(self) -> str:
        """Digest of all layer parts: what static tiles are cut from."""
        layers = {name: parts for name, parts in _manifest(self.parts).items() if name in DRAWN}
        return hashlib.sha256(json.dumps(layers, sort_keys=True).encode()).hexdigest()[:16]

    def __hash__(self) -> int:
        return hash((self.folder, self.snapshot_id))

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Snapshot)
            and self.folder == other.folder
            and self.snapshot_id == other.snapshot_id
        )


@lru_cache(maxsize=32)
def _read_table(snapshot: Snapshot, name: str) -> gpd.GeoDataFrame | pd.DataFrame:
    return read_parts(
        snapshot.folder, snapshot.parts_of(name), name, crs=snapshot.project.geography.working_crs
    )


def _manifest(parts: Mapping[str, Mapping[str, Part]]) -> dict[str, dict[str, str | dict[str, str]]]:
    """Return parts as a manifest writes them."""
    return {table: {name: written(part) for name, part in by.items()} for table, by in parts.items()}


def publish(
    folder: Path, parts: Mapping[str, Mapping[str, Part]], *, project: Project, report: ImportReport
) -> Snapshot:
    """Make `parts` the current snapshot.

    Raises
    ------
    StoreError
        As `stage` and `make_current`.
    """
    snapshot = stage(folder, parts, project=project, report=report)
    make_current(snapshot)
    return snapshot


def stage(
    folder: Path, parts: Mapping[str, Mapping[str, Part]], *, project: Project, report: ImportReport
) -> Snapshot:
    """Write the manifest of a snapshot that is not the current one yet.

    Raises
    ------
    StoreError
        ``report_does_not_add_up`` when the account does not explain every row read; ``store_full``,
        ``store_not_writable``.
    """
    if not report.adds_up:
        raise StoreError(
            "report_does_not_add_up", "The account of the import does not add up; nothing was published."
        )
    now = datetime.now(UTC)
    created_at = now.isoformat(timespec="microseconds")
    manifest = {
        "format": FORMAT,
        "created_at": created_at,
        "parts": _manifest(parts),
        "project": project.to_json(),
        "report": report.to_json(),
    }
    content = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True).encode()
    snapshot_id = f"{_stamp_after_current(folder, now)}-{hashlib.sha256(content).hexdigest()[:8]}"
    write_whole(folder / "snapshots" / f"{snapshot_id}.json", content)
    return open_snapshot(folder, snapshot_id)


def make_current(snapshot: Snapshot) -> None:
    """Publish a staged snapshot: from here on it is the one that readers open.

    Raises
    ------
    StoreError
        ``store_full``, ``store_not_writable``; the snapshot before is still the current one then.
    """
    write_whole(snapshot.folder / "CURRENT", snapshot.snapshot_id.encode())


def _stamp_after_current(folder: Path, now: datetime) -> str:
    """Return the time as the beginning of an id: after the current snapshot's, even if a clock went back."""
    try:
        stamp, _, _ = (current_id(folder) or "").partition("-")
        before = datetime.strptime(f"{stamp}+0000", f"{_STAMP}%z")
    except (StoreError, ValueError):  # no snapshot before, or one that can't be read
        return now.strftime(_STAMP)
    return max(now, before + timedelta(microseconds=1)).strftime(_STAMP)


def current_id(folder: Path) -> str | None:
    """Return the id of the current snapshot, or None before the first import.

    Raises
    ------
    StoreError
        ``snapshot_unreadable`` when ``CURRENT`` holds no id, ``store_not_readable``.
    """
    try:
        with reading(folder / "CURRENT"):
            return (folder / "CURRENT").read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return None
    except UnicodeDecodeError as error:
        raise _unreadable("CURRENT") from error


def open_current(folder: Path) -> Snapshot:
    """Open the snapshot that ``CURRENT`` names.

    Raises
    ------
    MissingError
        ``no_snapshot`` before the first import.
    StoreError
        ``snapshot_unreadable``, ``snapshot_format``, ``store_not_readable``.
    """
    snapshot_id = current_id(folder)
    if snapshot_id is None:
        raise MissingError(
            "no_snapshot", "Nothing is imported yet; run 'problembild import' first.", folder=str(folder)
        )
    try:
        return open_snapshot(folder, snapshot_id)
    except StoreError:
        newer = current_id(folder)
        if newer is None or newer == snapshot_id:
            raise
        return open_snapshot(folder, newer)  # it was published, and the other swept, in the same moment


def open_snapshot(folder: Path, snapshot_id: str) -> Snapshot:
    """Open one snapshot by id.

    Raises
    ------
    StoreError
        ``snapshot_unreadable`` when its manifest is missing or damaged, ``snapshot_format`` when another
        version wrote it, ``store_not_readable`` when it is there and may not be read now.
    """
    try:
        path = folder / "snapshots" / f"{snapshot_id}.json"
        with reading(path):
            lease = Lease(path)
            manifest: dict[str, Any] = json.loads(path.read_bytes())
        found = manifest["format"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _unreadable(snapshot_id) from error
    if found != FORMAT:
        raise StoreError(
            "snapshot_format",
            f"Snapshot {snapshot_id} has format {found} and this version reads {FORMAT}; import again.",
            snapshot=snapshot_id,
            found=found,
            expected=FORMAT,
        )
    try:
        return Snapshot(
            folder=folder,
            snapshot_id=snapshot_id,
            created_at=manifest["created_at"],
            parts={
                table: {name: named(part) for name, part in by_source.items()}
                for table, by_source in manifest["parts"].items()
            },
            project=parse_project(manifest["project"]),
            report=ImportReport.from_json(manifest["report"]),
            lease=lease,
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _unreadable(snapshot_id) from error


def _unreadable(snapshot_id: str) -> StoreError:
    return StoreError(
        "snapshot_unreadable",
        f"Snapshot {snapshot_id} is missing or damaged; import again.",
        snapshot=snapshot_id,
    )
