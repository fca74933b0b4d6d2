"""Snapshots: a manifest of immutable, content-addressed part files, published whole or not at all.

``store/parts/<sha256>.parquet`` hold the rows, ``store/snapshots/<id>.json`` name the parts that make a
snapshot, and ``store/CURRENT`` names the snapshot. A snapshot is published by writing its files beside,
syncing them and replacing ``CURRENT`` last, so a reader sees the old one or the new one, whole.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from geodata.account import ImportReport
from geodata.errors import MissingError, StoreError
from geodata.project import Project, parse_project
from geodata.schema import KEYS, TABLES, conform, has_geometry

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

FORMAT = 1
"""Raised when a manifest can no longer be read by older code."""

Parts = dict[str, dict[str, str]]
"""Table name → part name (its source and file) → digest of the part file."""


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
    """

    folder: Path
    snapshot_id: str
    created_at: str
    parts: Parts
    project: Project
    report: ImportReport

    def table(self, name: str) -> gpd.GeoDataFrame | pd.DataFrame:
        """Read one table, empty when nothing was imported to it.

        Returns
        -------
        DataFrame or GeoDataFrame
            Columns of ``schema.TABLES[name]``; geometry in the working CRS (metres), times in UTC.
            The frame is shared between callers: copy before changing it.
        """
        return _read_table(self, name)

    @cached_property
    def layers_digest(self) -> str:
        """Digest of all layer parts: what static tiles are cut from."""
        layers = {name: parts for name, parts in self.parts.items() if name != "observations"}
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
    digests = [digest for _, digest in sorted(snapshot.parts.get(name, {}).items())]
    return read_parts(snapshot.folder, digests, name, crs=snapshot.project.geography.working_crs)


def read_parts(
    folder: Path, digests: Sequence[str], table: str, *, crs: int
) -> gpd.GeoDataFrame | pd.DataFrame:
    """Read some parts of one table, in the order given; empty when there are none.

    Parameters
    ----------
    folder
        The workspace's ``store/`` folder.
    crs
        EPSG code of the working CRS that their geometry is in.
    """
    schema = TABLES[table]
    tables = [_read_part(folder, digest, schema) for digest in digests]
    frame = pa.concat_tables(tables).to_pandas() if tables else schema.empty_table().to_pandas()
    if not has_geometry(table):
        return frame
    geometry = gpd.GeoSeries.from_wkb(frame["geometry"], crs=crs)
    return gpd.GeoDataFrame(frame.drop(columns="geometry"), geometry=geometry)


def _read_part(folder: Path, digest: str, schema: pa.Schema) -> pa.Table:
    path = folder / "parts" / f"{digest}.parquet"
    try:
        return pq.read_table(path, schema=schema)
    except (OSError, pa.ArrowException) as error:
        raise StoreError(
            "part_unreadable",
            f"{path.name} in store/parts is missing or damaged; import again.",
            part=path.name,
        ) from error


def write_part(folder: Path, frame: pd.DataFrame, table: str) -> str:
    """Write one part file, unless the same rows stand there already.

    Parameters
    ----------
    folder
        The workspace's ``store/`` folder.
    frame
        Rows of `table`; geometry as shapely objects in the working CRS.

    Returns
    -------
    str
        The digest that names the part.
    """
    frame = conform(frame, table).sort_values(KEYS[table], kind="stable", ignore_index=True)
    if has_geometry(table):
        frame = pd.DataFrame(frame).assign(geometry=gpd.GeoSeries(frame["geometry"]).to_wkb())
    arrow = pa.Table.from_pandas(frame, schema=TABLES[table], preserve_index=False)
    sink = io.BytesIO()
    pq.write_table(arrow.replace_schema_metadata(None), sink, compression="zstd")
    content = sink.getvalue()
    digest = hashlib.sha256(content).hexdigest()
    path = folder / "parts" / f"{digest}.parquet"
    if not path.exists():
        _write_whole(path, content)
    return digest


def publish(
    folder: Path, parts: Mapping[str, Mapping[str, str]], *, project: Project, report: ImportReport
) -> Snapshot:
    """Make `parts` the current snapshot.

    Raises
    ------
    StoreError
        ``report_does_not_add_up`` when the account does not explain every row read.
    """
    if not report.adds_up:
        raise StoreError(
            "report_does_not_add_up", "The account of the import does not add up; nothing was published."
        )
    created_at = datetime.now(UTC).isoformat(timespec="microseconds")
    manifest = {
        "format": FORMAT,
        "created_at": created_at,
        "parts": {table: dict(by_source) for table, by_source in parts.items()},
        "project": project.to_json(),
        "report": report.to_json(),
    }
    content = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True).encode()
    stamp = created_at[:26].replace(":", "").replace("-", "").replace(".", "")
    snapshot_id = f"{stamp}-{hashlib.sha256(content).hexdigest()[:8]}"
    _write_whole(folder / "snapshots" / f"{snapshot_id}.json", content)
    _write_whole(folder / "CURRENT", snapshot_id.encode())
    return open_snapshot(folder, snapshot_id)


def current_id(folder: Path) -> str | None:
    """Return the id of the current snapshot, or None before the first import."""
    try:
        return (folder / "CURRENT").read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return None


def open_current(folder: Path) -> Snapshot:
    """Open the snapshot that ``CURRENT`` names.

    Raises
    ------
    MissingError
        ``no_snapshot`` before the first import.
    """
    snapshot_id = current_id(folder)
    if snapshot_id is None:
        raise MissingError(
            "no_snapshot", "Nothing is imported yet; run 'problembild import' first.", folder=str(folder)
        )
    return open_snapshot(folder, snapshot_id)


def open_snapshot(folder: Path, snapshot_id: str) -> Snapshot:
    """Open one snapshot by id.

    Raises
    ------
    StoreError
        ``snapshot_unreadable`` when its manifest is missing or damaged, ``snapshot_format`` when it was
        written by a newer version.
    """
    try:
        manifest: dict[str, Any] = json.loads((folder / "snapshots" / f"{snapshot_id}.json").read_bytes())
    except (OSError, ValueError) as error:
        raise StoreError(
            "snapshot_unreadable",
            f"Snapshot {snapshot_id} is missing or damaged; import again.",
            snapshot=snapshot_id,
        ) from error
    if manifest["format"] != FORMAT:
        raise StoreError(
            "snapshot_format",
            f"Snapshot {snapshot_id} has format {manifest['format']}, this version reads {FORMAT}.",
            snapshot=snapshot_id,
            found=manifest["format"],
            expected=FORMAT,
        )
    return Snapshot(
        folder=folder,
        snapshot_id=snapshot_id,
        created_at=manifest["created_at"],
        parts=manifest["parts"],
        project=parse_project(manifest["project"]),
        report=ImportReport.from_json(manifest["report"]),
    )


def _write_whole(path: Path, content: bytes) -> None:
    """Write beside, sync, rename: the file is there whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    directory = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
