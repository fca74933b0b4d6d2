"""From features to the layers of the ground: streets, schools, areas, population."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from etl.conflation import LARGEST_ID, PART_STEP, geometry_ids
from etl.crossed import mend
from etl.digest import row_digests
from etl.doubts.references import settle_reference_of
from etl.fields import read_fields
from etl.identity import reject_conflicts
from etl.locate import check_points, locate, require_geometry, stated_crs
from etl.masking.secret import mask_ids
from etl.parse import numbers
from etl.tables import Converted, typed
from geodata.crs import reproject
from geodata.schema import KEYS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from etl.context import Context
    from etl.mapping import Mapping
    from etl.readers.raw_table import RawTable
    from etl.validate import Findings

GEOMETRY = "geometry"
LINES = (shapely.GeometryType.LINESTRING, shapely.GeometryType.MULTILINESTRING)

FARTHEST = 1e9
"""No coordinate in any unit is larger; one that is comes from a damaged file."""

SQUARE_NORTH = 10**7
"""A square's id is its corner's E and then N in seven digits."""


def to_layer(
    raw: RawTable, mapping: Mapping, context: Context, findings: Findings, *, set_aside: NDArray[np.bool_]
) -> Converted:
    """Read the rows of a file as features of a layer; rows set aside stay out of it."""
    fields, notes = read_fields(raw.cells, mapping, findings)
    key = KEYS[mapping.table]
    frame = pd.DataFrame({key: _keys(raw, mapping, context, findings), **fields})
    said = notes.said()
    if mapping.table == "population":
        _check_squares(frame, mapping, findings)
    elif mapping.table == "schools":
        said |= _put_points(frame, raw, mapping, context, findings)
    else:
        said |= _put_geometry(frame, raw, mapping, context, findings)
    digests = row_digests(frame, list(frame.columns))
    if mapping.key is not None:
        reject_conflicts(raw.cells[mapping.key], digests, findings, columns=mapping.id_columns)
    accepted = ~findings.rejected & ~set_aside
    linked = accepted & frame[accepted].duplicated(key).reindex(frame.index, fill_value=False).to_numpy(bool)
    waiting = accepted & ~linked
    if mapping.table == "population":
        waiting &= False
    else:
        waiting &= shapely.is_missing(frame[GEOMETRY].to_numpy(dtype=object))
    kept = accepted & ~linked
    frame = frame[kept].assign(row=np.flatnonzero(kept))
    if mapping.table == "streets":
        frame, divided = _single_lines(frame)
        said |= {"lines_divided": str(divided)} if divided else {}
        frame["length_m"] = shapely.length(frame[GEOMETRY].to_numpy(dtype=object))
    if mapping.key is None:
        frame[key] = geometry_ids(frame, mapping.table)
        frame = frame[~frame.duplicated(key)]
        linked[np.setdiff1d(np.flatnonzero(kept), frame["row"])] = True
    return Converted(
        frame=typed(frame.drop(columns="row"), mapping.table),
        row=frame["row"].to_numpy(dtype=np.int64),
        set_aside=set_aside & ~findings.rejected,
        waiting=waiting,
        linked=linked,
        said=said,
    )


def _keys(raw: RawTable, mapping: Mapping, context: Context, findings: Findings) -> pd.Series:
    """Return the source's ids, or the rows' places until the geometry gives ids."""
    if mapping.key is None:
        return pd.Series(np.arange(len(raw.rows)))  # a row's number may stand on several pieces of it
    text = raw.cells[mapping.key]
    findings.reject(text == "", code="value_missing", columns=mapping.id_columns)
    if mapping.has_text_id:
        return mask_ids(text, context.door.secret)
    values, unreadable = numbers(text)
    whole = (values % 1 == 0) & (values < LARGEST_ID)
    findings.reject(unreadable | ~whole, code="number_unreadable", columns=mapping.id_columns)
    findings.reject(values < 0, code="number_negative", columns=mapping.id_columns)
    return pd.Series(np.where(whole, values, 0.0)).astype("int64")


def _check_squares(frame: pd.DataFrame, mapping: Mapping, findings: Findings) -> None:
    """Refuse ids that are no south-west corner of a square with the row's side."""
    side = frame["side_m"].fillna(0.0).clip(upper=LARGEST_ID).astype("int64").to_numpy()
    square = frame["square_id"].to_numpy()
    safe = np.where(side > 0, side, 1)
    off = (side <= 0) | (square // SQUARE_NORTH % safe != 0) | (square % SQUARE_NORTH % safe != 0)
    findings.reject(off, code="square_off_grid", columns=mapping.id_columns)
    frame["side_m"] = side


def _put_points(
    frame: pd.DataFrame, raw: RawTable, mapping: Mapping, context: Context, findings: Findings
) -> dict[str, str]:
    if mapping.location is None:
        return {}
    place = locate(raw, mapping.location, context, findings)
    points = np.full(len(frame), None, dtype=object)
    known = np.isfinite(place.x)
    points[known] = shapely.points(place.x[known], place.y[known])
    frame[GEOMETRY] = pd.Series(points, dtype=object)
    return place.said


def _put_geometry(
    frame: pd.DataFrame, raw: RawTable, mapping: Mapping, context: Context, findings: Findings
) -> dict[str, str]:
    if mapping.location is None:
        return {}
    geometry = shapely.force_2d(require_geometry(raw, context))
    stated = stated_crs(mapping.location, context, stated=raw.crs)
    reference = settle_reference_of(geometry, stated=stated, context=context)
    source = reference.epsg
    geometry = reference.turned(geometry)
    kind = shapely.get_type_id(geometry)
    names = np.array([shapely.GeometryType(number).name for number in kind], dtype=object)
    gone = shapely.is_missing(geometry) | shapely.is_empty(geometry)
    findings.reject(gone, code="geometry_empty", columns=[GEOMETRY], values=names)
    collected = kind == shapely.GeometryType.GEOMETRYCOLLECTION
    wrong = ~np.isin(kind, LINES) if mapping.table == "streets" else collected
    findings.reject(wrong, code="geometry_kind", columns=[GEOMETRY], values=names)
    wild = ~gone & ~(np.abs(shapely.bounds(geometry)) < FARTHEST).all(axis=1)
    findings.reject(wild, code="geometry_broken", columns=[GEOMETRY], values=names)
    geometry[findings.rejected] = None
    geometry, crossed, tangled = mend(geometry)
    findings.reject(tangled, code="geometry_broken", columns=[GEOMETRY], values=names)
    usable = ~findings.rejected
    broken = usable & (shapely.is_empty(geometry) | ((shapely.length(geometry) == 0) & np.isin(kind, LINES)))
    findings.reject(broken, code="geometry_broken", columns=[GEOMETRY], values=names)
    geometry[findings.rejected] = None
    _check_middles(geometry, source, context, findings)
    moved = reproject(geometry, source=source, target=context.project.geography.working_crs)
    lost = ~np.isfinite(shapely.bounds(moved)).all(axis=1)
    findings.reject(lost, code="coordinates_outside", columns=[GEOMETRY], values=_middles(geometry)[2])
    frame[GEOMETRY] = pd.Series(moved, dtype=object)
    mended = int((crossed & ~broken).sum())
    said = {"crs": str(source)} | reference.said
    return said | ({"geometry_mended": str(mended)} if mended else {})


def _check_middles(geometry: NDArray[np.object_], source: int, context: Context, findings: Findings) -> None:
    """Refuse features whose middle lies at 0, 0, or in the municipality only with its coordinates swapped."""
    first, second, written = _middles(geometry)
    check_points(
        first,
        second,
        source=source,
        context=context,
        findings=findings,
        columns=(GEOMETRY,),
        values=written,
        beyond=True,
    )


def _middles(
    geometry: NDArray[np.object_],
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.object_]]:
    """Return a point on each feature, and the point as text."""
    middle = shapely.point_on_surface(geometry)
    written = np.asarray(shapely.to_wkt(middle, rounding_precision=6), dtype=object)
    return shapely.get_x(middle), shapely.get_y(middle), written


def _single_lines(frame: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Join the parts of each line where they meet, and give each part that is left a row of its own."""
    lines = shapely.line_merge(frame[GEOMETRY].to_numpy(dtype=object))
    parts, at = shapely.get_parts(lines, return_index=True)
    single = frame.iloc[at].reset_index(drop=True)
    single[GEOMETRY] = pd.Series(parts, dtype=object)
    part = single.groupby("row").cumcount()
    single["street_id"] += part * PART_STEP
    return single, int((shapely.get_num_geometries(lines) > 1).sum())
