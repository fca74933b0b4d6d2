"""Columns of text as Arrow holds them, so that a whole column costs about what one distinct value does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

SAMPLE = 4096
"""Cells that tell whether a column repeats itself."""
REPEATS = 0.5
"""Below this share of distinct cells in the sample, a column is read once per distinct cell."""
ASCII_END = 0x80


def as_arrow(text: pd.Series[str]) -> pa.LargeStringArray:
    """Return a column as one Arrow array, shape ``(n,)``, without copying where it is one already."""
    found = pa.array(text, type=pa.large_string(), from_pandas=True)
    return found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found


def as_text(array: pa.Array | pa.ChunkedArray) -> pd.Series[str]:
    """Return an Arrow array of text as a column of ours, nulls kept, without copying large strings."""
    return pd.Series(array.cast(pa.large_string()), dtype="str", copy=False)


def constant(value: str | None, rows: int) -> pd.Series[str]:
    """Return a column that holds one value, or null, throughout."""
    return as_text(pa.repeat(pa.scalar(value, pa.large_string()), rows))


def worded(codes: NDArray[np.integer] | NDArray[np.bool_], words: Sequence[str | None]) -> pd.Series[str]:
    """Return the word of each code, a position in `words`, shape ``(n,)``."""
    return as_text(pa.array(words, pa.large_string()).take(pa.array(codes.astype(np.int8))))


def repeats(text: pd.Series[str], *, share: float = REPEATS) -> bool:
    """Say whether fewer than a `share` of the cells are distinct, by a sample spread over the column."""
    if len(text) <= SAMPLE:
        return len(text) > 1
    spread = pa.array(np.linspace(0, len(text) - 1, SAMPLE).astype(np.int64))
    return bool(pc.count_distinct(as_arrow(text).take(spread)).as_py() < share * SAMPLE)


def distinct_cells(text: pd.Series[str]) -> tuple[NDArray[np.int64], pd.Series[str]]:
    """Return for each row the position of its cell among the distinct ones, shape ``(n,)``, and these."""
    encoded = as_arrow(text).dictionary_encode(null_encoding="encode")
    return encoded.indices.to_numpy().astype(np.int64), as_text(encoded.dictionary)


def by_distinct(text: pd.Series[str], read: Callable[[pd.Series[str]], pd.Series[str]]) -> pd.Series[str]:
    """Change text by a function of each cell alone, once per distinct cell where they repeat."""
    if not repeats(text):
        return read(text)
    numbers, distinct = distinct_cells(text)
    changed = as_arrow(read(distinct))
    return as_text(changed.take(pa.array(numbers)))


def holds(text: pd.Series[str], pattern: str) -> bool:
    """Say whether any cell holds what a regular expression without look-around finds."""
    return bool(pc.any(pc.match_substring_regex(as_arrow(text), pattern)).as_py())


def holds_plain(text: pd.Series[str], part: str) -> bool:
    """Say whether any cell holds `part`, one character of ASCII or several of any kind."""
    return bool(pc.any(pc.match_substring(as_arrow(text), part)).as_py())


def trimmed(array: pa.LargeStringArray) -> pa.LargeStringArray:
    """Return cells without white space round them; cells that clearly have none are not looked through."""
    offsets, data = text_buffers(array)
    filled = offsets[1:] > offsets[:-1]
    if not filled.any():
        return array
    first, last = data[offsets[:-1][filled]], data[offsets[1:][filled] - 1]
    # Blanks and control characters stand below "!"; beyond ASCII some are spaces too.
    doubtful = (first <= ord(" ")) | (first >= ASCII_END) | (last <= ord(" ")) | (last >= ASCII_END)
    doubtful |= (first == 0x7F) | (last == 0x7F)
    if not doubtful.any():
        return array
    return pc.utf8_trim_whitespace(array)


def text_buffers(array: pa.LargeStringArray) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
    """Return where each cell begins and the last ends, shape ``(n + 1,)``, and the bytes of all cells."""
    _, offsets, data = array.buffers()
    at = np.frombuffer(offsets, dtype=np.int64)[array.offset : array.offset + len(array) + 1]
    return at, np.frombuffer(data, dtype=np.uint8) if data is not None else np.empty(0, dtype=np.uint8)
