"""Characters that nobody sees: taken out at the door, so that what looks the same is the same."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa

from geodata.errors import FileFaultError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from etl.readers.raw_table import RawTable

_INVISIBLE = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"  # control characters, but for tabs and line ends
    "\u00ad\u061c\u180e"  # soft hyphen, Arabic and Mongolian marks
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f"  # without width, and those that turn the direction of writing
    "\ufeff\ufff9-\ufffb"  # a byte order mark within the text, and notes between the lines
)
_IN_DISGUISE = "\u0300-\u036f\u2126\u212a\u212b"
"""Marks that stand after their letter, and the three signs that are letters."""

_OUT = re.compile(f"[{_INVISIBLE}]")
_EITHER = re.compile(f"[{_INVISIBLE}{_IN_DISGUISE}]")

_WANTED = np.zeros(0x10000, dtype=bool)
"""Which characters, by number."""
_WANTED[[found.start() for found in _EITHER.finditer("".join(map(chr, range(0x10000))))]] = True
_LEADS = {chr(code).encode()[0] for code in np.flatnonzero(_WANTED)}
"""Bytes that one of them begins with in UTF-8; å, ä, ö and é begin with none of these."""
_MARKED = bytes(byte in _LEADS for byte in range(256))
_AT_A_TIME = 2**22
"""Bytes that are looked through together; `bytes.translate` is the quickest way through them."""
_FIRST_SEEN, _LAST_SEEN = 0x20, 0x7E
"""Bytes between these are letters, digits and signs that everybody sees."""


def clean_characters(raw: RawTable, *, file: str) -> RawTable:
    """Compose letters with their marks (NFC) and take out invisible characters, in headings and cells.

    Returns
    -------
    RawTable
        With ``invisible_removed`` said: from how many headings and cells something was taken out. A letter
        that was composed is the same letter, and is not counted.

    Raises
    ------
    FileFaultError
        ``heading_twice`` where two headings differed in what nobody sees.
    """
    removed = 0
    columns: dict[str, pd.Series[str]] = {}
    changed = False
    for heading, cells in raw.cells.items():
        name, hidden = _clean(str(heading))
        if name in columns:
            raise FileFaultError(
                "heading_twice", f"{file}: the heading {name} stands twice.", file=file, row=1, column=name
            )
        columns[name], count = _clean_cells(cells)
        removed += hidden + count
        changed |= columns[name] is not cells or name != heading
    if not changed:
        return raw
    return replace(
        raw,
        cells=pd.DataFrame(columns, index=raw.cells.index),
        said=raw.said | ({"invisible_removed": str(removed)} if removed else {}),
        decimals={_clean(name)[0]: which for name, which in raw.decimals.items()},
    )


def _clean(text: str) -> tuple[str, bool]:
    seen = _OUT.sub("", text)
    return unicodedata.normalize("NFC", seen).strip(), seen != text


def _clean_cells(cells: pd.Series[str]) -> tuple[pd.Series[str], int]:
    """Return a column without them, the very same one where there were none, and how many cells had any."""
    at = _holders(pa.array(cells))
    if not len(at):
        return cells, 0
    cleaned = [_clean(text) for text in cells.iloc[at]]
    texts = cells.to_numpy(dtype=object, copy=True)
    texts[at] = [text for text, _ in cleaned]
    return pd.Series(texts, index=cells.index, dtype="str"), sum(hidden for _, hidden in cleaned)


def _holders(arrow: pa.Array | pa.ChunkedArray) -> NDArray[np.intp]:
    """Return which cells hold one of the characters.

    The bytes of the column are looked through at once: a search in every cell costs ten times as much.
    """
    found, before = [], 0
    for chunk in arrow.chunks if isinstance(arrow, pa.ChunkedArray) else [arrow]:
        found.append(_holders_of(chunk) + before)
        before += len(chunk)
    return np.concatenate(found) if found else np.zeros(0, dtype=np.intp)


def _holders_of(chunk: pa.Array) -> NDArray[np.intp]:
    _, places, data = chunk.buffers()
    if data is None or not len(chunk):
        return np.zeros(0, dtype=np.intp)
    width = np.int64 if pa.types.is_large_string(chunk.type) else np.int32
    ends = np.frombuffer(places, dtype=width)[chunk.offset : chunk.offset + len(chunk) + 1]
    text = np.frombuffer(data, dtype=np.uint8)[ends[0] : ends[-1]]
    if not len(text) or (text.min() >= _FIRST_SEEN and text.max() <= _LAST_SEEN):
        return np.zeros(0, dtype=np.intp)
    leads = np.concatenate(
        [
            np.flatnonzero(np.frombuffer(piece.tobytes().translate(_MARKED), dtype=bool)) + start
            for start in range(0, len(text), _AT_A_TIME)
            for piece in [text[start : start + _AT_A_TIME]]
        ]
    )
    first, second, third = (
        text[np.minimum(leads + step, len(text) - 1)].astype(np.int64) for step in range(3)
    )
    two = (first & 0x1F) << 6 | second & 0x3F
    three = (first & 0x0F) << 12 | (second & 0x3F) << 6 | third & 0x3F
    codes = np.where(first < 0x80, first, np.where(first < 0xE0, two, three))  # UTF-8's one, two, three bytes
    held = np.searchsorted(ends, leads[_WANTED[codes]] + ends[0], side="right") - 1
    return np.unique(held).astype(np.intp)
