"""A place as a report's map shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    import shapely

Look: TypeAlias = Literal["full", "hatched", "dotted", "plain"]


@dataclass(frozen=True, slots=True)
class MarkedPlace:
    """A place on the map: what stands in its disc, its name, its ground (metres), and its look."""

    sign: str
    name: str
    ground: shapely.Geometry
    look: Look = "full"
