"""What became of every row of a file, against what the snapshot before this import held."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.digest import row_digests
from etl.gazetteer.placing import by_words
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

WHERE = ("location_precision", "x", "y", "area_id")
"""Columns that tell where words put a record; its digest of content knows only what the file says."""


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
    placed
        Those that were located by their words, with where that was: ``place key``.
    """

    keys: pa.ChunkedArray
    contents: pa.ChunkedArray
    resting: pa.ChunkedArray
    placed: pa.ChunkedArray


def before(
    frames: Sequence[pd.DataFrame], table: str, *, placed: Sequence[pa.LargeStringArray] = ()
) -> Before:
    """Index what the parts of a table held; `placed` as `placed_by_words` gives it for each."""
    resting = [keys(frame[rests(frame)], table) for frame in frames if "linked_to" in frame]
    known = [keys(frame, table) for frame in frames]
    held = [_with_content(frame, key, table) for frame, key in zip(frames, known, strict=True)]
    text = pa.large_string()
    known_as, held_as, rested, stood = (pa.chunked_array(one, text) for one in (known, held, resting, placed))
    return Before(known_as, held_as, rested, stood)


def rests(frame: pd.DataFrame) -> NDArray[np.bool_]:
    """Say which observations wait for a place or are linked to another, shape ``(n,)``."""
    unknown = frame["location_precision"] == str(LocationPrecision.UNKNOWN)
    return np.asarray((unknown | frame["linked_to"].notna()).to_numpy(dtype=bool))


def placed_by_words(frame: pd.DataFrame) -> pa.LargeStringArray:
    """Return which observations were located by their words, and where: ``place key``, in their order."""
    found = frame[by_words(frame)]
    # A point's district follows from where it lies; one known by its district alone moves with it.
    where = found.assign(area_id=found["area_id"].where(found["x"].isna(), -1))
    return _joined(row_digests(where, WHERE), keys(found, "observations"))


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
    if table == "observations" and (len(held.resting) or len(held.placed)):
        # The words are the same, but a person or a better layer placed it, or parted it from another.
        stands = known & same & ~rests(frame)
        changed[converted.row[_came_or_moved(frame, stands, held)]] = True
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
        ``observation_id``, ``linked_to``, ``location_precision``, ``set_aside``, and those that
        `placed_by_words` looks at.
    """
    gone, come = _resting_by_fate(was), _resting_by_fate(now)
    found = dict(fates)
    for fate in (Fate.LINKED, Fate.WAITING):
        found[fate] = found.get(fate, 0) + come[fate] - gone[fate]
    rested, stood = keys(was[rests(was)], "observations"), placed_by_words(was)
    counts = ~rests(now) & ~now["set_aside"].to_numpy(dtype=bool)
    held = Before(*(pa.chunked_array(one, pa.large_string()) for one in ([], [], [rested], [stood])))
    found[Fate.CHANGED] = int(_came_or_moved(now, counts, held).sum())
    others = sum(count for fate, count in found.items() if fate != Fate.UNCHANGED)
    found[Fate.UNCHANGED] = sum(fates.values()) - others
    return found


def _came_or_moved(frame: pd.DataFrame, stands: NDArray[np.bool_], held: Before) -> NDArray[np.bool_]:
    """Say which of the rows that `stands` names rested before, or were put elsewhere by their words."""
    found = stands.copy()
    found[stands] = _among(keys(frame[stands], "observations"), held.resting)
    told = stands & by_words(frame)
    told[told] = ~_among(placed_by_words(frame[told]), held.placed)
    both: NDArray[np.bool_] = found | told
    return both


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
    return _joined(contents(frame, table), key)


def _joined(content: pd.Series[str], key: pa.LargeStringArray) -> pa.LargeStringArray:
    return pc.binary_join_element_wise(as_arrow(content), key, pa.scalar(BETWEEN, pa.large_string()))
