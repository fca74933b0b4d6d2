"""What became of every row of a file, against what the snapshot before this import held."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from etl.digest import row_digests
from geodata.account import Fate
from geodata.schema import KEYS, TABLES

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from etl.tables import Converted

Before = dict[str, set[str]]
"""Key of a record → the contents that it had in the snapshot before."""


def before(frame: pd.DataFrame, table: str) -> Before:
    """Index what a table held by key."""
    found: Before = {}
    for key, content in zip(keys(frame, table), contents(frame, table), strict=True):
        found.setdefault(key, set()).add(content)
    return found


def contents(frame: pd.DataFrame, table: str) -> pd.Series[str]:
    """Return what makes each record the same as before."""
    if table == "observations":
        return frame["content_hash"]
    return row_digests(frame, TABLES[table].names)


def keys(frame: pd.DataFrame, table: str) -> list[str]:
    """Return the keys of a table as text."""
    return frame[KEYS[table]].astype("str").tolist()


def count_fates(converted: Converted, table: str, held: Before) -> dict[Fate, int]:
    """Count the rows of one file by fate; the counts add up to what was read.

    Parameters
    ----------
    converted
        One file's rows, with ``linked_to`` settled for observations.
    held
        What the snapshot before held.
    """
    frame = converted.frame
    new = np.zeros(len(converted.set_aside), dtype=bool)
    changed, accepted, linked = new.copy(), new.copy(), converted.linked.copy()
    known = zip(keys(frame, table), contents(frame, table), converted.row, strict=True)
    for key, content, row in known:
        accepted[row] = True
        was = held.get(key)
        new[row] |= was is None
        changed[row] |= was is not None and content not in was
    if table == "observations":
        linked[converted.row[frame["linked_to"].notna().to_numpy(dtype=bool)]] = True
    plain = accepted & ~linked & ~converted.set_aside & ~converted.waiting
    rows: dict[Fate, NDArray[np.bool_]] = {
        Fate.NEW: plain & new & ~changed,
        Fate.CHANGED: plain & changed,
        Fate.UNCHANGED: plain & ~new & ~changed,
        Fate.LINKED: linked & ~converted.set_aside,
        Fate.SET_ASIDE: converted.set_aside,
        Fate.WAITING: converted.waiting & ~linked,
    }
    fates = {fate: int(which.sum()) for fate, which in rows.items()}
    return {**fates, Fate.REJECTED: len(converted.rejections)}
