"""Which coordinate system a file's points are in and which coordinate stands first, judged by all of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geodata.crs import area_of_use
from geodata.crs_candidates import MOST, Fit, explanations, fit, spread
from geodata.errors import FileFaultError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from etl.context import Context
    from geodata.crs_candidates import Box

ENOUGH = 0.5
"""Share of the points in the municipality from which nobody asks whether they could be read otherwise."""
NORTH_FIRST = "north_east"
KNOWN = "3006, 3007–3018, 3021, 4326"
"""What to choose from where the points suit no system, for messages."""


@dataclass(frozen=True)
class Reference:
    """How the points of one file are read.

    Attributes
    ----------
    epsg
        Their coordinate system.
    swapped
        Whether the two coordinates change places.
    said
        What of it was found out or decided in the project file.
    """

    epsg: int
    swapped: bool = False
    said: dict[str, str] = field(default_factory=dict)

    def in_order(
        self, first: NDArray[np.float64], second: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return coordinates with east, or longitude, first."""
        return (second, first) if self.swapped else (first, second)

    def turned(self, geometry: NDArray[np.object_]) -> NDArray[np.object_]:
        """Return geometries with east, or longitude, first."""
        if not self.swapped:
            return geometry
        return np.asarray(shapely.transform(geometry, lambda points: points[:, ::-1]), dtype=object)


def region(epsg: int, context: Context) -> Box:
    """Return where the points of a file must lie: the workspace's extent, else where its own system is used.

    Without an extent it is where the workspace's working system and `epsg` are both used: WGS 84 is used
    all over the world, and a point with its coordinates swapped lies somewhere in it too.
    """
    extent = context.project.geography.extent
    if extent is not None:
        return extent
    first, second = area_of_use(epsg), area_of_use(context.project.geography.working_crs)
    return (
        max(first[0], second[0]),
        max(first[1], second[1]),
        min(first[2], second[2]),
        min(first[3], second[3]),
    )


def settle_reference(
    first: NDArray[np.float64],
    second: NDArray[np.float64],
    *,
    stated: int | None,
    columns: tuple[str, ...],
    context: Context,
) -> Reference:
    """Settle how points are read.

    Parameters
    ----------
    first, second
        East and north, or longitude and latitude, as the mapping finds them; NaN where there is none;
        shape ``(n,)``.
    stated
        EPSG code that the project file, the file or the mapping says.
    columns
        What to call the two in messages.

    Raises
    ------
    FileFaultError
        ``crs_undecided`` where nothing is said and the points suit none or several; ``crs_mismatch`` where
        they don't suit what is said but something else; ``axes_undecided`` where they suit it only with
        the two coordinates swapped.
    """
    swapped = context.axes == NORTH_FIRST
    given = np.flatnonzero(np.isfinite(first) & np.isfinite(second) & ((first != 0.0) | (second != 0.0)))
    some = given[spread(len(given))]
    one, other = (second[some], first[some]) if swapped else (first[some], second[some])
    said = {"axes": NORTH_FIRST} if swapped else {}
    if stated is not None:
        there = region(stated, context)
        as_stated = fit(one, other, epsg=stated, region=there)
        if not len(some) or as_stated.share >= ENOUGH:
            return Reference(stated, swapped, said)
        _check_stated(as_stated, explanations(one, other, region=there, also=(stated,)), columns, context)
        return Reference(stated, swapped, said)
    working = context.project.geography.working_crs
    found = explanations(one, other, region=region(working, context), also=(working,))
    epsg = _only(found, columns, context)
    return Reference(epsg, swapped, said | {"crs_found": str(epsg)})


def settle_reference_of(geometry: NDArray[np.object_], *, stated: int | None, context: Context) -> Reference:
    """Settle how geometries are read, by the middles of a sample of them; see `settle_reference`."""
    given = np.flatnonzero(~(shapely.is_missing(geometry) | shapely.is_empty(geometry)))
    bounds = shapely.bounds(geometry[given[spread(len(given))]])
    middles = (bounds[:, :2] + bounds[:, 2:]) / 2.0
    return settle_reference(
        middles[:, 0], middles[:, 1], stated=stated, columns=("geometry",), context=context
    )


def _check_stated(as_stated: Fit, found: tuple[Fit, ...], columns: tuple[str, ...], context: Context) -> None:
    """Stop where something else explains what the stated system does not."""
    best = [one for one in found if one.share >= MOST]
    turned = [one for one in best if one.epsg == as_stated.epsg and one.swapped]
    if turned and context.axes is None:
        raise _axes_undecided(columns, context)
    others = list(dict.fromkeys(one.epsg for one in best if one.epsg != as_stated.epsg))
    if others and not turned:
        likely = ", ".join(str(epsg) for epsg in others)
        raise FileFaultError(
            "crs_mismatch",
            f"{context.file}: its points are not in the municipality in EPSG:{as_stated.epsg},"
            f" but they are in EPSG:{likely}.",
            file=context.file,
            column=", ".join(columns),
            crs=as_stated.epsg,
            likely=likely,
            source=context.source,
        )


def _only(found: tuple[Fit, ...], columns: tuple[str, ...], context: Context) -> int:
    """Return the one system that explains the points, where nothing says which it is."""
    straight = [one for one in found if not one.swapped]
    if len(straight) == 1 and straight[0].share >= MOST:
        return straight[0].epsg
    if not straight and any(one.share >= MOST for one in found) and context.axes is None:
        raise _axes_undecided(columns, context)
    likely = ", ".join(str(one.epsg) for one in straight) or KNOWN
    raise FileFaultError(
        "crs_undecided",
        f"{context.file} does not say which coordinate system it uses; it may be EPSG:{likely}.",
        file=context.file,
        likely=likely,
    )


def _axes_undecided(columns: tuple[str, ...], context: Context) -> FileFaultError:
    column = ", ".join(columns)
    return FileFaultError(
        "axes_undecided",
        f"{context.file}, column {column}: the points are in the municipality only if the two coordinates"
        " change places.",
        file=context.file,
        column=column,
        axes=NORTH_FIRST,
        source=context.source,
    )
