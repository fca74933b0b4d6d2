"""Aoristic time: what is known only as "between then and then", shared out over a week's half hours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.sparse import coo_array

from geodata.errors import ParameterError
from geodata.evidence.rhythm import HOURS_PER_WEEK
from geodata.evidence.windows import SLOT_MINUTES, SLOTS_PER_DAY, SLOTS_PER_WEEK

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

HOUR_US = 3_600_000_000
LONGEST_HOURS = HOURS_PER_WEEK
"""What may have been in any hour of the week says nothing of which."""


@dataclass(frozen=True, eq=False, slots=True)
class Aoristic:
    """Events shared out over the half hours of the local week, Monday's first is 0.

    Attributes
    ----------
    weight
        Shape ``(events, 336)``; a row sums to 1, or to 0 where the event was left out.
    used
        Events shared out.
    left_out
        Events that were not, by the code of ``codes.LEFT_OUT``.
    """

    weight: csr_array
    used: int
    left_out: tuple[tuple[str, int], ...]


def aoristic(
    begun: NDArray[np.datetime64],
    ended: NDArray[np.datetime64],
    *,
    time_zone: str,
    longest_hours: float = LONGEST_HOURS,
) -> Aoristic:
    """Share each event out evenly over the time that it may have happened in, one in all.

    Parameters
    ----------
    begun, ended
        UTC, shape ``(n,)``: no earlier than, no later than. Where both are the same the time is known, and
        its half hour gets the whole. NaT leaves the event out.
    time_zone
        IANA name; the half hours are those of its clocks. In the night when an hour comes twice it gets
        both, in the night when one is missing it gets nothing.
    longest_hours
        An event that may lie anywhere in this many hours or more is left out.

    Raises
    ------
    ParameterError
        ``interval_backwards`` with the position of the first event that ends before it begins.

    Notes
    -----
    Ratcliffe 2002, *Journal of Quantitative Criminology* 18.
    """
    start, stop = (one.astype("datetime64[us]").astype(np.int64) for one in (begun, ended))
    known = ~(np.isnat(begun) | np.isnat(ended))
    backwards = np.flatnonzero(known & (stop < start))
    if len(backwards):
        at = int(backwards[0])
        raise ParameterError(
            "interval_backwards",
            f"The event at position {at} ends ({ended[at]}) before it begins ({begun[at]}).",
            position=at,
        )
    short = known & (stop - start < longest_hours * HOUR_US)
    at_quarter, event, share = _quarters(start[short], stop[short])
    place = np.flatnonzero(short)[event], _slots(at_quarter, time_zone)
    codes = {"time_unknown": ~known, "interval_too_long": known & ~short}
    return Aoristic(
        weight=coo_array((share, place), shape=(len(start), SLOTS_PER_WEEK)).tocsr(),
        used=int(short.sum()),
        left_out=tuple((code, int(which.sum())) for code, which in codes.items() if which.any()),
    )


def _quarters(
    start: NDArray[np.int64], stop: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Cut intervals at the full quarters of an hour, as zones are offset by quarters at the finest.

    Returns
    -------
    tuple
        Of each piece: when its quarter begins, its event, and its share of the event.
    """
    quarter = HOUR_US // 4
    first = start // quarter
    # A stop on the full quarter does not reach into the next, but an instant lies in its own.
    pieces = np.maximum((stop - 1) // quarter, first) - first + 1
    event = np.repeat(np.arange(len(start)), pieces)
    number = first[event] + np.arange(len(event)) - np.repeat(pieces.cumsum() - pieces, pieces)
    lasts = np.minimum((number + 1) * quarter, stop[event]) - np.maximum(number * quarter, start[event])
    whole = (stop - start)[event]
    return number * quarter, event, np.where(whole > 0, lasts / np.maximum(whole, 1), 1.0)


def _slots(at: NDArray[np.int64], time_zone: str) -> NDArray[np.int64]:
    """Return the local half hour of the week of each instant."""
    instants, back = np.unique(at, return_inverse=True)
    local = pd.DatetimeIndex(instants.astype("datetime64[us]"), tz="UTC").tz_convert(time_zone)
    within = (local.hour * 60 + local.minute) // SLOT_MINUTES
    return np.asarray(local.day_of_week * SLOTS_PER_DAY + within, dtype=np.int64)[back]
