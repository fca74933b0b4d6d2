"""The dirt that real files have, in known numbers, and the account that an import should come to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geodata.account import Fate

if TYPE_CHECKING:
    from collections.abc import Mapping

FATE = "fate"
"""Column of a frame on its way to a file: what should become of the row."""
REASON = "reason"
"""Column beside it: which dirt was put on the row, or empty."""
RECORD = "record"
"""Column beside them: number of the record; a duplicate has that of the row it repeats."""


@dataclass(frozen=True, slots=True)
class FileTruth:
    """What a first import of one made file should account for.

    Attributes
    ----------
    file
        Name below the workspace, ``inbox/handelser_2024.csv``.
    read
        Rows in it, header not counted.
    fates
        Rows by fate; adds up to `read`.
    reasons
        Rows by kind of dirt: ``swapped``, ``at_zero``, ``no_such_day``, ``no_such_hour``,
        ``missing_point``, ``duplicate``, ``digest``, ``closed``.
    """

    file: str
    read: int
    fates: dict[Fate, int]
    reasons: dict[str, int]


_FATES = {
    "": Fate.NEW,
    "duplicate": Fate.NEW,
    "missing_point": Fate.WAITING,
    "digest": Fate.SET_ASIDE,
}


def spoil(
    frame: pd.DataFrame, wanted: Mapping[str, int], rng: np.random.Generator, *, missing_share: float
) -> pd.DataFrame:
    """Choose rows for each kind of dirt, no row twice.

    Parameters
    ----------
    frame
        A stream's rows; those that already have a `REASON` (digests) are left as they are.
    wanted
        Rows of each kind; the kind is written to `REASON`. ``duplicate`` rows are copied, and the copies
        stand after a random later row, marked LINKED.
    missing_share
        Share of rows whose point goes missing, at least one row; 0 for none.

    Returns
    -------
    DataFrame
        `frame` with `FATE`, `REASON` and `RECORD`; rejected rows keep their right values here, and the
        writer spoils them.
    """
    counts = dict(wanted)
    if missing_share > 0:
        counts["missing_point"] = max(1, round(missing_share * len(frame)))
    reason = np.full(len(frame), "", dtype=object)
    if REASON in frame:
        reason[:] = frame[REASON].to_numpy()
    order = rng.permutation(np.flatnonzero(reason == ""))
    start = 0
    for kind, count in counts.items():
        reason[order[start : start + count]] = kind
        start += count
    spoiled = frame.assign(**{REASON: reason, RECORD: np.arange(len(frame))})
    spoiled[FATE] = spoiled[REASON].map(_fate)
    doubled = spoiled[spoiled[REASON] == "duplicate"].assign(**{FATE: Fate.LINKED})
    spoiled.loc[spoiled[REASON] == "duplicate", REASON] = ""
    place = np.array([rng.integers(row + 1, len(frame) + 1) for row in doubled.index], dtype=np.float64)
    together = pd.concat([spoiled, doubled.set_axis(place - 0.5, axis=0)])
    return together.sort_index(kind="stable").reset_index(drop=True)


def _fate(reason: str) -> Fate:
    return _FATES.get(reason, Fate.REJECTED)


def account_for(file: str, rows: pd.DataFrame) -> FileTruth:
    """Count a frame's fates and reasons."""
    fates = rows[FATE].value_counts()
    reasons = rows.loc[rows[REASON] != "", REASON].value_counts()
    return FileTruth(
        file=file,
        read=len(rows),
        fates={fate: int(fates.get(fate, 0)) for fate in Fate},
        reasons={str(kind): int(count) for kind, count in sorted(reasons.items())},
    )


def all_new(file: str, count: int) -> FileTruth:
    """Account for a file without dirt."""
    return FileTruth(file, count, {fate: count if fate is Fate.NEW else 0 for fate in Fate}, {})
