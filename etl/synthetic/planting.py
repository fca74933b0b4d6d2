"""Choose the places where hotspots are planted, and draw their footprints."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
import shapely.ops

from etl.synthetic.rhythm import Plan, rhythms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from etl.synthetic.land import Land
    from etl.synthetic.sizes import SizeRule

SCHOOL_REACH_M = 120.0
STREET_SIDE_M = 18.0
SQUARE_REACH_M = 40.0
STATION_REACH_M = 55.0
STRETCH_M = (320.0, 560.0)
ROUND_M = (700.0, 1800.0)
ROUNDEST = 0.03
"""Least area of a round over its length squared: not two streets side by side."""

LARGER = ("primary", "secondary", "tertiary")
APART_M = 260.0
"""The least distance between two planted footprints, so that each can be found on its own."""


@dataclass(frozen=True, slots=True)
class PlantedPlace:
    """A place with more events, answers or both than what surrounds it.

    Attributes
    ----------
    kind
        ``school_zone``, ``joyriding``, ``square``, ``station`` or ``park``; key of its plan in
        ``rhythms.toml``.
    footprint
        Where its events lie, metres.
    recorded, felt
        Whether it is planted among the incidents, and among the answers.
    ratio
        Planted incidents per background incident there, before the least number is applied.
    """

    kind: str
    name: str
    town: int
    footprint: shapely.Geometry
    recorded: bool
    felt: bool
    ratio: float

    @property
    def plan(self) -> Plan:
        """What it brings, and when."""
        return rhythms().plans[self.kind]


def choose_places(land: Land, rule: SizeRule, rng: np.random.Generator) -> tuple[PlantedPlace, ...]:
    """Choose planted places of every kind, none nearer another than `APART_M`."""
    chosen: list[PlantedPlace] = []
    for town in sorted(int(number) for number in land.streets["town"].unique()):
        wanted = (
            (_squares(land, town, rng), rule.planted_squares, 0),
            (_named(land, town, rng, "station", STATION_REACH_M), min(rule.planted_squares, 1), 0),
            (_stretches(land, town, rng), rule.planted_stretches, 0),
            (_schools(land, town, rng), rule.planted_schools, rule.one_sided),
            (_named(land, town, rng, "park", -5.0), 0, rule.one_sided),
            (_rounds(land, town, rng), rule.planted_rounds, 0),
        )
        for candidates, both, felt_only in wanted:
            left = both + felt_only
            for kind, name, footprint in candidates:
                if left == 0:
                    break
                if any(
                    footprint.distance(other.footprint) < APART_M for other in chosen if other.town == town
                ):
                    continue
                recorded = left > felt_only
                # The last of several recorded schools and stretches is known to the police alone.
                last = both > 1 and left == felt_only + 1
                alone = recorded and last and kind in {"school_zone", "joyriding"}
                chosen.append(
                    PlantedPlace(
                        kind, name, town, footprint, recorded, not alone, float(rng.uniform(2.7, 4.2))
                    )
                )
                left -= 1
    return tuple(chosen)


Candidate = tuple[str, str, shapely.Geometry]


def _schools(land: Land, town: int, rng: np.random.Generator) -> Iterator[Candidate]:
    mine = land.streets[(land.streets["town"] == town) & (land.streets["road_class"] != "path")]
    lines = mine.geometry.to_numpy()
    tree = shapely.STRtree(lines)
    schools = [
        school for school in land.schools if tree.query(shapely.Point(school.x, school.y).buffer(400)).size
    ]
    for number in rng.permutation(len(schools)):
        school = schools[number]
        here = shapely.Point(school.x, school.y)
        gate = shapely.shortest_line(lines[tree.nearest(here)], here).coords[0]
        reach = shapely.Point(gate).buffer(SCHOOL_REACH_M)
        pieces = shapely.intersection(lines[tree.query(reach)], reach)
        yield "school_zone", school.name, shapely.union_all(shapely.buffer(pieces, STREET_SIDE_M))


def _squares(land: Land, town: int, rng: np.random.Generator) -> Iterator[Candidate]:
    yield from _named(land, town, rng, "square", SQUARE_REACH_M)


def _named(land: Land, town: int, rng: np.random.Generator, kind: str, reach_m: float) -> Iterator[Candidate]:
    mine = land.areas[(land.areas["town"] == town) & (land.areas["kind"] == kind)]
    for number in rng.permutation(len(mine)):
        row = mine.iloc[number]
        footprint = row.geometry.buffer(reach_m)
        if not footprint.is_empty:
            yield kind, row["name"], footprint


def _stretches(land: Land, town: int, rng: np.random.Generator) -> Iterator[Candidate]:
    """Yield pieces of streets inside the built-up area, one a street, the larger streets first."""
    mine = land.streets[
        (land.streets["town"] == town)
        & land.streets["road_class"].isin((*LARGER, "residential"))
        & (land.streets["speed_limit_kmh"] <= 50)
        & (land.streets["name"] != "")
    ]
    metres = mine.assign(length=mine.length, larger=mine["road_class"].isin(LARGER)).groupby(
        "name", sort=True
    )
    summed = metres.agg({"length": "sum", "larger": "mean"})
    summed = summed[summed["length"] > STRETCH_M[0] + 100]
    order = rng.permutation(len(summed))
    for number in sorted(order, key=lambda n: summed["larger"].iloc[n] < 0.5):
        name = summed.index[number]
        line = shapely.line_merge(shapely.union_all(mine.geometry[mine["name"] == name].to_numpy()))
        line = max(shapely.get_parts(line), key=lambda part: part.length)
        want = rng.uniform(*STRETCH_M)
        if line.length < want:
            continue
        start = rng.uniform(0, line.length - want)
        stretch = shapely.ops.substring(line, start, start + want)
        yield "joyriding", str(name), stretch.buffer(STREET_SIDE_M, cap_style="flat")


def _rounds(land: Land, town: int, rng: np.random.Generator) -> Iterator[Candidate]:
    """Yield rings of named streets round a block or two inside the built-up area."""
    mine = land.streets[
        (land.streets["town"] == town)
        & land.streets["road_class"].isin((*LARGER, "residential"))
        & (land.streets["speed_limit_kmh"] <= 50)
        & (land.streets["name"] != "")
    ]
    faces = shapely.get_parts(shapely.polygonize(mine.geometry.to_numpy()))
    length = shapely.length(faces)
    fit = (length > ROUND_M[0]) & (length < ROUND_M[1]) & (shapely.area(faces) > ROUNDEST * length**2)
    for number in rng.permutation(np.flatnonzero(fit)):
        ring = shapely.get_exterior_ring(faces[number])
        along = mine.assign(metres=shapely.length(shapely.intersection(mine.geometry.to_numpy(), ring)))
        streets = along.groupby("name")["metres"].sum().sort_values(ascending=False)
        yield "joyriding", str(streets.index[0]), ring.buffer(STREET_SIDE_M)
