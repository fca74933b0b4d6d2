"""An acceptance row made of a file's own first good row, masked, that holds a proposed mapping."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely

from etl.acceptance import convert_rows, try_rows
from etl.mapping import Mapping
from etl.masking.mask import mask_text
from geodata.crs import WGS84, reproject
from geodata.errors import FileFaultError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from etl.readers.raw_table import RawTable
    from etl.tables import Converted
    from geodata.project import Project

POINTS = 12
"""Points that the shape of an acceptance row may have; a larger one stands as its box."""
DECIMALS = 6
NAMING = frozenset(
    {"municipality_code", "source", "origin_file", "origin_row", "content_hash", "observation_id"}
)
"""Columns that say how a row came in, or that name it: no row proves a mapping by them."""
EXPECTED = (
    "category",
    "text",
    "measure",
    "status",
    "responsible",
    "respondent",
    "severity",
    "checklist",
    "collected_at",
    "batch",
    "v85_kmh",
    "flow_adt",
    "occurred_from",
    "time_precision",
    "location_precision",
    "location_text",
    "x",
    "y",
)
"""Columns of observations that a proposed acceptance row holds the mapping to."""
NAMED_BY_SOURCE = frozenset({"measurement_id"})
"""Ids that begin with the source's name, which a trial does not know."""


def prove(
    data: dict[str, Any], mapping: Mapping, raw: RawTable, converted: Converted, *, project: Project
) -> dict[str, Any] | None:
    """Return an acceptance row that the mapping holds to; None when none does."""
    for at in _good_rows(converted):
        cells = raw.cells.iloc[at]
        used = [name for name in raw.cells.columns if name in mapping.used and cells[name]]
        row: dict[str, Any] = {"row": {name: mask_text(cells[name]) for name in used}}
        written = _geometry(raw, mapping, at)
        if written is not None:
            row["geometry"] = written
        try:
            proven = _with_what_comes(data, row, project)
        except FileFaultError:  # one row can be read in two ways where the whole file can't
            continue
        if proven is not None:
            return proven
    return None


def _good_rows(converted: Converted) -> Sequence[int]:
    """Return the first row that came in, and the first that waits."""
    aside = converted.set_aside[converted.row]
    waits = converted.waiting[converted.row]
    kept = [converted.row[~aside & ~waits], converted.row[~aside & waits]]
    return [int(rows[0]) for rows in kept if len(rows)]


def _with_what_comes(data: dict[str, Any], row: dict[str, Any], project: Project) -> dict[str, Any] | None:
    """Return the row with what comes of it, None where masking made another row of it."""
    mapping = Mapping.model_validate(data | {"acceptance": [row | {"fate": "waiting"}]})
    converted = convert_rows(mapping, name="describe", project=project)
    if not len(converted.frame) or converted.set_aside[0]:
        return None
    given = converted.frame.iloc[0]
    layer = [name for name in given.index if name not in NAMING | NAMED_BY_SOURCE]
    names = EXPECTED if mapping.table == "observations" else layer
    expect = {name: plain(given[name]) for name in names if has_value(given[name])}
    fate = {"fate": "waiting"} if converted.waiting[0] else {}
    whole = row | fate | {"expect": expect}
    proven = Mapping.model_validate(data | {"acceptance": [whole]})
    return whole if not try_rows(proven, name="describe", project=project) else None


def _geometry(raw: RawTable, mapping: Mapping, at: int) -> str | None:
    if mapping.location is None or not mapping.location.geometry or raw.geometry is None:
        return None
    shape = raw.geometry[at]
    if shape is None:
        return None
    if shapely.get_num_coordinates(shape) > POINTS:
        shape = shapely.envelope(shape)
    if mapping.location.crs is None and raw.crs not in {None, WGS84}:
        shape = reproject([shape], source=int(raw.crs or WGS84), target=WGS84)[0]
    return str(shapely.to_wkt(shape, rounding_precision=DECIMALS))


def has_value(value: object) -> bool:
    """Say whether a cell of a frame holds anything."""
    if isinstance(value, float):
        return bool(np.isfinite(value))
    return value is not None and value is not pd.NaT


def plain(value: Any) -> str | int | float | bool:
    """Write a value as an acceptance row expects it."""
    if isinstance(value, shapely.Geometry):
        return str(value.geom_type)
    if isinstance(value, dt.date):  # a moment too
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    if isinstance(value, (int, np.integer)):
        return int(value)
    return round(float(value), 3) if isinstance(value, (float, np.floating)) else str(value)


def shown(value: Any) -> str:
    """Write a value for a person."""
    return str(plain(value)) if has_value(value) else ""
