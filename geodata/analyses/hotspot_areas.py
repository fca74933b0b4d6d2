"""What a hotspot is called and what happens there: its outline, its streets, its most common category."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geodata import crs
from geodata.hotspots.significance import chance_code
from geodata.streets.naming import name_stretch

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from geodata.analyses.ground import Ground
    from geodata.hotspots.base import Finding
    from geodata.streets.naming import StretchName

NEAR_PLACE_M = 400.0
"""An area farther than this from every place is not named after one."""

STREETS_NAMED = 3


@dataclass(frozen=True, slots=True)
class HotspotArea:
    """An area or a stretch of street that a method points at.

    Attributes
    ----------
    area_id
        1 is the hottest.
    outline
        Longitude and latitude: a polygon, or a line for a stretch.
    area_m2, length_m
        Of the polygon, or of the line; the other is 0.
    count, expected, ratio
        Events inside, events expected there, and the one over the other; the latter two NaN in a method
        without an expectation.
    score
        The method's own figure; NaN in a method without chance.
    p_adjusted
        Chance after correction; NaN in a method without chance.
    street_names
        Streets with most of the events, most first.
    nearest_place
        Name of a place within ``NEAR_PLACE_M``.
    category
        The most common.
    first_day, last_day
        When, both inside; None in a method without time.
    class_code
        What kind of hotspot, a code of ``codes.CLASSES``; None in a method without kinds.
    stretch
        What a stretch of street is called; None for an area.
    """

    area_id: int
    outline: shapely.Geometry
    area_m2: float
    length_m: float
    count: int
    expected: float
    ratio: float
    score: float
    p_adjusted: float
    street_names: tuple[str, ...]
    nearest_place: str | None
    category: str | None
    first_day: date | None = None
    last_day: date | None = None
    class_code: str | None = None
    stretch: StretchName | None = None

    @property
    def chance_code(self) -> str:
        """How sure it is that this is more than chance, a code of ``codes.CHANCES``."""
        return chance_code(self.p_adjusted)


def describe(ground: Ground, finding: Finding, rows: NDArray[np.int64], number: int) -> HotspotArea:
    """Give a finding its names; `rows` are the positions of the events among all records."""
    inside = rows[finding.events]
    category = next(iter(ground.records.categories_of(inside)), (None, 0))[0]
    streets = Counter(
        ground.street_names.get(street, "") for street in ground.records.street_id[inside].tolist()
    )
    streets.pop("", None)
    shape = finding.geometry
    area = float(shapely.area(shape))
    return HotspotArea(
        area_id=number,
        outline=crs.reproject([shape], source=ground.project.geography.working_crs, target=crs.WGS84)[0],
        area_m2=area,
        length_m=0.0 if area else float(shapely.length(shape)),
        count=finding.count,
        expected=finding.expected,
        ratio=finding.count / finding.expected,
        score=finding.score if np.isfinite(finding.p) else float("nan"),
        p_adjusted=finding.p,
        street_names=tuple(name for name, _ in streets.most_common(STREETS_NAMED)),
        nearest_place=_near(ground, shape),
        category=category,
        first_day=_date(finding.first_day),
        last_day=_date(finding.last_day),
        class_code=finding.class_code,
        stretch=name_stretch(ground.axis.corridors, shape) if shape.geom_type == "LineString" else None,
    )


def _date(day: int | None) -> date | None:
    return None if day is None else np.datetime64(day, "D").item()


def _near(ground: Ground, outline: shapely.Geometry) -> str | None:
    """Name the nearest place, if one is near."""
    near = [(place.geometry.distance(outline), place.name) for place in ground.places]
    distance, name = min(near, default=(np.inf, ""))
    return name if distance <= NEAR_PLACE_M else None
