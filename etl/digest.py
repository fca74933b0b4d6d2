"""What a row holds, as a short digest: the same content gives the same digest on every machine."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

import pandas as pd
import shapely

if TYPE_CHECKING:
    from collections.abc import Sequence

DIGEST_BYTES = 12
BETWEEN = "\x1f"
"""Divides values; no text file holds it."""
DECIMALS = 2
"""Centimetres: finer than that, a coordinate differs between versions of PROJ."""


def row_digests(frame: pd.DataFrame, columns: Sequence[str]) -> pd.Series[str]:
    """Digest the values of `columns` row by row.

    Returns
    -------
    Series of str
        24 hexadecimal digits a row, shape ``(n,)``.
    """
    texts = [_as_text(frame[column]) for column in columns]
    digests = [
        blake2b(BETWEEN.join(values).encode(), digest_size=DIGEST_BYTES).hexdigest()
        for values in zip(*texts, strict=True)
    ]
    return pd.Series(digests, index=frame.index, dtype="str")


def _as_text(values: pd.Series) -> list[str]:
    if pd.api.types.is_datetime64_any_dtype(values):
        return [str(value) for value in values.astype("int64")]
    if pd.api.types.is_float_dtype(values):
        return [f"{value:.{DECIMALS}f}" for value in values]
    if values.name == "geometry":
        written = shapely.to_wkt(values.to_numpy(dtype=object), rounding_precision=DECIMALS)
        return [text or "" for text in written]
    return values.astype("str").fillna("").tolist()
