"""What became of every row of a file, against what the snapshot before this import held."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.digest import row_digests
from etl.text_columns import as_arrow
from geodata.account import Fate
from geodata.precision import LocationPrecision
from geodata.schema import KEYS, TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from etl.tables import Converted

BETWEEN = " "
"""Stands between a key and a content; no digest holds it."""


@dataclass(frozen=True)
class Before:
    """What a table held in the snapshot before.

    Attributes
    ----------
    keys
        Its records.
    contents
        Its records with what each held: ``content key``.
    resting
        Those observations that counted nowhere yet: they waited for a place, or were linked to another.
    """

    keys: pa.ChunkedArray
    contents: pa.ChunkedArray
    resting: pa.ChunkedArray


def before(frames: Sequence[pd.DataFrame], table: str) -> Before:
    """Index what the parts of a table held."""
    resting = [keys(frame[rests(frame)], table) for frame in frames if "linked_to" in frame]
    known = [keys(frame, table) for frame in frames]
    held = [_with_content(frame, key, table) for frame, key in zip(frames, known, strict=True)]
    text = pa.large_string()
    return Before(
        pa.chunked_array(known, text), pa.chunked_array(held, text), pa.chunked_array(resting, text)
    )


def rests(frame: pd.DataFrame) -> NDArray[np.bool_]:
    """Say which observations wait for a place or are linked to another, shape ``(n,)``."""
    unknown = frame["location_precision"] == str(LocationPrecision.UNKNOWN)
    return np.asarray((unknown | frame["linked_to"].notna()).to_numpy(dtype=bool))


def contents(frame: pd.DataFrame, table: str) -> pd.Series[str]:
    """Return what makes each record the same as before."""
    if table == "observations":
        return frame["content_hash"]
    return row_digests(frame, TABLES[table].names)


def keys(frame: pd.DataFrame, table: str) -> pa.LargeStringArray:
    """Return the keys of a table as text."""
    return as_arrow(frame[KEYS[table]].astype("str"))


def count_fates(converted: Converted, table: str, held: Before) -> dict[Fate, int]:
    """Count the rows of one file by fate; the counts add up to what was read.

    Parameters
    ----------
    converted
        One file's rows, with ``linked_to`` settled for observations, and placed as far as they can be.
    held
        What the snapshot before held.
    """
    frame = converted.frame
    none = np.zeros(len(converted.set_aside), dtype=bool)
    new, changed, accepted = none.copy(), none.copy(), none.copy()
    linked, waiting = converted.linked.copy(), converted.waiting.copy()
    known, same = _known(frame, table, held)
    accepted[converted.row] = True
    new[converted.row[~known]] = True
    changed[converted.row[known & ~same]] = True
    if table == "observations" and len(held.resting):
        # The words are the same, but a person or a better layer placed it, or parted it from another.
        stands = known & same & ~rests(frame)
        stands[stands] = _among(keys(frame[stands], table), held.resting)
        changed[converted.row[stands]] = True
    if table == "observations":
        linked[converted.row[frame["linked_to"].notna().to_numpy(dtype=bool)]] = True
        unknown = (frame["location_precision"] == str(LocationPrecision.UNKNOWN)).to_numpy(dtype=bool)
        waiting[converted.row] = unknown & ~frame["set_aside"].to_numpy(dtype=bool)
    plain = accepted & ~linked & ~converted.set_aside & ~waiting
    rows: dict[Fate, NDArray[np.bool_]] = {
        Fate.NEW: plain & new & ~changed,
        Fate.CHANGED: plain & changed,
        Fate.UNCHANGED: plain & ~new & ~changed,
        Fate.LINKED: linked & ~converted.set_aside,
        Fate.SET_ASIDE: converted.set_aside,
        Fate.WAITING: waiting & ~linked,
    }
    fates = {fate: int(which.sum()) for fate, which in rows.items()}
    return {**fates, Fate.REJECTED: len(converted.rejections)}


def carried_fates(fates: Mapping[Fate, int], was: pd.DataFrame, now: pd.DataFrame) -> dict[Fate, int]:
    """Count anew the rows of a file that is not read any more: people place and part them all the same.

    Parameters
    ----------
    fates
        As the account before has them, what counts among the unchanged.
    was, now
        Its observations in the snapshot before, and as they are settled now; columns
        ``observation_id``, ``linked_to``, ``location_precision``, ``set_aside``.
    """
    gone, come = _resting_by_fate(was), _resting_by_fate(now)
    found = dict(fates)
    for fate in (Fate.LINKED, Fate.WAITING):
        found[fate] = found.get(fate, 0) + come[fate] - gone[fate]
    rested = was.loc[rests(was), "observation_id"]
    counts = ~rests(now) & ~now["set_aside"].to_numpy(dtype=bool)
    found[Fate.CHANGED] = int((counts & now["observation_id"].isin(rested).to_numpy(dtype=bool)).sum())
    others = sum(count for fate, count in found.items() if fate != Fate.UNCHANGED)
    found[Fate.UNCHANGED] = sum(fates.values()) - others
    return found


def _resting_by_fate(frame: pd.DataFrame) -> dict[Fate, int]:
    linked = frame["linked_to"].notna() & ~frame["set_aside"]
    waits = (frame["location_precision"] == str(LocationPrecision.UNKNOWN)) & ~linked & ~frame["set_aside"]
    return {Fate.LINKED: int(linked.sum()), Fate.WAITING: int(waits.sum())}


def _known(frame: pd.DataFrame, table: str, held: Before) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Say which rows the snapshot before held, and which of them with the same content."""
    if not len(held.keys):
        return np.zeros(len(frame), dtype=bool), np.zeros(len(frame), dtype=bool)
    key = keys(frame, table)
    same = _among(_with_content(frame, key, table), held.contents)
    # What stands there with the same content need not be looked for again.
    known = same.copy()
    known[~same] = _among(key.filter(pa.array(~same)), held.keys)
    return known, same


def _among(values: pa.Array, held: pa.ChunkedArray) -> NDArray[np.bool_]:
    return np.asarray(pc.is_in(values, value_set=held).to_numpy(zero_copy_only=False), dtype=bool)


def _with_content(frame: pd.DataFrame, key: pa.LargeStringArray, table: str) -> pa.LargeStringArray:
    return pc.binary_join_element_wise(
        as_arrow(contents(frame, table)), key, pa.scalar(BETWEEN, pa.large_string())
    )
