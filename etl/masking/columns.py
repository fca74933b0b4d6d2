"""Whole columns masked: what can hold nothing that points to a person is passed over all at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.masking.mask import mask_texts
from etl.masking.names import candidates
from etl.masking.patterns import WIDER
from etl.masking.signs import DISGUISED
from etl.text_columns import as_arrow, as_text, distinct_cells, repeats

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

SELDOM = 0.1
"""A column with more distinct cells than this is looked through as fast as it is sorted out."""


def mask_column(text: pd.Series[str], *, names: bool = True) -> tuple[pd.Series[str], NDArray[np.bool_]]:
    """Mask a column of text.

    Parameters
    ----------
    names
        Whether names after titles are masked too.

    Returns
    -------
    masked : Series of str
        Shape ``(n,)``.
    changed : ndarray of bool
        Rows in which something was masked.
    """
    if repeats(text, share=SELDOM):
        number, distinct = distinct_cells(text)
        masked, changed = _mask_each(distinct, names=names)
        if not changed.any():
            return text, np.zeros(len(text), dtype=bool)
        return as_text(as_arrow(masked).take(pa.array(number))), changed[number]
    return _mask_each(text, names=names)


def suspects(text: pd.Series[str], *, names: bool = True) -> NDArray[np.int64]:
    """Return the positions of cells that may hold something to mask."""
    cells = as_arrow(text)
    found = np.zeros(len(cells), dtype=bool)
    # Each by itself: in one, the matcher would need more memory than it allows itself, and crawl.
    for pattern in ("|".join(WIDER.values()), DISGUISED, *(candidates() if names else ())):
        fits = pc.match_substring_regex(cells, pattern)
        found |= fits.fill_null(False).to_numpy(zero_copy_only=False)  # noqa: FBT003  Arrow's call
    return np.flatnonzero(found)


def _mask_each(text: pd.Series[str], *, names: bool) -> tuple[pd.Series[str], NDArray[np.bool_]]:
    changed = np.zeros(len(text), dtype=bool)
    at = suspects(text, names=names)
    before = text.iloc[at].tolist()
    after = mask_texts(before, names=names)
    differ = np.array([one != other for one, other in zip(before, after, strict=True)], dtype=bool)
    if not differ.any():
        return text, changed
    changed[at[differ]] = True
    replacements = pa.array(
        [one for one, other in zip(after, differ, strict=True) if other], pa.large_string()
    )
    return as_text(pc.replace_with_mask(as_arrow(text), pa.array(changed), replacements)), changed
