"""Which place a candidate is: the same key in the source, else enough common ground."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.places.place import Place, PlaceCandidate

SAME_PLACE_OVERLAP = 0.5
"""Common ground over joint ground (intersection over union) from which two are the same place."""


def overlap(first: shapely.Geometry, second: shapely.Geometry) -> float:
    """Return intersection over union of two areas; 0 when neither has an area."""
    together = shapely.area(shapely.union(first, second))
    return float(shapely.area(shapely.intersection(first, second)) / together) if together > 0 else 0.0


def match(candidates: Sequence[PlaceCandidate], places: Sequence[Place]) -> dict[int, Place]:
    """Find the place that each candidate is.

    The same kind and source key decides; of the rest, pairs of one kind with an overlap of at least
    ``SAME_PLACE_OVERLAP`` are joined, the greatest overlap first. A place is matched once.

    Returns
    -------
    dict
        Position in `candidates` → place; candidates without a place are new.
    """
    by_key = {(place.kind, place.source_key): place for place in places}
    matched: dict[int, Place] = {}
    taken: set[int] = set()
    for number, candidate in enumerate(candidates):
        place = by_key.get((candidate.kind, candidate.source_key))
        if place is not None and place.place_id not in taken:
            matched[number] = place
            taken.add(place.place_id)
    pairs = [
        (share, number, place)
        for number, place in _touching(candidates, places)
        if number not in matched
        and place.place_id not in taken
        and (share := overlap(candidates[number].geometry, place.geometry)) >= SAME_PLACE_OVERLAP
    ]
    for _, number, place in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2].place_id)):
        if number not in matched and place.place_id not in taken:
            matched[number] = place
            taken.add(place.place_id)
    return matched


def _touching(candidates: Sequence[PlaceCandidate], places: Sequence[Place]) -> list[tuple[int, Place]]:
    """Pairs of one kind whose grounds meet."""
    ground = np.array([place.geometry for place in places], dtype=object)
    asked = np.array([candidate.geometry for candidate in candidates], dtype=object)
    first, second = shapely.STRtree(ground).query(asked, predicate="intersects")
    return [
        (int(number), places[place])
        for number, place in zip(first, second, strict=True)
        if candidates[number].kind == places[place].kind
    ]
