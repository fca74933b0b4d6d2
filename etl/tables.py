"""Rows of a table while they are on their way to the snapshot."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa

from etl.text_columns import as_text
from geodata.schema import TABLES, conform

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from geodata.account import Rejection


@dataclass(frozen=True)
class Traces:
    """What single rows of a file gave to its account, so that it can be told when some of them change.

    Attributes
    ----------
    rows
        Number of each row as a person sees it in the file, shape ``(n,)``.
    masked
        Rows that came in with something masked, shape ``(n,)``.
    counted
        What is counted → the rows that it was found in, as often as it was (`FieldNotes.counted`).
    ids
        Row that did not come in → the id that its source gave it.
    """

    rows: NDArray[np.int64]
    masked: NDArray[np.bool_]
    counted: dict[tuple[str, str], NDArray[np.int64]]
    ids: dict[int, str]


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
    traces
        What single rows of it gave to the account, where that is kept.
    """

    frame: pd.DataFrame
    row: NDArray[np.int64]
    set_aside: NDArray[np.bool_]
    waiting: NDArray[np.bool_]
    linked: NDArray[np.bool_]
    masked: int = 0
    said: dict[str, str] = field(default_factory=dict)
    rejections: tuple[Rejection, ...] = ()
    traces: Traces | None = None


def typed(frame: pd.DataFrame, table: str) -> pd.DataFrame:
    """Return `frame` with the columns of `table`, in the types that a snapshot gives back.

    Columns that the frame lacks come in as null; geometry stays shapely.
    """
    schema = TABLES[table]
    rows = len(frame)
    columns: dict[str, pd.Series] = {}
    for one in schema:
        if one.name == "geometry":
            columns[one.name] = pd.Series(frame[one.name].to_numpy(dtype=object), dtype=object)
        elif one.name in frame:
            columns[one.name] = _typed(frame[one.name], one.type)
        else:
            columns[one.name] = _typed(pd.Series([], dtype=object).reindex(range(rows)), one.type)
    return conform(pd.DataFrame(columns, index=pd.RangeIndex(rows), copy=False), table)


def _typed(values: pd.Series, kind: pa.DataType) -> pd.Series:
    """Return a column in the type that a snapshot gives back; days stay in Arrow's."""
    if pa.types.is_string(kind):
        return as_text(pa.array(values, type=pa.large_string(), from_pandas=True))
    array = pa.array(values, type=kind, from_pandas=True)
    if pa.types.is_date(kind):
        return pd.Series(array, dtype=pd.ArrowDtype(kind))
    return pd.Series(array.to_pandas().array, copy=False)
