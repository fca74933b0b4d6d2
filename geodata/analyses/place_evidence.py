"""What the streams say at every place: counts inside, what is expected there, and the rhythm."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from geodata.evidence.agreement import DOUBLED
from geodata.evidence.baseline import fit
from geodata.evidence.rhythm import by_weekday_hour
from geodata.evidence.shrinkage import Shrunken, shrink
from geodata.privacy import RULES
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
        Records inside, and expected there, by the same rule, shape ``(places,)``. For an audience without
        exact counts rounded, the expected to whole records.
    stands_open
        Where the count may be shown, shape ``(places,)``; where not it is 0 here.
    shrunken
        Their ratio, net of luck.
    """

    counts: NDArray[np.float64]
    expected: NDArray[np.float64]
    stands_open: NDArray[np.bool_]
    shrunken: Shrunken

    def of(self, rows: Sequence[int]) -> Shrunken:
        """Return the ratios of some places."""
        return self.shrunken.of(rows)

    def above(self, row: int) -> bool | None:
        """Say whether a place is clearly above what is expected; None where there are too few to tell.

        A place is called calm only where its range leaves `DOUBLED` out.
        """
        if not self.shrunken.tellable[row]:
            return None
        if self.shrunken.low[row] > 1:
            return True
        return False if self.shrunken.high[row] < DOUBLED else None


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
    For an audience without exact counts ratios follow from the counts that stand open: a rank or a class
    made from a withheld count would tell of it.
    """
    exact = RULES[selection.audience].exact_counts
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
        stands_open = np.ones(len(counts), dtype=bool)
        if not exact:
            shown = _shown(ground, selection, stream)
            stands_open = np.array([count is not None for count in shown], dtype=bool)
            counts = np.array([count or 0 for count in shown], dtype=np.float64)
            expected = np.rint(expected)
        shrunken = shrink(counts, expected, known=stands_open)
        found[stream] = StreamAtPlaces(counts, expected, stands_open, shrunken)
    return found


def events_at_places(ground: Ground, selection: Selection) -> EventsAtPlaces:
    """Return the selected records inside places.

    For an audience without exact counts only over all time, and only of the streams that stand open at a
    place: their categories then add up to no withheld stream, and to no withheld period.
    """
    place, observation = ground.place_members
    inside = ground.records.problems(selection)[observation]
    if not RULES[selection.audience].exact_counts:
        inside = inside & (selection.period is None)
        for stream in Stream:
            closed = np.array([one is None for one in _shown(ground, selection, stream)], dtype=bool)
            inside &= ~(ground.records.of_stream(stream)[observation] & closed[place])
    return EventsAtPlaces(place[inside], observation[inside])


def _shown(ground: Ground, selection: Selection, stream: Stream) -> tuple[int | None, ...]:
    """Return what stands open of a stream at every place in the selection's period."""
    every = ground.place_disclosure.shown(selection.period)
    return every[list(Stream).index(stream) :: len(Stream)]
