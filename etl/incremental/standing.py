"""The observations as the snapshot before holds them, column by column, and which of them stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.versions import OF_ONE_ID
from geodata.store.parts import open_part

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd
    from numpy.typing import NDArray

    from etl.previous import HeldPart
    from geodata.store.parts import OpenPart

OBSERVATIONS = "observations"
FIRST = (
    "observation_id",
    "origin_row",
    "linked_to",
    "link_reason",
    "set_aside",
    "location_precision",
    "located_by",
    "content_hash",
)
"""What is looked at of every record; the rest is read when it is needed."""
ALIKE = (
    "link_reason",
    "location_precision",
    "located_by",
    "category",
    "stream",
    "source",
    "severity",
    "time_precision",
)
"""Columns of few distinct values: as their numbers they take a fraction of the time and room."""


@dataclass(eq=False)
class Standing:
    """One part of the observations.

    Attributes
    ----------
    part, held, opened
        Its name, what the snapshot before held of it, and its rows.
    columns
        Those that were read.
    stays
        Which rows stand as they are, shape ``(n,)``.
    place
        Where each stands in the table now, among those that came; by line where its file has some.
    number
        The row of its file that each stands in now, shape ``(n,)``.
    """

    part: str
    held: HeldPart
    opened: OpenPart
    columns: dict[str, pa.ChunkedArray] = field(default_factory=dict)
    stays: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, dtype=bool))
    place: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    number: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    @classmethod
    def of(cls, part: str, held: HeldPart) -> Standing:
        """Read what is looked at of every record; all of them stand so far."""
        opened = open_part(held.store, held.name, OBSERVATIONS, verified=held.verified)
        rows = cls(part, held, opened)
        rows.read(FIRST)
        count = held.count
        rows.stays = np.ones(count, dtype=bool)
        rows.place = np.arange(count)
        rows.number = rows.columns["origin_row"].to_numpy().copy()
        return rows

    def read(self, names: Iterable[str]) -> None:
        """Read further columns."""
        new = [name for name in names if name not in self.columns]
        if new:
            table = self.opened.columns(new, encoded=ALIKE)
            self.columns |= {name: table.column(name) for name in new}

    def among(self, name: str, values: pa.Array) -> NDArray[np.bool_]:
        """Say which rows hold one of some values in a column, shape ``(n,)``."""
        column = self.columns[name]
        if not pa.types.is_dictionary(column.type):
            return truth(pc.is_in(column, value_set=values.cast(column.type)))
        found = [np.zeros(0, dtype=bool)]
        for chunk in column.chunks:
            wanted = truth(pc.is_in(chunk.dictionary, value_set=values.cast(chunk.dictionary.type)))
            number = chunk.indices.fill_null(len(wanted)).to_numpy(zero_copy_only=False)
            found.append(np.append(wanted, False)[number])
        return np.concatenate(found)

    def filled(self, name: str) -> NDArray[np.bool_]:
        """Say which rows hold something in a column, shape ``(n,)``."""
        return truth(pc.is_valid(self.columns[name]))

    def of_one_id(self) -> NDArray[np.bool_]:
        """Say which rows repeat another of their own id, shape ``(n,)``."""
        return self.among("link_reason", pa.array(sorted(OF_ONE_ID)))

    def own_ids(self) -> pa.ChunkedArray:
        """Return the id that the source gave each row: of one that repeats another, the other's."""
        again = pa.array(self.of_one_id())
        return pc.if_else(again, self.columns["linked_to"], self.columns["observation_id"])

    def taken(self, name: str, at: NDArray[np.int64]) -> pa.Array:
        """Return some rows of a column, in the order given.

        Arrow would first put all pieces of a column of text together, and most of it is not asked for.
        """
        column = self.columns[name]
        plain = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
        ends = np.cumsum([len(chunk) for chunk in column.chunks])
        rising = len(at) < 2 or bool((np.diff(at) > 0).all())
        order = None if rising else np.argsort(at, kind="stable")
        ascending = at if order is None else at[order]
        cuts = np.searchsorted(ascending, ends)
        pieces = [pa.array([], plain)]
        for chunk, end, first, last in zip(column.chunks, ends, [0, *cuts[:-1]], cuts, strict=True):
            if last > first:
                pieces.append(chunk.take(pa.array(ascending[first:last] - (end - len(chunk)))).cast(plain))
        found = pa.concat_arrays(pieces)
        return found if order is None else found.take(pa.array(np.argsort(order, kind="stable")))

    def frame(self, at: NDArray[np.int64], names: Iterable[str]) -> pd.DataFrame:
        """Return some rows of some columns."""
        wanted = list(names)
        self.read(wanted)
        table = pa.table({name: self.taken(name, at) for name in wanted})
        frame: pd.DataFrame = table.to_pandas()
        return frame


def truth(which: pa.Array | pa.ChunkedArray) -> NDArray[np.bool_]:
    """Return a column of truths, null being none."""
    return np.asarray(which.fill_null(False), dtype=bool)  # noqa: FBT003  Arrow's call
