"""All records that may repeat another, which of them came or went, and which lie near which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from etl.incremental.standing import truth
from etl.merge.linking import COLUMNS, may_repeat
from etl.merge.scoring import ACCIDENT, ACCIDENT_M, TELLING, complaints
from etl.text_columns import as_arrow
from geodata.schema import Stream

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from etl.incremental.standing import Standing

NEAR_M = 2 * ACCIDENT_M
"""Side of a cell: no block that pairs are looked for in is wider."""
CELLS = 2**22
"""Cells are told apart by a number below this; two that share one only bring more records to hand."""

_EAST, _NORTH, _MINUTE = np.int64(1_000_003), np.int64(998_244_353), np.int64(805_306_457)
SEEN = ("x", "y", "text", "category", "stream", "occurred_from")
"""What is read of every record to find those that are near."""


@dataclass(frozen=True, eq=False)
class _Some:
    """The records of one part that may repeat another: those that it held, and then those that came."""

    row: NDArray[np.int64]
    place: NDArray[np.int64]
    gone: NDArray[np.bool_]
    came: NDArray[np.bool_]
    complaint: NDArray[np.bool_]
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    minute: NDArray[np.int64]

    @classmethod
    def of(cls, rows: Standing, frame: pd.DataFrame | None, places: NDArray[np.int64] | None) -> _Some:
        """Find them."""
        rows.read(SEEN)
        says = rows.filled("text") | rows.among("category", pa.array([ACCIDENT]))
        linked = rows.filled("linked_to") & rows.of_one_id()
        old = np.flatnonzero(says & ~linked & ~truth(rows.columns["set_aside"]))
        new = np.empty(0, dtype=np.int64)
        came = rows.opened.schema.empty_table().to_pandas()
        if frame is not None and places is not None:
            new = np.flatnonzero(may_repeat(frame))
            came, places = frame.iloc[new], places[new]
        moment = pa.array(came["occurred_from"], pa.timestamp("us", tz="UTC"), from_pandas=True)
        x, y = (
            np.concatenate([_numbers(rows.columns[name])[old], came[name].to_numpy(float)]) for name in "xy"
        )
        survey = rows.among("stream", pa.array([str(Stream.SURVEY)]))[old]
        return cls(
            row=np.concatenate([old, new]),
            place=np.concatenate([rows.place[old], new if places is None else places]),
            gone=np.concatenate([~rows.stays[old], np.zeros(len(new), dtype=bool)]),
            came=np.repeat([False, True], [len(old), len(new)]),
            complaint=np.concatenate([survey, (came["stream"] == str(Stream.SURVEY)).to_numpy(bool)]),
            x=x,
            y=y,
            minute=np.concatenate([_minutes(rows.columns["occurred_from"])[old], _minutes(moment)]),
        )


def _numbers(column: pa.ChunkedArray) -> NDArray[np.float64]:
    return np.asarray(column.to_numpy(), dtype=np.float64)


def _minutes(moments: pa.Array | pa.ChunkedArray) -> NDArray[np.int64]:
    """Return whole minutes since 1970, 0 where nothing is known."""
    microseconds = np.asarray(moments.cast(pa.int64()).fill_null(0))
    return np.asarray(np.round(microseconds / 60e6), dtype=np.int64)


class Field:
    """All records that may repeat another: those that stood before, gone or not, and those that came.

    Attributes
    ----------
    gone, came
        Which of them stand no more, and which came, shape ``(n,)``.
    part, row
        The part that each is of, and its row there or among those that came, shape ``(n,)``.
    """

    def __init__(
        self,
        standing: Sequence[Standing],
        fresh: Mapping[str, pd.DataFrame],
        places: Mapping[str, NDArray[np.int64]],
    ) -> None:
        self._standing = standing
        self._fresh = fresh
        some = [_Some.of(one, fresh.get(one.part), places.get(one.part)) for one in standing]
        self.part = np.repeat(np.arange(len(some)), [len(one.row) for one in some])
        self.row, self._place, self.gone, self.came, self._complaint, x, y, self._minute = (
            np.concatenate([getattr(one, name) for one in some])
            for name in ("row", "place", "gone", "came", "complaint", "x", "y", "minute")
        )
        self._placed = np.isfinite(x) & np.isfinite(y)
        self._complaint &= self._placed
        self._cell_x, self._cell_y = (
            np.floor(np.where(self._placed, one, 0.0) / NEAR_M).astype(np.int64) for one in (x, y)
        )

    def begin(self) -> NDArray[np.bool_]:
        """Return the records that came or went, those that went's whole groups, and all with their words."""
        focus = self.gone | self.came
        return self.with_their_words(focus | self._groups_of(self.gone))

    def in_order(self, which: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Return some records in the order of the parts and their rows, as in an import of all."""
        at = np.flatnonzero(which)
        return at[np.lexsort((self._place[at], self.part[at]))]

    def with_their_words(self, focus: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Add the complaints whose words are those of one that came or went: they count its places."""
        changed = np.flatnonzero((self.gone | self.came) & self._complaint)
        words = pa.concat_arrays(self._words(changed)).unique().drop_null()
        words = words.filter(pc.greater_equal(pc.utf8_length(words), TELLING))
        return focus | (self._complaint & self._says(words)) if len(words) else focus

    def _words(self, at: NDArray[np.int64]) -> list[pa.LargeStringArray]:
        """Return the words of some records, in any order."""
        found = [pa.array([], pa.large_string())]
        for number, one in enumerate(self._standing):
            mine = at[self.part[at] == number]
            old, new = self.row[mine[~self.came[mine]]], self.row[mine[self.came[mine]]]
            found.append(one.taken("text", old).cast(pa.large_string()))
            if len(new):
                found.append(as_arrow(self._fresh[one.part]["text"].iloc[new]))
        return found

    def _says(self, words: pa.LargeStringArray) -> NDArray[np.bool_]:
        """Say which records have one of these words, shape ``(n,)``."""
        found = np.zeros(len(self.row), dtype=bool)
        for number, one in enumerate(self._standing):
            mine = self.part == number
            old, new = mine & ~self.came, mine & self.came
            found[old] = one.among("text", words)[self.row[old]]
            if new.any():
                text = as_arrow(self._fresh[one.part]["text"].iloc[self.row[new]])
                found[new] = truth(pc.is_in(text, value_set=words))
        return found

    def _groups_of(self, which: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return the records that are linked to some, that these are linked to, and all linked to those."""
        found = np.zeros(len(which), dtype=bool)
        merged = [one.filled("linked_to") & ~one.of_one_id() for one in self._standing]
        if not any(some.any() for some in merged):
            return found
        names = set()
        for number, (one, some) in enumerate(zip(self._standing, merged, strict=True)):
            mine = self.row[which & ~self.came & (self.part == number)]
            names |= set(one.taken("observation_id", mine).to_pylist())
            names |= set(one.taken("linked_to", mine[some[mine]]).to_pylist())
        known = pa.array(sorted(names), pa.string())
        for number, one in enumerate(self._standing):
            mine = np.flatnonzero(~self.came & (self.part == number))
            among = one.among("observation_id", known) | one.among("linked_to", known)
            found[mine] = among[self.row[mine]]
        return found

    def near(self, focus: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Say which records may lie in one block with one of `focus`, shape ``(n,)``."""
        at = focus & self._placed
        cells = np.zeros(CELLS, dtype=bool)
        for east in (-1, 0, 1):
            for north in (-1, 0, 1):
                cells[_cell(self._cell_x[at] + east, self._cell_y[at] + north)] = True
        found = self._placed & cells[_cell(self._cell_x, self._cell_y)]
        minutes = np.zeros(CELLS, dtype=bool)
        minutes[_minute(self._minute[focus & ~self._placed])] = True
        found |= ~self._placed & minutes[_minute(self._minute)]
        return np.asarray(found)

    def frame(self, at: NDArray[np.int64]) -> pd.DataFrame:
        """Return `COLUMNS` of some records, in the order given."""
        frames, position = [], []
        for number, one in enumerate(self._standing):
            mine = self.part[at] == number
            old, new = np.flatnonzero(mine & ~self.came[at]), np.flatnonzero(mine & self.came[at])
            if len(old):
                frames.append(one.frame(self.row[at[old]], COLUMNS))
                position.append(old)
            if len(new):
                frames.append(self._fresh[one.part][COLUMNS].iloc[self.row[at[new]]])
                position.append(new)
        if not frames:
            return pd.DataFrame({name: pd.Series([], dtype="str") for name in COLUMNS})
        both = pd.concat(frames, ignore_index=True)
        return both.iloc[np.argsort(np.concatenate(position), kind="stable")].reset_index(drop=True)

    def told(self, records: pd.DataFrame) -> pd.DataFrame:
        """Return the complaints among all records whose words are those of some of `records`."""
        some = records["text"][complaints(records)]
        if not len(some):
            return records.iloc[:0]
        among = self._says(as_arrow(some).unique()) & ~self.gone & self._complaint
        every = self.frame(np.flatnonzero(among))
        return every[complaints(every)]


def _cell(x: NDArray[np.int64], y: NDArray[np.int64]) -> NDArray[np.int64]:
    mixed = x * _EAST ^ y * _NORTH
    return (mixed ^ (mixed >> 17)) & (CELLS - 1)


def _minute(minute: NDArray[np.int64]) -> NDArray[np.int64]:
    mixed = minute * _MINUTE
    return (mixed ^ (mixed >> 17)) & (CELLS - 1)
