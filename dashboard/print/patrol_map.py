"""The maps of a patrol sheet: one of all its stops, and one close round each.

What matters is told by shape and by dark against light, so that it holds for every eye, on a grey printer
and in the light of a torch.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import shapely

from dashboard.components.markup import join, tag
from dashboard.print.paper import Paper, Room, ground, label, path, scale_bar, street_names, stroke

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markupsafe import Markup

    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.patrol_sheet import StopView
    from geodata.analyses.ground import Ground

STRETCH = "#10306b"
MARK = "#000000"
SCHOOL_LETTER_MM = 2.6
LETTER_MM = 2.3
APART_MM = 6.8
"""Numbers nearer than this would lie on each other."""

SAFE_MM = 5.0
"""Side of the plate where one can stop, millimetres."""

CLOSE_M = 320.0
"""Metres across the shorter side of the map of one stop."""

FEWEST_M = 600.0
"""Metres across the shorter side of the map of all stops, at the least."""

MARGIN_MM = 7.0
"""So much is left round the outermost stops."""

_NAMED = ("square", "station", "centre", "park")


def overview_map(
    texts: Catalogue, opened: Ground, stops: Sequence[StopView], *, size: tuple[float, float]
) -> Markup:
    """Draw all stops, numbered in driving order.

    Parameters
    ----------
    size
        Width and height, millimetres.
    """
    x, y = np.array([(one.stop.x, one.stop.y) for one in stops]).T
    paper = _round(float(x.min()), float(y.min()), float(x.max()), float(y.max()), size, FEWEST_M)
    room = Room(paper)
    # The markers lie on top, and no name may lie under them.
    marks = [
        _numbered(one, at, room, radius=3.2) for one, at in zip(stops, _apart(paper, stops), strict=True)
    ]
    areas, streets = opened.snapshot.table("areas"), opened.snapshot.table("streets")
    drawn = [
        *ground(paper, areas, streets),
        *(_stretch(paper, one, width=1.6) for one in stops),
        *_schools(paper, opened, room),
        *street_names(paper, streets, room),
        scale_bar(paper, lambda metres: texts("sheet.scale", metres=metres)),
        *_north(texts, paper),
        *marks,
    ]
    return _svg(paper, drawn, label=texts("sheet.overview"))


def stop_map(texts: Catalogue, opened: Ground, stop: StopView, *, size: tuple[float, float]) -> Markup:
    """Draw the ground close round one stop: where to stand, the stretch to watch, the school, the place."""
    at = stop.stop
    paper = _round(at.x, at.y, at.x, at.y, size, CLOSE_M)
    room = Room(paper)
    safe = at.slot.stand is not None and at.slot.stand.is_safe_stop
    mark = _numbered(stop, paper.at(at.x, at.y), room, radius=3.4, safe=safe)
    areas, streets = opened.snapshot.table("areas"), opened.snapshot.table("streets")
    drawn = [
        *ground(paper, areas, streets),
        _edge(paper, at.place.geometry),
        _stretch(paper, stop, width=2.6),
        *(
            _plate(*paper.at(one.x, one.y), SAFE_MM, room)
            for one in stop.stop.safe
            if paper.shows(one.x, one.y)
        ),
        *_schools(paper, opened, room),
        *street_names(paper, streets, room, letter=LETTER_MM),
        scale_bar(paper, lambda metres: texts("sheet.scale", metres=metres)),
        *_north(texts, paper),
        mark,
    ]
    return _svg(paper, drawn, label=stop.map_label)


def _round(
    west: float, south: float, east: float, north: float, size: tuple[float, float], across: float
) -> Paper:
    """Lay some points on a paper with room round them for their markers."""
    width, height = size
    mm = min(
        (width - 2 * MARGIN_MM) / max(east - west, 1.0),
        (height - 2 * MARGIN_MM) / max(north - south, 1.0),
        min(width, height) / across,
    )
    return Paper.over((west, south, east, north), width=width, height=height, finest=mm)


def _edge(paper: Paper, geometry: shapely.Geometry) -> Markup:
    """Draw the edge of the place, broken: it is a reckoned ground, not a fence."""
    shapes = paper.lay(shapely.get_parts(np.array([shapely.boundary(geometry)], dtype=object)))
    shapes = shapes[shapely.get_dimensions(shapes) == 1]
    return tag(
        "path",
        d=path(shapes),
        fill="none",
        stroke=MARK,
        stroke_width="0.3",
        stroke_dasharray="1.6 1.2",
        class_="m-mark",
    )


def _stretch(paper: Paper, stop: StopView, *, width: float) -> Markup | None:
    if stop.stop.stretch is None:
        return None
    shapes = paper.lay(np.array([stop.stop.stretch], dtype=object))
    return tag(
        "g",
        stroke(shapes, "#ffffff", width + 1.2, class_="m-casing"),
        stroke(shapes, STRETCH, width, class_="m-stretch"),
    )


def _apart(paper: Paper, stops: Sequence[StopView]) -> list[tuple[float, float]]:
    """Say where the numbers of stops go, millimetres: beside each other where stops lie on each other."""
    placed: list[tuple[float, float]] = []
    for one in stops:
        x, y = paper.at(one.stop.x, one.stop.y)
        # Round its place, the nearest first.
        round_it = (
            (
                x + ring * APART_MM * math.cos(turn * math.pi / 4),
                y + ring * APART_MM * math.sin(turn * math.pi / 4),
            )
            for ring in range(len(stops))
            for turn in range(8 if ring else 1)
        )
        free = (at for at in round_it if all(math.dist(at, other) >= APART_MM for other in placed))
        placed.append(next(free, (x, y)))
    return placed


def _numbered(
    stop: StopView, at: tuple[float, float], room: Room, *, radius: float, safe: bool = False
) -> Markup:
    """Draw a stop's number in a dark disc; beside it P where one can stop safely."""
    x, y = at
    room.take(shapely.Point(x, y).buffer(radius + 0.6), anyway=True)
    disc = tag(
        "circle",
        cx=f"{x:.1f}",
        cy=f"{y:.1f}",
        r=f"{radius:g}",
        fill=MARK,
        stroke="#ffffff",
        stroke_width="0.8",
        class_="m-disc",
    )
    return tag(
        "g",
        disc,
        _sign(str(stop.number), x, y, size=radius * 1.3, class_="m-number"),
        _safe(x, y, radius, room) if safe else None,
    )


