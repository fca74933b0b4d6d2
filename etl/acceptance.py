"""A mapping's own acceptance rows, put through the same conversion as a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from etl.context import Context
from etl.convert import convert
from etl.readers.raw_table import RawTable, text_cells
from geodata.crs import WGS84
from geodata.project import Municipality, Project

if TYPE_CHECKING:
    from etl.mapping import Mapping
    from etl.rules import AcceptanceRow
    from etl.tables import Converted

TOLERANCE = 0.1
"""Metres and other numbers may differ by this: PROJ's versions differ in the last digits."""

NEUTRAL = Project(municipality=Municipality(name="Säffle", code="1785"))
"""Whose rows the shipped mappings are tried as: no extent, Swedish time, SWEREF 99 TM."""


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One thing that became of an acceptance row otherwise than the mapping says.

    Attributes
    ----------
    row
        Number of the acceptance row, from 1.
    column
        Column of ours, ``fate`` or ``reject``.
    expected, value
        What should have come and what came.
    """

    row: int
    column: str
    expected: str
    value: str


def try_rows(mapping: Mapping, *, name: str, project: Project = NEUTRAL) -> tuple[Mismatch, ...]:
    """Put every acceptance row of a mapping through the conversion, one at a time."""
    context = Context(project=project, source="acceptance", file=name, mapping=name, now=datetime.now(UTC))
    found: list[Mismatch] = []
    for number, wanted in enumerate(mapping.acceptance, start=1):
        converted = convert(_raw(wanted, mapping), mapping, context)
        found.extend(Mismatch(number, *differs) for differs in _compare(wanted, converted))
    return tuple(found)


def _raw(wanted: AcceptanceRow, mapping: Mapping) -> RawTable:
    columns = dict.fromkeys(sorted(mapping.used), "") | wanted.row
    crs = mapping.location.crs if mapping.location else None
    geometry = None
    if mapping.location is not None and mapping.location.geometry:
        shape = shapely.from_wkt(wanted.geometry) if wanted.geometry else None
        geometry = np.array([shape], dtype=object)
    return RawTable(
        cells=text_cells(
            {column: pd.Series([cell], dtype="str") for column, cell in columns.items()}, rows=1
        ),
        rows=np.array([1], dtype=np.int64),
        geometry=geometry,
        crs=crs or WGS84,
    )


def _compare(wanted: AcceptanceRow, converted: Converted) -> list[tuple[str, str, str]]:
    if wanted.reject is not None:
        expected = (wanted.reject.code, wanted.reject.column, wanted.reject.value)
        rejections = [(one.code, one.column, one.value) for one in converted.rejections]
        return [] if rejections == [expected] else [("reject", _said(expected), _said(*rejections))]
    fate = _fate(converted)
    if fate != wanted.fate:
        rejected = [(one.code, one.column, one.value) for one in converted.rejections]
        return [("fate", wanted.fate, f"{fate} {_said(*rejected)}".strip())]
    found = []
    for column, expected_value in wanted.expect.items():
        value = converted.frame[column].iloc[0] if len(converted.frame) else None
        if not _same(value, expected_value):
            found.append((column, str(expected_value), str(value)))
    return found


def _fate(converted: Converted) -> str:
    if converted.rejections:
        return "rejected"
    if converted.set_aside.any():
        return "set_aside"
    return "waiting" if converted.waiting.any() else "accepted"


def _said(*parts: object) -> str:
    return "; ".join(str(part) for part in parts)


def _same(value: object, expected: object) -> bool:
    if isinstance(expected, bool):
        return bool(value) is expected
    if isinstance(expected, int | float):
        return isinstance(value, int | float | np.number) and abs(float(value) - expected) <= TOLERANCE
    if isinstance(value, pd.Timestamp):
        return bool(value == pd.Timestamp(str(expected)))
    if isinstance(value, shapely.Geometry):
        return bool(value.geom_type == expected)
    missing = value is None or (isinstance(value, float) and np.isnan(value))
    return ("" if missing else str(value)) == str(expected)
