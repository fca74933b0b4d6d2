"""Which coordinate systems points may be written in, judged by where they would then lie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geodata.crs import (
    RT90_25_GON_V,
    SWEREF99_LOCAL,
    SWEREF99_TM,
    WEB_MERCATOR,
    WGS84,
    is_geographic,
    to_lonlat,
    to_working,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

CANDIDATES = (SWEREF99_TM, *SWEREF99_LOCAL, RT90_25_GON_V, WGS84, WEB_MERCATOR)
"""What Swedish files are written in. Their ranges overlap: a local zone's easting is 150,000 m at its own
meridian, so that points between two meridians suit both zones."""

SAMPLE = 10_000
"""Points that a judgement looks at; evenly spread over the file, so that it is the same every time."""
MOST = 0.8
"""Share of the points inside the region from which a system explains a file."""
SOME = 0.2
"""Share from which a system must not be forgotten beside the one that explains most."""
SLIP = 1.0
"""How far, in the system's own units, a point may come back from where it was: beyond a projection's reach
its formulas give points that are not there."""

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Fit:
    """How well points suit one way of reading them.

    Attributes
    ----------
    epsg
        The coordinate system.
    swapped
        Whether the two coordinates change places first.
    share
        Part of the points inside the region, 0–1.
    """

    epsg: int
    swapped: bool
    share: float


def spread(count: int) -> NDArray[np.intp]:
    """Return at most `SAMPLE` places out of `count`, evenly spread, the first and the last among them."""
    if count <= SAMPLE:
        return np.arange(count, dtype=np.intp)
    return np.linspace(0, count - 1, SAMPLE).astype(np.intp)


def inside(
    first: NDArray[np.float64], second: NDArray[np.float64], *, epsg: int, region: Box
) -> NDArray[np.bool_]:
    """Say which points, read in `epsg`, lie in a region.

    Parameters
    ----------
    first, second
        East and north, or longitude and latitude, shape ``(n,)``.
    region
        West, south, east, north in degrees (WGS 84).
    """
    west, south, east, north = region
    lon, lat = (first, second) if is_geographic(epsg) else to_lonlat(first, second, working=epsg)
    within = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
    if within.any() and not is_geographic(epsg):
        back_x, back_y = to_working(lon[within], lat[within], source=WGS84, working=epsg)
        true = (np.abs(back_x - first[within]) < SLIP) & (np.abs(back_y - second[within]) < SLIP)
        within[within] = true
    return np.asarray(within)


def fit(
    first: NDArray[np.float64],
    second: NDArray[np.float64],
    *,
    epsg: int,
    region: Box,
    swapped: bool = False,
) -> Fit:
    """Say how well points suit one way of reading them; see `inside`."""
    one, other = (second, first) if swapped else (first, second)
    found = inside(one, other, epsg=epsg, region=region)
    return Fit(epsg, swapped, float(found.mean()) if len(found) else 0.0)


def explanations(
    first: NDArray[np.float64], second: NDArray[np.float64], *, region: Box, also: tuple[int, ...] = ()
) -> tuple[Fit, ...]:
    """Return the ways of reading points that place at least `SOME` of them in a region, the best first.

    Parameters
    ----------
    first, second
        As the file has them, shape ``(n,)``; a sample is enough.
    also
        Systems to try beside `CANDIDATES`.

    Notes
    -----
    A reading with the coordinates as they stand goes before one with them swapped.
    """
    systems = dict.fromkeys((*also, *CANDIDATES))
    fits = [
        fit(first, second, epsg=epsg, region=region, swapped=swapped)
        for epsg in systems
        for swapped in (False, True)
    ]
    return tuple(
        sorted((one for one in fits if one.share >= SOME), key=lambda one: (-one.share, one.swapped))
    )
