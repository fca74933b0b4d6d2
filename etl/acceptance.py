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
from etl.doubts.dates import tried_order
from etl.readers.raw_table import RawTable, text_cells
from geodata.crs import WGS84
from geodata.project import Project
from geodata.sections import Municipality

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
    """Put the acceptance rows of a mapping through the conversion, as one file of that many rows."""
    converted = convert_rows(mapping, name=name, project=project)
    return tuple(
        Mismatch(number, *differs)
        for number, wanted in enumerate(mapping.acceptance, start=1)
        for differs in _compare(wanted, converted, number)
    )


def convert_rows(mapping: Mapping, *, name: str, project: Project) -> Converted:
    """Convert the acceptance rows of a mapping, as one file of that many rows."""
    context = Context(
        project=project,
        source="acceptance",
        file=name,
        mapping=name,
        now=datetime.now(UTC),
        # The rows are picked to be odd, so that they say nothing of a whole file; the mapping does.
        date_order=tried_order(mapping),
        axes="east_north",
    )
    return convert(_raw(mapping), mapping, context)


def _raw(mapping: Mapping) -> RawTable:
    rows = [wanted.row for wanted in mapping.acceptance]
    names = dict.fromkeys(sorted(mapping.used)) | dict.fromkeys(name for row in rows for name in row)
    columns = {name: pd.Series([row.get(name, "") for row in rows], dtype="str") for name in names}
    location = mapping.location
    geometry = None
    if location is not None and location.geometry:
        shapes = [shapely.from_wkt(wanted.geometry) for wanted in mapping.acceptance]
        geometry = np.array(shapes, dtype=object)
    return RawTable(
        cells=text_cells(columns, rows=len(rows)),
        rows=np.arange(1, len(rows) + 1, dtype=np.int64),
        geometry=geometry,
        crs=location.crs if location is not None and location.crs is not None else WGS84,
    )


def _compare(wanted: AcceptanceRow, converted: Converted, number: int) -> list[tuple[str, str, str]]:
    """Return column, what was expected and what came, for all that differs in one row."""
    rejected = [(one.code, one.column, one.value) for one in converted.rejections if one.row == number]
    if wanted.reject is not None:
        expected = (wanted.reject.code, wanted.reject.column, wanted.reject.value)
        return [] if rejected == [expected] else [("reject", _said(expected), _said(*rejected))]
    fate = "rejected" if rejected else _fate(converted, number - 1)
    if fate != wanted.fate:
        return [("fate", wanted.fate, f"{fate} {_said(*rejected)}".strip())]
    found = []
    for column, expected_value in wanted.expect.items():
        value = converted.frame.loc[converted.row == number - 1, column].iloc[0]
        if not _same(value, expected_value):
            found.append((column, str(expected_value), str(value)))
    return found


def _fate(converted: Converted, at: int) -> str:
    if converted.set_aside[at]:
        return "set_aside"
    if converted.linked[at]:
        return "linked"
    return "waiting" if converted.waiting[at] else "accepted"


def _said(*parts: object) -> str:
    return "; ".join(str(part) for part in parts)


def _same(value: object, expected: object) -> bool:
    if isinstance(expected, bool):
        return bool(value) is expected
    if isinstance(expected, int | float):
        return isinstance(value, int | float | np.number) and abs(float(value) - expected) <= TOLERANCE
    if isinstance(value, pd.Timestamp):
        return bool(value == pd.to_datetime(str(expected), errors="coerce", utc=True))
    if isinstance(value, shapely.Geometry):
        return bool(value.geom_type == expected)
    missing = value is None or (isinstance(value, float) and np.isnan(value))
    return ("" if missing else str(value)) == str(expected)
