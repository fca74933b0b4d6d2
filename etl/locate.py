"""Where a record is: a point in the working CRS, or how far less than that its source knows."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from etl.doubts.references import region, settle_reference, settle_reference_of
from etl.parse import decimal_sign, numbers
from etl.text_columns import worded
from geodata.crs import WGS84, is_geographic, to_lonlat, to_working
from geodata.errors import FileFaultError
from geodata.precision import LocationPrecision

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from etl.context import Context
    from etl.readers.raw_table import RawTable
    from etl.rules import LocationRule
    from etl.validate import Findings

BY_COORDINATES = "coordinates"
BY_GEOMETRY = "geometry"
BY_AREA_NAME = "area_name"
COUNTY = r"(?i)\slän$"
"""How the name of a Swedish county ends."""

_PRECISION_OF_SHAPE = {
    (shapely.GeometryType.LINESTRING, shapely.GeometryType.MULTILINESTRING): LocationPrecision.STREET,
    (
        shapely.GeometryType.POLYGON,
        shapely.GeometryType.MULTIPOLYGON,
        shapely.GeometryType.MULTIPOINT,
    ): LocationPrecision.AREA,
}
"""A drawn line or area says less than a point does, and so do several points."""


@dataclass(frozen=True)
class Located:
    """Where each row is, each of shape ``(n,)``.

    Attributes
    ----------
    x, y
        Metres in the working CRS; NaN where there is no point.
    precision
        `LocationPrecision`, as text.
    located_by
        How it was found; null where it was not.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    precision: pd.Series[str]
    located_by: pd.Series[str]
    said: dict[str, str] = field(default_factory=dict)


def locate(raw: RawTable, rule: LocationRule, context: Context, findings: Findings) -> Located:
    """Find where each row is, by the one way that the mapping says; words are understood later.

    Raises
    ------
    FileFaultError
        ``geometry_missing`` and what `settle_reference` raises.
    """
    if rule.area is not None:
        return _by_area(raw.cells[rule.area], findings, column=rule.area)
    if rule.geometry:
        return _by_geometry(raw, rule, context, findings)
    if rule.east is None and rule.longitude is None:
        return _nowhere_yet(len(raw.rows))
    first = rule.east or rule.longitude or ""
    second = rule.north or rule.latitude or ""
    return _by_coordinates(raw.cells, (first, second), rule, context, findings)


def stated_crs(rule: LocationRule, context: Context, *, stated: int | None) -> int | None:
    """Return the EPSG code of coordinates: the project file's word, then the file's, then the mapping's."""
    default = WGS84 if rule.longitude is not None else rule.crs
    return next((code for code in (context.crs, stated, default) if code is not None), None)


def require_geometry(raw: RawTable, context: Context) -> NDArray[np.object_]:
    """Return the file's geometries.

    Raises
    ------
    FileFaultError
        ``geometry_missing`` when the file has none at all.
    """
    if raw.geometry is None:
        raise FileFaultError(
            "geometry_missing",
            f"{context.file} has no geometry, which the mapping {context.mapping} needs.",
            file=context.file,
            mapping=context.mapping,
        )
    return raw.geometry


def check_points(
    first: NDArray[np.float64],
    second: NDArray[np.float64],
    *,
    source: int,
    context: Context,
    findings: Findings,
    columns: tuple[str, ...],
    values: NDArray[np.object_] | None = None,
    beyond: bool = False,
) -> None:
    """Reject points at 0, 0, points outside, and those that lie inside with their coordinates swapped.

    Parameters
    ----------
    first, second
        East and north, or longitude and latitude, in `source`; NaN where there is none; shape ``(n,)``.
    beyond
        Whether what lies outside may stay: roads and rivers go on past the boundary.
    """
    given = np.isfinite(first) & np.isfinite(second)
    findings.reject(
        given & (first == 0.0) & (second == 0.0), code="coordinates_zero", columns=columns, values=values
    )
    outside = given & ~_inside(first, second, source, context)
    swapped = outside & _inside(second, first, source, context)
    findings.reject(swapped, code="coordinates_swapped", columns=columns, values=values)
    if not beyond:
        findings.reject(outside, code="coordinates_outside", columns=columns, values=values)


def _inside(
    first: NDArray[np.float64], second: NDArray[np.float64], source: int, context: Context
) -> NDArray[np.bool_]:
    west, south, east, north = region(source, context)
    lon, lat = (first, second) if is_geographic(source) else to_lonlat(first, second, working=source)
    return np.asarray((lon >= west) & (lon <= east) & (lat >= south) & (lat <= north))


