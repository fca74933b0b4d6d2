"""Ten million records filtered by category, hours and days and counted by cell, beside polars."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.frame import Row
from benchmarks.speed.comparing import faster, peer, within
from benchmarks.speed.timing import timed
from geodata.store.cell_index import build, open_index

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from numpy.typing import NDArray

    from benchmarks.speed.timing import Timed

RECORDS, QUICK_RECORDS = 10_000_000, 2_000_000
CATEGORIES, CELLS, DAYS, FIRST_DAY = 12, 100_000, 3650, 16_000
NARROW_TIMES, BROAD_S = 4.0, 0.030

Filter = dict[str, Any]
FILTERS: dict[str, Filter] = {
    "narrow": {
        "categories": [3],
        "hours": [7, 8, 15],
        "weekdays": [0, 1, 2, 3, 4],
        "first_day": FIRST_DAY + 1460,
        "last_day": FIRST_DAY + 1824,
    },
    "broad": {"hours": list(range(6, 24)), "first_day": FIRST_DAY + 365},
    "half": {"categories": [0, 1, 2, 3, 4, 5]},
}
"""One category on school mornings of a year; nearly all; and half, which is the dearest for the index."""


def filter_rows(*, quick: bool) -> list[Row]:
    """The index is written, opened where it lies, and asked; polars has the same small columns in memory."""
    number = QUICK_RECORDS if quick else RECORDS
    columns = _records(number)
    theirs = None if (polars := peer("polars")) is None else _polars(polars, columns)
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        made = timed(partial(build, **columns, categories=CATEGORIES, cells=CELLS), runs=1)
        made.result.write(Path(folder))
        index = open_index(Path(folder))
        for name, asked in FILTERS.items():
            task = f"filter of {number:,} records, {name}"
            ours = timed(partial(index.count, **asked))
            other = None if theirs is None else timed(partial(theirs, asked))
            rows.append(_against(task, name, ours, other))
            if other is not None:
                told = np.zeros(CELLS, dtype=np.int64)
                told[other.result["cell"].to_numpy()] = other.result["len"].to_numpy()
                apart = int(np.abs(told - ours.result).max())
                rows.append(Row(f"{task}: largest difference from polars", apart, "none", not apart))
    return [*rows, within(f"sorting {number:,} records into the index, once an import", made, most_s=10.0)]


def _against(task: str, name: str, ours: Timed[NDArray[np.int32]], other: Timed[Any] | None) -> Row:
    if name == "narrow":
        return faster(task, ours, other, times=NARROW_TIMES, name="polars")
    return Row(
        task=f"{task}, CPU-s",
        ours=ours.cpu_s,
        other=None if other is None else other.cpu_s,
        bar=f"at most {BROAD_S:g}",
        holds=ours.cpu_s <= BROAD_S,
    )


def _records(number: int) -> dict[str, NDArray[np.generic]]:
    rng = np.random.default_rng(6)
    return {
        "category": rng.integers(0, CATEGORIES, number, dtype=np.int8),
        "hour": rng.integers(-1, 24, number, dtype=np.int8),
        "day": (FIRST_DAY + rng.integers(0, DAYS, number)).astype(np.int32),
        "cell": (CELLS * rng.random(number) ** 2).astype(np.int32),
    }


def _polars(polars: ModuleType, columns: dict[str, NDArray[np.generic]]) -> Callable[[Filter], Any]:
    """Return what filters and counts the same columns, held in memory."""
    frame, column = polars.DataFrame(columns), polars.col
    kept: dict[str, Callable[[Any], Any]] = {
        "categories": column("category").is_in,
        "hours": column("hour").is_in,
        "weekdays": ((column("day") + 3) % 7).is_in,
        "first_day": lambda first: column("day") >= first,
        "last_day": lambda last: column("day") <= last,
    }

    def run(asked: Filter) -> Any:
        wanted = [kept[name](value) for name, value in asked.items()]
        return frame.lazy().filter(*wanted).group_by("cell").len().collect()

    return run
