"""From text to days and moments, by the formats that a mapping states."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

ISO = "ISO8601"
AUTO = "auto"
"""In a mapping: whichever layout the file has; it is settled before a date is read."""
EARLIEST_YEAR, LATEST_YEAR = 1900, 2199
"""A year outside these is a slip of the keyboard."""

MONTHS = {
    name: number
    for names in (
        "januari februari mars april maj juni juli augusti september oktober november december",
        "january february march april may june july august september october november december",
        "jan feb mar apr maj jun jul aug sep okt nov dec",
        "jan feb mar apr may jun jul aug sept oct nov dec",
    )
    for number, name in enumerate(names.split(), start=1)
}
"""Swedish and English names of months and their abbreviations."""

_SHAPES = {
    "%Y": r"[0-9]{4}",
    "%y": r"[0-9]{2}",
    "%B": r"[0-9]{1,2}",
    "%z": r"(?:Z|[+-][0-9]{2}:?[0-9]{2})",
    "%p": r"(?:AM|PM|am|pm)",
    "%f": r"[0-9]{1,9}",
    **dict.fromkeys(("%m", "%d", "%H", "%I", "%M", "%S"), r"[0-9]{1,2}"),
}
_WHOLE_SHAPES = {**_SHAPES, **dict.fromkeys(("%m", "%d", "%H", "%I", "%M", "%S"), r"[0-9]{2}")}
_ISO_SHAPE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ].*)?"
_ISO_OFFSET = r"[T ].*(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)$"
_MONTH_NAME = re.compile(r"\b(" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?", re.IGNORECASE)

_TRIAL = datetime(2025, 3, 14, tzinfo=UTC)
_TRIAL_DAY = np.datetime64("2025-03-14", "us")


@dataclass(frozen=True)
class Moments:
    """A column of dates or moments.

    Attributes
    ----------
    local
        Wall-clock time where no offset was written, shape ``(n,)``; NaT elsewhere.
    utc
        The instant where an offset was written, shape ``(n,)``; NaT elsewhere.
    has_clock
        Which cells hold a time of day besides the day.
    unreadable, impossible
        Cells in none of the formats, and cells in one that name no real day (30 February).
    """

    local: NDArray[np.datetime64]
    utc: NDArray[np.datetime64]
    has_clock: NDArray[np.bool_]
    unreadable: NDArray[np.bool_]
    impossible: NDArray[np.bool_]

    def take(self, at: NDArray[np.intp]) -> Moments:
        """Return the cells at these positions."""
        return Moments(
            self.local[at], self.utc[at], self.has_clock[at], self.unreadable[at], self.impossible[at]
        )


def moments(text: pd.Series[str], formats: Sequence[str]) -> Moments:
    """Read a column by the first format that fits each cell.

    Parameters
    ----------
    text
        Trimmed cells, shape ``(n,)``; each distinct text is read once.
    formats
        As in ``strptime``, ``%B`` in Swedish or English, or ``ISO8601``.
    """
    number, distinct = pd.factorize(text)
    cells = pd.Series(np.asarray(distinct, dtype=object), dtype="str")
    return _read_distinct(cells, formats).take(number)


def _read_distinct(cells: pd.Series[str], formats: Sequence[str]) -> Moments:
    local = np.full(len(cells), np.datetime64("NaT"), dtype="datetime64[us]")
    utc = local.copy()
    has_clock = np.zeros(len(cells), dtype=bool)
    shaped = has_clock.copy()
    for pattern in formats:
        open_ = np.isnat(local) & np.isnat(utc)
        text, fits = written_as(cells, pattern)
        fits = fits & open_
        shaped |= fits
        offset = fits & _with_offset(text, pattern)
        wanted = pattern.replace("%B", "%m")
        utc[offset] = _read(text[offset], wanted, utc=True)
        local[fits & ~offset] = _read(text[fits & ~offset], wanted, utc=False)
        clock = (
            text.str.contains(":", regex=False).to_numpy(dtype=bool) if pattern == ISO else "%M" in pattern
        )
        has_clock |= fits & clock
    got = ~np.isnat(local) | ~np.isnat(utc)
    slip = got & ~within_years(np.where(np.isnat(local), utc, local))
    local[slip], utc[slip] = np.datetime64("NaT"), np.datetime64("NaT")
    got &= ~slip
    filled = (cells != "").to_numpy(dtype=bool)
    return Moments(
        local=local,
        utc=utc,
        has_clock=has_clock,
        unreadable=filled & ~got & ~shaped,
        impossible=filled & ~got & shaped,
    )


def within_years(times: NDArray[np.datetime64]) -> NDArray[np.bool_]:
    """Say which times lie in years that a record can be from; NaT does not."""
    years = times.astype("datetime64[Y]")
    return np.asarray(
        (years >= np.datetime64(f"{EARLIEST_YEAR}")) & (years <= np.datetime64(f"{LATEST_YEAR}"))
    )


def is_sound(pattern: str) -> bool:
    """Say whether a format names a whole date once, so that what it writes can be read back."""
    if pattern in {ISO, AUTO}:
        return True
    try:
        written = _TRIAL.strftime(pattern.replace("%B", "mars"))
        read = moments(pd.Series([written], dtype="str"), (pattern,))
    except (ValueError, re.error):
        return False
    return bool(np.where(np.isnat(read.local), read.utc, read.local)[0] == _TRIAL_DAY)


def shape_of(pattern: str) -> str:
    """Return the regular expression of cells that are written in a format, real days or not."""
    if pattern == ISO:
        return _ISO_SHAPE
    parts = re.split(r"(%[A-Za-z])", pattern)
    if re.search(r"%[A-Za-z]%[A-Za-z]", pattern):  # 220826: without anything between, each part is whole
        return "".join(_WHOLE_SHAPES.get(part, re.escape(part)) for part in parts)
    return "".join(_SHAPES.get(part, re.escape(part)) for part in parts)


def written_as(cells: pd.Series[str], pattern: str) -> tuple[pd.Series[str], NDArray[np.bool_]]:
    """Return cells with the numbers of months for their names, and which are written in a format.

    A format with a month's name is for cells that hold one: ``1 2 2026`` is not 1 February by it.
    """
    text = cells
    if "%B" in pattern:
        text = cells.map(lambda cell: _MONTH_NAME.sub(_number_of_month, cell)).astype("str")
    fits = text.str.fullmatch(shape_of(pattern)).to_numpy(dtype=bool)
    if "%B" in pattern:
        fits = fits & (text != cells).to_numpy(dtype=bool)
    return text, fits


def _with_offset(text: pd.Series[str], pattern: str) -> NDArray[np.bool_]:
    if pattern == ISO:
        return text.str.contains(_ISO_OFFSET, regex=True).to_numpy(dtype=bool)
    return np.full(len(text), "%z" in pattern)


def _read(text: pd.Series[str], pattern: str, *, utc: bool) -> NDArray[np.datetime64]:
    read = pd.to_datetime(text, format=pattern, errors="coerce", utc=utc)
    plain = read.dt.tz_localize(None) if utc else read
    return plain.to_numpy(dtype="datetime64[us]")


def _number_of_month(found: re.Match[str]) -> str:
    return str(MONTHS[found.group(1).lower()])
