"""Vector files: GeoPackage, GeoJSON, Shape, FlatGeobuf, KML through GDAL, zipped too; GeoParquet by Arrow."""

from __future__ import annotations

import json
import warnings
from contextlib import contextmanager
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

from etl.readers.encoding import SPOKEN
from etl.readers.raw_table import RawTable, Unreadable, text_cells
from etl.readers.vector_layers import choose_layer, find_layers
from geodata.crs import WGS84
from geodata.errors import FileFaultError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from etl.readers.raw_table import ReaderOptions
    from etl.readers.vector_layers import VectorLayer


def read_vector(path: Path, options: ReaderOptions, *, file: str, encoding: str | None) -> RawTable:
    """Read features: attributes as text, geometry in the file's own CRS.

    Rows are numbered from 1, the first feature, as an attribute table shows them.

    Raises
    ------
    FileFaultError
        ``file_unreadable``, ``file_no_rows``, and what `find_layers` and `choose_layer` raise.
    """
    with reading_vectors(path, file=file):
        layers = find_layers(path, file=file)
        if layers:
            layer = choose_layer(layers, options.layer, file=file)
            read = read_layer(layer, encoding=encoding)
        else:
            read = _read_parquet(path)
    return to_raw(*read, file=file)


@contextmanager
def reading_vectors(path: Path, *, file: str) -> Iterator[None]:
    """Say what can't be read.

    Raises
    ------
    FileFaultError
        ``file_unreadable``.
    """
    try:
        yield
    except (DataSourceError, DataLayerError, pa.ArrowException) as error:
        raise FileFaultError(
            "file_unreadable",
            f"{file} can't be read as a vector file: {error}.",
            file=file,
            format="vector",
            problem=str(error).replace(str(path), file),
        ) from error


def to_raw(
    table: pa.Table, geometry_column: str | None, crs: int | None, said: dict[str, str], *, file: str
) -> RawTable:
    """Lay a layer out as text and shapes.

    Raises
    ------
    FileFaultError
        ``file_no_rows``, ``encoding_unknown``.
    """
    if table.num_rows == 0:
        raise FileFaultError("file_no_rows", f"{file} has no features.", file=file)
    rows = np.arange(1, table.num_rows + 1, dtype=np.int64)
    geometry = None
    unreadable: tuple[Unreadable, ...] = ()
    if geometry_column is not None and geometry_column in table.column_names:
        wkb = table.column(geometry_column).to_numpy(zero_copy_only=False)
        with np.errstate(invalid="ignore"):  # a coordinate that is no number is found where it is located
            geometry = np.asarray(shapely.from_wkb(wkb, on_invalid="ignore"), dtype=object)
        broken = shapely.is_missing(geometry) & np.array([written is not None for written in wkb])
        unreadable = tuple(Unreadable(int(row), "geometry_broken", "WKB") for row in rows[broken])
        rows, geometry = rows[~broken], geometry[~broken]
        table = table.drop_columns([geometry_column]).filter(pa.array(~broken))
    columns = {name: _as_text(table.column(name), name, rows, file=file) for name in table.column_names}
    return RawTable(
        cells=text_cells(columns, rows=len(rows)),
        rows=rows,
        said=said,
        geometry=geometry,
        crs=crs,
        unreadable=unreadable,
        decimals={
            name: np.ones(len(rows), dtype=bool)
            for name in table.column_names
            if pa.types.is_floating(table.schema.field(name).type)
        },
    )


def read_layer(
    layer: VectorLayer, *, encoding: str | None = None
) -> tuple[pa.Table, str | None, int | None, dict[str, str]]:
    """Read one layer through GDAL.

    Parameters
    ----------
    encoding
        What the project file says of it; goes before what the file says.

    Returns
    -------
    table, name of its geometry column (None without), EPSG code (None where unsaid), what was found out.
    """
    stated = encoding or layer.encoding
    with warnings.catch_warnings():
        # What GDAL warns of (a damaged feature) shows in the account as a row without its geometry.
        warnings.simplefilter("ignore", RuntimeWarning)
        meta, table = pyogrio.read_arrow(layer.address, layer=layer.name, encoding=stated)
    geometry_column = (meta["geometry_name"] or "wkb_geometry") if meta["geometry_type"] else None
    said = {"layer": layer.name} | ({"encoding": SPOKEN.get(stated, stated)} if stated else {})
    return table, geometry_column, _epsg(meta["crs"]), said


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


def _as_text(column: pa.ChunkedArray, name: str, rows: NDArray[np.int64], *, file: str) -> pd.Series[str]:
    """Write an attribute as text.

    Raises
    ------
    FileFaultError
        ``encoding_unknown`` where the file's text is not in the encoding that it says.
    """
    if pa.types.is_nested(column.type) or pa.types.is_binary(column.type):
        values = column.to_pylist()
        plain = [
            "" if value is None else json.dumps(value, default=str, ensure_ascii=False) for value in values
        ]
        return pd.Series(plain, dtype="str")
    text = column.cast(column.type.value_type) if pa.types.is_dictionary(column.type) else column
    written = pc.cast(text, pa.string())
    try:
        written.validate(full=True)
    except pa.ArrowInvalid as error:
        raw = written.cast(pa.binary()).to_pylist()
        at = next(number for number, value in enumerate(raw) if value is not None and not _is_utf8(value))
        value = ascii(raw[at])
        raise FileFaultError(
            "encoding_unknown",
            f"{file}, row {rows[at]}, column {name}: {value} is not UTF-8.",
            file=file,
            row=int(rows[at]),
            column=name,
            value=value,
        ) from error
    return pd.Series(written.to_pandas(), dtype="str")


def _is_utf8(value: bytes) -> bool:
    try:
        value.decode()
    except UnicodeDecodeError:
        return False
    return True
