"""What is wrong with single rows: the first thing found rejects the row, and is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from etl.masking.mask import mask_value
from geodata.account import Rejection

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from etl.readers.raw_table import RawTable

BETWEEN = "; "
"""Divides the cells of several columns in a message."""


class Findings:
    """The rejections of one file, gathered while its columns are read one after another.

    Parameters
    ----------
    cells
        The file as text, shape ``(n, columns)``.
    excused
        Rows that are set aside whatever they hold, shape ``(n,)``; they are never rejected.
    file
        What the file is called in the errors of columns that stop it.

    Attributes
    ----------
    rejected
        Which rows are out so far, shape ``(n,)``.
    """

    def __init__(self, cells: pd.DataFrame, *, excused: NDArray[np.bool_], file: str = "") -> None:
        self._cells = cells
        self._excused = excused
        self.file = file
        self.rejected: NDArray[np.bool_] = np.zeros(len(cells), dtype=bool)
        self._found: list[tuple[int, str, str, str]] = []

    @property
    def open(self) -> NDArray[np.bool_]:
        """Which rows are neither out nor set aside, shape ``(n,)``."""
        return ~self.rejected & ~self._excused

    def reject(
        self,
        bad: NDArray[np.bool_] | pd.Series[bool],
        *,
        code: str,
        columns: Sequence[str],
        values: NDArray[np.object_] | None = None,
    ) -> None:
        """Reject the rows in `bad` that are not out already.

        Parameters
        ----------
        bad
            Shape ``(n,)``.
        code
            Key in ``codes.REJECTIONS``.
        columns
            Headings that it is about.
        values
            What to say was found, shape ``(n,)``; the cells under `columns` when not given.
        """
        fresh = np.asarray(bad, dtype=bool) & self.open
        at = np.flatnonzero(fresh)
        if not len(at):
            return
        if values is None:
            rows = self._cells[list(columns)].iloc[at].itertuples(index=False, name=None)
            found = [BETWEEN.join(row) for row in rows]
        else:
            found = [str(value) for value in values[at]]
        heading = ", ".join(columns)
        self._found.extend((int(row), heading, code, value) for row, value in zip(at, found, strict=True))
        self.rejected |= fresh

    def rejections(self, raw: RawTable, *, file: str) -> tuple[Rejection, ...]:
        """Return every rejection of the file by row, the values masked and cut."""
        unreadable = [(row.row, "", row.code, row.value) for row in raw.unreadable]
        found = [(int(raw.rows[at]), column, code, value) for at, column, code, value in self._found]
        return tuple(
            Rejection(file=file, row=row, column=column, code=code, value=mask_value(value))
            for row, column, code, value in sorted(found + unreadable)
        )
