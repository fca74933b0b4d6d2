"""A table of rejected rows that a person mended, read as the file that its rows came from.

Such a table has the columns of that file, and columns of ours at the end that say which row each was and what
was wrong. It is known by our headings, whatever it is called and however it was saved, and nothing of ours
reaches a record.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import shapely

from etl.readers.raw_table import Unreadable
from etl.readers.shield import without_shields
from geodata.errors import FileFaultError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from etl.readers.raw_table import RawTable

OURS = "Problembild: "
"""How the headings of our own columns begin."""

FILE, ROW, COLUMN, REASON = (f"{OURS}{name}" for name in ("fil", "rad", "kolumn", "orsak"))
RAGGED = f"{OURS}töm när rättad"
"""What a row had too many of, or how many cells it had when they were too few; a row in which this is not
emptied is still rejected, for nobody has said which cell belongs where."""
GEOMETRY = f"{OURS}geometri"
"""Well-known text after its CRS, ``SRID=3006;POINT (1 2)``: a text table has no geometry of its own."""

_EWKT = re.compile(r"(?:SRID=(\d{1,6});)?(.*)", re.DOTALL | re.IGNORECASE)


def is_ours(column: str) -> bool:
    """Say whether a heading is one of ours, which no mapping need know."""
    return column.startswith(OURS)


def as_mended(raw: RawTable, *, file: str) -> RawTable:
    """Read a table of mended rows as what its rows were; any other table is returned as it is.

    Raises
    ------
    FileFaultError
        ``crs_undecided`` where its geometries are in several coordinate systems.
    """
    if ROW not in raw.cells:
        return raw
    raw = without_shields(raw)
    if RAGGED in raw.cells:
        ragged = (raw.cells[RAGGED] != "").to_numpy(dtype=bool)
        raw = _set_apart(raw, ragged, code="row_width", values=raw.cells[RAGGED].tolist())
    return _with_geometry(raw, file=file) if GEOMETRY in raw.cells else raw


def _set_apart(raw: RawTable, which: NDArray[np.bool_], *, code: str, values: Sequence[str]) -> RawTable:
    """Make some rows unreadable, for one reason."""
    apart = tuple(
        Unreadable(int(raw.rows[at]), code, values[at], tuple(raw.cells.iloc[at]))
        for at in np.flatnonzero(which).tolist()
    )
    return replace(
        raw,
        cells=raw.cells[~which].reset_index(drop=True),
        rows=raw.rows[~which],
        decimals={name: cells[~which] for name, cells in raw.decimals.items()},
        geometry=None if raw.geometry is None else raw.geometry[~which],
        unreadable=raw.unreadable + apart,
    )


def _with_geometry(raw: RawTable, *, file: str) -> RawTable:
    written = raw.cells[GEOMETRY].str.extract(_EWKT).fillna("")
    stated = sorted(set(written[0]) - {""})
    if len(stated) > 1:
        raise FileFaultError(
            "crs_undecided",
            f"{file} has geometries in several coordinate systems.",
            file=file,
            likely=", ".join(stated),
        )
    text = written[1].str.strip().to_numpy(dtype=object)
    given = np.array([one or None for one in text], dtype=object)
    shapes: NDArray[np.object_] = np.asarray(shapely.from_wkt(given, on_invalid="ignore"), dtype=np.object_)
    broken = shapely.is_missing(shapes) & (text != "")
    located = replace(raw, geometry=shapes, crs=int(stated[0]) if stated else None)
    return _set_apart(located, broken, code="geometry_broken", values=["WKT"] * len(broken))


def as_ewkt(geometry: shapely.Geometry | None, crs: int | None) -> str:
    """Write a geometry for the column `GEOMETRY`, with all its decimals."""
    if geometry is None:
        return ""
    text = shapely.to_wkt(geometry, rounding_precision=-1)
    return text if crs is None else f"SRID={crs};{text}"
