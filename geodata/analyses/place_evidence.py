"""What the streams say at every place: counts inside, what is expected there, and the rhythm."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from geodata.evidence.baseline import fit
from geodata.evidence.rhythm import by_weekday_hour
from geodata.evidence.shrinkage import Shrunken, shrink
from geodata.schema import Stream
from geodata.selection import ALL_STREAMS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geodata.analyses.ground import Ground
    from geodata.selection import Selection


@dataclass(frozen=True, eq=False)
class StreamAtPlaces:
    """One stream at every place of the ground, in its order.

    Attributes
    ----------
    counts, expected
        Records inside, and expected there, by the same rule, shape ``(places,)``.
    shrunken
        Their ratio, net of luck.
    """

    counts: NDArray[np.float64]
    expected: NDArray[np.float64]
    shrunken: Shrunken

    def of(self, rows: Sequence[int]) -> Shrunken:
        """Return the ratios of some places."""
        return self.shrunken.of(rows)

    def above(self, row: int) -> bool | None:
        """Say whether a place is clearly above what is expected; None where there are too few to tell."""
        return bool(self.shrunken.low[row] > 1) if self.shrunken.tellable[row] else None


@dataclass(frozen=True, eq=False)
class EventsAtPlaces:
    """Pairs of a place's position and a record inside it, sorted by place.

    A record inside two places stands twice, so numbers of places are never summed.
    """

    place: NDArray[np.int64]
    observation: NDArray[np.int64]

    def of(self, row: int) -> NDArray[np.int64]:
        """Return the records inside one place."""
        first, last = np.searchsorted(self.place, [row, row + 1])
        return self.observation[first:last]

    def rhythm(self, ground: Ground, row: int) -> NDArray[np.int64]:
        """Count the records inside one place by weekday and hour, shape ``(7, 24)``."""
        inside = self.of(row)
        group = np.zeros(len(inside), dtype=np.int64)
        counts = by_weekday_hour(group, ground.records.weekday[inside], ground.records.hour[inside], groups=1)
        return np.asarray(counts[0])


def evidence_at_places(ground: Ground, selection: Selection) -> dict[Stream, StreamAtPlaces]:
    """Count each stream at every place and set it against what is expected there.

    All three streams are taken, whichever the selection names: its categories, period and hours hold.
    What is expected is fitted over the whole ground, stream by stream, and the prior over all places.
    """
    asked = ground.records.problems(replace(selection, streams=ALL_STREAMS)) & ground.records.in_places
    place, observation = ground.place_members
    cells = ground.place_cells
    area_in_cells = ground.place_area_m2 / cells.grid.area_m2
    found = {}
    for stream in Stream:
        chosen = asked & ground.records.of_stream(stream)
        baseline = fit(cells.count(chosen), cells.design)
        counts = np.bincount(place[chosen[observation]], minlength=len(ground.places)).astype(np.float64)
        expected = baseline.of(ground.place_design, cells=area_in_cells)
        found[stream] = StreamAtPlaces(counts, expected, shrink(counts, expected))
    return found


def events_at_places(ground: Ground, selection: Selection) -> EventsAtPlaces:
    """Return the selected records inside places."""
    place, observation = ground.place_members
    inside = ground.records.problems(selection)[observation]
    return EventsAtPlaces(place[inside], observation[inside])
