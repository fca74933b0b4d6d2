"""Which layouts of dates read a column: the fewest that read most of it, and what stays open."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from etl.dates import ISO, moments, shape_of
from etl.doubts.date_layouts import order_of, turned

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

DAYS = (
    "%Y-%m-%d",
    "%d.%m.%Y",
    "%d %B %Y",
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%d-%m-%Y",
    "%m-%d-%Y",
    "%Y%m%d",
    "%y%m%d",
    "%d%m%y",
    "%d/%m/%y",
    "%m/%d/%y",
    "%d.%m.%y",
    "%B %d, %Y",
)
"""Layouts of days, the likeliest in Sweden first."""

CLOCKS = ("%H:%M", "%H:%M:%S", "%H.%M", "%I:%M:%S %p", "%I:%M %p", "%H:%M:%S %z", "%H:%M:%S.%f")
MOMENTS = (ISO, *(f"{day} {clock}" for day in DAYS for clock in CLOCKS))
"""Layouts of a day with its clock."""

SIX_DIGITS = {"%y%m%d": "%d%m%y", "%d%m%y": "%y%m%d"}
"""220826 may be a day in August of two years."""
ENOUGH = 0.5
"""Share of the cells that layouts must read before a column is one of dates."""
TRIED = 200
"""Cells, evenly spread, of which a layout must read one before it is tried on all."""
FEW_YEARS = 1
DIGITS = r"[0-9]{6}|[0-9]{8}"


@dataclass(frozen=True, slots=True)
class Layouts:
    """How dates are written in a column.

    Attributes
    ----------
    days, moments
        The layouts that read it as days, or as days with clocks; none where it is neither.
    share
        Part of the filled cells that they read, 0–1.
    or_else
        A layout that reads the very same cells as other days (01/02/2026); none where there is no doubt.
    """

    days: tuple[str, ...] = ()
    moments: tuple[str, ...] = ()
    share: float = 0.0
    or_else: str | None = None

    def in_order(self, order: str | None) -> Layouts:
        """Return them with what is open put beside what it may be taken for, or held to an order told.

        Parameters
        ----------
        order
            ``dmy`` or ``mdy``, as a person chose; None leaves it open, and the import asks.
        """
        if self.or_else is None:
            return self
        first = next(one for one in (*self.days, *self.moments) if _other_way(one) == self.or_else)
        if order is None:
            kept: tuple[str, ...] = (first, self.or_else)
        else:
            kept = tuple(one for one in (first, self.or_else) if order_of(one) == order) or (first,)

        def with_kept(layouts: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(other for one in layouts for other in (kept if one == first else (one,)))

        return replace(
            self,
            days=with_kept(self.days),
            moments=with_kept(self.moments),
            or_else=self.or_else if order is None else None,
        )


def find_layouts(text: pd.Series[str]) -> Layouts:
    """Find the layouts of a column of filled cells, shape ``(n,)``."""
    if not text.str.contains("[0-9]", regex=True).any():
        return Layouts()
    with_clock = text.str.contains(r"[0-9][:.][0-9]{2}(?![0-9]{2})|[0-9]T[0-9]", regex=True)
    days, day_share = _cover(text, DAYS)
    moments_, moment_share = _cover(text, MOMENTS) if with_clock.mean() >= ENOUGH else ((), 0.0)
    if moment_share > day_share and moment_share >= ENOUGH:
        return Layouts(moments=moments_, share=moment_share, or_else=_doubt(text, moments_, moment_share))
    if day_share >= ENOUGH and not _is_plain_number(text, days):
        return Layouts(days=days, share=day_share, or_else=_doubt(text, days, day_share))
    return Layouts()


def _cover(text: pd.Series[str], patterns: tuple[str, ...]) -> tuple[tuple[str, ...], float]:
    """Return the layouts that read most cells, each adding to those before it."""
    left = np.ones(len(text), dtype=bool)
    chosen: list[str] = []
    at = np.linspace(0, len(text) - 1, min(len(text), TRIED)).astype(np.intp)
    cells = list(dict.fromkeys(text.iloc[at]))
    tried = [pattern for pattern in patterns if any(_shape(pattern).fullmatch(cell) for cell in cells)]
    read = {pattern: _reads(text, pattern) for pattern in tried}
    while tried and left.any():
        best = max(tried, key=lambda pattern: int((read[pattern] & left).sum()))
        if not (read[best] & left).any():
            break
        chosen.append(best)
        left &= ~read[best]
    return tuple(chosen), float((~left).mean())


@cache
def _shape(pattern: str) -> re.Pattern[str]:
    """Return what cells in a layout look like, the names of months among them."""
    parts = pattern.split("%B")
    return re.compile(r"[^\W\d]+\.?".join(shape_of(part) for part in parts))


def _years(text: pd.Series[str], pattern: str) -> int:
    """Return how many years there are from the first to the last of the dates."""
    years = moments(text, (pattern,)).local.astype("datetime64[Y]").astype(int)
    known = years[years > 0]  # not a time is far below
    return int(known.max() - known.min()) if len(known) else 0


def _reads(text: pd.Series[str], pattern: str) -> NDArray[np.bool_]:
    found = moments(text, (pattern,))
    days = np.where(np.isnat(found.local), found.utc, found.local)
    # No record is from a year that is still to come.
    return np.asarray(days < np.datetime64("now", "Y") + 1)


def _doubt(text: pd.Series[str], patterns: tuple[str, ...], share: float) -> str | None:
    """Return the layout with its parts the other way round, where it reads as many cells."""
    for pattern in patterns:
        other = _other_way(pattern)
        if other is None or float(_reads(text, other).mean()) < share:
            continue
        # Days taken for years lie years apart: 260101 and 260131 are two days of one month.
        if pattern in SIX_DIGITS and _years(text, other) > max(_years(text, pattern), FEW_YEARS):
            continue
        return other
    return None


def _other_way(pattern: str) -> str | None:
    return turned(pattern) or SIX_DIGITS.get(pattern)


def _is_plain_number(text: pd.Series[str], patterns: tuple[str, ...]) -> bool:
    """Say whether a column of six or eight digits may as well be numbers: most are no days."""
    if not set(patterns) & {"%Y%m%d", "%y%m%d"}:
        return False
    digits = text.str.fullmatch(DIGITS).to_numpy(dtype=bool)
    days = _reads(text, "%Y%m%d") | _reads(text, "%y%m%d")
    return bool((digits & ~days).any())
