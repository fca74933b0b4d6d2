"""What a stretch of street is called: its street, and the streets that meet it at its ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely

from geodata.streets.stretches import LENGTH_M, STEPS, crossings

if TYPE_CHECKING:
    from geodata.streets.corridors import Corridors


@dataclass(frozen=True, slots=True)
class StretchName:
    """The names of a stretch; None where there is none.

    Attributes
    ----------
    street
        Its own.
    from_cross, to_cross
        Those of the streets that meet it at its ends.
    """

    street: str | None
    from_cross: str | None
    to_cross: str | None


def name_stretch(corridors: Corridors, line: shapely.LineString) -> StretchName:
    """Name a stretch that is given as its line, which lies within one corridor."""
    middle = shapely.line_interpolate_point(line, 0.5, normalized=True)
    network = corridors.network
    link = int(network.tree.nearest(middle))
    along = float(shapely.line_locate_point(network.geometry[link], middle))
    if corridors.backwards[link]:
        along = float(network.length_m[link]) - along
    metre = float(corridors.link_metre[link]) + along
    corridor = int(corridors.corridor_at(metre))
    first = max(metre - line.length / 2, float(corridors.bounds[corridor]))
    last = min(metre + line.length / 2, float(corridors.bounds[corridor + 1]))
    from_cross, to_cross = crossings(corridors, first, last, within_m=LENGTH_M / STEPS)
    return StretchName(str(network.name[link]) or None, from_cross, to_cross)
