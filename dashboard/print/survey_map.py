"""The map of the printed survey: the municipality's own layers as SVG in millimetres, with streets named."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from dashboard.components.markup import join, tag
from dashboard.map.extent import bounds
from dashboard.map.palette import LIGHT
from geodata import crs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import geopandas as gpd
    from markupsafe import Markup
    from numpy.typing import NDArray

    from geodata.analyses.ground import Ground

WIDTH_MM, HEIGHT_MM = 178.0, 132.0

FILLS = ("wood", "residential", "industrial", "park", "water", "square", "building")
LINES = {"river": ("water", 1.0), "railway": ("railway", 0.5)}
ROADS = {"path": 0.25, "service": 0.4, "residential": 0.8, "tertiary": 1.1, "secondary": 1.4, "primary": 1.7}
"""Class of road → width on paper, millimetres; motorways as primary roads."""

_FINEST_MM = 0.08
_LETTER_MM = 2.1
_LETTER_ACROSS = 0.56
"""Width of a letter as a share of its height, on the average of Noto Sans."""

_MOST_BUILDINGS = 6000
_SCALES = (50, 100, 200, 500, 1000, 2000, 5000, 10_000)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """How metres lie on the paper: `west` and `north` at its corner, `mm` millimetres a metre."""

    west: float
    north: float
    mm: float

    def box(self) -> tuple[float, float, float, float]:
        return (
            self.west,
            self.north - HEIGHT_MM / self.mm,
            self.west + WIDTH_MM / self.mm,
            self.north,
        )

    def lay(self, shapes: NDArray[np.object_]) -> NDArray[np.object_]:
        """Cut to the sheet and turn into millimetres from its corner."""
        cut = shapely.clip_by_rect(shapes, *self.box())
        cut = cut[~(shapely.is_missing(cut) | shapely.is_empty(cut))]
        corner = np.array([self.west, self.north])
        flip = np.array([self.mm, -self.mm])
        laid: NDArray[np.object_] = shapely.transform(cut, lambda xy: (xy - corner) * flip)
        return np.asarray(shapely.simplify(laid, _FINEST_MM), dtype=object)


def survey_map(ground: Ground, *, label: str, scale: Callable[[int], str]) -> Markup:
    """Draw the map that people mark a place on.

    Parameters
    ----------
    label
        What it is, for those who hear it.
    scale
        Says the length of the scale, metres.
    """
    sheet = _sheet(ground)
    snapshot = ground.snapshot
    areas, streets = snapshot.table("areas"), snapshot.table("streets")
    drawn = [
        tag("rect", width=f"{WIDTH_MM}", height=f"{HEIGHT_MM}", fill=LIGHT.ground.land),
        *_fills(sheet, areas),
        *_lines(sheet, areas),
        *_roads(sheet, streets),
        *_names(sheet, ground),
        _scale(sheet, scale),
    ]
    return tag(
        "svg",
        join(drawn),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {WIDTH_MM} {HEIGHT_MM}",
        role="img",
        aria_label=label,
        class_="map",
    )


def _sheet(ground: Ground) -> _Sheet:
    west, south, east, north = bounds(ground)
    x, y = crs.to_working(
        [west, west, east, east],
        [south, north, south, north],
        source=crs.WGS84,
        working=ground.project.geography.working_crs,
    )
    mm = min(WIDTH_MM / float(np.ptp(x)), HEIGHT_MM / float(np.ptp(y)))
    middle = (float(x.min() + x.max()) / 2, float(y.min() + y.max()) / 2)
    return _Sheet(middle[0] - WIDTH_MM / mm / 2, middle[1] + HEIGHT_MM / mm / 2, mm)


def _fills(sheet: _Sheet, areas: gpd.GeoDataFrame) -> Iterator[Markup]:
    for kind in FILLS:
        shapes = sheet.lay(_geometry(areas[areas["kind"] == kind]))
        shapes = shapes[shapely.get_dimensions(shapes) == 2]
        if len(shapes) and not (kind == "building" and len(shapes) > _MOST_BUILDINGS):
            yield tag("path", d=_path(shapes), fill=getattr(LIGHT.ground, kind), fill_rule="evenodd")


def _lines(sheet: _Sheet, areas: gpd.GeoDataFrame) -> Iterator[Markup]:
    for kind, (colour, width) in LINES.items():
        shapes = sheet.lay(_geometry(areas[areas["kind"] == kind]))
        shapes = shapes[shapely.get_dimensions(shapes) == 1]
        if len(shapes):
            yield _stroke(shapes, getattr(LIGHT.ground, colour), width)


def _roads(sheet: _Sheet, streets: gpd.GeoDataFrame) -> Iterator[Markup]:
    classes = streets["road_class"].replace({"motorway": "primary"})
    laid = {name: sheet.lay(_geometry(streets[classes == name])) for name in ROADS}
    for edge in (True, False):
        for name, width in ROADS.items():
            if len(laid[name]) and not (edge and name == "path"):
                colour = LIGHT.ground.path if name == "path" else "#ffffff"
                yield _stroke(laid[name], "#8a8f94" if edge else colour, width + (0.3 if edge else 0.0))


def _names(sheet: _Sheet, ground: Ground) -> Iterator[Markup]:
    """Name what there is room to name: schools and squares first, then the longest streets."""
    taken: list[shapely.Geometry] = []
    for name, x, y in _points(sheet, ground):
        width = len(name) * _LETTER_MM * _LETTER_ACROSS
        box = shapely.box(x - width / 2, y - _LETTER_MM - 1.2, x + width / 2, y + 1.0)
        if _is_free(box, taken):
            taken.append(box)
            yield tag("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r="0.8", fill="#24406e")
            yield _text(name, x, y - 1.3, weight=600)
    streets = ground.snapshot.table("streets")
    named = streets[streets["name"].fillna("") != ""]
    lines = [
        (str(street), line)
        for street, group in named.groupby("name")
        for line in _longest(sheet.lay(_geometry(group)))
    ]
    for name, line in sorted(lines, key=lambda one: -shapely.length(one[1])):
        width = len(name) * _LETTER_MM * _LETTER_ACROSS
        length = shapely.length(line)
        if length < width + 1:
            continue
        start, end = (shapely.line_interpolate_point(line, length / 2 + side * width / 2) for side in (-1, 1))
        if start.x > end.x:
            start, end = end, start
        room = shapely.LineString([start, end]).buffer(_LETTER_MM * 0.6)
        if room.area > 0 and shapely.distance(start, end) > 0.9 * width and _is_free(room, taken):
            taken.append(room)
            turn = math.degrees(math.atan2(end.y - start.y, end.x - start.x))
            middle = ((start.x + end.x) / 2, (start.y + end.y) / 2 + 0.7)
            yield _text(name, *middle, turn=turn)


def _points(sheet: _Sheet, ground: Ground) -> Iterator[tuple[str, float, float]]:
    areas, schools = ground.snapshot.table("areas"), ground.snapshot.table("schools")
    squares = areas[areas["kind"].isin(["square", "station", "centre"])]
    for frame in (schools, squares):
        named = frame[frame["name"].fillna("") != ""]
        for name, shape in zip(named["name"], named.geometry, strict=True):
            if shape is not None and not shape.is_empty:
                for at in sheet.lay(np.array([shape.centroid], dtype=object)):
                    yield str(name), at.x, at.y


def _longest(shapes: NDArray[np.object_]) -> Iterator[shapely.Geometry]:
    lines = shapely.get_parts(shapely.line_merge(shapely.multilinestrings(shapely.get_parts(shapes))))
    if len(lines):
        yield max(lines, key=shapely.length)


def _is_free(room: shapely.Geometry, taken: list[shapely.Geometry]) -> bool:
    inside = shapely.box(0, 0, WIDTH_MM, HEIGHT_MM).contains(room)
    return bool(inside) and not any(room.intersects(other) for other in taken)


def _text(words: str, x: float, y: float, *, turn: float = 0.0, weight: int = 400) -> Markup:
    return tag(
        "text",
        words,
        x=f"{x:.1f}",
        y=f"{y:.1f}",
        transform=f"rotate({turn:.1f} {x:.1f} {y:.1f})" if turn else None,
        font_size=f"{_LETTER_MM}",
        font_weight=str(weight),
    )


def _scale(sheet: _Sheet, say: Callable[[int], str]) -> Markup:
    metres = max((size for size in _SCALES if size * sheet.mm <= 40), default=_SCALES[0])
    width = metres * sheet.mm
    y = HEIGHT_MM - 3
    return tag(
        "g",
        tag("rect", x="2", y=f"{y - 4.2:.1f}", width=f"{width + 4:.1f}", height="6", fill="#ffffffcc"),
        tag(
            "path",
            d=f"M4 {y - 1:.1f}v1.2h{width:.2f}v-1.2",
            fill="none",
            stroke="#1c2530",
            stroke_width="0.3",
        ),
        tag("text", say(metres), x="5", y=f"{y - 0.8:.1f}", font_size=f"{_LETTER_MM}"),
    )


def _stroke(shapes: NDArray[np.object_], colour: str, width: float) -> Markup:
    return tag(
        "path",
        d=_path(shapes),
        fill="none",
        stroke=colour,
        stroke_width=f"{width:.2f}",
        stroke_linecap="round",
        stroke_linejoin="round",
    )


def _path(shapes: NDArray[np.object_]) -> str:
    parts = shapely.get_parts(shapes)
    rings = np.concatenate([shapely.get_rings(parts), parts[shapely.get_dimensions(parts) == 1]])
    return "".join(_run(shapely.get_coordinates(ring)) for ring in rings)


def _run(points: NDArray[np.float64]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def _geometry(frame: gpd.GeoDataFrame) -> NDArray[np.object_]:
    shapes = np.asarray(frame.geometry.to_numpy(), dtype=object)
    return np.asarray(shapes[~(shapely.is_missing(shapes) | shapely.is_empty(shapes))])
