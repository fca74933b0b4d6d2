"""The rows that a file gave before, by its lines now and by the id that each has of its source."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.incremental import refusal
from etl.incremental.ledger import CAME_IN
from etl.incremental.refusal import AllAnewError
from etl.incremental.standing import truth

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from etl.incremental.changes import ChangedFile
    from etl.incremental.standing import Standing

WITNESSES = 1_000
"""Lines that stand and are read with those that changed: what holds of them holds of their file."""


class KnownRows:
    """The rows that a file gave before, by line and by the id that each has of its source.

    Parameters
    ----------
    prefix
        What stands before the source's own ids.

    Attributes
    ----------
    line
        The line that each row stands in now, -1 where it does not, shape ``(rows,)``.
    """

    def __init__(self, changed: ChangedFile, rows: Standing, *, prefix: str) -> None:
        came_in = changed.ledger.state & CAME_IN > 0
        if came_in.sum() != rows.held.count:
            raise AllAnewError(refusal.STORE)
        row = np.cumsum(came_in) - 1
        stood = np.flatnonzero(changed.was >= 0)
        stood = stood[came_in[changed.was[stood]]]
        self.line = np.full(rows.held.count, -1, dtype=np.int64)
        self.line[row[changed.was[stood]]] = stood
        self._numbered = changed.source.mapping.key is None
        self._out = [prefix + one for one in changed.ledger.ids.values()]
        self.rows = rows
        self._groups = self.groups(rows.own_ids())

    def groups(self, ids: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
        """Return what records of one file are told apart by: their id, without the number of equal ones."""
        return pc.replace_substring_regex(ids, r"\.[0-9]+$", "") if self._numbered else ids

    def touched(self) -> pa.Array:
        """Return the groups of the rows that stand no more, and of those that never came in."""
        gone = self._groups.filter(pa.array(self.line < 0)).cast(pa.large_string())
        return pa.concat_arrays([*gone.chunks, pa.array(self._out, pa.large_string())])

    def lines_of(self, groups: pa.Array) -> NDArray[np.int64]:
        """Return the lines that stand and belong to some groups, ascending."""
        if not len(groups):
            return np.empty(0, dtype=np.int64)
        among = truth(pc.is_in(self._groups, value_set=groups.cast(self._groups.type)))
        return np.unique(self.line[among & (self.line >= 0)])

    def witnesses(self, again: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return rows that stand and are not read again, spread over the file, and their lines."""
        at = np.flatnonzero((self.line >= 0) & ~np.isin(self.line, again))
        chosen = at[np.unique(np.linspace(0, len(at) - 1, WITNESSES).astype(np.int64))] if len(at) else at
        return chosen, self.line[chosen]
