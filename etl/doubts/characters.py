"""Characters that nobody sees: taken out at the door, so that what looks the same is the same."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from geodata.errors import FileFaultError

if TYPE_CHECKING:
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
_EITHER = f"[{_INVISIBLE}{_IN_DISGUISE}]"

_SUSPECT = np.zeros(256, dtype=bool)
_SUSPECT[[*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F]] = True
_SUSPECT[[lead for lead in range(0xC2, 0xF0) if lead not in {0xC3, 0xC4, 0xC5}]] = True
"""Bytes that one of them can begin with in UTF-8; å, ä, ö and é begin with none of these."""


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
    arrow = pa.array(cells)
    if not _may_hold_any(arrow):
        return cells, 0
    at = np.flatnonzero(pc.match_substring_regex(arrow, _EITHER).to_numpy(zero_copy_only=False))
    if not len(at):
        return cells, 0
    cleaned = [_clean(text) for text in cells.iloc[at]]
    texts = cells.to_numpy(dtype=object, copy=True)
    texts[at] = [text for text, _ in cleaned]
    return pd.Series(texts, index=cells.index, dtype="str"), sum(hidden for _, hidden in cleaned)


def _may_hold_any(arrow: pa.Array | pa.ChunkedArray) -> bool:
    """Look through the bytes, which costs a fraction of looking through the characters."""
    for chunk in arrow.chunks if isinstance(arrow, pa.ChunkedArray) else [arrow]:
        data = chunk.buffers()[-1]
        if data is not None and _SUSPECT[np.frombuffer(data, dtype=np.uint8)].any():
            return True
    return False
