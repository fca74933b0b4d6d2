"""Rows of a table while they are on their way to the snapshot."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa

from geodata.schema import TABLES, conform, has_geometry

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from geodata.account import Rejection


@dataclass(frozen=True)
class Converted:
    """What one file gives a table.

    Attributes
    ----------
    frame
        Accepted rows with the columns and types of the table; geometry as shapely objects in the
        working CRS.
    row
        For each row of `frame` the position of its row in the file, 0-based, shape ``(len(frame),)``; one
        file row may give several (a line in parts).
    set_aside, waiting, linked
        Which rows of the file are kept out of analyses, which wait for a place, and which repeat another
        row of the file, shape ``(n,)``. Observations that repeat another are linked later, over all files.
    masked
        Rows in which something was masked.
    said
        What was found out, code and value.
    rejections
        The rows that did not come in.
    """

    frame: pd.DataFrame
    row: NDArray[np.int64]
    set_aside: NDArray[np.bool_]
    waiting: NDArray[np.bool_]
    linked: NDArray[np.bool_]
    masked: int = 0
    said: dict[str, str] = field(default_factory=dict)
    rejections: tuple[Rejection, ...] = ()


def typed(frame: pd.DataFrame, table: str) -> pd.DataFrame:
    """Return `frame` with the columns of `table`, in the types that a snapshot gives back.

    Columns that the frame lacks come in as null; geometry stays shapely.
    """
    schema = TABLES[table]
    geometry = frame["geometry"].to_numpy(dtype=object) if has_geometry(table) else None
    plain = schema.remove(schema.get_field_index("geometry")) if geometry is not None else schema
    columns = [
        pa.array(frame[one.name], type=one.type, from_pandas=True)
        if one.name in frame
        else pa.nulls(len(frame), one.type)
        for one in plain
    ]
    arrow = pa.Table.from_arrays(columns, schema=plain)
    result = pd.DataFrame(arrow.to_pandas())
    if geometry is not None:
        result["geometry"] = pd.Series(geometry, dtype=object)
    return conform(result, table)
