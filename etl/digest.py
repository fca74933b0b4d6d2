"""What a row holds, as a short digest: the same content gives the same digest on every machine.

Cells of text are digested by BLAKE2 once per distinct cell; the cells of a row are put together by
arithmetic on whole columns, in the order of the columns.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import shapely

from etl.text_columns import as_arrow, as_text, distinct_cells, repeats

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

DIGEST_BYTES = 12
DECIMALS = 2
"""Centimetres: finer than that, a coordinate differs between versions of PROJ."""
LANES = 2
"""Halves of a digest, 64 bits each, of which `DIGEST_BYTES` are shown."""
BLOCK_ROWS = 2**15
"""Rows put together at a time, so that they stay in the processor's cache."""
LARGEST_EXACT = 2.0**53

NOTHING = pa.array([""], pa.large_string())

_STEPS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F], dtype=np.uint64)
"""Odd constants of SplitMix64 and xxHash64, one a lane."""
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_HEX = np.frombuffer(bytes(range(256)).hex().encode(), dtype=np.uint16)


def row_digests(frame: pd.DataFrame, columns: Sequence[str]) -> pd.Series[str]:
    """Digest the values of `columns` row by row.

    Returns
    -------
    Series of str
        24 hexadecimal digits a row, shape ``(n,)``.
    """
    together = row_numbers(frame, columns)
    shown = np.ascontiguousarray(together.view(np.uint8)[:, :DIGEST_BYTES])
    written = np.ascontiguousarray(_HEX[shown])
    ends = np.arange(len(shown) + 1, dtype=np.int64) * (2 * DIGEST_BYTES)
    digits = pa.LargeStringArray.from_buffers(len(shown), pa.py_buffer(ends), pa.py_buffer(written))
    digests = as_text(digits)
    digests.index = frame.index
    return digests


def row_numbers(frame: pd.DataFrame, columns: Sequence[str]) -> NDArray[np.uint64]:
    """Digest the values of `columns` row by row, as two numbers a row, shape ``(n, 2)``."""
    values = [_numbers(frame[column]) for column in columns]
    together = np.empty((len(frame), LANES), dtype="<u8")
    for start in range(0, len(frame), BLOCK_ROWS):
        block = np.zeros((min(BLOCK_ROWS, len(frame) - start), LANES), dtype=np.uint64)
        for one in values:
            block ^= one[start : start + BLOCK_ROWS]
            block *= _STEPS
            block ^= block >> np.uint64(29)
        together[start : start + BLOCK_ROWS] = _mixed(block)
    return together


def _numbers(values: pd.Series) -> NDArray[np.uint64]:
    """Return two numbers a cell, shape ``(n, 2)``, different where the cells are."""
    if isinstance(values.dtype, pd.ArrowDtype):  # days, which a snapshot gives back as Python's
        return _of_text(values.astype("str"))
    if pd.api.types.is_datetime64_any_dtype(values):
        return _of_whole(values.dt.as_unit("us").astype("int64").to_numpy())
    if pd.api.types.is_float_dtype(values):
        return _of_floats(values.to_numpy(dtype=np.float64))
    if pd.api.types.is_bool_dtype(values) or pd.api.types.is_integer_dtype(values):
        return _of_whole(values.to_numpy(dtype=np.int64))
    if values.name == "geometry":
        written = shapely.to_wkt(values.to_numpy(dtype=object), rounding_precision=DECIMALS)
        return _of_text(pd.Series([text or "" for text in written], dtype="str"))
    return _of_text(values.astype("str"))


def _of_floats(values: NDArray[np.float64]) -> NDArray[np.uint64]:
    """Hundredths as whole numbers; what is too large for that, and what is no number, as its bits."""
    if np.isnan(values).all():
        return np.broadcast_to(_of_whole(np.array([np.nan]).view(np.int64)), (len(values), LANES))
    with np.errstate(over="ignore"):  # a coordinate of 1e308 is infinite in hundredths, and too large
        hundredths = np.round(values * 10.0**DECIMALS)
    exact = np.abs(hundredths) < LARGEST_EXACT
    return _of_whole(
        np.where(exact, np.where(exact, hundredths, 0.0).astype(np.int64), values.view(np.int64))
    )


def _of_whole(values: NDArray[np.int64]) -> NDArray[np.uint64]:
    return _mixed(np.add.outer(values.astype(np.int64).view(np.uint64), _STEPS))


def _of_text(text: pd.Series[str]) -> NDArray[np.uint64]:
    """Digest each distinct cell once; an empty cell and a null are the same."""
    cells = as_arrow(text)
    if cells.null_count == len(cells):
        return np.broadcast_to(_digested(NOTHING), (len(cells), LANES))
    cells = cells.fill_null("") if cells.null_count else cells
    if repeats(text):
        number, distinct = distinct_cells(as_text(cells))
        return _digested(as_arrow(distinct))[number]
    return _digested(cells)


def _digested(cells: pa.LargeStringArray) -> NDArray[np.uint64]:
    written = cells.cast(pa.large_binary()).to_pylist()
    digests = b"".join([blake2b(cell, digest_size=8 * LANES).digest() for cell in written])
    return np.frombuffer(digests, dtype="<u8").reshape(-1, LANES)


def _mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Spread every bit over the whole number: the finaliser of SplitMix64."""
    values = (values ^ (values >> np.uint64(30))) * _FIRST
    values = (values ^ (values >> np.uint64(27))) * _SECOND
    return values ^ (values >> np.uint64(31))
