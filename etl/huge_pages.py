"""Huge pages, done without while an import runs: finding and clearing them takes longer than they give."""

from __future__ import annotations

import ctypes
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_SET, _GET = 41, 42
"""``PR_SET_THP_DISABLE`` and ``PR_GET_THP_DISABLE`` of Linux's ``prctl``."""


@contextmanager
def no_huge_pages() -> Iterator[None]:
    """Have this process given pages of the usual size, and afterwards as it was before.

    Notes
    -----
    Arrow's and NumPy's memory asks for huge pages (``madvise``), and where the system has none at hand it
    moves others' pages about until it has. An import fills its memory once and lets it go, column by column,
    so this is paid again and again. Where there is no ``prctl``, or it refuses, nothing is changed. It is of
    the whole process and not of a thread, as the lock that imports wait for is of a whole workspace.
    """
    if sys.platform != "linux":
        yield
        return
    before = _prctl(_GET)
    if before == 0:
        _prctl(_SET, 1)
    try:
        yield
    finally:
        if before == 0:
            _prctl(_SET, 0)


def _prctl(option: int, value: int = 0) -> int:
    """Call ``prctl``; -1 where it refuses or there is none."""
    try:
        call = ctypes.CDLL(None).prctl
    except (OSError, AttributeError):
        return -1
    return int(call(option, ctypes.c_ulong(value), *(ctypes.c_ulong(0) for _ in range(3))))
