"""A joyriding area: how long it is, the round that it closes, and where people gather along it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geodata import crs
from geodata.privacy import RULES
from geodata.selection import Selection
from geodata.streets.rounds import driven_links, usual_round

if TYPE_CHECKING:
    from geodata.analyses.ground import Ground
    from geodata.places.place import Place
    from geodata.privacy import Audience

GATHERING_KINDS = ("parking", "fuel", "square", "station", "centre")
"""Kinds of area where cars and people stand."""

NEAR_M = 75.0
MOST = 6


@dataclass(frozen=True, slots=True)
class GatheringPoint:
    """A car park, petrol station or square along an area; `name` is None where the layer has none."""

    kind: str
    name: str | None
    records: int | None
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class JoyridingAnswer:
    """What a joyriding area is made of.

    Attributes
    ----------
    streets
        Names along it, the longest first.
    length_m
        Street driven.
    round_line
        The usual round, longitude and latitude; None where the pattern does not close.
    round_m
        Its length; None likewise.
    gathering
        Points within ``NEAR_M``, those with most records within half of it first; without exact counts in
        the order of the layer, since which has most is itself a count.
    """

    streets: tuple[str, ...]
    length_m: float
    round_line: shapely.LinearRing | None
    round_m: float | None
    gathering: tuple[GatheringPoint, ...]


def describe_joyriding(ground: Ground, place: Place, audience: Audience) -> JoyridingAnswer:
    """Describe a joyriding area, from all that tells of a problem there at any time."""
    network = ground.network
    links = driven_links(network, place.geometry)
    metres: dict[str, float] = {}
    for link in links:
        if network.name[link]:
            metres[network.name[link]] = metres.get(network.name[link], 0.0) + float(network.length_m[link])
    ring = usual_round(network, place.geometry)
    working = ground.project.geography.working_crs
    line = None if ring is None else crs.reproject([ring], source=working, target=crs.WGS84)[0]
    return JoyridingAnswer(
        streets=tuple(sorted(metres, key=lambda name: (-metres[name], name))),
        length_m=float(network.length_m[links].sum()),
        round_line=line,
        round_m=None if ring is None else float(ring.length),
        gathering=_gathering(ground, place, audience),
    )


def _gathering(ground: Ground, place: Place, audience: Audience) -> tuple[GatheringPoint, ...]:
    areas = ground.snapshot.table("areas")
    areas = areas[areas["kind"].isin(GATHERING_KINDS)]
    shapes = np.asarray(areas.geometry.to_numpy(), dtype=object)
    near = np.sort(shapely.STRtree(shapes).query(place.geometry, predicate="dwithin", distance=NEAR_M))
    if not len(near):
        return ()
    exact = RULES[audience].exact_counts
    usable = np.flatnonzero(ground.records.problems(Selection(audience)) & ground.records.in_hotspots)
    points = shapely.STRtree(shapely.points(ground.records.x[usable], ground.records.y[usable]))
    of, _ = points.query(shapes[near], predicate="dwithin", distance=NEAR_M / 2)
    counts = np.bincount(of, minlength=len(near))
    working = ground.project.geography.working_crs
    middles = crs.reproject(shapely.point_on_surface(shapes[near]), source=working, target=crs.WGS84)
    order = (np.argsort(-counts, kind="stable") if exact else np.arange(len(near)))[:MOST]
    return tuple(
        GatheringPoint(
            kind=str(areas["kind"].iloc[near[at]]),
            name=_said(areas["name"].iloc[near[at]]),
            records=int(counts[at]) if exact else None,
            lon=middles[at].x,
            lat=middles[at].y,
        )
        for at in order
    )


def _said(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
