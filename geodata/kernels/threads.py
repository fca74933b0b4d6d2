"""Work divided into chunks that do not depend on the number of threads, so that neither does the answer."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


def chunks(total: int, *, size: int) -> list[tuple[int, int]]:
    """Divide ``range(total)`` into pieces of `size`, the last one shorter: start and stop of each."""
    return [(start, min(start + size, total)) for start in range(0, total, size)]


def over_chunks(
    work: Callable[[int, int], T], total: int, *, size: int, threads: int | None = None
) -> list[T]:
    """Do `work(start, stop)` for every chunk, and return what came of it in the order of the chunks.

    Parameters
    ----------
    work
        Lets go of the interpreter's lock for as long as it takes, and writes nowhere that another chunk does.
    total, size
        As for `chunks`. What is summed over chunks is summed by the caller, in their order, so that
        rounding is the same on one thread as on eight.
    threads
        How many at once; None for as many as the machine lends this process.
    """
    pieces = chunks(total, size=size)
    at_once = min(len(pieces), threads or available())
    if at_once <= 1:
        return [work(start, stop) for start, stop in pieces]
    with ThreadPoolExecutor(at_once) as pool:
        return list(pool.map(lambda piece: work(*piece), pieces))


def available() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
