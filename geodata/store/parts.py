"""Part files: the rows of one table in Parquet, each named by the digest of its bytes.

Nothing is ever changed in place, and a file that does not hold what its name says is damaged.
"""

from __future__ import annotations

import hashlib
import io
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from geodata.errors import StoreError
from geodata.schema import KEYS, LAYERS, TABLES, conform, has_geometry
from geodata.store.file_state import FileState
from geodata.store.patches import laid_over, overlay_of
from geodata.store.whole import reading, write_whole

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from geodata.store.patches import Overlay, Part

GROUP_ROWS = 2**17
"""Rows in a row group."""

SEVERAL = 20
"""Columns from which several threads read."""

SELDOM_ALIKE = frozenset(
    {"observation_id", "source_record_id", "origin_row", "content_hash", "text", "x", "y", "geometry"}
)
"""Columns whose values seldom come twice: looking for repetitions in them is wasted."""


def read_parts(
    folder: Path, parts: Sequence[Part], table: str, *, crs: int
) -> gpd.GeoDataFrame | pd.DataFrame:
    """Read some parts of one table, in the order given; empty when there are none.

    Parameters
    ----------
    folder
        The workspace's ``store/`` folder.
    crs
        EPSG code of the working CRS that their geometry is in.

    Raises
    ------
    StoreError
        As `check_part`.
    """
    schema = TABLES[table]
    tables = [open_part(folder, part, table).columns(schema.names) for part in parts]
    frame = pa.concat_tables(tables).to_pandas() if tables else schema.empty_table().to_pandas()
    if not has_geometry(table):
        return frame
    geometry = gpd.GeoSeries.from_wkb(frame["geometry"], crs=crs)
    return gpd.GeoDataFrame(frame.drop(columns="geometry"), geometry=geometry)


def read_columns(folder: Path, parts: Sequence[Part], table: str, columns: Sequence[str]) -> pd.DataFrame:
    """Read some columns of parts of one table, none of them a geometry, in the order given.

    Raises
    ------
    StoreError
        As `check_part`.
    """
    schema = TABLES[table]
    empty = pa.schema([schema.field(name) for name in columns]).empty_table()
    tables = (open_part(folder, part, table).columns(columns) for part in parts)
    found: pd.DataFrame = pa.concat_tables([*tables, empty]).to_pandas()
    return found


def check_part(folder: Path, part: Part, table: str) -> int:
    """Return how many rows a part holds, once its bytes are known to be those that were written.

    Raises
    ------
    StoreError
        ``part_unreadable``, ``part_columns``, ``store_not_readable``.
    """
    return open_part(folder, part, table).rows


@dataclass(frozen=True, eq=False)
class OpenPart:
    """A part whose bytes are those that were written; what is read of it is read from them.

    Attributes
    ----------
    schema
        Of its table.
    base, patch
        What its files hold; no patch where it has one file.
    over
        How the patch lies over the base.
    verified
        The files as they were when their bytes were found to be those that were written.
    """

    schema: pa.Schema
    base: bytes
    patch: bytes = b""
    over: Overlay | None = None
    verified: frozenset[FileState] = frozenset()

    @property
    def base_rows(self) -> int:
        """Rows of the base, those that are left out among them."""
        return _rows(self.base)

    @property
    def rows(self) -> int:
        """Rows of the part."""
        if self.over is None:
            return self.base_rows
        return self.base_rows - len(self.over.left_out) + len(self.over.at)

    def columns(self, names: Sequence[str], *, encoded: Sequence[str] = ()) -> pa.Table:
        """Return some columns; those `encoded` may come as numbers of their distinct values."""
        if self.over is None:
            return _columns(self.base, names, encoded)
        return laid_over(self.base_columns(names), _columns(self.patch, names), self.over)

    def base_columns(self, names: Sequence[str]) -> pa.Table:
        """Return some columns of the base, as its file has them."""
        return _columns(self.base, names)

    def patch_rows(self) -> pd.DataFrame:
        """Return the rows of the patch; none where there is none."""
        names = self.schema.names
        table = self.schema.empty_table() if self.over is None else _columns(self.patch, names)
        frame: pd.DataFrame = table.to_pandas()
        return frame


