"""The observations as arrays: what filtering and counting need, worked out once."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geodata.evidence.source_end import SourceEnd, has_ended
from geodata.precision import HOTSPOT_LOCATION, PLACE_LOCATION, LocationPrecision
from geodata.schema import Stream
from geodata.selection import selected

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from geodata.selection import Selection

_REPEATED_WORDS = ("stream", "source", "category", "severity", "location_precision", "time_precision")
"""Columns kept as categories: filtering by them is then a comparison of small numbers."""

MONTH_DAYS = 31
"""A record that is known less well than to the month says nothing of when its source ends."""

_REMEMBERED = 8
"""How many selections' records are kept: one view asks for the same ones several times."""


@dataclass(frozen=True, eq=False)
class Records:
    """Every observation of a snapshot; all arrays have one value a row, in the rows' order.

    Attributes
    ----------
    frame
        Columns of ``schema.OBSERVATIONS``; repeated words as categories, local days as datetime64.
    follows
        The first source of those that followed each other, by the name of each that followed one.
    """

    frame: pd.DataFrame
    follows: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, observations: pd.DataFrame, *, follows: Mapping[str, str] | None = None) -> Records:
        """Prepare the rows of the observations table."""
        words = {column: observations[column].astype("category") for column in _REPEATED_WORDS}
        days = {
            column: pd.to_datetime(observations[column]).astype("datetime64[s]")
            for column in ("local_first", "local_last")
        }
        return cls(observations.assign(**words, **days), follows or {})

    @cached_property
    def series_names(self) -> tuple[str, ...]:
        """Sources, those that followed each other as one, by name."""
        names = self.frame["source"].cat.categories
        return tuple(sorted({self.follows.get(str(name), str(name)) for name in names}))

    @cached_property
    def series(self) -> NDArray[np.int64]:
        """Of which of `series_names` each record is."""
        names = [self.follows.get(str(name), str(name)) for name in self.frame["source"].cat.categories]
        position = np.array([self.series_names.index(name) for name in names], dtype=np.int64)
        return position[self.frame["source"].cat.codes.to_numpy()]

    @cached_property
    def x(self) -> NDArray[np.float64]:
        """Metres east; NaN without a point."""
        return self.frame["x"].to_numpy(dtype=np.float64)

    @cached_property
    def y(self) -> NDArray[np.float64]:
        """Metres north; NaN without a point."""
        return self.frame["y"].to_numpy(dtype=np.float64)

    @cached_property
    def first_day(self) -> NDArray[np.datetime64]:
        """First local day it may have begun on; NaT where nothing is known."""
        return self.frame["local_first"].to_numpy(dtype="datetime64[D]")

    @cached_property
    def last_day(self) -> NDArray[np.datetime64]:
        """Last local day it may have begun on; NaT where nothing is known."""
        return self.frame["local_last"].to_numpy(dtype="datetime64[D]")

    @cached_property
    def day(self) -> NDArray[np.datetime64]:
        """Local day; NaT where the day is not known."""
        return np.where(self.first_day == self.last_day, self.first_day, np.datetime64("NaT", "D"))

    @cached_property
    def source_ends(self) -> tuple[SourceEnd, ...]:
        """Sources of incidents that end before the newest record of any stream, by name.

        A survey is asked on some days and experts look when they look: their streams have no such end.
        """
        known = self.day[~np.isnat(self.day)]
        if not len(known):
            return ()
        newest = known.max()
        told = self.of_stream(Stream.INCIDENT) & ~np.isnat(self.first_day) & ~np.isnat(self.last_day)
        told &= self.last_day - self.first_day < np.timedelta64(MONTH_DAYS, "D")
        found = []
        for at, name in enumerate(self.series_names):
            days = np.minimum(self.last_day[told & (self.series == at)], newest)
            if has_ended(days.astype(np.int64), int(newest.astype(np.int64))):
                found.append(SourceEnd(name, days.max().item()))
        return tuple(found)

    @cached_property
    def weekday(self) -> NDArray[np.int8]:
        """Local weekday, Monday 0; -1 where not known."""
        return self.frame["local_weekday"].to_numpy(dtype=np.int8)

    @cached_property
    def hour(self) -> NDArray[np.int8]:
        """Local hour; -1 where not known."""
        return self.frame["local_hour"].to_numpy(dtype=np.int8)

    @cached_property
    def street_id(self) -> NDArray[np.int64]:
        """The street that a record was snapped to; -1 for none."""
        return np.asarray(self.frame["street_id"].fillna(-1).to_numpy(), dtype=np.int64)

    @cached_property
    def category_code(self) -> NDArray[np.int64]:
        """Category as a position in `category_names`; -1 for none."""
        return np.asarray(self.frame["category"].cat.codes.to_numpy(), dtype=np.int64)

    @cached_property
    def category_names(self) -> tuple[str, ...]:
        """Categories that occur."""
        return tuple(self.frame["category"].cat.categories)

    @cached_property
    def severity_code(self) -> NDArray[np.int64]:
        """Severity as a position in `severity_names`; -1 for none."""
        return np.asarray(self.frame["severity"].cat.codes.to_numpy(), dtype=np.int64)

    @cached_property
    def severity_names(self) -> tuple[str, ...]:
        """Severities that occur."""
        return tuple(self.frame["severity"].cat.categories)

    @cached_property
    def in_hotspots(self) -> NDArray[np.bool_]:
        """Which are known well enough to enter a cell."""
        return self._known(HOTSPOT_LOCATION)

    @cached_property
    def in_places(self) -> NDArray[np.bool_]:
        """Which are known well enough to be counted at a named place."""
        return self._known(PLACE_LOCATION)

    def of_stream(self, stream: Stream) -> NDArray[np.bool_]:
        """Say which belong to a stream."""
        return self._streams[stream]

    def problems(self, selection: Selection) -> NDArray[np.bool_]:
        """Say which records the selection asks for and tell of a problem, wherever they are known to be.

        A review that found nothing to mend is no sign of a problem. The answer may not be changed.
        """
        known = self._remembered.get(selection)
        if known is None:
            known = selected(self.frame, selection) & ~self._found_nothing
            known.flags.writeable = False
            while len(self._remembered) >= _REMEMBERED:
                self._remembered.pop(next(iter(self._remembered)), None)
            self._remembered[selection] = known
        return known

    def categories_of(self, rows: NDArray[np.int64]) -> list[tuple[str, int]]:
        """Count some records by category, most first; records without one are left out."""
        code = self.category_code[rows]
        counts = np.bincount(code[code >= 0], minlength=len(self.category_names))
        order = np.argsort(-counts, kind="stable")
        return [(self.category_names[at], int(counts[at])) for at in order if counts[at]]

    @cached_property
    def _streams(self) -> dict[Stream, NDArray[np.bool_]]:
        column = self.frame["stream"]
        return {stream: np.asarray((column == str(stream)).to_numpy(), dtype=bool) for stream in Stream}

    @cached_property
    def _found_nothing(self) -> NDArray[np.bool_]:
        nothing = (self.frame["category"] == "other") & (self.frame["status"] == "nothing_called_for")
        return np.asarray(self.of_stream(Stream.REVIEW) & nothing.to_numpy())

    @cached_property
    def _remembered(self) -> dict[Selection, NDArray[np.bool_]]:
        return {}

    def _known(self, enough: frozenset[LocationPrecision]) -> NDArray[np.bool_]:
        precise = self.frame["location_precision"].isin([str(one) for one in enough])
        return np.asarray(precise.to_numpy() & np.isfinite(self.x) & np.isfinite(self.y))
