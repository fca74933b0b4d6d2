"""The names of a municipality's places, for a person to choose among while writing."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geodata.analyses.ground import Ground

MOST_NAMES = 6000
"""A list in the browser gets slow beyond this; the longest streets' names come first."""


@lru_cache(maxsize=4)
def place_names(ground: Ground) -> tuple[str, ...]:
    """Return the names of schools, areas, streets and the municipality's own places, in that order.

    They follow the layers and never the observations, so they tell nothing about them.
    """
    snapshot = ground.snapshot
    streets = snapshot.table("streets")
    longest = streets.assign(metres=streets.geometry.length).groupby("name")["metres"].sum()
    layers = (snapshot.table(layer)["name"].dropna() for layer in ("schools", "areas"))
    names = [str(name) for layer in layers for name in sorted(set(layer))]
    names += [str(name) for name in longest.sort_values(ascending=False).index]
    for place in ground.project.gazetteer.places:
        names += [place.name, *place.aliases]
    return tuple(name for name in dict.fromkeys(names) if name)[:MOST_NAMES]