def open_part(
    folder: Path, part: Part, table: str, *, verified: frozenset[FileState] = frozenset()
) -> OpenPart:
    """Open one part.

    Parameters
    ----------
    verified
        Of an earlier look at it (`OpenPart.verified`): a file that has not been touched since is not digested
        again.

    Raises
    ------
    StoreError
        As `check_part`.
    """
    schema = TABLES[table]
    if isinstance(part, str):
        content, state = _checked(folder, part, schema, verified)
        return OpenPart(schema, content, verified=frozenset({state}))
    (base, base_state), (patch, patch_state) = (
        _checked(folder, one, schema, verified) for one in (part.base, part.patch)
    )
    metadata = pq.read_metadata(pa.BufferReader(patch))
    over = overlay_of(metadata.metadata)
    if over is None or not over.fits(base_rows=_rows(base), patch_rows=metadata.num_rows):
        raise _unreadable(part.patch)
    return OpenPart(schema, base, patch, over, frozenset({base_state, patch_state}))


def _columns(content: bytes, names: Sequence[str], encoded: Sequence[str] = ()) -> pa.Table:
    # For some columns, sharing the work out costs more than it saves. `read_table` would go by way of a data
    # set, which reads ahead and has the columns in memory twice over for a while.
    encoded_here = [name for name in encoded if name in names]
    file = pq.ParquetFile(pa.BufferReader(content), read_dictionary=encoded_here)
    table = file.read(columns=list(names), use_threads=len(names) > SEVERAL)
    return table.select(list(names)).replace_schema_metadata(None)


def _rows(content: bytes) -> int:
    rows: int = pq.read_metadata(pa.BufferReader(content)).num_rows
    return rows


def _checked(
    folder: Path, digest: str, schema: pa.Schema, verified: frozenset[FileState]
) -> tuple[bytes, FileState]:
    path = _path(folder, digest)
    found = _content(path)
    if found is None:
        raise _unreadable(digest)
    content, state = found
    if state not in verified and hashlib.sha256(content).hexdigest() != digest:
        raise _unreadable(digest)
    # Arrow would fill a column that the file lacks with nulls, and leave out one that it has.
    if not pq.read_schema(io.BytesIO(content)).equals(schema):
        raise StoreError(
            "part_columns",
            f"{path.name} in store/parts has other columns than this version reads; import again.",
            part=path.name,
        )
    return content, state


def _path(folder: Path, digest: str) -> Path:
    return folder / "parts" / f"{digest}.parquet"


def _unreadable(digest: str) -> StoreError:
    name = f"{digest}.parquet"
    return StoreError(
        "part_unreadable", f"{name} in store/parts is missing or damaged; import again.", part=name
    )


def _content(path: Path) -> tuple[bytes, FileState] | None:
    """Return the bytes of a file and its state; None when it is not there."""
    try:
        with reading(path), path.open("rb") as file:
            state = FileState.of(path.stem, os.fstat(file.fileno()))
            return file.read(), state
    except FileNotFoundError:
        return None


def write_part(folder: Path, frame: pd.DataFrame, table: str, *, over: Overlay | None = None) -> str:
    """Write one part file, unless it stands there already, whole.

    Parameters
    ----------
    folder
        The workspace's ``store/`` folder.
    frame
        Rows of `table`; geometry as shapely objects in the working CRS.
    over
        How they lie over a base, where the file is a patch.

    Returns
    -------
    str
        The digest that names the part.
    """
    frame = conform(frame, table)
    if table in LAYERS:  # records stay in the order of their file: sorting a million ids is no use to anybody
        frame = frame.sort_values(KEYS[table], kind="stable", ignore_index=True)
    if has_geometry(table):
        frame = pd.DataFrame(frame).assign(geometry=gpd.GeoSeries(frame["geometry"]).to_wkb())
    content = _parquet(frame, TABLES[table], {} if over is None else over.metadata())
    digest = hashlib.sha256(content).hexdigest()
    path = _path(folder, digest)
    held = _content(path)
    if held is None or held[0] != content:
        write_whole(path, content)
    return digest


def _parquet(frame: pd.DataFrame, schema: pa.Schema, about: dict[bytes, bytes]) -> bytes:
    """Write rows group by group, so that no second copy of them all is made."""
    sink = pa.BufferOutputStream()
    repeating = [name for name in schema.names if name not in SELDOM_ALIKE]
    with pq.ParquetWriter(sink, schema, compression="zstd", use_dictionary=repeating) as writer:
        if about:
            writer.add_key_value_metadata(about)
        for start in range(0, max(len(frame), 1), GROUP_ROWS):
            group = frame.iloc[start : start + GROUP_ROWS]
            rows = pa.Table.from_pandas(group, schema=schema, preserve_index=False)
            writer.write_table(rows.replace_schema_metadata(None))
    written: bytes = sink.getvalue().to_pybytes()
    return written