def _safe(x: float, y: float, radius: float, room: Room) -> Markup:
    """Draw P beside the number: one stands where one can stop."""
    side = radius * 1.7
    return _plate(x + radius + 0.8 + side / 2, y, side, room)


def _plate(x: float, y: float, side: float, room: Room) -> Markup:
    """Draw P round a point, millimetres."""
    left, top = x - side / 2, y - side / 2
    room.take(shapely.box(left, top, left + side, top + side), anyway=True)
    plate = tag(
        "rect",
        x=f"{left:.1f}",
        y=f"{top:.1f}",
        width=f"{side:.1f}",
        height=f"{side:.1f}",
        rx="0.8",
        fill="#ffffff",
        stroke=MARK,
        stroke_width="0.7",
        class_="m-plate-safe",
    )
    return join([plate, _sign("P", x, y, size=side * 0.75, class_="m-mark-text", fill=MARK)])


def _sign(words: str, x: float, y: float, *, size: float, class_: str, fill: str = "#ffffff") -> Markup:
    return tag(
        "text",
        words,
        x=f"{x:.1f}",
        y=f"{y + size * 0.36:.1f}",
        font_size=f"{size:.1f}",
        font_weight="600",
        font_family="Noto Sans, system-ui, sans-serif",
        text_anchor="middle",
        fill=fill,
        class_=class_,
    )


def _schools(paper: Paper, opened: Ground, room: Room) -> Iterator[Markup]:
    """Name schools with a square, squares and the like with a ring."""
    areas, schools = opened.snapshot.table("areas"), opened.snapshot.table("schools")
    for frame, is_school in ((schools, True), (areas[areas["kind"].isin(_NAMED)], False)):
        named = frame[(frame["name"].fillna("") != "") & ~(frame.geometry.isna() | frame.geometry.is_empty)]
        for name, shape in zip(named["name"], named.geometry, strict=True):
            for at in paper.lay(np.array([shape.centroid], dtype=object)):
                yield from _named(str(name), at.x, at.y, room, is_school=is_school)


def _named(name: str, x: float, y: float, room: Room, *, is_school: bool) -> Iterator[Markup]:
    letter = SCHOOL_LETTER_MM if is_school else LETTER_MM
    width = len(name) * letter * 0.6
    if not room.take(shapely.box(x - width / 2, y - letter - 2.0, x + width / 2, y + 1.4)):
        return
    if is_school:
        yield tag(
            "path",
            d=f"M{x - 1.3:.1f} {y - 1.3:.1f}h2.6v2.6h-2.6z",
            fill=MARK,
            stroke="#ffffff",
            stroke_width="0.4",
            class_="m-disc",
        )
    else:
        yield tag(
            "circle",
            cx=f"{x:.1f}",
            cy=f"{y:.1f}",
            r="1",
            fill="#ffffff",
            stroke=MARK,
            stroke_width="0.5",
            class_="m-ring",
        )
    yield from label(name, x, y - 2.0, weight=600, letter=letter)


def _north(texts: Catalogue, paper: Paper) -> Iterator[Markup]:
    x = paper.width - 5
    yield tag("path", d=f"M{x:.1f} 3l1.6 5l-1.6 -1.2l-1.6 1.2z", fill=MARK, class_="m-mark-text")
    yield from label(texts("sheet.north"), x, 11.2, weight=600, letter=2.6)


def _svg(paper: Paper, drawn: list[Markup | None], *, label: str) -> Markup:
    return tag(
        "svg",
        tag("title", label),
        join(one for one in drawn if one is not None),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {paper.width:g} {paper.height:g}",
        role="img",
        class_="map",
    )
