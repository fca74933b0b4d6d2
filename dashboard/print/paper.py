"""A map on paper: the municipality's own layers as SVG in millimetres.

Colours stand as attributes, which every reader of SVG knows, and each shape carries a class, so that a page
on a screen can give it others in the dark.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from dashboard.components.markup import tag
from dashboard.map.palette import LIGHT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import geopandas as gpd
    from markupsafe import Markup
    from numpy.typing import NDArray

FILLS = ("wood", "residential", "industrial", "park", "water", "square", "building")
LINES = {"river": ("water", 1.0), "railway": ("railway", 0.5)}
ROADS = {"path": 0.25, "service": 0.4, "residential": 0.8, "tertiary": 1.1, "secondary": 1.4, "primary": 1.7}
"""Class of road → width on paper, millimetres; motorways as primary roads."""

LETTER_MM = 2.1
LETTER_ACROSS = 0.56
"""Width of a letter as a share of its height, on the average of Noto Sans."""

INK = "#1c2530"
_FINEST_MM = 0.08
_MOST_BUILDINGS = 6000
_SCALES = (50, 100, 200, 500, 1000, 2000, 5000, 10_000)


@dataclass(frozen=True, slots=True)
class Paper:
    """How metres lie on the paper.

    Attributes
    ----------
    west, north
        The upper left corner, metres in the working CRS.
    mm
        Millimetres a metre.
    width, height
        Of the map, millimetres.
    """

    west: float
    north: float
    mm: float
    width: float
    height: float

    @classmethod
    def over(
        cls, bounds: tuple[float, float, float, float], *, width: float, height: float, finest: float = 1.0
    ) -> Paper:
        """Lay west, south, east and north (metres) in the middle of a map, as large as there is room for.

        Parameters
        ----------
        finest
            The most millimetres a metre.
        """
        west, south, east, north = bounds
        wide, high = max(east - west, 1.0), max(north - south, 1.0)
        mm = min(width / wide, height / high, finest)
        return cls(
            (west + east) / 2 - width / mm / 2, (south + north) / 2 + height / mm / 2, mm, width, height
        )

    @property
    def box(self) -> tuple[float, float, float, float]:
        """West, south, east and north of what the paper shows, metres."""
        return (
            self.west,
            self.north - self.height / self.mm,
            self.west + self.width / self.mm,
            self.north,
        )

    def lay(self, shapes: NDArray[np.object_]) -> NDArray[np.object_]:
        """Cut shapes to the paper and turn them into millimetres from its corner."""
        cut = shapely.clip_by_rect(shapes[self.reaches(shapes)], *self.box)
        cut = cut[~(shapely.is_missing(cut) | shapely.is_empty(cut))]
        corner = np.array([self.west, self.north])
        flip = np.array([self.mm, -self.mm])
        laid: NDArray[np.object_] = shapely.transform(cut, lambda xy: (xy - corner) * flip)
        return np.asarray(shapely.simplify(laid, _FINEST_MM), dtype=object)

    def reaches(self, shapes: NDArray[np.object_]) -> NDArray[np.bool_]:
        """Say which shapes may lie on the paper, by their bounds, shape ``(n,)``."""
        west, south, east, north = self.box
        left, low, right, high = shapely.bounds(shapes).T
        return np.asarray((left <= east) & (right >= west) & (low <= north) & (high >= south))

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point (metres) lies, millimetres from the corner."""
        return (x - self.west) * self.mm, (self.north - y) * self.mm

    def shows(self, x: float, y: float) -> bool:
        """Say whether a point (metres) lies on the paper."""
        across, down = self.at(x, y)
        return 0 <= across <= self.width and 0 <= down <= self.height


class Room:
    """What is taken of a paper, so that no name stands on another."""

    def __init__(self, paper: Paper) -> None:
        self._whole = shapely.box(0, 0, paper.width, paper.height)
        self._taken: list[shapely.Geometry] = []

    def take(self, ground: shapely.Geometry, *, anyway: bool = False) -> bool:
        """Take a piece of the paper where it is free, or `anyway`; say whether it was taken."""
        free = bool(self._whole.contains(ground)) and not any(ground.intersects(one) for one in self._taken)
        if free or anyway:
            self._taken.append(ground)
        return free or anyway


def ground(paper: Paper, areas: gpd.GeoDataFrame, streets: gpd.GeoDataFrame) -> Iterator[Markup]:
    """Draw land, water, houses, lines and roads, from the ground up."""
    yield tag(
        "rect",
        width=f"{paper.width:g}",
        height=f"{paper.height:g}",
        fill=LIGHT.ground.land,
        class_="m-land",
    )
    for kind in FILLS:
        shapes = paper.lay(usable(areas[areas["kind"] == kind]))
        shapes = shapes[shapely.get_dimensions(shapes) == 2]
        if len(shapes) and not (kind == "building" and len(shapes) > _MOST_BUILDINGS):
            yield tag(
                "path",
                d=path(shapes),
                fill=getattr(LIGHT.ground, kind),
                fill_rule="evenodd",
                class_=f"m-{kind}",
            )
    for kind, (colour, width) in LINES.items():
        shapes = paper.lay(usable(areas[areas["kind"] == kind]))
        shapes = shapes[shapely.get_dimensions(shapes) == 1]
        if len(shapes):
            yield stroke(shapes, getattr(LIGHT.ground, colour), width, class_=f"m-{kind}")
    yield from _roads(paper, streets)


