"""At which places the logged work of some days was done; the authorities' own counts, as they are."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from geodata.analyses.ground import open_register

if TYPE_CHECKING:
    from geodata.analyses.ground import Ground
    from geodata.periods import Period
    from geodata.places.place import Place


def work_at_places(ground: Ground, period: Period) -> tuple[tuple[Place, int], ...]:
    """Count the entries of the log by place, most first; those without a place in use are left out.

    Parameters
    ----------
    period
        Local days.
    """
    first, before = period.instants(ground.project.zone)
    entries = open_register(ground.workspace).log.entries(started_from=first, started_before=before)
    counts = Counter(entry.place_id for entry in entries)
    found = [(place, counts[place.place_id]) for place in ground.places if counts[place.place_id]]
    return tuple(sorted(found, key=lambda one: -one[1]))
