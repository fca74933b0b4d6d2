"""The map of the printed survey: the municipality's own layers as SVG in millimetres, with streets named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from dashboard.components.markup import join, tag
from dashboard.map.extent import bounds
from dashboard.print.paper import LETTER_ACROSS, LETTER_MM, Paper, Room, ground, scale_bar, street_names
from dashboard.print.paper import label as write
from geodata import crs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from markupsafe import Markup

    from geodata.analyses.ground import Ground

WIDTH_MM, HEIGHT_MM = 178.0, 132.0


def survey_map(opened: Ground, *, label: str, scale: Callable[[int], str]) -> Markup:
    """Draw the map that people mark a place on.

    Parameters
    ----------
    label
        What it is, for those who hear it.
    scale
        Says the length of the scale, metres.
    """
    paper = _paper(opened)
    areas, streets = opened.snapshot.table("areas"), opened.snapshot.table("streets")
    room = Room(paper)
    drawn = [
        *ground(paper, areas, streets),
        *_named(_points(paper, opened), room),
        *street_names(paper, streets, room),
        scale_bar(paper, scale),
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


def _paper(opened: Ground) -> Paper:
    west, south, east, north = bounds(opened)
    x, y = crs.to_working(
        [west, west, east, east],
        [south, north, south, north],
        source=crs.WGS84,
        working=opened.project.geography.working_crs,
    )
    whole = (float(x.min()), float(y.min()), float(x.max()), float(y.max()))
    return Paper.over(whole, width=WIDTH_MM, height=HEIGHT_MM)


def _named(points: Iterable[tuple[str, float, float]], room: Room) -> Iterator[Markup]:
    """Name points, given in millimetres, where there is room."""
    for name, x, y in points:
        width = len(name) * LETTER_MM * LETTER_ACROSS
        if room.take(shapely.box(x - width / 2, y - LETTER_MM - 1.2, x + width / 2, y + 1.0)):
            yield tag("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r="0.8", fill="#24406e", class_="m-point")
            yield from write(name, x, y - 1.3, weight=600)


def _points(paper: Paper, opened: Ground) -> Iterator[tuple[str, float, float]]:
    """Say where schools lie, then squares, stations and centres."""
    areas, schools = opened.snapshot.table("areas"), opened.snapshot.table("schools")
    squares = areas[areas["kind"].isin(["square", "station", "centre"])]
    for frame in (schools, squares):
        named = frame[frame["name"].fillna("") != ""]
        for name, shape in zip(named["name"], named.geometry, strict=True):
            if shape is not None and not shape.is_empty:
                for at in paper.lay(np.array([shape.centroid], dtype=object)):
                    yield str(name), at.x, at.y
