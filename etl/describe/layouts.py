"""Which layouts of dates read a column: the fewest that read most of it, and what stays open."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from etl.dates import ISO, moments, shape_of

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
    "%Y%m%d",
    "%y%m%d",
    "%d/%m/%y",
    "%m/%d/%y",
    "%d.%m.%y",
    "%B %d, %Y",
)
"""Layouts of days, the likeliest in Sweden first."""

CLOCKS = ("%H:%M", "%H:%M:%S", "%H.%M", "%I:%M:%S %p", "%I:%M %p", "%H:%M:%S %z", "%H:%M:%S.%f")
MOMENTS = (ISO, *(f"{day} {clock}" for day in DAYS for clock in CLOCKS))
"""Layouts of a day with its clock."""

OTHER_ORDER = {"%d/%m": "%m/%d", "%m/%d": "%d/%m"}
ENOUGH = 0.5
"""Share of the cells that layouts must read before a column is one of dates."""
TRIED = 200
"""Cells, evenly spread, of which a layout must read one before it is tried on all."""
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


def _reads(text: pd.Series[str], pattern: str) -> NDArray[np.bool_]:
    found = moments(text, (pattern,))
    return ~(np.isnat(found.local) & np.isnat(found.utc))


def _doubt(text: pd.Series[str], patterns: tuple[str, ...], share: float) -> str | None:
    """Return the layout with day and month the other way round, where it reads as many cells."""
    for pattern in patterns:
        other = next((pattern.replace(a, b) for a, b in OTHER_ORDER.items() if a in pattern), None)
        if other is not None and float(_reads(text, other).mean()) >= share:
            return other
    return None


def _is_plain_number(text: pd.Series[str], patterns: tuple[str, ...]) -> bool:
    """Say whether a column of six or eight digits may as well be numbers: most are no days."""
    if not set(patterns) & {"%Y%m%d", "%y%m%d"}:
        return False
    digits = text.str.fullmatch(DIGITS).to_numpy(dtype=bool)
    days = _reads(text, "%Y%m%d") | _reads(text, "%y%m%d")
    return bool((digits & ~days).any())
