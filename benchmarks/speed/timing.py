"""CPU time of one piece of work: the first run apart, then the median of warm ones."""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

RUNS = 5
LONG_S = 10.0
"""What takes longer than this is run once."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Timed(Generic[T]):
    """One piece of work, measured.

    Attributes
    ----------
    cpu_s
        Median CPU seconds (user and system, all threads) of the warm runs.
    wall_s
        Median of the same runs on the clock.
    first_s
        CPU seconds of the first run, with imports and compiling where these had not been done.
    runs
        How many runs `cpu_s` is the median of.
    result
        What the last run gave.
    """

    cpu_s: float
    wall_s: float
    first_s: float
    runs: int
    result: T


def timed(work: Callable[[], T], *, runs: int = RUNS) -> Timed[T]:
    """Run `work` once cold and `runs` times warm; work over ``LONG_S`` is measured by its first run alone."""
    first, wall, result = _once(work)
    if first > LONG_S:
        return Timed(first, wall, first, 1, result)
    warm = []
    for _ in range(runs):
        cpu, wall, result = _once(work)
        warm.append((cpu, wall))
    return Timed(
        cpu_s=statistics.median(cpu for cpu, _ in warm),
        wall_s=statistics.median(wall for _, wall in warm),
        first_s=first,
        runs=runs,
        result=result,
    )


def _once(work: Callable[[], T]) -> tuple[float, float, T]:
    cpu, wall = time.process_time(), time.perf_counter()
    result = work()
    return time.process_time() - cpu, time.perf_counter() - wall, result
