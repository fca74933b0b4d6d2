"""A small drawn map of one site: the place, its streets, and numbered marks, for screen and paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from dashboard.components.markup import join, tag
from dashboard.map.palette import LIGHT
from dashboard.print import paper
from dashboard.print.paper import Paper, Room
from geodata.crs import WGS84, reproject, to_working

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from markupsafe import Markup

    from dashboard.texts.catalogue import Catalogue
    from geodata.analyses.ground import Ground
    from geodata.analyses.place_lines import PlaceLines

WIDTH_MM, HEIGHT_MM = 120.0, 90.0
MARGIN_M = 60.0
WAYS_MM = (0.6, 1.2, 2.0)
"""Widths of ways, by how many pupils go there."""

SPOTS_M = 400.0
"""Crossings and gathering points this far from the place are still on its map."""

LEAST_M = 240.0
"""A site is never drawn nearer than this across."""


def site_map(
    texts: Catalogue,
    ground: Ground,
    *,
    place_ids: Collection[int] = (),
    own: tuple[float, float] | None = None,
    marks: Sequence[tuple[str, float, float]] = (),
    lines: PlaceLines | None = None,
    width_mm: float = WIDTH_MM,
    height_mm: float = HEIGHT_MM,
) -> Markup | None:
    """Draw a site; None where nothing of it has a place.

    Parameters
    ----------
    place_ids
        Places whose grounds are outlined.
    own
        A point of its own, metres in the working CRS.
    marks
        Number, and metres east and north.
    lines
        Ways, round and spots.
    """
    grounds = [place.geometry for place in ground.places if place.place_id in place_ids]
    points = [shapely.Point(x, y) for _, x, y in marks]
    if own is not None:
        points.append(shapely.Point(*own))
    if not grounds and not points:
        return None
    points += _near(lines, grounds, ground.project.geography.working_crs) if lines and grounds else []
    bounds = shapely.union_all([*grounds, *points]).bounds
    sheet = Paper.over(_roomy(bounds), width=width_mm, height=height_mm)
    streets = ground.snapshot.table("streets")
    room = Room(sheet)
    seen = [("", *own)] if own is not None and not marks else list(marks)
    for _, x, y in seen:
        at = sheet.at(x, y)
        room.take(shapely.Point(*at).buffer(3.6), anyway=True)
    crossings = _numbered(lines, ground.project.geography.working_crs) if lines else ()
    for east, north in crossings:
        room.take(shapely.Point(*sheet.at(east, north)).buffer(2.4), anyway=True)
    drawn = [
        *paper.ground(sheet, ground.snapshot.table("areas"), streets),
        *(_outline(sheet, one) for one in grounds),
        *(_lines(sheet, lines, ground.project.geography.working_crs) if lines else ()),
        *paper.street_names(sheet, streets, room),
        paper.scale_bar(sheet, lambda metres: texts("survey.scale", metres=metres)),
        *(part for mark in seen for part in _mark(sheet, *mark)),
    ]
    return tag(
        "svg",
        join(drawn),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width_mm:g} {height_mm:g}",
        role="img",
        aria_label=texts("review.map"),
        class_="map site-map",
    )


def _near(lines: PlaceLines, grounds: Sequence[shapely.Geometry], working_crs: int) -> list[shapely.Point]:
    """Return the spots that are near enough to be on the map of the place."""
    if not lines.spots:
        return []
    lon, lat = zip(*((spot.lon, spot.lat) for spot in lines.spots), strict=True)
    x, y = to_working(lon, lat, source=WGS84, working=working_crs)
    spots = shapely.points(x, y)
    return list(spots[shapely.dwithin(shapely.union_all(grounds), spots, SPOTS_M)])


def _roomy(bounds: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    west, south, east, north = bounds
    across = max((LEAST_M - (east - west)) / 2, MARGIN_M)
    up = max((LEAST_M - (north - south)) / 2, MARGIN_M)
    return west - across, south - up, east + across, north + up


def _outline(sheet: Paper, shape: shapely.Geometry) -> Markup:
    return tag(
        "path",
        d=paper.path(sheet.lay(np.array([shape], dtype=object))),
        fill=LIGHT.place,
        fill_opacity="0.08",
        fill_rule="evenodd",
        stroke=LIGHT.place,
        stroke_width="0.7",
        stroke_dasharray="2.4 1.4",
        class_="m-outline",
    )


def _numbered(lines: PlaceLines, working_crs: int) -> Iterator[tuple[float, float]]:
    """Return where the crossings with a number lie, metres in the working CRS."""
    for spot in lines.spots:
        if spot.role == "crossing":
            east, north = to_working([spot.lon], [spot.lat], source=WGS84, working=working_crs)
            yield float(east[0]), float(north[0])


def _lines(sheet: Paper, lines: PlaceLines, working_crs: int) -> Iterator[Markup]:
    """Draw ways by how many pupils go there, a round, and spots with the numbers of crossings."""
    drawn: list[tuple[shapely.Geometry, float, str | None]] = [
        (way, width, None) for way, width in zip(lines.ways, WAYS_MM, strict=True) if way is not None
    ]
    if lines.round_line is not None:
        drawn.append((shapely.LineString(lines.round_line.coords), WAYS_MM[1], "2.4 1.2"))
    for shape, width, dash in drawn:
        metres = reproject([shape], source=WGS84, target=working_crs)
        yield tag(
            "path",
            d=paper.path(sheet.lay(metres)),
            fill="none",
            stroke=LIGHT.way,
            stroke_width=f"{width}",
            stroke_linejoin="round",
            stroke_dasharray=dash,
            class_="m-way",
        )
    number = 0
    for spot in lines.spots:
        east, north = to_working([spot.lon], [spot.lat], source=WGS84, working=working_crs)
        number += spot.role == "crossing"
        mark = str(number) if spot.role == "crossing" else ""
        yield from _spot(sheet, spot.role, mark, float(east[0]), float(north[0]))


def _spot(sheet: Paper, role: str, number: str, east: float, north: float) -> Iterator[Markup]:
    x, y = sheet.at(east, north)
    entrance = role == "entrance"
    yield tag(
        "circle",
        cx=f"{x:.1f}",
        cy=f"{y:.1f}",
        r="2.6" if number else "1.5",
        fill=LIGHT.way if entrance else "#ffffff",
        stroke="#ffffff" if entrance else LIGHT.way,
        stroke_width="0.7",
        class_="m-entrance" if entrance else "m-spot",
    )
    if number:
        yield tag(
            "text",
            number,
            x=f"{x:.1f}",
            y=f"{y + 1.2:.1f}",
            font_size="3.2",
            font_weight="600",
            font_family="Noto Sans, system-ui, sans-serif",
            text_anchor="middle",
            fill=LIGHT.way,
            class_="m-spot-number",
        )


def _mark(sheet: Paper, number: str, east: float, north: float) -> Iterator[Markup]:
    x, y = sheet.at(east, north)
    yield tag(
        "circle",
        cx=f"{x:.1f}",
        cy=f"{y:.1f}",
        r="3",
        fill=LIGHT.selected,
        stroke="#ffffff",
        stroke_width="0.6",
    )
    if number:
        yield tag(
            "text",
            number,
            x=f"{x:.1f}",
            y=f"{y + 1.25:.1f}",
            font_size="3.4",
            font_weight="600",
            font_family="Noto Sans, system-ui, sans-serif",
            text_anchor="middle",
            fill="#ffffff",
        )
