"""Statistical disclosure control: which counts may stand open, so that no withheld one follows from others.

A series (one stream at one place, say) is counted for all time, for years and for tertials. All time is open
from the threshold up. The years are open together or not at all: when each of them, and what is known to no
single year, is zero or at least the threshold. The tertials of an open year likewise. A level that is closed
is closed whole, so its counts may change places with each other and nothing that is open tells.

What is open is rounded, so that two series which hold each other's records can't be subtracted either.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geodata.periods import TERTIALS_PER_YEAR, tertial_number, year_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from geodata.periods import Period

ROUNDED_TO = 5
"""Open counts stand as multiples of this."""


def rounded(counts: ArrayLike) -> NDArray[np.int64]:
    """Round counts to the nearest ``ROUNDED_TO``, any shape; it is odd, so that none lies between two."""
    return (np.asarray(counts, dtype=np.int64) + ROUNDED_TO // 2) // ROUNDED_TO * ROUNDED_TO


def open_together(counts: NDArray[np.int64], *, minimum: int) -> NDArray[np.bool_]:
    """Say whether counts that stand beside each other may all be shown: along the last axis."""
    return np.asarray(((counts == 0) | (counts >= minimum)).all(axis=-1))


def named_together(counts: Sequence[int], *, of: int, minimum: int) -> int:
    """Return how many of some kinds may be named, the most common first, so that none of the rest follows.

    A kind below `minimum` is never named. What is left together has to be zero or at least `minimum` too:
    else the kinds that look as common as the least named one go unnamed with it. Without that a whole less
    what is named of it can leave a single count.

    Parameters
    ----------
    counts
        Records of each kind, most first.
    of
        All records, those of no kind too.
    """
    named = sum(count >= minimum for count in counts)
    rest = of - sum(counts[:named])
    if not named or not 0 < rest < minimum:
        return named
    looks = [int(one) for one in rounded(counts[:named])]
    return looks.index(looks[-1])


@dataclass(frozen=True, eq=False)
class Disclosure:
    """Counts of some series for all time, years and tertials, and which of them are open.

    Attributes
    ----------
    first_year
        The year that position 0 of `years` stands for.
    total, years, tertials
        Counts, shape ``(series,)``, ``(series, years)`` and ``(series, years, 3)``.
    total_open, years_open, tertials_open
        Shape ``(series,)``, ``(series,)`` (all years together) and ``(series, years)`` (its three tertials).
    """

    first_year: int
    total: NDArray[np.int64]
    years: NDArray[np.int64]
    tertials: NDArray[np.int64]
    total_open: NDArray[np.bool_]
    years_open: NDArray[np.bool_]
    tertials_open: NDArray[np.bool_]

    def shown(self, period: Period | None) -> tuple[int | None, ...]:
        """Return each series' rounded count in a period, None where it is withheld.

        Parameters
        ----------
        period
            A calendar year or a tertial; None for all time.
        """
        counts, is_open = self._level(period)
        return tuple(int(count) if may else None for count, may in zip(rounded(counts), is_open, strict=True))

    def _level(self, period: Period | None) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        if period is None:
            return self.total, self.total_open
        at = period.first.year - self.first_year
        if not 0 <= at < self.years.shape[1]:
            return np.zeros_like(self.total), self.years_open
        if period.first.month == 1 and period.last.month == 12:
            return self.years[:, at], self.years_open
        return self.tertials[:, at, (period.first.month - 1) // 4], self.tertials_open[:, at]


def disclose(
    series: NDArray[np.int64],
    first_day: NDArray[np.datetime64],
    last_day: NDArray[np.datetime64],
    *,
    of: int,
    minimum: int,
) -> Disclosure:
    """Count records by series and period and decide what is open.

    Parameters
    ----------
    series
        The series of each record, 0 up to `of`, shape ``(n,)``.
    first_day, last_day
        Local days it may have begun on, shape ``(n,)``; NaT where nothing is known.
    minimum
        Counts from 1 to this less one are withheld.
    """
    dated = ~np.isnat(first_day)
    in_year = dated & (year_number(first_day) == year_number(last_day))
    in_tertial = in_year & (tertial_number(first_day) == tertial_number(last_day))
    year = np.where(in_year, year_number(first_day), 0)
    first_year = int(year[in_year].min(initial=year[in_year].max(initial=0)))
    span = int(year[in_year].max(initial=first_year)) - first_year + 1
    # What is known to a year alone stands as a fourth part of it.
    part = np.where(in_tertial, tertial_number(first_day) % TERTIALS_PER_YEAR, TERTIALS_PER_YEAR)
    slots = TERTIALS_PER_YEAR + 1
    at = (series[in_year] * span + year[in_year] - first_year) * slots + part[in_year]
    parts = np.bincount(at, minlength=of * span * slots).reshape(of, span, slots)
    total = np.bincount(series, minlength=of)
    years = parts.sum(axis=2)
    without_year = total - years.sum(axis=1)
    total_open = total >= minimum
    years_open = total_open & open_together(np.column_stack([years, without_year]), minimum=minimum)
    return Disclosure(
        first_year=first_year,
        total=total,
        years=years,
        tertials=parts[:, :, :TERTIALS_PER_YEAR],
        total_open=total_open,
        years_open=years_open,
        tertials_open=years_open[:, None] & open_together(parts, minimum=minimum),
    )
