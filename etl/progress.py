"""How far the reading of files has come, in rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

STEP = "import_read"

READ, FIELDS, THEMES, PLACED = 0.15, 0.45, 0.65, 0.8
"""Share of a file's work that is done when it is read, and its fields, themes, times and places are: measured
on a million answers with text on a third of them."""

WORTH_TELLING = 10_000
"""Rows from which a file's own stages are told: fewer take no time."""


class RowsRead:
    """Tells rows of a known or estimated total while files are taken in, one after another.

    Parameters
    ----------
    tell
        Told the step, rows done and rows in all; the latter is 0 until a file was read, and then, as long
        as files are left, what their size lets one expect.
    paths
        The files, in the order in which they are taken in.
    """

    def __init__(self, tell: Callable[[str, int, int], None], paths: Sequence[Path]) -> None:
        self._tell = tell
        self._bytes = [path.stat().st_size if path.is_file() else 0 for path in paths]
        self._at = 0
        self._done = 0
        self._known = 0
        tell(STEP, 0, 0)

    def within(self, rows: int, share: float) -> None:
        """Tell that a share of the work on the file at hand, of so many rows, is done."""
        if rows >= WORTH_TELLING:
            self._known = self._done + rows
            self._tell(STEP, self._done + int(rows * share), self._total(self._at + 1))

    def file_done(self, rows: int) -> None:
        """Tell that the file at hand, of so many rows, is taken in."""
        self._at += 1
        self._done += rows
        self._known = self._done
        self._tell(STEP, self._done, self._total(self._at))

    def _total(self, files: int) -> int:
        """Return the rows in all, from those of the first files; the others are taken to be written alike."""
        seen, left = sum(self._bytes[:files]), sum(self._bytes[files:])
        return self._known + (round(self._known * left / seen) if seen else 0)
