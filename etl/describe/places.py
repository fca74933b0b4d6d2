"""Where a file's rows are: two columns that give points together, or the file's own shapes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from etl.describe.lexicon import heading_score, lexicon
from etl.parse import numbers
from geodata.crs import SWEREF99_TM, WGS84, area_of_use, is_geographic
from geodata.crs_candidates import explanations, fit, spread

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from etl.describe.profile import Profile
    from etl.readers.raw_table import RawTable

NUMERIC = 0.6
"""Share of the filled cells of a coordinate that must be numbers."""
DEGREES = ("lat", "latitud", "latitude", "lon", "long", "lng", "longitud", "longitude", "x", "y")
"""Headings that columns of degrees may have; the others are of metres."""
LETTERS = frozenset({"x", "y"})
"""Words of headings that don't say which way a coordinate goes."""
MOST_OURS = 0.8
"""Share of the shapes within the workspace's region from which a file is the municipality's own."""
CLEAR = 0.1
"""How much more of the points the best system must explain than the next."""

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Coordinates:
    """Two columns that give points.

    Attributes
    ----------
    east, north
        Headings; for degrees the longitude and the latitude.
    crs
        EPSG code of the system that places most of them in the region.
    others
        Systems that place nearly as many.
    """

    east: str
    north: str
    crs: int
    others: tuple[int, ...] = ()
    far: bool = False
    """Whether the points lie outside the region whatever system they are read in."""

    @property
    def degrees(self) -> bool:
        """Whether the two are longitude and latitude."""
        return is_geographic(self.crs)


def has_shapes(raw: RawTable) -> bool:
    """Say whether any row has a shape."""
    return raw.geometry is not None and not bool(shapely.is_missing(raw.geometry).all())


def find_coordinates(
    raw: RawTable, found: Mapping[str, Profile], *, region: Box | None
) -> Coordinates | None:
    """Find two columns whose headings and numbers are those of coordinates.

    Parameters
    ----------
    region
        Where the points should lie: west, south, east, north in degrees; Sweden when None.
    """
    words = lexicon()
    able = [one for one in found.values() if one.distinct and one.numeric >= NUMERIC]
    east = max(able, key=lambda one: heading_score(one.folded, words.east), default=None)
    north = max(able, key=lambda one: heading_score(one.folded, words.north), default=None)
    if east is None or north is None or east is north:
        return None
    if not (heading_score(east.folded, words.east) and heading_score(north.folded, words.north)):
        return None
    first, second = numbers(raw.cells[east.heading])[0], numbers(raw.cells[north.heading])[0]
    fits = _fits(first, second, region)
    if not fits:
        degrees = heading_score(east.folded, DEGREES) and heading_score(north.folded, DEGREES)
        return Coordinates(east.heading, north.heading, WGS84, far=True) if degrees else None
    (crs, swapped), _ = fits[0]
    # X is north in Sweden's older surveys and east elsewhere; of other words the import asks.
    turned = swapped and LETTERS & {*east.folded.split(), *north.folded.split()}
    headings = (north.heading, east.heading) if turned else (east.heading, north.heading)
    return Coordinates(*headings, crs, _nearly(fits))


def find_crs(raw: RawTable, *, region: Box | None) -> tuple[int, tuple[int, ...]] | None:
    """Find the system of shapes whose file does not say; None where none places them in the region."""
    if raw.geometry is None:
        return None
    middle = shapely.centroid(raw.geometry[~shapely.is_missing(raw.geometry)])
    fits = [one for one in _fits(shapely.get_x(middle), shapely.get_y(middle), region) if not one[0][1]]
    return (fits[0][0][0], _nearly(fits)) if fits else None


def is_wider(raw: RawTable, *, region: Box | None) -> bool:
    """Say whether many shapes lie outside a region, as those of a file of the whole country do."""
    if raw.geometry is None or region is None:
        return False
    crs = raw.crs or (find_crs(raw, region=None) or (WGS84, ()))[0]
    middle = shapely.centroid(raw.geometry[~shapely.is_missing(raw.geometry)])
    x, y = shapely.get_x(middle), shapely.get_y(middle)
    at = spread(len(x))
    return bool(len(at)) and fit(x[at], y[at], epsg=crs, region=region).share < MOST_OURS


def _fits(
    first: NDArray[np.float64], second: NDArray[np.float64], region: Box | None
) -> list[tuple[tuple[int, bool], float]]:
    """Return system and whether the two change places, with the share of points that it explains."""
    known = np.isfinite(first) & np.isfinite(second) & ~((first == 0.0) & (second == 0.0))
    first, second = first[known], second[known]
    at = spread(len(first))
    if not len(at):
        return []
    box = region or area_of_use(SWEREF99_TM)
    found = explanations(first[at], second[at], region=box)
    # A local zone reaches all of Sweden by its formulas, and is meant for a strip of it.
    own = [
        fit(first[at], second[at], epsg=one.epsg, region=area_of_use(one.epsg), swapped=one.swapped)
        for one in found
    ]
    both = [((one.epsg, one.swapped), min(one.share, its.share)) for one, its in zip(found, own, strict=True)]
    return sorted((one for one in both if one[1] > CLEAR), key=lambda one: -one[1])


def _nearly(fits: list[tuple[tuple[int, bool], float]]) -> tuple[int, ...]:
    (best, _), most = fits[0]
    return tuple(dict.fromkeys(crs for (crs, _), share in fits[1:] if crs != best and share > most - CLEAR))
