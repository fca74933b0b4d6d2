"""Vector files: GeoPackage, GeoJSON, Shape and FlatGeobuf through GDAL, GeoParquet through Arrow."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pyogrio
import pyproj
import shapely
from pyogrio.errors import DataLayerError, DataSourceError
from pyproj.exceptions import CRSError

from etl.readers.raw_table import RawTable, text_cells
from geodata.crs import WGS84
from geodata.errors import FileFaultError

if TYPE_CHECKING:
    from pathlib import Path

    from etl.readers.raw_table import ReaderOptions


def read_vector(path: Path, options: ReaderOptions, *, file: str, encoding: str | None) -> RawTable:
    """Read features: attributes as text, geometry in the file's own CRS.

    Rows are numbered from 1, the first feature, as an attribute table shows them.

    Raises
    ------
    FileFaultError
        ``file_unreadable``, ``layer_missing``, ``file_no_rows``.
    """
    try:
        if path.suffix.lower() == ".parquet":
            table, geometry_column, crs, said = _read_parquet(path)
        else:
            table, geometry_column, crs, said = _read_gdal(path, options.layer, file=file, encoding=encoding)
    except (DataSourceError, DataLayerError, pa.ArrowException) as error:
        raise FileFaultError(
            "file_unreadable",
            f"{file} can't be read as a vector file: {error}.",
            file=file,
            format="vector",
            problem=str(error).replace(str(path), file),
        ) from error
    if table.num_rows == 0:
        raise FileFaultError("file_no_rows", f"{file} has no features.", file=file)
    geometry = None
    if geometry_column is not None and geometry_column in table.column_names:
        wkb = table.column(geometry_column).to_numpy(zero_copy_only=False)
        geometry = np.asarray(shapely.from_wkb(wkb), dtype=object)
        table = table.drop_columns([geometry_column])
    columns = {name: _as_text(table.column(name)) for name in table.column_names}
    return RawTable(
        cells=text_cells(columns, rows=table.num_rows),
        rows=np.arange(1, table.num_rows + 1, dtype=np.int64),
        said=said,
        geometry=geometry,
        crs=crs,
    )


def _read_gdal(
    path: Path, layer: str | None, *, file: str, encoding: str | None
) -> tuple[pa.Table, str | None, int | None, dict[str, str]]:
    layers = [str(name) for name in pyogrio.list_layers(path)[:, 0]]
    if layer is None and len(layers) == 1:
        layer = layers[0]
    if layer is None or layer not in layers:
        found = ", ".join(layers)
        raise FileFaultError(
            "layer_missing",
            f"{file}: there is no layer {layer or ''}. Found: {found}.",
            file=file,
            layer=layer or "",
            found=found,
        )
    meta, table = pyogrio.read_arrow(path, layer=layer, encoding=encoding)
    geometry_column = (meta["geometry_name"] or "wkb_geometry") if meta["geometry_type"] else None
    return table, geometry_column, _epsg(meta["crs"]), {"layer": layer}


def _read_parquet(path: Path) -> tuple[pa.Table, str | None, int | None, dict[str, str]]:
    table = pq.read_table(path)
    stated = (table.schema.metadata or {}).get(b"geo")
    if stated is None:
        return table, None, None, {}
    geo = json.loads(stated)
    column = geo["primary_column"]
    # GeoParquet: no word about the CRS means longitude and latitude on WGS 84.
    crs = geo["columns"][column].get("crs", "OGC:CRS84")
    return table, column, _epsg(json.dumps(crs) if isinstance(crs, dict) else crs), {}


def _epsg(stated: str | None) -> int | None:
    """Return the EPSG code of what a file states, None where there is none."""
    if stated is None:
        return None
    try:
        crs = pyproj.CRS.from_user_input(stated)
    except CRSError:
        return None
    if crs.equals(pyproj.CRS.from_user_input("OGC:CRS84")):
        return WGS84
    return crs.to_epsg(min_confidence=25)


def _as_text(column: pa.ChunkedArray) -> pd.Series[str]:
    if pa.types.is_nested(column.type) or pa.types.is_binary(column.type):
        values = column.to_pylist()
        plain = [
            "" if value is None else json.dumps(value, default=str, ensure_ascii=False) for value in values
        ]
        return pd.Series(plain, dtype="str")
    text = column.cast(column.type.value_type) if pa.types.is_dictionary(column.type) else column
    return pd.Series(pc.cast(text, pa.string()).to_pandas(), dtype="str")