def _by_coordinates(
    cells: pd.DataFrame,
    columns: tuple[str, str],
    rule: LocationRule,
    context: Context,
    findings: Findings,
) -> Located:
    first, bad_first = numbers(cells[columns[0]], decimal=rule.decimal)
    second, bad_second = numbers(cells[columns[1]], decimal=rule.decimal)
    findings.reject(bad_first, code="coordinate_unreadable", columns=columns[:1])
    findings.reject(bad_second, code="coordinate_unreadable", columns=columns[1:])
    findings.reject(np.isnan(first) != np.isnan(second), code="coordinate_half", columns=columns)
    stated = stated_crs(rule, context, stated=None)
    reference = settle_reference(first, second, stated=stated, columns=columns, context=context)
    first, second = reference.in_order(first, second)
    source = reference.epsg
    check_points(first, second, source=source, context=context, findings=findings, columns=columns)
    point = np.isfinite(first) & np.isfinite(second)
    known = worded(np.where(point, 0, 1), [str(rule.precision), None])
    located = _points(first, second, source, context, precision=known, by=BY_COORDINATES)
    decimal = decimal_sign(cells[columns[0]], decimal=rule.decimal)
    said = located.said | reference.said
    return replace(located, said=said | ({"decimal": decimal} if decimal else {}))


def _by_geometry(raw: RawTable, rule: LocationRule, context: Context, findings: Findings) -> Located:
    geometry = require_geometry(raw, context)
    geometry = _sound_shapes(geometry, findings)
    stated = stated_crs(rule, context, stated=raw.crs)
    reference = settle_reference_of(geometry, stated=stated, context=context)
    source = reference.epsg
    geometry = reference.turned(geometry)
    gone = shapely.is_missing(geometry)
    middle = shapely.point_on_surface(geometry)
    first, second = shapely.get_x(middle), shapely.get_y(middle)
    check_points(
        first,
        second,
        source=source,
        context=context,
        findings=findings,
        columns=("geometry",),
        values=shapely.to_wkt(middle, rounding_precision=6),
    )
    single = shapely.get_num_geometries(geometry) == 1
    kind = shapely.get_type_id(np.where(single, shapely.get_geometry(geometry, 0), geometry))
    precision = np.full(len(geometry), str(rule.precision), dtype=object)
    for kinds, less in _PRECISION_OF_SHAPE.items():
        precision[np.isin(kind, kinds)] = str(less)
    precision[gone] = None
    # An area has no point on any map: its middle would say more than the source does.
    first = np.where(precision == str(LocationPrecision.AREA), np.nan, first)
    known = pd.Series(precision, dtype="str")
    located = _points(first, second, source, context, precision=known, by=BY_GEOMETRY)
    return replace(located, said=located.said | reference.said)


def _sound_shapes(geometry: NDArray[np.object_], findings: Findings) -> NDArray[np.object_]:
    """Return the geometries that can be located, None for the rest; refuse collections and broken ones.

    A point without coordinates is a broken one: files write it for coordinates that are no numbers.
    """
    kind = shapely.get_type_id(geometry)
    names = np.array([shapely.GeometryType(number).name for number in kind], dtype=object)
    gone = shapely.is_missing(geometry) | shapely.is_empty(geometry)
    collected = ~gone & (kind == shapely.GeometryType.GEOMETRYCOLLECTION)
    coordinates, of = shapely.get_coordinates(geometry, return_index=True)
    broken = np.zeros(len(geometry), dtype=bool)
    broken[of[~np.isfinite(coordinates).all(axis=1)]] = True
    broken |= shapely.is_empty(geometry) & (kind == shapely.GeometryType.POINT)
    findings.reject(collected, code="geometry_kind", columns=("geometry",), values=names)
    findings.reject(broken, code="geometry_broken", columns=("geometry",), values=names)
    sound = geometry.copy()
    sound[gone | collected | broken] = None
    return sound


def _points(
    first: NDArray[np.float64],
    second: NDArray[np.float64],
    source: int,
    context: Context,
    *,
    precision: pd.Series[str],
    by: str,
) -> Located:
    """Bring points to the working CRS; a null precision is a row that waits for a place."""
    point = np.isfinite(first) & np.isfinite(second)
    x, y = to_working(
        np.where(point, first, np.nan),
        np.where(point, second, np.nan),
        source=source,
        working=context.project.geography.working_crs,
    )
    point &= np.isfinite(x) & np.isfinite(y)
    return Located(
        x=np.where(point, x, np.nan),
        y=np.where(point, y, np.nan),
        precision=precision.fillna(str(LocationPrecision.UNKNOWN)),
        located_by=worded(precision.isna().to_numpy(dtype=np.int8), [by, None]),
        said={"crs": str(source)},
    )


def _nowhere_yet(rows: int) -> Located:
    """Return no place: only words are known, which are understood over all files."""
    nowhere = np.full(rows, np.nan)
    return Located(
        x=nowhere,
        y=nowhere,
        precision=pd.Series([str(LocationPrecision.UNKNOWN)] * rows, dtype="str"),
        located_by=pd.Series([None] * rows, dtype="str"),
    )


def _by_area(names: pd.Series[str], findings: Findings, *, column: str) -> Located:
    findings.reject(names == "", code="value_missing", columns=[column])
    county = names.str.contains(COUNTY, regex=True)
    precision = pd.Series(str(LocationPrecision.MUNICIPALITY), index=names.index, dtype="str")
    nowhere = np.full(len(names), np.nan)
    return Located(
        x=nowhere,
        y=nowhere,
        precision=precision.where(~county, str(LocationPrecision.COUNTY)),
        located_by=pd.Series(BY_AREA_NAME, index=names.index, dtype="str"),
    )
