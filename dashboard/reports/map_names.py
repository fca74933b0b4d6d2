"""The names on a report's map: places and larger streets of the workspace's layers, where there is room."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import cos, degrees, radians, sin
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from matplotlib.patheffects import withStroke

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from geodata.analyses.ground import Ground

PLACE_KINDS = ("square", "station", "centre", "park")
STREET_CLASSES = ("motorway", "primary", "secondary", "tertiary")
"""Kinds of area and classes of street that are named, the most important first."""

MOST_PLACES, MOST_STREETS = 18, 16
PLACE_PT, STREET_PT = 6.6, 5.8
MM_PER_PT, LETTER_ACROSS = 0.353, 0.56
HALO = "#ffffff"
INK, STREET_INK = "#1c2530", "#3f464d"
AIR_MM = 0.8


@dataclass
class Room:
    """What is taken on a map already: boxes in millimetres from its lower left corner."""

    width_mm: float
    height_mm: float
    taken: list[tuple[float, float, float, float]] = field(default_factory=list)

    def take(self, x: float, y: float, across: float, high: float) -> bool:
        """Take a box round a middle where it is free and inside the map; say whether it was."""
        box = (x - across / 2, y - high / 2, x + across / 2, y + high / 2)
        if box[0] < AIR_MM or box[1] < AIR_MM:
            return False
        if box[2] > self.width_mm - AIR_MM or box[3] > self.height_mm - AIR_MM:
            return False
        if any(
            box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
            for other in self.taken
        ):
            return False
        self.taken.append(box)
        return True


def write_names(axes: Axes, opened: Ground, view: shapely.Geometry, metre_mm: float, room: Room) -> None:
    """Write the names of the places in view, then of its larger streets, none over another."""
    west, south, *_ = shapely.bounds(view)
    places = 0
    for name, at in _places(opened, view):
        across, high = _size(name, PLACE_PT)
        x, y = (at.x - west) * metre_mm, (at.y - south) * metre_mm
        # A name may lie over its place, below it or above it.
        for lift in (0.0, -5.0, 5.0):
            if places < MOST_PLACES and room.take(x, y + lift, across, high):
                _write(axes, name, at.x, at.y + lift / metre_mm, size=PLACE_PT, ink=INK, weight="bold")
                places += 1
                break
    streets = 0
    for name, line in _streets(opened, view):
        across, high = _size(name, STREET_PT)
        if streets == MOST_STREETS:
            break
        if line.length * metre_mm < across:
            continue
        for share in (0.5, 0.3, 0.7):
            at, angle = _along(line, share, across / metre_mm)
            x, y = (at.x - west) * metre_mm, (at.y - south) * metre_mm
            turned = radians(abs(angle))
            box = across * cos(turned) + high * sin(turned), across * sin(turned) + high * cos(turned)
            if room.take(x, y, *box):
                _write(axes, name, at.x, at.y, size=STREET_PT, ink=STREET_INK, angle=angle)
                streets += 1
                break


def _places(opened: Ground, view: shapely.Geometry) -> Iterator[tuple[str, shapely.Point]]:
    areas, schools = opened.snapshot.table("areas"), opened.snapshot.table("schools")
    frames = [areas[areas["kind"] == kind] for kind in PLACE_KINDS]
    for frame in (*frames[:-1], schools, frames[-1]):
        for name, shape in _named(frame):
            at = shapely.point_on_surface(shape)
            if shapely.contains_xy(view, at.x, at.y):
                yield name, at


def _streets(opened: Ground, view: shapely.Geometry) -> Iterator[tuple[str, shapely.LineString]]:
    """Return the longest piece in view of each larger street, by class and then the longest first."""
    streets = opened.snapshot.table("streets")
    told: set[str] = set()
    for road_class in STREET_CLASSES:
        pieces: dict[str, list[shapely.Geometry]] = {}
        for name, shape in _named(streets[streets["road_class"] == road_class]):
            if name not in told and shapely.intersects(shape, view):
                pieces.setdefault(name, []).append(shapely.intersection(shape, view))
        found = [(name, _longest(shapes)) for name, shapes in pieces.items()]
        told |= pieces.keys()
        yield from sorted(
            ((name, line) for name, line in found if line is not None), key=lambda one: -one[1].length
        )


def _named(frame: Any) -> Iterator[tuple[str, shapely.Geometry]]:
    shapes: NDArray[np.object_] = np.asarray(frame.geometry.to_numpy(), dtype=object)
    there = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes)) & (frame["name"].fillna("") != "")
    for name, shape in zip(frame["name"][there], shapes[there.to_numpy()], strict=True):
        yield str(name), shape


def _longest(shapes: list[shapely.Geometry]) -> shapely.LineString | None:
    lines = [one for one in shapely.get_parts(shapely.line_merge(shapely.union_all(shapes))) if one.length]
    lines = [one for one in lines if one.geom_type == "LineString"]
    return max(lines, key=lambda one: one.length) if lines else None


def _along(line: shapely.LineString, share: float, length: float) -> tuple[shapely.Point, float]:
    """Return the middle of a name of a length on a line, and its slope in degrees, never upside down."""
    middle = share * line.length
    start, at, end = (
        shapely.line_interpolate_point(line, min(max(step, 0.0), line.length))
        for step in (middle - length / 2, middle, middle + length / 2)
    )
    angle = degrees(np.arctan2(end.y - start.y, end.x - start.x))
    return at, (angle + 90) % 180 - 90


def _size(name: str, letters_pt: float) -> tuple[float, float]:
    return len(name) * letters_pt * MM_PER_PT * LETTER_ACROSS + AIR_MM, letters_pt * MM_PER_PT + AIR_MM


def _write(
    axes: Axes,
    name: str,
    x: float,
    y: float,
    *,
    size: float,
    ink: str,
    angle: float = 0.0,
    weight: str = "normal",
) -> None:
    axes.text(
        x,
        y,
        name,
        fontsize=size,
        fontweight=weight,
        color=ink,
        ha="center",
        va="center",
        rotation=angle,
        rotation_mode="anchor",
        zorder=3,
        path_effects=[withStroke(linewidth=1.6, foreground=HALO)],
    )
