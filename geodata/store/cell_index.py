"""Records sorted by category, hour, weekday and day, so that a filter is a few slices to count by cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geodata.errors import ParameterError

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from numpy.typing import ArrayLike, NDArray

HOURS = 25
"""Hours of the day, and one place for those whose hour is not known."""

WEEKDAYS = 7
THURSDAY = 3
"""The weekday of 1970-01-01, Monday being 0."""

MOST_DAYS = 2**16
FILES = ("starts", "day", "cell", "totals", "first_day")


@dataclass(frozen=True, eq=False)
class CellIndex:
    """Records in blocks of one category, hour and weekday, by day within a block.

    Attributes
    ----------
    starts
        Where each block begins, shape ``(categories * HOURS * WEEKDAYS + 1,)``.
    day
        Days after `first_day`, ascending in a block, shape ``(records,)``.
    cell
        Shape ``(records,)``.
    totals
        All records by cell, shape ``(cells,)``.
    first_day
        As days since 1970-01-01.
    """

    starts: NDArray[np.int64]
    day: NDArray[np.uint16]
    cell: NDArray[np.int32]
    totals: NDArray[np.int32]
    first_day: int

    def count(
        self,
        *,
        categories: Collection[int] | None = None,
        hours: Collection[int] | None = None,
        weekdays: Collection[int] | None = None,
        first_day: int | None = None,
        last_day: int | None = None,
    ) -> NDArray[np.int32]:
        """Count the records that a filter lets through, by cell, shape ``(cells,)``.

        Parameters
        ----------
        categories, hours, weekdays
            Those let through, an hour of -1 for what has none, Monday 0; None lets all through.
        first_day, last_day
            As days since 1970-01-01, both inside; None for no limit.

        Notes
        -----
        Where more than half of the records pass, those that do not are taken from the totals instead: no
        filter goes through more than half of them.
        """
        from geodata.kernels.filtering import count_by_cell, slices  # noqa: PLC0415  numba is slow to import

        blocks = np.zeros((len(self.starts) // (HOURS * WEEKDAYS), HOURS, WEEKDAYS), dtype=bool)
        blocks[
            np.ix_(_places(categories, blocks.shape[0]), _places(hours, HOURS), _places(weekdays, WEEKDAYS))
        ] = True
        low = 0 if first_day is None else first_day - self.first_day
        high = MOST_DAYS if last_day is None else last_day - self.first_day
        bounds = np.empty((blocks.size, 2), dtype=np.int64)
        rows = slices(self.starts, self.day, blocks.ravel(), low, high, bounds)
        others = 2 * rows > len(self.cell)
        counts = self.totals.copy() if others else np.zeros_like(self.totals)
        count_by_cell(self.starts, self.cell, bounds, others, counts)
        return counts

    def write(self, folder: Path) -> None:
        """Write the arrays into a folder that is there, one file each."""
        for name in FILES:
            np.save(folder / f"{name}.npy", getattr(self, name))


def build(
    *, category: ArrayLike, hour: ArrayLike, day: ArrayLike, cell: ArrayLike, categories: int, cells: int
) -> CellIndex:
    """Sort records into an index.

    Parameters
    ----------
    category, hour, day, cell
        Category as a number below `categories`, hour or -1, day since 1970-01-01, cell as a number below
        `cells`, shape ``(n,)`` each.

    Raises
    ------
    ParameterError
        ``days_too_far_apart`` where the first and last day are more than 179 years apart.
    """
    days = np.asarray(day, dtype=np.int64)
    first_day = int(days.min()) if len(days) else 0
    last_day = int(days.max()) if len(days) else 0
    if last_day - first_day >= MOST_DAYS:
        raise ParameterError(
            "days_too_far_apart",
            f"The records lie {last_day - first_day} days apart; fewer than {MOST_DAYS} can be sorted.",
            days=last_day - first_day,
        )
    block = (
        np.asarray(category, dtype=np.int64) * HOURS + np.asarray(hour, dtype=np.int64) % HOURS
    ) * WEEKDAYS
    block += (days + THURSDAY) % WEEKDAYS
    order = np.argsort(block * MOST_DAYS + days - first_day)
    held = np.bincount(block, minlength=categories * HOURS * WEEKDAYS)
    sorted_cell = np.asarray(cell, dtype=np.int32)[order]
    return CellIndex(
        starts=np.concatenate([[0], np.cumsum(held)]).astype(np.int64),
        day=(days[order] - first_day).astype(np.uint16),
        cell=sorted_cell,
        totals=np.bincount(sorted_cell, minlength=cells).astype(np.int32),
        first_day=first_day,
    )


def open_index(folder: Path) -> CellIndex:
    """Open an index where it lies; rows are read from disk as they are asked for."""
    starts, day, cell, totals, first_day = (
        np.load(folder / f"{name}.npy", mmap_mode="r" if name in {"day", "cell"} else None) for name in FILES
    )
    return CellIndex(starts, day, cell, totals, int(first_day))


def _places(chosen: Collection[int] | None, number: int) -> NDArray[np.int64]:
    """Return the positions chosen of so many, -1 being the last."""
    if chosen is None:
        return np.arange(number)
    return np.unique(np.asarray(sorted(chosen), dtype=np.int64) % number)
