"""A part with a patch: most rows stay in the file that holds them, and what changed stands in a small one.

The base is a part file like any other. The patch is one too, of the rows that came or changed, and says in
its metadata which rows of the base are left out, where its own rows stand, and how the rows of their source
are numbered since. Read together they are the table that a whole part would hold, row by row.
"""

from __future__ import annotations

import base64
import json
import zlib
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

if TYPE_CHECKING:
    from numpy.typing import NDArray

BLOCK_ROWS = 2**17
"""Rows put together at a time: no column outgrows its offsets."""

NUMBERED = "origin_row"
"""The column that moves when rows come in or go above."""

_ABOUT = b"problembild.patch"


@dataclass(frozen=True, slots=True)
class Patched:
    """A part that is a base with a patch, each named by its digest."""

    base: str
    patch: str


Part = str | Patched
"""What a snapshot names a part by: the digest of its file, or those of a base and a patch."""


def written(part: Part) -> str | dict[str, str]:
    """Return a part as a manifest writes it."""
    return part if isinstance(part, str) else {"base": part.base, "patch": part.patch}


def named(value: str | dict[str, str]) -> Part:
    """Read a part as a manifest writes it.

    Raises
    ------
    KeyError, TypeError
        When it is written otherwise.
    """
    return value if isinstance(value, str) else Patched(base=value["base"], patch=value["patch"])


@dataclass(frozen=True, eq=False)
class Overlay:
    """How a patch lies over its base.

    Attributes
    ----------
    left_out
        Rows of the base that do not stand any more, ascending, shape ``(gone,)``.
    at
        Where the patch's rows stand in the table, ascending, shape ``(patch,)``; the base's fill the rest.
    moved_from, moved_by
        From which row of the base on, ascending, `NUMBERED` is so much higher, shape ``(moves,)`` each.
    """

    left_out: NDArray[np.int64]
    at: NDArray[np.int64]
    moved_from: NDArray[np.int64]
    moved_by: NDArray[np.int64]

    def kept(self, base_rows: int) -> NDArray[np.int64]:
        """Return which rows of the base stand, shape ``(kept,)``."""
        stands = np.ones(base_rows, dtype=bool)
        stands[self.left_out] = False
        return np.flatnonzero(stands)

    def fits(self, *, base_rows: int, patch_rows: int) -> bool:
        """Say whether it can lie over files with so many rows."""
        rows = base_rows - len(self.left_out) + patch_rows
        return (
            len(self.at) == patch_rows
            and _rising_below(self.left_out, base_rows)
            and _rising_below(self.at, rows)
            and _rising_below(self.moved_from, base_rows)
            and len(self.moved_from) == len(self.moved_by)
        )

    def metadata(self) -> dict[bytes, bytes]:
        """Return what the patch's file says of it."""
        packed = {one.name: _packed(getattr(self, one.name)) for one in fields(self)}
        return {_ABOUT: json.dumps(packed, sort_keys=True).encode()}


def overlay_of(metadata: dict[bytes, bytes] | None) -> Overlay | None:
    """Return the overlay that a file's metadata holds; None where it holds none that can be read."""
    try:
        packed: dict[str, str] = json.loads((metadata or {})[_ABOUT])
        return Overlay(**{one.name: _unpacked(packed[one.name]) for one in fields(Overlay)})
    except (KeyError, ValueError, TypeError, zlib.error):
        return None


def overlay(
    *,
    kept: NDArray[np.int64],
    base_rows: int,
    stands: NDArray[np.bool_],
    was: NDArray[np.int64],
    now: NDArray[np.int64],
) -> Overlay:
    """Say how a patch lies over its base.

    Parameters
    ----------
    kept
        Rows of the base that stand, ascending, shape ``(kept,)``.
    stands
        Which rows of the table are the base's, shape ``(rows,)``.
    was, now
        `NUMBERED` of the kept rows in the base, and as it is, shape ``(kept,)`` each.
    """
    gone = np.ones(base_rows, dtype=bool)
    gone[kept] = False
    by = now - was
    breaks = np.flatnonzero(np.diff(by, prepend=0))
    return Overlay(np.flatnonzero(gone), np.flatnonzero(~stands), kept[breaks], by[breaks])


def laid_over(base: pa.Table, patch: pa.Table, over: Overlay) -> pa.Table:
    """Put a base and its patch together, row by row as the table has them."""
    kept = over.kept(len(base))
    rows = len(kept) + len(patch)
    of_patch = np.zeros(rows, dtype=bool)
    of_patch[over.at] = True
    row = np.empty(rows, dtype=np.int64)
    row[~of_patch], row[of_patch] = kept, np.arange(len(patch))
    blocks = [
        _block(base, patch, row[start : start + BLOCK_ROWS], of_patch[start : start + BLOCK_ROWS])
        for start in range(0, rows, BLOCK_ROWS)
    ]
    table = pa.concat_tables(blocks) if blocks else base.slice(0, 0)
    if NUMBERED not in table.column_names or not len(over.moved_from):
        return table
    number = table.column(NUMBERED).to_numpy().copy()
    move = np.searchsorted(over.moved_from, kept, side="right") - 1
    number[~of_patch] += np.where(move >= 0, over.moved_by[move], 0)
    field = table.schema.get_field_index(NUMBERED)
    return table.set_column(field, table.schema.field(field), pa.chunked_array([pa.array(number)]))


def _block(base: pa.Table, patch: pa.Table, row: NDArray[np.int64], of_patch: NDArray[np.bool_]) -> pa.Table:
    """Return some rows of the table; `row` says which row of the base, or of the patch, each is."""
    from_base, from_patch = row[~of_patch], row[of_patch]
    low, high = (int(from_base[0]), int(from_base[-1]) + 1) if len(from_base) else (0, 0)
    some = base.slice(low, high - low)
    if not len(from_patch) and high - low == len(row):
        return some
    first = int(from_patch[0]) if len(from_patch) else 0
    both = pa.concat_tables([some, patch.slice(first, len(from_patch))]).combine_chunks()
    return both.take(pa.array(np.where(of_patch, row - first + (high - low), row - low)))


def _rising_below(numbers: NDArray[np.int64], end: int) -> bool:
    if not len(numbers):
        return True
    return bool(numbers[0] >= 0 and numbers[-1] < end and (np.diff(numbers) > 0).all())


def _packed(numbers: NDArray[np.int64]) -> str:
    steps = np.diff(numbers.astype("<i8"), prepend=0)
    return base64.b64encode(zlib.compress(steps.tobytes(), 1)).decode("ascii")


def _unpacked(text: str) -> NDArray[np.int64]:
    return np.cumsum(np.frombuffer(zlib.decompress(base64.b64decode(text)), dtype="<i8"))