def _roads(paper: Paper, streets: gpd.GeoDataFrame) -> Iterator[Markup]:
    classes = streets["road_class"].replace({"motorway": "primary"})
    laid = {name: paper.lay(usable(streets[classes == name])) for name in ROADS}
    for edge in (True, False):
        for name, width in ROADS.items():
            if not len(laid[name]) or (edge and name == "path"):
                continue
            if edge:
                yield stroke(laid[name], "#8a8f94", width + 0.3, class_="m-edge")
            elif name == "path":
                yield stroke(laid[name], LIGHT.ground.path, width, class_="m-path")
            else:
                yield stroke(laid[name], "#ffffff", width, class_="m-road")


def street_names(
    paper: Paper, streets: gpd.GeoDataFrame, room: Room, *, letter: float = LETTER_MM
) -> Iterator[Markup]:
    """Name the streets that there is room to name, the longest first."""
    names = streets["name"].fillna("").to_numpy(dtype=object)
    shapes = np.asarray(streets.geometry.to_numpy(), dtype=object)
    near = (names != "") & ~shapely.is_missing(shapes) & paper.reaches(shapes)
    names, shapes = names[near], shapes[near]
    lines = [
        (str(street), line)
        for street in dict.fromkeys(names)
        for line in _longest(paper.lay(shapes[names == street]))
    ]
    for name, line in sorted(lines, key=lambda one: -shapely.length(one[1])):
        width = len(name) * letter * LETTER_ACROSS
        length = shapely.length(line)
        if length < width + 1:
            continue
        start, end = (shapely.line_interpolate_point(line, length / 2 + side * width / 2) for side in (-1, 1))
        if start.x > end.x:
            start, end = end, start
        ground_of = shapely.LineString([start, end]).buffer(letter * 0.6)
        if ground_of.area > 0 and shapely.distance(start, end) > 0.9 * width and room.take(ground_of):
            turn = math.degrees(math.atan2(end.y - start.y, end.x - start.x))
            middle = ((start.x + end.x) / 2, (start.y + end.y) / 2 + letter / 3)
            yield from label(name, *middle, turn=turn, letter=letter)


def label(
    words: str, x: float, y: float, *, turn: float = 0.0, weight: int = 400, letter: float = LETTER_MM
) -> Iterator[Markup]:
    """Write words round a point: first their edge, then themselves; `paint-order` is not known everywhere."""
    for look in (
        {"fill": "#ffffff", "stroke": "#ffffff", "stroke_width": f"{letter / 4:.2f}", "class_": "m-halo"},
        {"fill": INK, "class_": "m-label"},
    ):
        yield tag(
            "text",
            words,
            x=f"{x:.1f}",
            y=f"{y:.1f}",
            transform=f"rotate({turn:.1f} {x:.1f} {y:.1f})" if turn else None,
            font_size=f"{letter:g}",
            font_weight=str(weight),
            font_family="Noto Sans, system-ui, sans-serif",
            text_anchor="middle",
            stroke_linejoin="round" if "stroke" in look else None,
            aria_hidden="true" if "stroke" in look else None,
            **look,
        )


def scale_bar(paper: Paper, say: Callable[[int], str]) -> Markup:
    """Draw the scale at the lower left; `say` says a length in metres."""
    metres = max((size for size in _SCALES if size * paper.mm <= 40), default=_SCALES[0])
    width = metres * paper.mm
    y = paper.height - 3
    return tag(
        "g",
        tag(
            "rect",
            x="2",
            y=f"{y - 4.2:.1f}",
            width=f"{width + 4:.1f}",
            height="6",
            fill="#ffffff",
            fill_opacity="0.8",
            class_="m-plate",
        ),
        tag(
            "path",
            d=f"M4 {y - 1:.1f}v1.2h{width:.2f}v-1.2",
            fill="none",
            stroke=INK,
            stroke_width="0.3",
            class_="m-mark",
        ),
        tag(
            "text",
            say(metres),
            x="5",
            y=f"{y - 0.8:.1f}",
            font_size=f"{LETTER_MM}",
            font_family="Noto Sans, system-ui, sans-serif",
            fill=INK,
            class_="m-label",
        ),
    )


def stroke(shapes: NDArray[np.object_], colour: str, width: float, *, class_: str) -> Markup:
    """Draw lines, millimetres, as one path."""
    return tag(
        "path",
        d=path(shapes),
        fill="none",
        stroke=colour,
        stroke_width=f"{width:.2f}",
        stroke_linecap="round",
        stroke_linejoin="round",
        class_=class_,
    )


def path(shapes: NDArray[np.object_]) -> str:
    """Write the rings of polygons and the lines among some shapes as one SVG path."""
    parts = shapely.get_parts(shapes)
    rings = np.concatenate([shapely.get_rings(parts), parts[shapely.get_dimensions(parts) == 1]])
    return "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in shapely.get_coordinates(r)) for r in rings)


def usable(frame: gpd.GeoDataFrame) -> NDArray[np.object_]:
    """Return the geometry of a layer that is there."""
    shapes = np.asarray(frame.geometry.to_numpy(), dtype=object)
    return np.asarray(shapes[~(shapely.is_missing(shapes) | shapely.is_empty(shapes))])


def _longest(shapes: NDArray[np.object_]) -> Iterator[shapely.Geometry]:
    lines = shapely.get_parts(shapely.line_merge(shapely.multilinestrings(shapely.get_parts(shapes))))
    if len(lines):
        yield max(lines, key=shapely.length)
