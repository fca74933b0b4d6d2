"""Part files: the rows of one table in Parquet, each named by the digest of its bytes.

Nothing is ever changed in place, and a file that does not hold what its name says is damaged.
"""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from geodata.errors import StoreError
from geodata.schema import KEYS, LAYERS, TABLES, conform, has_geometry
from geodata.store.whole import reading, write_whole

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

GROUP_ROWS = 2**17
"""Rows in a row group."""

SELDOM_ALIKE = frozenset(
    {"observation_id", "source_record_id", "origin_row", "content_hash", "text", "x", "y", "geometry"}
)
"""Columns whose values seldom come twice: looking for repetitions in them is wasted."""


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

    Raises
    ------
    StoreError
        As `check_part`.
    """
    schema = TABLES[table]
    tables = [
        pq.read_table(io.BytesIO(_checked(folder, digest, schema)), schema=schema) for digest in digests
    ]
    frame = pa.concat_tables(tables).to_pandas() if tables else schema.empty_table().to_pandas()
    if not has_geometry(table):
        return frame
    geometry = gpd.GeoSeries.from_wkb(frame["geometry"], crs=crs)
    return gpd.GeoDataFrame(frame.drop(columns="geometry"), geometry=geometry)


def read_columns(folder: Path, digests: Sequence[str], table: str, columns: Sequence[str]) -> pd.DataFrame:
    """Read some columns of parts of one table, none of them a geometry, in the order given.

    Raises
    ------
    StoreError
        As `check_part`.
    """
    schema = TABLES[table]
    contents = (_checked(folder, digest, schema) for digest in digests)
    tables = [pq.read_table(io.BytesIO(content), columns=list(columns)) for content in contents]
    empty = pa.schema([schema.field(name) for name in columns]).empty_table()
    found: pd.DataFrame = pa.concat_tables([*tables, empty]).to_pandas()
    return found


def check_part(folder: Path, digest: str, table: str) -> int:
    """Return how many rows a part holds, once its bytes are known to be those that were written.

    Raises
    ------
    StoreError
        ``part_unreadable``, ``part_columns``, ``store_not_readable``.
    """
    rows: int = pq.read_metadata(io.BytesIO(_checked(folder, digest, TABLES[table]))).num_rows
    return rows


def _checked(folder: Path, digest: str, schema: pa.Schema) -> bytes:
    path = folder / "parts" / f"{digest}.parquet"
    content = _content(path)
    if content is None or hashlib.sha256(content).hexdigest() != digest:
        raise StoreError(
            "part_unreadable",
            f"{path.name} in store/parts is missing or damaged; import again.",
            part=path.name,
        )
    # Arrow would fill a column that the file lacks with nulls, and leave out one that it has.
    if not pq.read_schema(io.BytesIO(content)).equals(schema):
        raise StoreError(
            "part_columns",
            f"{path.name} in store/parts has other columns than this version reads; import again.",
            part=path.name,
        )
    return content


def _content(path: Path) -> bytes | None:
    """Return the bytes of a file; None when it is not there."""
    try:
        with reading(path):
            return path.read_bytes()
    except FileNotFoundError:
        return None


def write_part(folder: Path, frame: pd.DataFrame, table: str) -> str:
    """Write one part file, unless it stands there already, whole.

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
    frame = conform(frame, table)
    if table in LAYERS:  # records stay in the order of their file: sorting a million ids is no use to anybody
        frame = frame.sort_values(KEYS[table], kind="stable", ignore_index=True)
    if has_geometry(table):
        frame = pd.DataFrame(frame).assign(geometry=gpd.GeoSeries(frame["geometry"]).to_wkb())
    content = _parquet(frame, TABLES[table])
    digest = hashlib.sha256(content).hexdigest()
    path = folder / "parts" / f"{digest}.parquet"
    if not path.is_file() or _content(path) != content:
        write_whole(path, content)
    return digest


def _parquet(frame: pd.DataFrame, schema: pa.Schema) -> bytes:
    """Write rows group by group, so that no second copy of them all is made."""
    sink = pa.BufferOutputStream()
    repeating = [name for name in schema.names if name not in SELDOM_ALIKE]
    with pq.ParquetWriter(sink, schema, compression="zstd", use_dictionary=repeating) as writer:
        for start in range(0, max(len(frame), 1), GROUP_ROWS):
            group = frame.iloc[start : start + GROUP_ROWS]
            rows = pa.Table.from_pandas(group, schema=schema, preserve_index=False)
            writer.write_table(rows.replace_schema_metadata(None))
    written: bytes = sink.getvalue().to_pybytes()
    return written
